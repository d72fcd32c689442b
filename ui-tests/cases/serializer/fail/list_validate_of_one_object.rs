use drf::prelude::*;

#[serializer(list(validate = check))]
struct Contact {
    name: String,
}

async fn check(data: Validated<Contact>, _: &Request) -> Result<Validated<Contact>> {
    Ok(data)
}

fn main() {}
