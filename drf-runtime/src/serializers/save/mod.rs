//! Validated data to rows. A user's `ActiveModelBehavior` runs, and what belongs together is done in one transaction.

mod destroy;
mod links;
mod statements;
mod stores;

pub use destroy::Destroy;
pub use stores::Stores;

use std::fmt;

use sea_orm::{ActiveModelBehavior, EntityTrait, FromQueryResult, IntoActiveModel, QueryResult, Value};

use self::links::{Link, link};
use self::statements::{insert, update};
use super::integrity::Integrity;
use super::validation::primary_key_of;
use super::{ModelSerializer, Validated};
use crate::db::Connection;
use crate::exceptions::Result;

type ModelFor<S> = <<S as ModelSerializer>::Entity as EntityTrait>::Model;
type ActiveModelFor<S> = <<S as ModelSerializer>::Entity as EntityTrait>::ActiveModel;

/// A new row that is valid and not saved yet: what `perform_create` gets.
///
/// ```ignore
/// async fn set_owner(request: &Request, mut review: Create<'_, ReviewSerializer>) -> Result<Saved<review::Entity>> {
///     review.model.owner_id = Set(request.user().id().unwrap_or_default());
///     review.save().await
/// }
/// ```
pub struct Create<'a, S: ModelSerializer> {
    /// The row, with what input set
    pub model: ActiveModelFor<S>,
    /// The validated data
    pub data: Validated<S>,
    values: Vec<(usize, Value)>,
    links: Vec<Link>,
    db: &'a Connection,
}

/// A change of a row that is valid and not saved yet: what `perform_update` gets.
pub struct Update<'a, S: ModelSerializer> {
    /// The row, with what input changed
    pub model: ActiveModelFor<S>,
    /// The validated data
    pub data: Validated<S>,
    /// The row as it was
    pub instance: ModelFor<S>,
    values: Vec<(usize, Value)>,
    links: Vec<Link>,
    db: &'a Connection,
}

/// A row that was saved.
pub struct Saved<E: EntityTrait> {
    /// The row as it is now
    pub model: E::Model,
    /// What the statement gave back, to be shown
    pub(crate) row: Option<QueryResult>,
}

impl<'a, S: ModelSerializer> Create<'a, S> {
    /// Valid data, not saved yet.
    ///
    /// # Errors
    /// If a value does not fit its column.
    pub fn new(data: Validated<S>, db: &'a Connection) -> Result<Self> {
        let mut model = <ActiveModelFor<S> as ActiveModelBehavior>::new();
        let stores = stores::<S>(&data);
        let values = stores.columns();
        let links = stores.apply(&mut model)?;
        Ok(Self { model, data, values, links, db })
    }

    /// Inserts the row. DRF's `serializer.save()`.
    ///
    /// # Errors
    /// Those of the database and of the model's hooks.
    pub async fn save(self) -> Result<Saved<S::Entity>>
    where
        ModelFor<S>: IntoActiveModel<ActiveModelFor<S>>,
    {
        let model = self.model.before_save(self.db, true).await?;
        let row = insert::<S::Entity>(&model, S::description(), self.db).await;
        let row = row.map_err(|error| Integrity::of(error, S::description(), self.values, None))?;
        let saved = ModelFor::<S>::from_query_result(&row, "")?;
        link(&primary_key_of::<S::Entity>(&saved), self.links, self.db).await?;
        let model = <ActiveModelFor<S> as ActiveModelBehavior>::after_save(saved, self.db, true).await?;
        Ok(Saved { model, row: Some(row) })
    }

    /// Where the statements go: inside the transaction of this operation.
    pub fn db(&self) -> &'a Connection {
        self.db
    }
}

impl<'a, S: ModelSerializer> Update<'a, S> {
    /// Valid data, not saved yet.
    ///
    /// # Errors
    /// If a value does not fit its column.
    pub fn new(data: Validated<S>, instance: ModelFor<S>, db: &'a Connection) -> Result<Self>
    where
        ModelFor<S>: IntoActiveModel<ActiveModelFor<S>>,
    {
        let mut model = instance.clone().into_active_model();
        let stores = stores::<S>(&data);
        let values = stores.columns();
        let links = stores.apply(&mut model)?;
        Ok(Self { model, data, instance, values, links, db })
    }

    /// Updates the row. DRF's `serializer.save()`.
    ///
    /// # Errors
    /// Those of the database and of the model's hooks.
    pub async fn save(self) -> Result<Saved<S::Entity>> {
        let key = primary_key_of::<S::Entity>(&self.instance);
        let model = self.model.before_save(self.db, false).await?;
        let row = update::<S::Entity>(&model, &key, S::description(), self.db).await;
        let refused = |error| Integrity::of(error, S::description(), self.values, Some(key.clone()));
        let row = row.map_err(refused)?;
        let saved = match &row {
            Some(row) => ModelFor::<S>::from_query_result(row, "")?,
            None => self.instance,
        };
        link(&key, self.links, self.db).await?;
        let model = <ActiveModelFor<S> as ActiveModelBehavior>::after_save(saved, self.db, false).await?;
        Ok(Saved { model, row })
    }

    /// Where the statements go: inside the transaction of this operation.
    pub fn db(&self) -> &'a Connection {
        self.db
    }
}

fn stores<S: ModelSerializer>(data: &Validated<S>) -> Stores<'static> {
    let mut stores = Stores::new(S::description());
    S::store(data, &mut stores);
    stores
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
