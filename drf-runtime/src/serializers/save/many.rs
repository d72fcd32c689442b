//! New rows of a list. DRF's `ListSerializer.create`, and what its users write as `bulk_create`.

use futures_util::future::BoxFuture;
use sea_orm::{ActiveModelBehavior, EntityTrait, FromQueryResult, Value};

use super::assignments::{Assignments, set};
use super::links::link;
use super::nested::SaveNested;
use super::statements::insert_all;
use super::{Create, Saved};
use crate::db::Connection;
use crate::exceptions::{Detail, Error, Result};
use crate::request::Request;
use crate::serializers::integrity::{ErrorPath, list, placed};
use crate::serializers::{
    AttemptedWrite, ModelSerializer, Serializer, SerializerDescription, SerializerHooks, Validated,
    primary_key_of,
};

type ModelOf<S> = <<S as ModelSerializer>::Entity as EntityTrait>::Model;
type ActiveModelOf<S> = <<S as ModelSerializer>::Entity as EntityTrait>::ActiveModel;

/// The column of new rows that references their parent, and the parent's key.
pub(super) type Parent<'a> = Option<(&'a str, &'a Value)>;

/// Inserts rows, each with its links and nested rows: by one statement, or one by one where the serializer has a `create` of
/// its own.
pub(crate) async fn create_many<S: ModelSerializer>(
    data: Vec<Validated<S>>,
    request: &Request,
    db: &Connection,
) -> Result<Vec<Saved<S::Entity>>> {
    create_children::<S>(data, None, request, db).await
}

/// Inserts rows of a parent.
pub(super) async fn create_children<S: ModelSerializer>(
    data: Vec<Validated<S>>,
    parent: Parent<'_>,
    request: &Request,
    db: &Connection,
) -> Result<Vec<Saved<S::Entity>>> {
    match S::HOOKS {
        SerializerHooks::Save => create_each::<S>(data, parent, request, db).await,
        SerializerHooks::None | SerializerHooks::Validate => {
            insert_many::<S>(data, parent, request, db).await
        }
    }
}

async fn create_each<S: ModelSerializer>(
    data: Vec<Validated<S>>,
    parent: Parent<'_>,
    request: &Request,
    db: &Connection,
) -> Result<Vec<Saved<S::Entity>>> {
    let (length, attempts) = (data.len(), request.count_attempts());
    let mut saved = Vec::with_capacity(length);
    for (index, data) in data.into_iter().enumerate() {
        request.forget_attempts(attempts);
        let created = create_one::<S>(data, parent, request, db).await;
        saved
            .push(created.map_err(|error| placed(request, attempts, error, ErrorPath::Item(index, length)))?);
    }
    Ok(saved)
}

async fn create_one<S: ModelSerializer>(
    data: Validated<S>,
    parent: Parent<'_>,
    request: &Request,
    db: &Connection,
) -> Result<Saved<S::Entity>> {
    let mut create = Create::<S>::new(request, data, db)?;
    if let Some((column, key)) = parent {
        set(&mut create.model, column, key.clone())?;
    }
    create.save().await
}

async fn insert_many<S: ModelSerializer>(
    data: Vec<Validated<S>>,
    parent: Parent<'_>,
    request: &Request,
    db: &Connection,
) -> Result<Vec<Saved<S::Entity>>> {
    let description = <S as Serializer>::description();
    let (new, assignments) = new_rows::<S>(&data, parent)?;
    let mut models = Vec::with_capacity(new.len());
    for model in new {
        models.push(model.before_save(db, true).await?);
    }
    let rows = insert_all::<S::Entity>(&models, description, request, db).await;
    let rows = rows.map_err(|error| failed(error, &assignments, description, request))?;
    let mut keys = Vec::with_capacity(rows.len());
    let mut inserted = Vec::with_capacity(rows.len());
    for row in rows {
        let model = ModelOf::<S>::from_query_result(&row, "")?;
        keys.push(primary_key_of::<S::Entity>(&model));
        inserted.push((model, row));
    }
    link_all(&keys, &assignments, description, request, db).await?;
    let length = data.len();
    for ((index, mut data), key) in data.into_iter().enumerate().zip(&keys) {
        let attempts = request.count_attempts();
        let nested = SaveNested::new(description, key, true, request, db);
        let done = S::save_nested(&mut data, &nested).await;
        done.map_err(|error| placed(request, attempts, error, ErrorPath::Item(index, length)))?;
    }
    let mut saved = Vec::with_capacity(length);
    for (model, row) in inserted {
        let model = <ActiveModelOf<S> as ActiveModelBehavior>::after_save(model, db, true).await?;
        saved.push(Saved { model, row: Some(row) });
    }
    Ok(saved)
}

/// New rows with the columns that input sets.
type NewRows<S> = (Vec<ActiveModelOf<S>>, Vec<Assignments>);

fn new_rows<S: ModelSerializer>(data: &[Validated<S>], parent: Parent<'_>) -> Result<NewRows<S>> {
    let (mut models, mut assignments) = (Vec::with_capacity(data.len()), Vec::with_capacity(data.len()));
    for item in data {
        let mut model = <ActiveModelOf<S> as ActiveModelBehavior>::new();
        assignments.push(Assignments::of::<S>(item, &mut model)?);
        if let Some((column, key)) = parent {
            set(&mut model, column, key.clone())?;
        }
        models.push(model);
    }
    Ok((models, assignments))
}

/// Links new rows. Boxed, so that it is compiled here and not for each serializer.
fn link_all<'a>(
    keys: &'a [Value],
    assignments: &'a [Assignments],
    description: &'static SerializerDescription,
    request: &'a Request,
    db: &'a Connection,
) -> BoxFuture<'a, Result<()>> {
    Box::pin(async move {
        for (key, row) in keys.iter().zip(assignments) {
            let Some(entity) = description.entity.filter(|_| !row.links.is_empty()) else { continue };
            let linked = link((entity, key), &row.links, true, db).await;
            linked.map_err(|error| failed(error, assignments, description, request))?;
        }
        Ok(())
    })
}

/// Adds the values of rows to the error of their statement.
fn failed(
    error: Error,
    assignments: &[Assignments],
    description: &'static SerializerDescription,
    request: &Request,
) -> Error {
    // What a column cannot hold is in the row's place of a list.
    if let Error::Api(mut exception) = error {
        if let Detail::List(rows) = exception.detail {
            exception.detail = list(rows, request);
        }
        return Error::Api(exception);
    }
    let Error::Integrity(error) = error else { return error };
    let rows = assignments.iter().map(Assignments::attempted).collect();
    let (instance, place) = (None, Vec::new());
    Error::Integrity(error.with_write(AttemptedWrite { description, rows, many: true, instance, place }))
}
