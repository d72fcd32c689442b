use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(entity = book::Entity)]
struct BookSerializer {
    #[field(required, default_with = one)]
    pages: i32,
}

fn one(_: &Request) -> i32 {
    1
}

fn main() {}
