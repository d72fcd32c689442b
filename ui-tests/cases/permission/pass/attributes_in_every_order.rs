//! Policies above and below the viewset, documentation and derives between them.

use drf::prelude::*;
use drf_ui_tests::{BookSerializer, book};

#[permission(IsOwner | IsAdminUser)]
#[model_viewset(serializer = BookSerializer)]
#[throttle(rate = "10/min")]
struct Above;

#[model_viewset(serializer = BookSerializer)]
#[permission(IsOwner & !IsAdminUser)]
#[authentication(TokenAuthentication)]
struct Below;

#[throttle(AnonRateThrottle)]
/// All three above.
#[authentication(TokenAuthentication, BasicAuthentication)]
#[permission(IsAuthenticated)]
#[derive(Debug)]
#[drf::read_only_model_viewset(serializer = BookSerializer)]
struct AllAbove;

#[drf::permission(AllowAny)]
#[throttle(scope = "anon")]
#[drf::model_viewset(serializer = BookSerializer)]
#[drf::authentication()]
/// Both.
#[derive(Debug)]
#[throttle(rate = "1/sec", scope = "burst")]
struct Both;

/// Actions may come before the viewset, too.
#[actions]
impl Late {
    #[action(detail)]
    async fn title(_request: &Request, book: book::Model) -> Result<Response> {
        Ok(Response::ok(book.title))
    }
}

#[model_viewset(serializer = BookSerializer)]
struct Late;

struct IsOwner;

impl Permission<book::Model> for IsOwner {}

fn main() {
    let _ = DefaultRouter::new()
        .register::<Above>("above")
        .register::<Below>("below")
        .register::<AllAbove>("all")
        .register::<Both>("both")
        .register::<Late>("late");
    let _ = (AllAbove, Both);
}
