//! Validated data to rows. A user's `ActiveModelBehavior` runs, and what belongs together is done in one transaction.

mod assignments;
mod column_values;
mod destroy;
mod in_place;
mod links;
mod lock;
mod many;
mod nested;
mod referencing;
mod statements;

pub(crate) use column_values::WriteShape;
pub use destroy::Destroy;
pub(crate) use destroy::deletion_plan;
pub(crate) use in_place::update_in_place;
pub(crate) use lock::lock_row;
pub(crate) use many::create_many;
pub use nested::{NestedRelation, SaveNested, WritableNested};

use std::fmt;

use sea_orm::{ActiveModelBehavior, EntityTrait, FromQueryResult, IntoActiveModel, QueryResult};

use self::assignments::Assignments;
use self::links::link;
use self::lock::lock_parent;
use self::statements::{insert, update};
use super::validation::primary_key_of;
use super::{ModelSerializer, Validated};
use crate::db::Connection;
use crate::exceptions::Result;
use crate::request::Request;
use crate::schema::Entity;

type ModelFor<S> = <<S as ModelSerializer>::Entity as EntityTrait>::Model;
type ActiveModelFor<S> = <<S as ModelSerializer>::Entity as EntityTrait>::ActiveModel;

/// A new row that is valid and not saved yet: what `perform_create` and a serializer's `create` get.
///
/// ```
/// # use bookshop::{ReviewSerializer, review, user};
/// # use drf::prelude::*;
/// async fn set_owner(request: &Request, mut review: Create<'_, ReviewSerializer>) -> Result<Saved<review::Entity>> {
///     review.model.owner_id = Set(request.user_id::<user::Entity>()?);
///     review.save().await
/// }
/// ```
pub struct Create<'a, S: ModelSerializer> {
    /// The row, with what input set
    pub model: ActiveModelFor<S>,
    /// The validated data
    pub data: Validated<S>,
    /// The request
    pub request: &'a Request,
    assignments: Assignments,
    db: &'a Connection,
}

/// A change of a row that is valid and not saved yet: what `perform_update` and a serializer's `update` get.
pub struct Update<'a, S: ModelSerializer> {
    /// The row, with what input changed
    pub model: ActiveModelFor<S>,
    /// The validated data
    pub data: Validated<S>,
    /// The row as it was
    pub instance: ModelFor<S>,
    /// The request
    pub request: &'a Request,
    assignments: Assignments,
    db: &'a Connection,
}

/// A row that was saved.
pub struct Saved<E: EntityTrait> {
    /// The row as it is now
    pub model: E::Model,
    /// The columns that the statement returned, for the response
    pub(crate) row: Option<QueryResult>,
}

impl<E: EntityTrait> Saved<E> {
    /// Creates a row that was saved by other means: it is read anew for the response.
    pub fn new(model: E::Model) -> Self {
        Self { model, row: None }
    }
}

impl<'a, S: ModelSerializer> Create<'a, S> {
    /// Valid data, not saved yet.
    ///
    /// # Errors
    /// If a value does not fit its column.
    pub fn new(request: &'a Request, data: Validated<S>, db: &'a Connection) -> Result<Self> {
        let mut model = <ActiveModelFor<S> as ActiveModelBehavior>::new();
        let mut assignments = Assignments::of::<S>(&data, &mut model)?;
        assignments.attempt(request, S::description(), None);
        Ok(Self { model, data, request, assignments, db })
    }

    /// Saves the row as the serializer does it: by its `create`, if it has one. DRF's `serializer.save()`.
    ///
    /// # Errors
    /// Those of the database, and of the hooks of serializer and model.
    pub async fn save(self) -> Result<Saved<S::Entity>> {
        S::create(self).await
    }

    /// Inserts the row, its links and its nested rows. What DRF's `ModelSerializer.create` does.
    ///
    /// # Errors
    /// Those of the database and of the model's hooks.
    pub async fn insert(mut self) -> Result<Saved<S::Entity>> {
        let model = self.model.before_save(self.db, true).await?;
        let row = insert::<S::Entity>(&model, S::description(), self.db).await;
        let row =
            row.map_err(|error| self.assignments.failed(error, self.request, S::description(), None))?;
        let saved = ModelFor::<S>::from_query_result(&row, "")?;
        let key = primary_key_of::<S::Entity>(&saved);
        let linked = link((Entity::of::<S::Entity>(), &key), &self.assignments.links, true, self.db).await;
        linked.map_err(|error| self.assignments.failed(error, self.request, S::description(), None))?;
        S::save_nested(&mut self.data, &SaveNested::new(S::description(), &key, true, self.request, self.db))
            .await?;
        let model = <ActiveModelFor<S> as ActiveModelBehavior>::after_save(saved, self.db, true).await?;
        Ok(Saved { model, row: Some(row) })
    }

    /// Returns the connection of this operation, with its transaction.
    pub fn db(&self) -> &'a Connection {
        self.db
    }
}

impl<'a, S: ModelSerializer> Update<'a, S> {
    /// Valid data, not saved yet.
    ///
    /// # Errors
    /// If a value does not fit its column.
    pub fn new(
        request: &'a Request,
        data: Validated<S>,
        instance: ModelFor<S>,
        db: &'a Connection,
    ) -> Result<Self>
    where
        ModelFor<S>: IntoActiveModel<ActiveModelFor<S>>,
    {
        let mut model = instance.clone().into_active_model();
        let mut assignments = Assignments::of::<S>(&data, &mut model)?;
        assignments.attempt(request, S::description(), Some(&primary_key_of::<S::Entity>(&instance)));
        Ok(Self { model, data, instance, request, assignments, db })
    }

    /// Saves the row as the serializer does it: by its `update`, if it has one. DRF's `serializer.save()`.
    ///
    /// # Errors
    /// Those of the database, and of the hooks of serializer and model.
    pub async fn save(self) -> Result<Saved<S::Entity>> {
        S::update(self).await
    }

    /// Updates the row, its links and its nested rows. What DRF's `ModelSerializer.update` does.
    ///
    /// # Errors
    /// Those of the database and of the model's hooks.
    pub async fn update(mut self) -> Result<Saved<S::Entity>> {
        let key = primary_key_of::<S::Entity>(&self.instance);
        let model = self.model.before_save(self.db, false).await?;
        let row = update::<S::Entity>(&model, &key, S::description(), self.db).await;
        let failed = |error| self.assignments.failed(error, self.request, S::description(), Some(&key));
        let row = row.map_err(failed)?;
        if row.is_none() {
            lock_parent(S::description(), &key, self.request, self.db).await?;
        }
        let saved = match &row {
            Some(row) => ModelFor::<S>::from_query_result(row, "")?,
            None => self.instance,
        };
        let linked = link((Entity::of::<S::Entity>(), &key), &self.assignments.links, false, self.db).await;
        linked.map_err(failed)?;
        S::save_nested(
            &mut self.data,
            &SaveNested::new(S::description(), &key, false, self.request, self.db),
        )
        .await?;
        let model = <ActiveModelFor<S> as ActiveModelBehavior>::after_save(saved, self.db, false).await?;
        Ok(Saved { model, row })
    }

    /// Returns the connection of this operation, with its transaction.
    pub fn db(&self) -> &'a Connection {
        self.db
    }
}

impl<S: ModelSerializer> fmt::Debug for Create<'_, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Create").field("model", &self.model).finish_non_exhaustive()
    }
}

impl<S: ModelSerializer> fmt::Debug for Update<'_, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Update").field("model", &self.model).finish_non_exhaustive()
    }
}

impl<E: EntityTrait> fmt::Debug for Saved<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Saved").field("model", &self.model).finish()
    }
}
