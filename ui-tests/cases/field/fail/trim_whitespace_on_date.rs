use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(entity = book::Entity)]
struct BookSerializer {
    #[field(trim_whitespace = false)]
    created: DateTimeUtc,
}

fn main() {}
