//! One row of `store_auditlog` per request whose path is not on the white list: Django's middleware, as a layer of axum.

use drf::authentication::User;
use drf::axum::body::{self, Body};
use drf::axum::extract::{Request, State};
use drf::axum::middleware::Next;
use drf::axum::response::Response;
use drf::http::header::CONTENT_TYPE;
use drf::prelude::Set;
use drf::sea_orm::prelude::Json;
use drf::sea_orm::{ActiveModelTrait, DatabaseConnection};

use crate::entities::audit_log;

const WHITE_LIST: [&str; 8] = [
    "/admin",
    "/static",
    "/api/audit",
    "/api/throttle",
    "/api/cache",
    "/api-token-auth",
    "/api/jwt",
    "/api/session/login",
];

/// Bodies above this are passed on unseen.
const MOST_BYTES: usize = 10 * 1024 * 1024;

pub async fn audit(State(db): State<DatabaseConnection>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    if WHITE_LIST.iter().any(|listed| path.starts_with(listed)) {
        return next.run(request).await;
    }
    let method = request.method().to_string();
    let query = request.uri().query().unwrap_or_default().to_owned();
    let (request, sent) = with_json(request).await;
    let response = next.run(request).await;
    let user = response.extensions().get::<User>().map(|user| user.username().to_owned());
    let row = audit_log::ActiveModel {
        method: Set(method),
        uri: Set(first(&path, 255)),
        query_string: Set(first(&query, 255)),
        username: Set(user.unwrap_or_default()),
        remote_ip: Set(Some("127.0.0.1".to_owned())),
        body: Set(sent),
        status_code: Set(response.status().as_u16().into()),
        ..Default::default()
    };
    if let Err(error) = row.insert(&db).await {
        tracing::error!(%error, "the audit log was not written");
    }
    response
}

/// The request, and the JSON that it brings.
async fn with_json(request: Request) -> (Request, Option<Json>) {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    if !kind.is_some_and(|kind| kind.starts_with("application/json")) {
        return (request, None);
    }
    let (head, sent) = request.into_parts();
    match body::to_bytes(sent, MOST_BYTES).await {
        Ok(bytes) => {
            let json = serde_json::from_slice(&bytes).ok();
            (Request::from_parts(head, Body::from(bytes)), json)
        }
        Err(_) => (Request::from_parts(head, Body::empty()), None),
    }
}

fn first(text: &str, count: usize) -> String {
    text.chars().take(count).collect()
}
