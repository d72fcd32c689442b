//! All standard actions, written by the user, and further ones, under strict lints.

#![deny(warnings, missing_debug_implementations, unreachable_pub, unused_qualifications, unused_results)]

use drf::parsers::JSONParser;
use drf::prelude::*;
use drf::renderers::JSONRenderer;

/// Users.
#[viewset(lookup_value_regex = "[0-9]+", parsers(JSONParser), renderers(JSONRenderer))]
#[permission(AllowAny)]
#[derive(Debug)]
pub struct Users;

#[actions]
impl Users {
    /// Who am I?
    #[action]
    async fn list(_request: &Request) -> Result<Response> {
        Ok(Response::no_content())
    }

    #[action]
    pub async fn create(_request: &Request) -> Result<Response> {
        Ok(Response::no_content())
    }

    #[action]
    async fn retrieve(_request: &Request, pk: i64) -> Result<Response> {
        Ok(Response::ok(pk))
    }

    #[action]
    async fn update(_request: &Request, pk: String) -> Result<Response> {
        Ok(Response::ok(pk))
    }

    #[action]
    async fn partial_update(request: &Request, pk: i64) -> Result<Response> {
        Self::update(request, pk.to_string()).await
    }

    #[action]
    async fn destroy(_request: &Request) -> Result<Response> {
        Ok(Response::no_content())
    }

    #[action(list, methods(POST), permission(IsAuthenticated))]
    async fn log_out(_request: &Request) -> Result<Response> {
        Ok(Response::no_content())
    }
}

/// Nothing but the attributes.
#[throttle(AnonRateThrottle)]
#[viewset]
#[derive(Debug)]
pub struct Nothing;

fn main() {
    let _ = DefaultRouter::new()
        .register_as::<Users>("users", "user")
        .register_as::<Nothing>("nothing", "nothing");
}
