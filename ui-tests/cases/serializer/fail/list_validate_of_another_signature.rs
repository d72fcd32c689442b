use drf::prelude::*;

#[serializer(list(validate = check))]
struct Contact {
    name: String,
}

async fn check(data: Vec<Validated<Contact>>) -> Result<Vec<Validated<Contact>>> {
    Ok(data)
}

fn main() {}
