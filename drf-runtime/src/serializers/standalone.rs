//! Rows to JSON outside of a request: in jobs and commands.

use futures_util::future::BoxFuture;
use sea_orm::EntityTrait;

use super::fetch::{FetchedRows, fetch};
use super::representation::{write_list, write_one};
use super::validation::primary_key_of;
use super::{ModelSerializer, SerializerDescription};
use crate::db::{Connection, QuerySet};
use crate::exceptions::{Error, Result};
use crate::schema::Entity;

/// Returns a row as JSON, with its related rows, outside of a request. DRF's `BookSerializer(book).data`.
///
/// ```
/// # use bookshop::{BookSerializer, book};
/// # use drf::prelude::*;
/// # use drf::sea_orm::{DatabaseConnection, EntityTrait};
/// /// Sends the newest book to those who want to hear of it.
/// async fn publish(pool: &DatabaseConnection, book: &book::Model) -> Result<String> {
///     let db = Connection::new(pool).await?;
///     drf::serializers::represent::<BookSerializer>(book, &db).await
/// }
/// ```
///
/// Numbers are written as the default settings say.
///
/// # Errors
/// 404 if the row is gone; [`Error::Database`] for a link, which begins with the host of a request; those of the database.
pub async fn represent<S: ModelSerializer>(
    instance: &<S::Entity as EntityTrait>::Model,
    db: &Connection,
) -> Result<String> {
    let entity = Entity::of::<S::Entity>();
    let queryset = QuerySet::all(entity).with_key(primary_key_of::<S::Entity>(instance), db);
    let rows = rows(S::description(), queryset, db).await?;
    text(write_one::<S>(None, &rows)?.ok_or_else(|| entity.not_found())?)
}

/// Returns rows as a JSON list, with their related rows, outside of a request. DRF's `BookSerializer(books, many=True).data`.
///
/// ```
/// # use bookshop::{BookSerializer, book};
/// # use drf::prelude::*;
/// # use drf::sea_orm::{ColumnTrait, DatabaseConnection, EntityTrait, QueryFilter};
/// async fn export(pool: &DatabaseConnection) -> Result<String> {
///     let db = Connection::new(pool).await?;
///     let cheap = book::Entity::find().filter(book::Column::Price.lt(10));
///     drf::serializers::serialize::<BookSerializer>(cheap, &db).await
/// }
/// ```
///
/// Numbers are written as the default settings say.
///
/// # Errors
/// [`Error::Database`] for a link, which begins with the host of a request; those of the database.
pub async fn serialize<S: ModelSerializer>(queryset: impl Into<QuerySet>, db: &Connection) -> Result<String> {
    text(write_list::<S>(None, &rows(S::description(), queryset.into(), db).await?)?)
}

/// Boxed, so that it is compiled here and not for each serializer.
fn rows<'a>(
    description: &'static SerializerDescription,
    queryset: QuerySet,
    db: &'a Connection,
) -> BoxFuture<'a, Result<FetchedRows>> {
    Box::pin(async move { Ok(fetch(None, description, queryset, false, db).await?) })
}

fn text(json: Vec<u8>) -> Result<String> {
    String::from_utf8(json).map_err(|error| Error::Internal(error.into()))
}
