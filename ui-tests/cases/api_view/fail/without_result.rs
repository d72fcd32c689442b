use drf::prelude::*;

#[api_view]
async fn hello(_request: &Request) {}

fn main() {}
