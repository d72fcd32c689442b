use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(entity = book::Entity)]
struct BookSerializer {
    #[field(nested, read_only)]
    publisher: Publisher,
}

struct Publisher {
    name: String,
}

fn main() {}
