use drf::prelude::*;

#[serializer]
struct Contact {
    email: Email,
}

#[model_viewset(serializer = Contact)]
struct Contacts;

fn main() {}
