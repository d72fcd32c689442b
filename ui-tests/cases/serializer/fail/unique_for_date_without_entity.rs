use drf::prelude::*;

#[serializer(unique_for_date(title, published))]
struct Contact {
    title: String,
    published: Date,
}

fn main() {}
