use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(entity = book::Entity)]
struct BookSerializer {
    #[field(default_with = one)]
    pages: i32,
}

async fn one(_: &Request) -> i32 {
    1
}

fn main() {}
