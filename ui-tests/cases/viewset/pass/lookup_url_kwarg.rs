//! The part of the URL for the row is called as `lookup_url_kwarg` says.
#![deny(warnings)]

use drf::parsers::MultiPartParser;
use drf::prelude::*;
use drf::renderers::JSONRenderer;

#[viewset(lookup_url_kwarg = "username")]
struct Users;

#[actions]
impl Users {
    #[action]
    async fn retrieve(_request: &Request, username: String) -> Result<Response> {
        Ok(Response::ok(username))
    }

    #[action(detail, methods(POST), parsers(MultiPartParser), renderers(JSONRenderer))]
    async fn follow(_request: &Request, username: String) -> Result<Response> {
        Ok(Response::ok(username))
    }
}

fn main() {
    let _ = SimpleRouter::new().register::<Users>("users");
}
