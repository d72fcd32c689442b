//! Single rows. DRF's `RetrieveModelMixin`.

use std::any::Any;

use futures_util::future::BoxFuture;
use http::StatusCode;
use sea_orm::{EntityTrait, FromQueryResult, QueryResult};

use super::{RowSerializer, filter_queryset};
use crate::db::QuerySet;
use crate::exceptions::{APIException, Error, Result};
use crate::request::Request;
use crate::response::Response;
use crate::schema::{Column, Entity};
use crate::serializers::{ModelSerializer, fetch_locked, fetch_model, fetch_row, primary_key_of};
use crate::views::{ResponseFuture, dispatch};

/// Responds with the row that the URL names. DRF's `retrieve`.
///
/// # Errors
/// 404 if there is none; 401 or 403 if the request may not see it.
pub fn retrieve<S: ModelSerializer>(request: &Request, queryset: QuerySet) -> ResponseFuture<'_> {
    retrieve_of(request, RowSerializer::of::<S>(), queryset)
}

fn retrieve_of(request: &Request, serializer: RowSerializer, queryset: QuerySet) -> ResponseFuture<'_> {
    Box::pin(async move {
        let queryset = filter_queryset(request, queryset).await?;
        let lookup = lookup(request, queryset.entity())?;
        let checks = request.policies().checks_objects;
        let rows =
            fetch_row(Some(request), serializer.description, queryset, lookup, checks, request.db()).await?;
        let gone = || serializer.entity.not_found();
        if checks {
            let model = (serializer.model)(rows.rows.first().ok_or_else(gone)?)?;
            dispatch::check_object_permissions(request, model.as_ref()).await?;
        }
        let text = (serializer.one)(Some(request), &rows)?.ok_or_else(gone)?;
        Ok(Response::json(StatusCode::OK, text))
    })
}

/// Returns the row that the URL names, once the permissions have agreed to it. DRF's `get_object`. In a viewset with `atomic`,
/// a request that writes locks the row until its end: Django's `select_for_update`.
///
/// # Errors
/// 404 if there is none; 401 or 403 if the request may not touch it.
pub async fn get_object<E: EntityTrait<Model: Sync>>(
    request: &Request,
    queryset: QuerySet,
) -> Result<E::Model> {
    let row = get_row(request, queryset).await?;
    let model = E::Model::from_query_result(&row, "")?;
    check_object_permissions(request, &model).await?;
    Ok(model)
}

/// Asks the permissions about an object that was not loaded with [`get_object`]. DRF's
/// `check_object_permissions`.
///
/// # Errors
/// 401 or 403 if the request may not touch it; 500 if a permission cannot judge objects of this type.
pub async fn check_object_permissions<M: Any + Send + Sync>(request: &Request, object: &M) -> Result<()> {
    dispatch::check_object_permissions(request, object).await
}

fn get_row(request: &Request, queryset: QuerySet) -> BoxFuture<'_, Result<QueryResult>> {
    Box::pin(async move {
        let queryset = filter_queryset(request, queryset).await?;
        let (entity, db) = (queryset.entity(), request.db_for_write());
        let lookup = lookup(request, entity)?;
        let row = match request.view().description.atomic && request.in_transaction() {
            true => fetch_locked(queryset, lookup, db).await?,
            false => fetch_model(queryset, lookup, db).await?,
        };
        row.ok_or_else(|| entity.not_found().into())
    })
}

/// Returns the column by which a row is looked up, and the URL's argument as its value.
pub(super) fn lookup(
    request: &Request,
    entity: &'static Entity,
) -> Result<(&'static Column, sea_orm::Value)> {
    let lookup = &request.view().description.lookup;
    let column = lookup.field.unwrap_or(entity.primary_key());
    let text = request.kwarg(lookup.url_kwarg).ok_or_else(|| no_such_argument(lookup.url_kwarg))?;
    let value = column.parse_lookup(text).ok_or_else(APIException::not_found)?;
    let value = value.ok_or_else(|| entity.not_found())?;
    Ok((column, value))
}

/// Responds with a row. DRF's `Response(Serializer(instance).data)`.
///
/// # Errors
/// Those of the database.
pub fn represent<'a, S: ModelSerializer>(
    request: &'a Request,
    instance: &<S::Entity as EntityTrait>::Model,
) -> ResponseFuture<'a> {
    represent_of(request, RowSerializer::of::<S>(), primary_key_of::<S::Entity>(instance))
}

fn represent_of(request: &Request, serializer: RowSerializer, key: sea_orm::Value) -> ResponseFuture<'_> {
    Box::pin(async move {
        let text = representation(request, serializer, key).await?;
        Ok(Response::json(StatusCode::OK, text))
    })
}

/// Returns the row with a key as JSON, whatever the scope of the viewset is.
pub(super) async fn representation(
    request: &Request,
    serializer: RowSerializer,
    key: sea_orm::Value,
) -> Result<Vec<u8>> {
    let lookup = (serializer.entity.primary_key(), key);
    let queryset = QuerySet::all(serializer.entity);
    let rows =
        fetch_row(Some(request), serializer.description, queryset, lookup, false, request.db_for_write())
            .await?;
    (serializer.one)(Some(request), &rows)?.ok_or_else(|| serializer.entity.not_found().into())
}

/// Fails with a 500: an action without a part of the URL for the row asked for one.
fn no_such_argument(name: &str) -> Error {
    Error::internal(format!(
        "the URL has no argument `{name}`: is `get_object` called in an action without `detail`?"
    ))
}
