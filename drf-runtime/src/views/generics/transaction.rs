//! The transaction of a write, and its response.

use futures_util::future::BoxFuture;
use http::{HeaderValue, StatusCode, header};
use sea_orm::QueryResult;

use super::RowSerializer;
use super::retrieve::representation;
use crate::db::Transaction;
use crate::exceptions::Result;
use crate::fields::FieldDescription;
use crate::request::Request;
use crate::response::Response;
use crate::serializers::{ModelSerializer, SerializerDescription, SerializerHooks};
use crate::value::Value;
use crate::views::ResponseFuture;

/// The statements of a write, decided by its serializer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Atomicity {
    /// One, which takes effect by itself
    Statement,
    /// Several, which take effect together
    Transaction,
}

impl Atomicity {
    fn of(hooks: SerializerHooks, description: &SerializerDescription) -> Self {
        let several_tables = || description.fields.iter().any(FieldDescription::writes_other_tables);
        match hooks == SerializerHooks::Save || several_tables() {
            true => Atomicity::Transaction,
            false => Atomicity::Statement,
        }
    }
}

/// The key of a row that was saved, and the columns that the statement returned.
pub(super) type SavedRow = (sea_orm::Value, Option<QueryResult>);

/// Returns the connection on which a row of this serializer is saved: a transaction if that takes several statements, or if
/// functions of the user save it.
///
/// # Errors
/// Those of the database.
pub fn begin<S: ModelSerializer>(request: &Request) -> BoxFuture<'_, Result<Transaction>> {
    begin_write(request, Atomicity::of(S::HOOKS, S::description()))
}

pub(super) fn begin_write(request: &Request, atomicity: Atomicity) -> BoxFuture<'_, Result<Transaction>> {
    match atomicity {
        Atomicity::Transaction => request.begin_transaction(),
        Atomicity::Statement => {
            Box::pin(async { Ok(Transaction::autocommit(request.db_for_write().clone())) })
        }
    }
}

/// Commits a write. What is stored then is not written again.
pub(super) async fn commit(request: &Request, db: Transaction) -> Result<()> {
    db.commit().await?;
    note_commit(request);
    Ok(())
}

pub(super) fn note_commit(request: &Request) {
    if !request.in_transaction() {
        request.forbid_repetition();
    }
}

/// Serializes a saved row, before the commit: afterwards another request may have deleted it.
pub(super) fn respond(
    request: &Request,
    serializer: RowSerializer,
    status: StatusCode,
    saved: SavedRow,
    db: Transaction,
) -> ResponseFuture<'_> {
    Box::pin(async move {
        note_commit(request);
        let response = Response::json(status, saved_row(request, serializer, saved).await?);
        commit(request, db).await?;
        let created = status == StatusCode::CREATED;
        Ok(if created { with_location(response, serializer.description) } else { response })
    })
}

fn saved_row(
    request: &Request,
    serializer: RowSerializer,
    (key, row): SavedRow,
) -> BoxFuture<'_, Result<Vec<u8>>> {
    Box::pin(async move {
        match (serializer.returned)(Some(request), row)? {
            Some(text) => Ok(text),
            None => representation(request, serializer, key).await,
        }
    })
}

/// Returns the URL of a new row, where the serializer includes it as `url`. DRF's `get_success_headers`.
fn with_location(response: Response, description: &SerializerDescription) -> Response {
    let url = description.field("url").filter(|field| !field.write_only);
    let data = url.and_then(|_| response.data());
    let url = data.as_ref().and_then(|data| data.get("url")).and_then(Value::as_str);
    match url.and_then(|url| HeaderValue::try_from(url).ok()) {
        Some(url) => response.with_header(header::LOCATION, url),
        None => response,
    }
}
