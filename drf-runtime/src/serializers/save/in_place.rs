use sea_orm::{ActiveModelBehavior, ActiveModelTrait, FromQueryResult, Value};

use super::assignments::{Assignments, set};
use super::statements::update;
use super::{ActiveModelFor, ModelFor, Saved};
use crate::exceptions::{Error, Result};
use crate::request::Request;
use crate::schema::Entity;
use crate::serializers::{ModelSerializer, Serializer, Validated};

/// Changes the row with a key in one statement. `None` if there is nothing to change.
///
/// # Errors
/// 404 if there is no such row, and those of the database and of the model's hooks.
pub(crate) async fn update_in_place<S: ModelSerializer>(
    request: &Request,
    data: &Validated<S>,
    key: Value,
) -> Result<Option<Saved<S::Entity>>> {
    let (description, db) = (<S as Serializer>::description(), request.db_for_write());
    let mut model = <ActiveModelFor<S> as ActiveModelTrait>::default();
    let entity = Entity::of::<S::Entity>();
    // no row has a key that its type cannot hold
    set(&mut model, entity.primary_key().name, key.clone()).map_err(|error| match error {
        Error::Api(_) => entity.not_found().into(),
        other => other,
    })?;
    let assignments = Assignments::of::<S>(data, &mut model)?;
    if assignments.values.is_empty() {
        return Ok(None);
    }
    let model = model.before_save(db, false).await?;
    let row = update::<S::Entity>(&model, &key, description, db).await;
    let row = row.map_err(|error| assignments.failed(error, request, description, Some(&key)))?;
    let Some(row) = row else { return Ok(None) };
    let saved = ModelFor::<S>::from_query_result(&row, "")?;
    let model = <ActiveModelFor<S> as ActiveModelBehavior>::after_save(saved, db, false).await?;
    Ok(Some(Saved { model, row: Some(row) }))
}
