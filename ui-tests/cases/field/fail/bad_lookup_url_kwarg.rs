use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(entity = book::Entity)]
struct BookSerializer {
    #[field(lookup_url_kwarg = "book-isbn")]
    url: HyperlinkedIdentity,
}

fn main() {}
