use drf::prelude::*;

#[authentication(TokenAuthentication)]
struct Books;

fn main() {}
