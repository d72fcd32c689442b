//! A row and all that is saved with it: the model's hooks, links, nested rows.

use sea_orm::{ActiveModelBehavior, FromQueryResult};

use super::links::{Link, link};
use super::nested::SaveNested;
use super::statements::{insert, update};
use super::stores::Stores;
use super::{ActiveModelFor, ModelFor, Saved};
use crate::db::Connection;
use crate::exceptions::Result;
use crate::serializers::integrity::Integrity;
use crate::serializers::{ModelSerializer, Serializer, Validated, primary_key_of};

/// Inserts a row.
pub(super) async fn insert_row<S: ModelSerializer>(
    model: ActiveModelFor<S>,
    data: Validated<S>,
    stores: Stores,
    db: &Connection,
) -> Result<Saved<S::Entity>> {
    let description = <S as Serializer>::description();
    let model = model.before_save(db, true).await?;
    let row = insert::<S::Entity>(&model, description, db).await;
    let row = row.map_err(|error| Integrity::of(error, description, stores.values, None))?;
    let model = ModelFor::<S>::from_query_result(&row, "")?;
    let model = finish::<S>(model, data, stores.links, true, db).await?;
    Ok(Saved { model, row: Some(row) })
}

/// Updates a row.
pub(super) async fn update_row<S: ModelSerializer>(
    model: ActiveModelFor<S>,
    data: Validated<S>,
    instance: ModelFor<S>,
    stores: Stores,
    db: &Connection,
) -> Result<Saved<S::Entity>> {
    let description = <S as Serializer>::description();
    let key = primary_key_of::<S::Entity>(&instance);
    let model = model.before_save(db, false).await?;
    let row = update::<S::Entity>(&model, &key, description, db).await;
    let row = row.map_err(|error| Integrity::of(error, description, stores.values, Some(key)))?;
    let model = match &row {
        Some(row) => ModelFor::<S>::from_query_result(row, "")?,
        None => instance,
    };
    let model = finish::<S>(model, data, stores.links, false, db).await?;
    Ok(Saved { model, row })
}

/// Saves what belongs to a row that is there now.
pub(super) async fn finish<S: ModelSerializer>(
    model: ModelFor<S>,
    mut data: Validated<S>,
    links: Vec<Link>,
    new: bool,
    db: &Connection,
) -> Result<ModelFor<S>> {
    let key = primary_key_of::<S::Entity>(&model);
    if !links.is_empty() {
        link(&key, links, new, db).await?;
    }
    let description = <S as Serializer>::description();
    S::save_nested(&mut data, &SaveNested::new(description, &key, new, db)).await?;
    Ok(<ActiveModelFor<S> as ActiveModelBehavior>::after_save(model, db, new).await?)
}
