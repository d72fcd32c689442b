//! New rows in one statement. What DRF users write as `bulk_create`.

use sea_orm::{ActiveModelBehavior, EntityTrait, FromQueryResult};

use super::Saved;
use super::links::link;
use super::nested::SaveNested;
use super::statements::insert_all;
use super::stores::Stores;
use crate::db::Connection;
use crate::exceptions::Result;
use crate::request::Request;
use crate::serializers::integrity::Integrity;
use crate::serializers::{ModelSerializer, Serializer, Validated, primary_key_of};

type ModelOf<S> = <<S as ModelSerializer>::Entity as EntityTrait>::Model;
type ActiveModelOf<S> = <<S as ModelSerializer>::Entity as EntityTrait>::ActiveModel;

/// Inserts rows, each with its links and nested rows. A user's `ActiveModelBehavior` runs for each.
pub(crate) async fn create_many<S: ModelSerializer>(
    data: Vec<Validated<S>>,
    request: &Request,
    db: &Connection,
) -> Result<Vec<Saved<S::Entity>>> {
    let description = <S as Serializer>::description();
    let (mut models, mut stores) = (Vec::with_capacity(data.len()), Vec::with_capacity(data.len()));
    for item in &data {
        let mut model = <ActiveModelOf<S> as ActiveModelBehavior>::new();
        stores.push(Stores::of::<S>(item, &mut model)?);
        models.push(model.before_save(db, true).await?);
    }
    let rows = insert_all::<S::Entity>(&models, description, db).await;
    let rows = rows.map_err(|error| Integrity::of(error, description, Vec::new(), None))?;
    let mut saved = Vec::with_capacity(rows.len());
    for ((mut data, stores), row) in data.into_iter().zip(stores).zip(rows) {
        let model = ModelOf::<S>::from_query_result(&row, "")?;
        let key = primary_key_of::<S::Entity>(&model);
        link(&key, stores.links, true, db).await?;
        S::save_nested(&mut data, &SaveNested::new(description, &key, true, request, db)).await?;
        let model = <ActiveModelOf<S> as ActiveModelBehavior>::after_save(model, db, true).await?;
        saved.push(Saved { model, row: Some(row) });
    }
    Ok(saved)
}
