use drf::prelude::*;

#[permission(IsAuthenticated)]
struct Books;

fn main() {}
