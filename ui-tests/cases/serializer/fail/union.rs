use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(entity = book::Entity)]
union BookSerializer {
    id: i64,
}

fn main() {}
