use drf::prelude::*;

#[serializer(list(validate = check))]
struct Contact {
    name: String,
}

fn check(data: Vec<Validated<Contact>>, _: &Request) -> Result<Vec<Validated<Contact>>> {
    Ok(data)
}

fn main() {}
