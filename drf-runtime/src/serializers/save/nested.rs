//! Rows that are saved together with the row they belong to.

use std::future::Future;
use std::pin::Pin;

use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ActiveModelBehavior, EntityTrait, FromQueryResult, IntoActiveModel, Value};

use super::destroy::{cascade, protected};
use super::stores::{Stores, set};
use super::{Create, Update};
use crate::db::{Connection, QuerySet};
use crate::entity::{Entity, Relation};
use crate::exceptions::{Result, ValidationError};
use crate::fields::does_not_exist;
use crate::request::Request;
use crate::serializers::integrity::Integrity;
use crate::serializers::{
    ModelSerializer, Nested, Serializer, SerializerDescription, Validated, fetch_model,
};

/// What becomes of the related rows that are there already: `#[field(nested(write = replace))]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Write {
    /// They are deleted, and what was sent takes their place
    Replace,
    /// They stay, and what was sent is added
    Append,
    /// Those whose primary key was sent are changed, the others stay, and what has no key is added
    Patch,
}

/// A row that was saved, whose nested rows are to be saved.
#[derive(Debug)]
pub struct SaveNested<'a> {
    description: &'static SerializerDescription,
    key: &'a Value,
    new: bool,
    request: &'a Request,
    db: &'a Connection,
}

/// Nested rows that can be saved without a hook: those that point at the row with a foreign key.
#[diagnostic::on_unimplemented(
    message = "nested rows of type `{Self}` are not written by themselves",
    label = "not a list of rows that point here",
    note = "`write = ..` is for a `Vec` of a serializer with an entity; for others give the serializer `create = ..` and `update = ..`"
)]
pub trait WritableNested: Nested {
    /// Saves the rows.
    #[doc(hidden)]
    fn save<'a>(data: Self::Validated, rows: NestedRelation<'a>) -> Saving<'a>;
}

type Saving<'a> = Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>;

/// Where nested rows are saved.
#[derive(Debug)]
pub struct NestedRelation<'a> {
    field: &'static str,
    relation: &'a Relation,
    cascade: &'a [Vec<Relation>],
    write: Write,
    key: &'a Value,
    new: bool,
    request: &'a Request,
    db: &'a Connection,
}

impl<'a> SaveNested<'a> {
    pub(super) fn new(
        description: &'static SerializerDescription,
        key: &'a Value,
        new: bool,
        request: &'a Request,
        db: &'a Connection,
    ) -> Self {
        Self { description, key, new, request, db }
    }

    /// Saves the rows of the field with this index, if any were sent.
    ///
    /// # Errors
    /// Those of the database and of the models' hooks.
    pub fn save<N: WritableNested>(
        &self,
        index: usize,
        write: Write,
        data: Option<N::Validated>,
    ) -> Saving<'a> {
        let field = &self.description.fields[index];
        let (Some(data), Some(relation)) = (data, &field.relation) else {
            return Box::pin(async { Ok(()) });
        };
        let Self { key, new, request, db, .. } = *self;
        let cascade = &field.cascade;
        N::save(data, NestedRelation { field: field.name, relation, cascade, write, key, new, request, db })
    }
}

impl<S> WritableNested for Vec<S>
where
    S: ModelSerializer,
    ModelOf<S>: IntoActiveModel<ActiveModelOf<S>>,
{
    fn save<'a>(data: Self::Validated, rows: NestedRelation<'a>) -> Saving<'a> {
        Box::pin(async move {
            if rows.write == Write::Replace && !rows.new {
                rows.clear(<S as Serializer>::description()).await?;
            }
            for (index, item) in data.into_iter().enumerate() {
                let saved = save_one::<S>(item, &rows).await;
                saved.map_err(|error| Integrity::within(error, rows.field, index))?;
            }
            Ok(())
        })
    }
}

type ModelOf<S> = <<S as ModelSerializer>::Entity as EntityTrait>::Model;
type ActiveModelOf<S> = <<S as ModelSerializer>::Entity as EntityTrait>::ActiveModel;

impl NestedRelation<'_> {
    /// Deletes the rows that are there, and first what goes with them: links through tables between that the serializer
    /// shows, and what `cascade(..)` names.
    async fn clear(&self, description: &'static SerializerDescription) -> Result<()> {
        let links = description.fields.iter().filter_map(|field| field.relation.as_ref());
        let links = links.filter(|relation| relation.through.is_some()).map(|link| vec![link.clone()]);
        for path in self.cascade.iter().cloned().chain(links) {
            let whole: Vec<Relation> = [self.relation.clone()].into_iter().chain(path).collect();
            cascade(&whole, self.key, self.db).await?;
        }
        let mut delete = Query::delete();
        let points_here = Expr::col(self.relation.to_column.clone()).eq(self.key.clone());
        delete.from_table(self.relation.to.table_ref.clone()).and_where(points_here);
        self.db.run(&delete).await.map_err(|error| protected(self.relation.to, error))?;
        Ok(())
    }

    /// The row with a key, if it belongs here.
    async fn find<E: EntityTrait>(&self, key: Value) -> Result<Option<E::Model>> {
        let entity = Entity::of::<E>();
        let points_here = Expr::col(self.relation.to_column.clone()).eq(self.key.clone());
        let queryset = QuerySet::all(entity).filter(points_here);
        let row = fetch_model(queryset, (entity.primary_key(), key), self.db).await?;
        Ok(row.map(|row| E::Model::from_query_result(&row, "")).transpose()?)
    }
}

async fn save_one<S>(data: Validated<S>, rows: &NestedRelation<'_>) -> Result<()>
where
    S: ModelSerializer,
    ModelOf<S>: IntoActiveModel<ActiveModelOf<S>>,
{
    let (description, db) = (<S as Serializer>::description(), rows.db);
    let mut model = <ActiveModelOf<S> as ActiveModelBehavior>::new();
    let stores = Stores::of::<S>(&data, &mut model)?;
    let sent = stores.values.iter().find(|(index, _)| description.is_key(*index));
    if let Some((index, key)) = sent.filter(|_| rows.write == Write::Patch).cloned() {
        let found = rows.find::<S::Entity>(key.clone()).await?;
        let shown = crate::value::Value::from(key.to_string());
        let field = &description.fields[index];
        let missing = || ValidationError::of_field(field.name, does_not_exist(field, &shown));
        return change::<S>(data, found.ok_or_else(missing)?, rows).await;
    }
    set(&mut model, &rows.relation.to_column.to_string(), rows.key.clone())?;
    Create::<S> { model, data, request: rows.request, stores, db }.insert().await?;
    Ok(())
}

async fn change<S>(data: Validated<S>, instance: ModelOf<S>, rows: &NestedRelation<'_>) -> Result<()>
where
    S: ModelSerializer,
    ModelOf<S>: IntoActiveModel<ActiveModelOf<S>>,
{
    Update::<S>::new(rows.request, data, instance, rows.db)?.update().await?;
    Ok(())
}
