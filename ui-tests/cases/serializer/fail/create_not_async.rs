use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(entity = book::Entity, create = save)]
struct BookSerializer {
    title: String,
}

fn save(_: Create<'_, BookSerializer>) -> Result<Saved<book::Entity>> {
    unimplemented!()
}

fn main() {}
