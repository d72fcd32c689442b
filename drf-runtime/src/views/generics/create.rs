//! New rows. DRF's `CreateModelMixin`.

use http::StatusCode;
use sea_orm::{ConnectionTrait, DbBackend};

use super::transaction::{SavedRow, begin, commit, respond};
use super::{RowSerializer, is_valid_many, writes_one_row};
use crate::db::{Connection, Transaction};
use crate::exceptions::Result;
use crate::parsers::Data;
use crate::request::Request;
use crate::response::Response;
use crate::serializers::{
    self, Create, Deferred, FetchedRows, Input, ModelSerializer, Saved, SerializerDescription,
    SerializerHooks, Validated, ValidationMode, fetch_keys, primary_key_of,
};
use crate::value::Value;
use crate::views::ResponseFuture;

/// Saves a new row of the body and responds with it. DRF's `CreateModelMixin.create`.
///
/// # Errors
/// 400 with everything that is wrong with the body.
pub async fn create<S: ModelSerializer>(request: &Request) -> Result<Response> {
    let (input, mode) = (Input::from(request.data().await?), mode(request, S::HOOKS, S::description()));
    let data = serializers::is_valid::<S>(request, input, mode, request.db_for_write()).await?;
    let db = begin::<S>(request).await?;
    let saved = perform_create::<S>(request, data, &db).await?;
    created::<S>(request, saved, db).await
}

fn mode(request: &Request, hooks: SerializerHooks, description: &SerializerDescription) -> ValidationMode {
    ValidationMode::create(false, Deferred::of(request, hooks, most_deferred(request, description)))
}

/// Returns what a new row without hooks leaves to the constraints of the database.
fn most_deferred(request: &Request, description: &SerializerDescription) -> Deferred {
    let generated = description.entity.is_some_and(|entity| entity.primary_key().generated);
    // A sequence or AUTO_INCREMENT gives each number once, to rows that are rejected as well: the next key would not be
    // the one that Django, which looks first, would have given.
    if generated && request.db_for_write().get_database_backend() != DbBackend::Sqlite {
        return Deferred::Nothing;
    }
    match writes_one_row(description) {
        true => Deferred::UniqueAndReferences,
        // In a transaction, a foreign key may be checked only at its end.
        false => Deferred::Unique,
    }
}

/// Saves the new row, or the new rows, of the body and responds with it, or them: what a viewset with `bulk_create` does.
///
/// # Errors
/// 400 with everything that is wrong with the body.
pub async fn create_one_or_many<S: ModelSerializer>(request: &Request) -> Result<Response> {
    match request.data().await? {
        Data::Json(Value::List(_)) => create_many::<S>(request).await,
        _ => create::<S>(request).await,
    }
}

/// Saves the rows of a body that is a list, in one transaction, and responds with them: in one statement, or one by one by the
/// serializer's own `create`. DRF's `ListSerializer.create`, with `bulk_create` where that saves the same.
///
/// # Errors
/// 400 with everything that is wrong with the body, each object's errors at its place.
pub async fn create_many<S: ModelSerializer>(request: &Request) -> Result<Response> {
    let data = is_valid_many::<S>(request).await?;
    let db = request.begin_transaction().await?;
    let saved = serializers::create_many::<S>(data, request, &db).await?;
    let mut rows = Vec::with_capacity(saved.len());
    for saved in saved {
        rows.push((primary_key_of::<S::Entity>(&saved.model), saved.row));
    }
    respond_all(request, RowSerializer::of::<S>(), rows, db).await
}

fn respond_all(
    request: &Request,
    serializer: RowSerializer,
    saved: Vec<SavedRow>,
    db: Transaction,
) -> ResponseFuture<'_> {
    Box::pin(async move {
        let (keys, rows): (Vec<_>, Vec<_>) = saved.into_iter().unzip();
        let rows = rows.into_iter().collect::<Option<Vec<_>>>();
        let rows = match rows.filter(|_| serializer.description.plan().is_own()) {
            Some(rows) => FetchedRows::own(rows),
            None => {
                let db = request.db_for_write();
                fetch_keys(Some(request), serializer.description, serializer.entity, &keys, db).await?
            }
        };
        let response = Response::json(StatusCode::CREATED, (serializer.list)(Some(request), &rows)?);
        commit(request, db).await?;
        Ok(response)
    })
}

/// Saves a new row of valid data. DRF's `perform_create`.
///
/// # Errors
/// Those of the database, and of the hooks of serializer and model.
pub async fn perform_create<S: ModelSerializer>(
    request: &Request,
    data: Validated<S>,
    db: &Connection,
) -> Result<Saved<S::Entity>> {
    Create::<S>::new(request, data, db)?.save().await
}

/// 201 with the row as it is now.
///
/// # Errors
/// Those of the database.
pub fn created<S: ModelSerializer>(
    request: &Request,
    saved: Saved<S::Entity>,
    db: Transaction,
) -> ResponseFuture<'_> {
    let key = primary_key_of::<S::Entity>(&saved.model);
    respond(request, RowSerializer::of::<S>(), StatusCode::CREATED, (key, saved.row), db)
}
