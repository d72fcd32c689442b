use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(entity = book::Entity)]
struct BookSerializer {
    #[field(lookup_field = titel)]
    url: HyperlinkedIdentity,
}

fn main() {}
