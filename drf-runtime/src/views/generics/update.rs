//! Changes of rows. DRF's `UpdateModelMixin`.

use futures_util::future::BoxFuture;
use http::StatusCode;
use sea_orm::{EntityTrait, IntoActiveModel, Value};

use super::retrieve::lookup;
use super::transaction::{begin, commit, respond};
use super::{RowSerializer, filter_queryset, get_object, is_valid_before_write, writes_one_row};
use crate::db::{Connection, QuerySet, Transaction};
use crate::exceptions::Result;
use crate::parsers::Data;
use crate::request::Request;
use crate::response::Response;
use crate::serializers::{
    self, Deferred, Input, ModelSerializer, Saved, SerializerDescription, SerializerHooks, Update, Validated,
    ValidationMode, primary_key_of,
};
use crate::views::ResponseFuture;

type ModelOf<S> = <<S as ModelSerializer>::Entity as EntityTrait>::Model;
type ActiveModelOf<S> = <<S as ModelSerializer>::Entity as EntityTrait>::ActiveModel;

/// Changes the row that the URL names as the body says and responds with it. DRF's `UpdateModelMixin.update`.
///
/// # Errors
/// 404 if there is no such row; 400 with everything that is wrong with the body.
pub async fn update<S: ModelSerializer>(
    request: &Request,
    queryset: QuerySet,
    partial: bool,
) -> Result<Response>
where
    ModelOf<S>: IntoActiveModel<ActiveModelOf<S>>,
{
    if request.settings().update_in_place
        && let Some(saved) = update_in_place::<S>(request, &queryset, partial).await?
    {
        return updated::<S>(request, saved, Transaction::autocommit(request.db_for_write().clone())).await;
    }
    let instance = get_object::<S::Entity>(request, queryset).await?;
    let data = is_valid_before_write::<S>(request, request.data().await?, &instance, partial).await?;
    let db = begin::<S>(request).await?;
    let saved = perform_update::<S>(request, data, instance, &db).await?;
    updated::<S>(request, saved, db).await
}

/// Changes the row without reading it first. `None` where a hook or a permission reads the row, and where there is anything to
/// complain about: whether the row is there is said before that.
async fn update_in_place<S: ModelSerializer>(
    request: &Request,
    queryset: &QuerySet,
    partial: bool,
) -> Result<Option<Saved<S::Entity>>> {
    if S::HOOKS != SerializerHooks::None || request.in_transaction() {
        return Ok(None);
    }
    let Some((data, key)) = in_place_input(request, S::description(), queryset).await else {
        return Ok(None);
    };
    let mode = ValidationMode::update(partial, Deferred::UniqueAndReferences);
    match serializers::is_valid::<S>(request, Input::from(data), mode, request.db_for_write()).await {
        Ok(valid) => serializers::update_in_place::<S>(request, &valid, key).await,
        Err(_) => Ok(None),
    }
}

/// Returns the body and the key of the row that it changes, if neither a hook nor a permission reads the row. Boxed, so that it is compiled here
/// and not for each serializer.
fn in_place_input<'a>(
    request: &'a Request,
    description: &'static SerializerDescription,
    queryset: &'a QuerySet,
) -> BoxFuture<'a, Option<(&'a Data, Value)>> {
    Box::pin(async move {
        let plain = writes_one_row(description) && description.unique_together.is_empty();
        let whole = filter_queryset(request, queryset.clone()).await.is_ok_and(|rows| rows.is_whole());
        if !plain || !whole || request.policies().checks_objects {
            return None;
        }
        let (column, key) = lookup(request, queryset.entity()).ok()?;
        let data = request.data().await.ok()?;
        column.primary_key.then_some((data, key))
    })
}

/// Changes some fields of a row and responds with it: for actions that write.
///
/// # Errors
/// 400 with everything that is wrong with the data.
pub async fn partial_update<S: ModelSerializer>(
    request: &Request,
    instance: <S::Entity as EntityTrait>::Model,
    data: &Data,
) -> Result<Response>
where
    <S::Entity as EntityTrait>::Model: IntoActiveModel<<S::Entity as EntityTrait>::ActiveModel>,
{
    let (saved, db) = save_in_transaction::<S>(request, instance, data, true).await?;
    updated::<S>(request, saved, db).await
}

/// Validates data for a row and saves it; `partial` as in a `PATCH`.
///
/// # Errors
/// 400 with everything that is wrong with the data.
pub async fn save<S: ModelSerializer>(
    request: &Request,
    instance: <S::Entity as EntityTrait>::Model,
    data: &Data,
    partial: bool,
) -> Result<Saved<S::Entity>>
where
    <S::Entity as EntityTrait>::Model: IntoActiveModel<<S::Entity as EntityTrait>::ActiveModel>,
{
    let (saved, db) = save_in_transaction::<S>(request, instance, data, partial).await?;
    commit(request, db).await?;
    Ok(saved)
}

async fn save_in_transaction<S: ModelSerializer>(
    request: &Request,
    instance: <S::Entity as EntityTrait>::Model,
    data: &Data,
    partial: bool,
) -> Result<(Saved<S::Entity>, Transaction)>
where
    <S::Entity as EntityTrait>::Model: IntoActiveModel<<S::Entity as EntityTrait>::ActiveModel>,
{
    let valid = is_valid_before_write::<S>(request, data, &instance, partial).await?;
    let db = begin::<S>(request).await?;
    let saved = perform_update::<S>(request, valid, instance, &db).await?;
    Ok((saved, db))
}

/// Saves valid changes of a row. DRF's `perform_update`.
///
/// # Errors
/// Those of the database, and of the hooks of serializer and model.
pub async fn perform_update<S: ModelSerializer>(
    request: &Request,
    data: Validated<S>,
    instance: <S::Entity as EntityTrait>::Model,
    db: &Connection,
) -> Result<Saved<S::Entity>>
where
    <S::Entity as EntityTrait>::Model: IntoActiveModel<<S::Entity as EntityTrait>::ActiveModel>,
{
    Update::<S>::new(request, data, instance, db)?.save().await
}

/// 200 with the row as it is now.
///
/// # Errors
/// Those of the database.
pub fn updated<S: ModelSerializer>(
    request: &Request,
    saved: Saved<S::Entity>,
    db: Transaction,
) -> ResponseFuture<'_> {
    let key = primary_key_of::<S::Entity>(&saved.model);
    respond(request, RowSerializer::of::<S>(), StatusCode::OK, (key, saved.row), db)
}
