//! One row of `store_auditlog` per request whose path is not on the white list: Django's middleware, as a layer of axum.

use std::net::SocketAddr;

use drf::authentication::User;
use drf::axum::body::{Body, Bytes};
use drf::axum::extract::{ConnectInfo, Request, State};
use drf::axum::middleware::Next;
use drf::axum::response::Response;
use drf::http::header::CONTENT_TYPE;
use drf::prelude::{Utc, Value};
use drf::sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SimpleExpr};
use drf::sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr};
use futures_util::{StreamExt, stream};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, percent_encode};

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

/// Longer bodies are not logged. The API gets them as they are.
const MAX_LOGGED_BODY: usize = 10 * 1024 * 1024;

/// The keys whose values are not logged.
const SECRETS: [&str; 3] = ["password", "token", "secret"];

pub async fn audit(State(db): State<DatabaseConnection>, request: Request, next: Next) -> Response {
    let path = path_info(request.uri().path());
    if WHITE_LIST.iter().any(|listed| path.starts_with(listed)) {
        return next.run(request).await;
    }
    let method = request.method().to_string();
    let query = request.uri().query().unwrap_or("").to_owned();
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip().to_canonical());
    let (request, body) = with_json(request).await;
    let response = next.run(request).await;
    let user = response.extensions().get::<User>().map(|user| user.username().to_owned());
    let row = Row {
        method,
        uri: first(&path, 255),
        query_string: first(&query, 255),
        username: user.unwrap_or_else(String::new),
        remote_ip: peer.map(|peer| peer.to_string()),
        body: body.map(|body| masked(body).to_string()),
        status_code: response.status().as_u16().into(),
    };
    if let Err(error) = row.insert(&db).await {
        tracing::error!(%error, "the audit log was not written");
    }
    response
}

struct Row {
    method: String,
    uri: String,
    query_string: String,
    username: String,
    remote_ip: Option<String>,
    /// JSON text, since the JSON values of serde_json have no integers above 64 bits
    body: Option<String>,
    status_code: i32,
}

impl Row {
    async fn insert(self, db: &DatabaseConnection) -> Result<(), DbErr> {
        use audit_log::Column;
        let backend = db.get_database_backend();
        // PostgreSQL does not take texts for other types.
        let typed = |value: Option<String>, name: &str| match backend {
            DbBackend::Postgres => SimpleExpr::from(value).cast_as(Alias::new(name)),
            _ => SimpleExpr::from(value),
        };
        let created = match backend {
            DbBackend::Sqlite => Expr::val(Utc::now().format("%Y-%m-%d %H:%M:%S%.6f").to_string()),
            DbBackend::MySql => Expr::val(Utc::now().naive_utc()),
            _ => Expr::val(Utc::now()),
        };
        let values: [(Column, SimpleExpr); 8] = [
            (Column::Method, self.method.into()),
            (Column::Uri, self.uri.into()),
            (Column::QueryString, self.query_string.into()),
            (Column::Username, self.username.into()),
            (Column::RemoteIp, typed(self.remote_ip, "inet")),
            (Column::Body, typed(self.body, "jsonb")),
            (Column::StatusCode, self.status_code.into()),
            (Column::Created, created),
        ];
        let (columns, values): (Vec<_>, Vec<_>) = values.into_iter().unzip();
        let mut insert = Query::insert();
        insert.into_table(audit_log::Entity).columns(columns).values_panic(values);
        db.execute(&insert).await.map(drop)
    }
}

/// Returns the path as Django's `request.path_info` has it: decoded, but for bytes that are not UTF-8.
fn path_info(path: &str) -> String {
    let bytes: Vec<u8> = percent_decode_str(path).collect();
    let mut decoded = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        decoded.push_str(chunk.valid());
        decoded.extend(percent_encode(chunk.invalid(), NON_ALPHANUMERIC));
    }
    decoded
}

/// Returns the request with its whole body, and the JSON in it.
async fn with_json(request: Request) -> (Request, Option<Value>) {
    let content_type = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if !content_type.is_some_and(|content_type| content_type.starts_with("application/json")) {
        return (request, None);
    }
    let (head, body) = request.into_parts();
    let (body, bytes) = peeked(body).await;
    let text = bytes.as_deref().and_then(|bytes| std::str::from_utf8(bytes).ok());
    (Request::from_parts(head, body), text.and_then(|text| text.parse().ok()))
}

/// Returns a body like the given one, and its bytes if they are not too many.
async fn peeked(body: Body) -> (Body, Option<Bytes>) {
    use drf::axum::body::HttpBody;
    // A client that waits for `100 Continue` is not told to go on here: that is for the API to decide.
    if body.size_hint().lower() > MAX_LOGGED_BODY as u64 {
        return (body, None);
    }
    let (mut parts, mut rest) = (Vec::new(), body.into_data_stream());
    let mut length = 0;
    while let Some(part) = rest.next().await {
        length += part.as_ref().map_or(0, Bytes::len);
        let goes_on = part.is_ok() && length <= MAX_LOGGED_BODY;
        parts.push(part);
        if !goes_on {
            return (Body::from_stream(stream::iter(parts).chain(rest)), None);
        }
    }
    let bytes = Bytes::from(parts.into_iter().flatten().flatten().collect::<Vec<u8>>());
    (Body::from(bytes.clone()), Some(bytes))
}

/// Returns JSON without the values of secret keys.
fn masked(value: Value) -> Value {
    match value {
        Value::List(items) => Value::List(items.into_iter().map(masked).collect()),
        Value::Dict(entries) => {
            let entry = |(key, value): (String, Value)| {
                let secret = SECRETS.iter().any(|secret| key.to_lowercase().contains(secret));
                let value = if secret { Value::from("********") } else { masked(value) };
                (key, value)
            };
            Value::Dict(entries.into_iter().map(entry).collect())
        }
        scalar => scalar,
    }
}

fn first(text: &str, count: usize) -> String {
    text.chars().take(count).collect()
}
