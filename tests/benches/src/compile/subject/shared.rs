//! What all hand-written resources of an application share.

use std::collections::HashMap;
use std::fmt::Display;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use http::header::AUTHORIZATION;
use http::{HeaderMap, Method, StatusCode, Uri};
use sea_orm::prelude::Decimal;
use sea_orm::sea_query::LikeExpr;
use sea_orm::{
    ActiveValue, ConnectionTrait, DatabaseConnection, DbErr, Order, Set, SqlErr, Statement, Value,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, json};

const REQUESTS: u32 = 1000;
const PERIOD: Duration = Duration::from_secs(3600);

/// What all requests share.
#[derive(Debug, Clone)]
pub struct Shared {
    pub db: DatabaseConnection,
    throttle: Arc<Mutex<HashMap<i64, (Instant, u32)>>>,
}

impl Shared {
    pub fn new(db: DatabaseConnection) -> Self {
        Self { db, throttle: Arc::default() }
    }

    fn count(&self, user: i64) -> Result<(), Failure> {
        let mut users = self.throttle.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, requests) = users.entry(user).or_insert_with(|| (Instant::now(), 0));
        if since.elapsed() > PERIOD {
            (*since, *requests) = (Instant::now(), 0);
        }
        *requests += 1;
        if *requests > REQUESTS { Err(Failure::Throttled) } else { Ok(()) }
    }

    async fn user(&self, headers: &HeaderMap) -> Result<Option<i64>, Failure> {
        let header = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let Some(token) = header.and_then(|text| text.strip_prefix("Token ")) else { return Ok(None) };
        let sql = "SELECT user_id FROM authtoken_token WHERE key = $1";
        let statement =
            Statement::from_sql_and_values(self.db.get_database_backend(), sql, [Value::from(token)]);
        let row = self.db.query_one_raw(statement).await?.ok_or(Failure::Unauthorized("Invalid token."))?;
        Ok(Some(row.try_get_by_index(0)?))
    }
}

/// Everyone may read, users may write, and nobody too often.
///
/// # Errors
/// 401 and 429.
pub async fn guard(State(shared): State<Shared>, request: Request, next: Next) -> Result<Response, Failure> {
    let user = shared.user(request.headers()).await?;
    if user.is_none() && !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return Err(Failure::Unauthorized("Authentication credentials were not provided."));
    }
    shared.count(user.unwrap_or_default())?;
    Ok(next.run(request).await)
}

/// Why there is no answer.
#[derive(Debug)]
pub enum Failure {
    NotFound(&'static str),
    Invalid(serde_json::Value),
    Unauthorized(&'static str),
    Throttled,
    Internal,
}

impl Failure {
    /// What a write says about a column whose values are unique.
    pub fn of_write(error: DbErr, unique: &str) -> Self {
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => {
                Self::Invalid(json!({ unique: [format!("book with this {unique} already exists.")] }))
            }
            _ => error.into(),
        }
    }
}

impl From<DbErr> for Failure {
    fn from(_: DbErr) -> Self {
        Self::Internal
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let detail = |text: &str| json!({ "detail": text });
        let (status, data) = match self {
            Self::NotFound(text) => (StatusCode::NOT_FOUND, detail(text)),
            Self::Invalid(errors) => (StatusCode::BAD_REQUEST, errors),
            Self::Unauthorized(text) => (StatusCode::UNAUTHORIZED, detail(text)),
            Self::Throttled => (StatusCode::TOO_MANY_REQUESTS, detail("Request was throttled.")),
            Self::Internal => (StatusCode::INTERNAL_SERVER_ERROR, detail("A server error occurred.")),
        };
        (status, Json(data)).into_response()
    }
}

/// A body of JSON.
#[derive(Debug)]
pub struct Body<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let refused = |rejection: JsonRejection| Failure::Invalid(json!({ "detail": rejection.body_text() }));
        let Json(body) = Json::from_request(request, state).await.map_err(refused)?;
        Ok(Self(body))
    }
}

/// Everything that is wrong with an input, by field.
#[derive(Debug)]
pub struct Errors {
    partial: bool,
    found: Map<String, serde_json::Value>,
}

impl Errors {
    pub fn new(partial: bool) -> Self {
        Self { partial, found: Map::new() }
    }

    fn add(&mut self, field: &str, message: &str) {
        let messages = self.found.entry(field).or_insert_with(|| json!([]));
        if let Some(messages) = messages.as_array_mut() {
            messages.push(message.into());
        }
    }

    pub fn required(&mut self, field: &str, given: bool) {
        if !given && !self.partial {
            self.add(field, "This field is required.");
        }
    }

    pub fn text(&mut self, field: &str, text: Option<&str>, max: usize) {
        self.required(field, text.is_some());
        let Some(text) = text else { return };
        if text.trim().is_empty() {
            self.add(field, "This field may not be blank.");
        }
        if text.chars().count() > max {
            self.add(field, &format!("Ensure this field has no more than {max} characters."));
        }
    }

    pub fn decimal(&mut self, field: &str, number: Option<Decimal>, digits: u32, places: u32) {
        self.required(field, number.is_some());
        let Some(number) = number else { return };
        if number.scale() > places {
            self.add(field, &format!("Ensure that there are no more than {places} decimal places."));
        }
        if number.abs() >= Decimal::from(10_u64.pow(digits - places)) {
            self.add(field, &format!("Ensure that there are no more than {digits} digits in total."));
        }
    }

    pub fn at_least<T: PartialOrd + Display>(&mut self, field: &str, value: Option<T>, min: T) {
        if value.is_some_and(|value| value < min) {
            self.add(field, &format!("Ensure this value is greater than or equal to {min}."));
        }
    }

    pub fn at_most<T: PartialOrd + Display>(&mut self, field: &str, value: Option<T>, max: T) {
        if value.is_some_and(|value| value > max) {
            self.add(field, &format!("Ensure this value is less than or equal to {max}."));
        }
    }

    /// # Errors
    /// 400 with all of them, if there are any.
    pub fn into_result(self) -> Result<(), Failure> {
        if self.found.is_empty() { Ok(()) } else { Err(Failure::Invalid(self.found.into())) }
    }
}

/// The page that a query string asks for.
#[derive(Debug, Deserialize)]
pub struct Paging {
    page: Option<u64>,
    page_size: Option<u64>,
}

impl Paging {
    pub fn size(&self) -> u64 {
        self.page_size.unwrap_or(20).clamp(1, 100)
    }

    /// How many pages come before it.
    ///
    /// # Errors
    /// 404 for a page beyond the last one.
    pub fn index(&self, count: u64) -> Result<u64, Failure> {
        match self.page.unwrap_or(1).checked_sub(1) {
            Some(index) if index == 0 || index < count.div_ceil(self.size()) => Ok(index),
            _ => Err(Failure::NotFound("Invalid page.")),
        }
    }
}

/// A page with its neighbours.
#[derive(Debug, Serialize)]
pub struct Page<T> {
    count: u64,
    next: Option<String>,
    previous: Option<String>,
    results: Vec<T>,
}

impl<T> Page<T> {
    pub fn new(uri: &Uri, paging: &Paging, count: u64, results: Vec<T>) -> Self {
        let number = paging.page.unwrap_or(1);
        let next = (number * paging.size() < count).then(|| link(uri, number + 1));
        let previous = (number > 1).then(|| link(uri, number - 1));
        Self { count, next, previous, results }
    }
}

fn link(uri: &Uri, page: u64) -> String {
    let parameters = uri.query().unwrap_or_default().split('&');
    let others = parameters.filter(|pair| !pair.is_empty() && !pair.starts_with("page="));
    let mut parameters: Vec<String> = others.map(str::to_owned).collect();
    parameters.push(format!("page={page}"));
    format!("{}?{}", uri.path(), parameters.join("&"))
}

/// The columns of `?ordering=-price,name`.
pub fn orders(ordering: Option<&str>) -> impl Iterator<Item = (&str, Order)> {
    let names = ordering.unwrap_or_default().split(',');
    names.map(|name| name.strip_prefix('-').map_or((name, Order::Asc), |name| (name, Order::Desc)))
}

/// The patterns of `?search=oak, press`.
pub fn terms(search: Option<&str>) -> impl Iterator<Item = LikeExpr> {
    let terms = search.unwrap_or_default().split([' ', ',']);
    terms.filter(|term| !term.is_empty()).map(contains)
}

/// The first and the last day of a year.
pub fn year(year: i32) -> Option<(NaiveDate, NaiveDate)> {
    Some((NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveDate::from_ymd_opt(year, 12, 31)?))
}

pub fn contains(text: &str) -> LikeExpr {
    let text = text.replace('\\', r"\\").replace('%', r"\%").replace('_', r"\_");
    LikeExpr::new(format!("%{text}%")).escape('\\')
}

pub fn set<T: Into<Value>>(field: &mut ActiveValue<T>, value: Option<T>) {
    if let Some(value) = value {
        *field = Set(value);
    }
}

/// # Errors
/// Those of the value.
pub fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(input: D) -> Result<Option<T>, D::Error> {
    T::deserialize(input).map(Some)
}

/// # Errors
/// Those of the output.
pub fn cents<S: Serializer>(price: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&format_args!("{price:.2}"))
}
