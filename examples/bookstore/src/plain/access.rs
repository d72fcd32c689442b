//! Views that show whether they were reached.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use drf::prelude::*;

pub fn permission() -> SimpleRouter {
    SimpleRouter::new().register_view::<UserGate>("user", "permission-user")
}

pub fn cache() -> SimpleRouter {
    SimpleRouter::new().register_view::<Uncached>("off", "cache-off")
}

#[api_view(GET, POST)]
#[permission(IsAuthenticated)]
pub async fn UserGate(_request: &Request) -> Result<Response> {
    Ok(Response::ok(Value::from([("open", true)])))
}

/// The executions of [`Uncached`] in one app.
#[derive(Clone, Default)]
pub struct Hits(Arc<AtomicI64>);

/// Counts its own executions.
#[api_view]
pub async fn Uncached(request: &Request) -> Result<Response> {
    let Some(Hits(hits)) = request.extensions().get() else {
        return Err(Error::internal("the app has no counter"));
    };
    let hits = hits.fetch_add(1, Ordering::Relaxed) + 1;
    let answer: [(&str, Value); 2] = [("hits", hits.into()), ("user", request.user().username().into())];
    Ok(Response::ok(Value::from(answer)))
}
