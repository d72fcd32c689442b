//! Rows that are saved together with the row they belong to.

use std::future::Future;
use std::pin::Pin;

use sea_orm::sea_query::{Expr, Query};
use sea_orm::{EntityTrait, FromQueryResult, IntoActiveModel, Value};

use super::assignments::set;
use super::destroy::cascade;
use super::many::create_children;
use super::{Create, Update};
use crate::db::{Connection, QuerySet};
use crate::deletion::{Cascades, RowsWhere, delete_dependents, protected};
use crate::exceptions::{Result, ValidationError};
use crate::fields::{Write, does_not_exist};
use crate::request::Request;
use crate::schema::{Entity, Relation};
use crate::serializers::integrity::{ErrorPath, placed};
use crate::serializers::{
    ModelSerializer, Nested, Serializer, SerializerDescription, Validated, fetch_model,
};

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

/// The relation by which nested rows are saved.
#[derive(Debug)]
pub struct NestedRelation<'a> {
    field: &'static str,
    /// The table where the relation starts
    from: &'static Entity,
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
        let (Some(data), Some(relation), Some(from)) = (data, &field.relation, self.description.entity)
        else {
            return Box::pin(async { Ok(()) });
        };
        let Self { key, new, request, db, .. } = *self;
        let cascade = &field.cascade;
        let field = field.name;
        N::save(data, NestedRelation { field, from, relation, cascade, write, key, new, request, db })
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
            let (request, attempts) = (rows.request, rows.request.count_attempts());
            let saved = match rows.write {
                Write::Patch => patch::<S>(data, &rows).await,
                Write::Replace | Write::Append => rows.create::<S>(data).await,
            };
            saved.map_err(|error| placed(request, attempts, error, ErrorPath::Field(rows.field)))
        })
    }
}

type ModelOf<S> = <<S as ModelSerializer>::Entity as EntityTrait>::Model;
type ActiveModelOf<S> = <<S as ModelSerializer>::Entity as EntityTrait>::ActiveModel;

impl NestedRelation<'_> {
    /// Deletes the rows that are there, and what depends on them: links through join tables that the serializer has, what
    /// `cascade(..)` names, and by the rules of the entities.
    async fn clear(&self, description: &'static SerializerDescription) -> Result<()> {
        let entity = self.relation.to;
        let links = description.fields.iter().filter_map(|field| field.relation.as_ref());
        let links = links.filter(|relation| relation.through.is_some()).map(|link| vec![link.clone()]);
        let paths: Vec<Vec<Relation>> = self.cascade.iter().cloned().chain(links).collect();
        let (cascades, owner) =
            (Cascades { paths: &paths, from: entity }, std::ptr::from_ref(self.relation).addr());
        let plan = self.request.app().deletions().plan(entity, cascades, owner, self.db).await?;
        for path in &plan.detached {
            let whole: Vec<Relation> =
                [self.relation.clone()].into_iter().chain(path.iter().cloned()).collect();
            cascade(&whole, self.from, self.key, self.db).await?;
        }
        let column = entity.column_named(&self.relation.to_column.to_string());
        if let Some(column) = column.filter(|_| !plan.is_one_statement(true)) {
            delete_dependents(&plan, RowsWhere { column, value: self.key.clone() }, self.db).await?;
        }
        let mut delete = Query::delete();
        delete.from_table(self.relation.to.table_ref.clone()).and_where(self.points_here());
        self.db.run(&delete).await.map_err(|error| protected(self.relation.to, error))?;
        Ok(())
    }

    async fn create<S: ModelSerializer>(&self, data: Vec<Validated<S>>) -> Result<()> {
        let column = self.relation.to_column.to_string();
        create_children::<S>(data, Some((&column, self.key)), self.request, self.db).await.map(drop)
    }

    /// Returns the condition that a row belongs to the row that was saved.
    fn points_here(&self) -> Expr {
        let column = Expr::col(self.relation.to_column.clone());
        self.db.start_storage(self.relation, self.from).has(column, self.key.clone())
    }

    /// Returns the row with a key, if it belongs here.
    async fn find<E: EntityTrait>(&self, key: Value) -> Result<Option<E::Model>> {
        let entity = Entity::of::<E>();
        let queryset = QuerySet::all(entity).filter(self.points_here());
        let row = fetch_model(queryset, (entity.primary_key(), key), self.db).await?;
        Ok(row.map(|row| E::Model::from_query_result(&row, "")).transpose()?)
    }
}

/// Changes the rows whose key was sent, and inserts the others.
async fn patch<S>(data: Vec<Validated<S>>, rows: &NestedRelation<'_>) -> Result<()>
where
    S: ModelSerializer,
    ModelOf<S>: IntoActiveModel<ActiveModelOf<S>>,
{
    let (length, attempts) = (data.len(), rows.request.count_attempts());
    for (index, item) in data.into_iter().enumerate() {
        rows.request.forget_attempts(attempts);
        let saved = patch_one::<S>(item, rows).await;
        saved.map_err(|error| placed(rows.request, attempts, error, ErrorPath::Item(index, length)))?;
    }
    Ok(())
}

async fn patch_one<S>(data: Validated<S>, rows: &NestedRelation<'_>) -> Result<()>
where
    S: ModelSerializer,
    ModelOf<S>: IntoActiveModel<ActiveModelOf<S>>,
{
    let (description, attempts) = (<S as Serializer>::description(), rows.request.count_attempts());
    let mut create = Create::<S>::new(rows.request, data, rows.db)?;
    let sent = create.assignments.values.iter().find(|(index, _)| description.is_key(*index)).cloned();
    let Some((index, key)) = sent else {
        set(&mut create.model, &rows.relation.to_column.to_string(), rows.key.clone())?;
        return create.save().await.map(drop);
    };
    let found = rows.find::<S::Entity>(key.clone()).await?;
    let shown = crate::value::Value::from(key.to_string());
    let field = &description.fields[index];
    let missing = || ValidationError::of_field(field.name, does_not_exist(field, &shown));
    let instance = found.ok_or_else(missing)?;
    // It was noted as a new row, whose values its own row would have taken.
    rows.request.forget_attempts(attempts);
    Update::<S>::new(rows.request, create.data, instance, rows.db)?.save().await.map(drop)
}
