use drf::prelude::*;

#[api_view]
async fn hello(_request: &Request) -> String {
    String::new()
}

fn main() {}
