//! Deletion of rows, and of what depends on them. Django's `Collector`.
//!
//! The rules are those of the entities that hold the foreign keys (`on_delete`), as far as the viewsets of the app are about
//! them, and the links of join tables are deleted with the rows. Other tables are left to the database.

mod collect;
mod dependents;
mod entities;
mod plan;

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use sea_orm::DbErr;

pub(crate) use collect::{RowsWhere, delete_dependents};
pub(crate) use dependents::Cascades;
pub(crate) use entities::EntityRegistry;
pub(crate) use plan::DeletionPlan;

use crate::db::{Connection, ReferencingKeys};
use crate::exceptions::{ConstraintKind, Error, Result};
use crate::schema::Entity;

/// The plans of an app for the deletion of rows.
#[derive(Debug, Default)]
pub(crate) struct Deletions {
    known: RwLock<EntityRegistry>,
    references: ReferencingKeys,
    plans: RwLock<HashMap<PlanKey, Arc<DeletionPlan>, foldhash::fast::RandomState>>,
}

/// The address of an entity, and that of the `cascade(..)` that applies.
type PlanKey = (usize, usize);

impl Deletions {
    /// Adds the entities of further viewsets.
    pub(crate) fn add(&self, entities: &EntityRegistry) {
        self.known.write().unwrap_or_else(PoisonError::into_inner).extend(entities);
        self.plans.write().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Returns the rules of the entities that cannot be followed.
    pub(crate) fn problems(&self) -> Vec<String> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).problems()
    }

    /// Returns the plan for rows of an entity. `owner` is the number of what declares the `cascade(..)`, 0 without one.
    ///
    /// # Errors
    /// Those of the database, the first time.
    pub(crate) async fn plan(
        &self,
        entity: &'static Entity,
        cascades: Cascades<'_>,
        owner: usize,
        db: &Connection,
    ) -> Result<Arc<DeletionPlan>> {
        let key = (std::ptr::from_ref(entity).addr(), owner);
        if let Some(plan) = self.plans.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(plan.clone());
        }
        // boxed, since most requests find it there
        Box::pin(self.make(entity, cascades, key, db)).await
    }

    async fn make(
        &self,
        entity: &'static Entity,
        cascades: Cascades<'_>,
        key: PlanKey,
        db: &Connection,
    ) -> Result<Arc<DeletionPlan>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner).clone();
        let plan = Arc::new(DeletionPlan::new(entity, &known, cascades, &self.references, db).await?);
        // A table that is missing may be created yet.
        if plan.is_complete {
            self.plans.write().unwrap_or_else(PoisonError::into_inner).insert(key, plan.clone());
        }
        Ok(plan)
    }
}

/// Returns the error of a statement that deletes rows: a foreign key that rejects it protects them.
pub(crate) fn protected(entity: &Entity, error: DbErr) -> Error {
    match Error::from(error) {
        Error::Integrity(error) if error.kind() == ConstraintKind::ForeignKey => {
            Error::Protected(entity.object_name.clone())
        }
        other => other,
    }
}
