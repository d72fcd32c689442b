use drf::prelude::*;

#[viewset(lookup_url_kwarg = "user-name")]
struct Users;

fn main() {}
