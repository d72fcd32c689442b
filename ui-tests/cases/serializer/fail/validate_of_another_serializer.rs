use drf::prelude::*;
use drf_ui_tests::{PublisherSerializer, book};

#[serializer(entity = book::Entity, validate = check)]
struct BookSerializer {
    title: String,
}

async fn check(
    data: Validated<PublisherSerializer>,
    _: &Context<'_, PublisherSerializer>,
) -> Result<Validated<PublisherSerializer>> {
    Ok(data)
}

fn main() {}
