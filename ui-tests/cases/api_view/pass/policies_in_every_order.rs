//! Policies above and below the attribute, documentation between them, under strict lints.

#![deny(warnings, missing_debug_implementations, unreachable_pub, unused_qualifications, unused_results)]

use drf::parsers::JSONParser;
use drf::prelude::*;
use drf::renderers::JSONRenderer;

#[permission(IsAuthenticated | IsAdminUser)]
#[api_view]
async fn above(_request: &Request) -> Result<Response> {
    Ok(Response::no_content())
}

/// Says hello.
#[api_view(GET, POST, parsers(JSONParser), renderers(JSONRenderer))]
#[permission(AllowAny)]
#[authentication(TokenAuthentication)]
#[throttle(AnonRateThrottle, rate = "10/min")]
pub async fn below(request: &Request) -> Result<Response> {
    let kwarg = request.kwarg("name");
    Ok(Response::ok(kwarg.map(ToString::to_string)))
}

#[drf::throttle(scope = "anon")]
/// Both.
#[drf::authentication()]
#[drf::api_view(DELETE)]
#[drf::permission(AllowAny)]
async fn both(_: &Request) -> Result<Response> {
    Err(ValidationError::new("no").into())
}

fn main() {
    let _ = SimpleRouter::new()
        .register_view::<above>("above", "above")
        .register_view::<below>("below", "below")
        .register_view::<both>("both", "both");
}
