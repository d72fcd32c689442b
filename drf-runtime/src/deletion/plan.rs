//! The tables that the deletion of a row reaches, and the order in which their rows go.

use super::dependents::{Cascades, Dependent, OnDelete, declared, merge};
use super::entities::EntityRegistry;
use crate::db::{Connection, Enforcement, ReferencingKeys};
use crate::exceptions::Result;
use crate::schema::{Entity, Relation};

/// The consequences of deleting rows of an entity. Made once for each entity of an app.
#[derive(Debug)]
pub(crate) struct DeletionPlan {
    /// The tables whose rows may be deleted and may be referenced; the first one is that of the entity
    pub(super) tables: Vec<PlannedTable>,
    /// The paths of `cascade(..)` behind a relation that does not cascade itself
    pub(crate) detached: Vec<Vec<Relation>>,
    /// True if the database has all tables that the app knows
    pub(super) is_complete: bool,
}

#[derive(Debug)]
pub(super) struct PlannedTable {
    pub(super) entity: &'static Entity,
    pub(super) dependents: Vec<PlannedDependent>,
    /// Its rows are deleted after those of tables of lower ranks. Tables that reference each other have one rank
    pub(super) rank: usize,
}

#[derive(Debug)]
pub(super) struct PlannedDependent {
    pub(super) foreign_key: Dependent,
    /// The index of the table, where its rows are deleted and may be referenced
    pub(super) table: Option<usize>,
}

impl DeletionPlan {
    /// Plans the deletion of rows of an entity.
    ///
    /// # Errors
    /// Those of the database.
    pub(super) async fn new(
        entity: &'static Entity,
        known: &EntityRegistry,
        cascades: Cascades<'_>,
        references: &ReferencingKeys,
        db: &Connection,
    ) -> Result<Self> {
        let mut plan = Self { tables: Vec::new(), detached: Vec::new(), is_complete: true };
        plan.table_of(entity);
        let mut index = 0;
        while index < plan.tables.len() {
            let entity = plan.tables[index].entity;
            let mut dependents = declared(entity, known, cascades);
            let all = dependents.len();
            dependents.retain(|dependent| db.has_table(&dependent.table));
            plan.is_complete &= all == dependents.len();
            merge(&mut dependents, entity, &references.to(entity, db).await?);
            for dependent in dependents {
                plan.add(index, dependent);
            }
            index += 1;
        }
        plan.detached = plan.detached_of(cascades);
        plan.rank();
        Ok(plan)
    }

    fn table_of(&mut self, entity: &'static Entity) -> usize {
        let found = self.tables.iter().position(|table| table.entity.table_ref == entity.table_ref);
        found.unwrap_or_else(|| {
            self.tables.push(PlannedTable { entity, dependents: Vec::new(), rank: 0 });
            self.tables.len() - 1
        })
    }

    fn add(&mut self, index: usize, foreign_key: Dependent) {
        let cascades = foreign_key.on_delete == OnDelete::Cascade;
        let entity = foreign_key.entity.filter(|_| cascades && foreign_key.foreign_key().is_some());
        let table = entity.map(|entity| self.table_of(entity));
        self.tables[index].dependents.push(PlannedDependent { foreign_key, table });
    }

    fn detached_of(&self, cascades: Cascades<'_>) -> Vec<Vec<Relation>> {
        let reached = |path: &[Relation]| {
            let before = &path[..path.len().saturating_sub(1)];
            let start = before.last().map_or(cascades.from, |relation| relation.to);
            self.tables.iter().any(|table| table.entity.table_ref == start.table_ref)
        };
        cascades.paths.iter().filter(|path| !reached(path)).cloned().collect()
    }

    /// Reports if one statement deletes a row and the database does the rest.
    pub(crate) fn is_one_statement(&self, in_transaction: bool) -> bool {
        let by_database = |dependent: &PlannedDependent| match dependent.foreign_key.on_delete {
            OnDelete::DoNothing => true,
            OnDelete::Protect => match dependent.foreign_key.enforcement {
                Enforcement::Immediate => true,
                // In a transaction, the foreign key would be violated at the commit only, after hooks have gone on.
                Enforcement::AtCommit => !in_transaction,
                Enforcement::Action | Enforcement::None => false,
            },
            OnDelete::Cascade | OnDelete::SetNull | OnDelete::SetDefault(_) => false,
        };
        self.detached.is_empty() && self.tables[0].dependents.iter().all(by_database)
    }

    /// Ranks the tables, those first whose rows reference others.
    fn rank(&mut self) {
        let mut visited = vec![false; self.tables.len()];
        let mut finished = Vec::new();
        self.visit(0, &mut visited, &mut finished);
        for table in 0..self.tables.len() {
            // Of tables that reference each other, the last one is finished after all that reference one of them.
            let circle = |other: usize| self.is_reached(table, other) && self.is_reached(other, table);
            let rank = finished.iter().rposition(|other| *other == table || circle(*other));
            self.tables[table].rank = rank.unwrap_or(self.tables.len());
        }
    }

    /// Visits a table after those whose rows are deleted with its rows.
    fn visit(&self, table: usize, visited: &mut [bool], finished: &mut Vec<usize>) {
        if std::mem::replace(&mut visited[table], true) {
            return;
        }
        for next in self.children(table) {
            self.visit(next, visited, finished);
        }
        finished.push(table);
    }

    fn children(&self, table: usize) -> impl Iterator<Item = usize> {
        self.tables[table].dependents.iter().filter_map(|dependent| dependent.table)
    }

    /// Returns whether rows of the second table go, at once or later, with those of the first one.
    fn is_reached(&self, table: usize, other: usize) -> bool {
        let mut visited = vec![false; self.tables.len()];
        let mut finished = Vec::new();
        for next in self.children(table) {
            self.visit(next, &mut visited, &mut finished);
        }
        finished.contains(&other)
    }
}
