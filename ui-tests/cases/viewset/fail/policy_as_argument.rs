use drf::prelude::*;

#[viewset(permission(AllowAny))]
struct Books;

fn main() {}
