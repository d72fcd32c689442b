use drf::prelude::*;

#[model_viewset(serializer = Book)]
struct Books;

struct Book;

fn main() {}
