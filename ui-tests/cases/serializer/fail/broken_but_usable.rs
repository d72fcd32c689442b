use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(entity = book::Entity, validat = check)]
struct BookSerializer {
    #[field(read_only)]
    title: String,
}

#[model_viewset(serializer = BookSerializer)]
struct Books;

fn urls() -> DefaultRouter {
    DefaultRouter::new().register::<Books>("books")
}

fn main() {}
