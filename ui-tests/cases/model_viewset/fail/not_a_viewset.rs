use drf::prelude::*;

struct Books;

fn urls() -> DefaultRouter {
    DefaultRouter::new().register::<Books>("books")
}

fn main() {}
