use drf::prelude::*;
use drf_ui_tests::{book, publisher};

#[serializer(entity = book::Entity)]
struct BookSerializer {
    #[field(method = shout)]
    loud: String,
}

fn shout(publisher: &publisher::Model) -> String {
    publisher.name.to_uppercase()
}

fn main() {}
