//! The entities of an app, which may depend on each other.

use sea_orm::sea_query::{DynIden, ForeignKeyAction, TableRef};

use crate::schema::{Column, DeclaredRelation, Entity, Relation};

/// The entities that the viewsets of an app are about, and the join tables between them. Django's installed models.
#[derive(Debug, Default, Clone)]
pub(crate) struct EntityRegistry {
    pub(super) entities: Vec<&'static Entity>,
    pub(super) joins: Vec<JoinColumn>,
}

/// A foreign key of a join table.
#[derive(Debug, Clone)]
pub(super) struct JoinColumn {
    pub(super) table: TableRef,
    pub(super) column: DynIden,
    /// The entity and its column that the foreign key references
    pub(super) entity: &'static Entity,
    pub(super) to: &'static Column,
}

impl EntityRegistry {
    /// Adds an entity.
    pub(crate) fn add(&mut self, entity: &'static Entity) {
        if !self.entities.iter().any(|known| std::ptr::eq(*known, entity)) {
            self.entities.push(entity);
        }
    }

    /// Adds the entity that a relation leads to, and its join table.
    pub(crate) fn add_relation(&mut self, from: &'static Entity, relation: &Relation) {
        self.add(relation.to);
        let Some(through) = &relation.through else { return };
        let ends = [
            (&through.from_column, from, &relation.from_column),
            (&through.to_column, relation.to, &relation.to_column),
        ];
        for (column, entity, to) in ends {
            let Some(to) = entity.column_named(&to.to_string()) else { continue };
            let (table, column) = (through.table_ref.clone(), column.clone());
            self.add_join(JoinColumn { table, column, entity, to });
        }
    }

    /// Adds a foreign key that no entity declares, whose rows are deleted with those that they reference.
    pub(crate) fn add_foreign_key(&mut self, table: TableRef, column: DynIden, entity: &'static Entity) {
        self.add_join(JoinColumn { table, column, entity, to: entity.primary_key() });
    }

    fn add_join(&mut self, join: JoinColumn) {
        if !self.joins.iter().any(|known| known.table == join.table && known.column == join.column) {
            self.joins.push(join);
        }
    }

    /// Adds the entities along a path of relations.
    pub(crate) fn add_path(&mut self, mut from: &'static Entity, path: &[Relation]) {
        for relation in path {
            self.add_relation(from, relation);
            from = relation.to;
        }
    }

    pub(super) fn extend(&mut self, other: &Self) {
        other.entities.iter().for_each(|entity| self.add(entity));
        other.joins.iter().for_each(|join| self.add_join(join.clone()));
    }

    /// Returns the rules for deletion that cannot be followed. Django's checks `fields.E320` and `fields.E321`.
    pub(super) fn problems(&self) -> Vec<String> {
        let relations = self
            .entities
            .iter()
            .flat_map(|entity| entity.relations.iter().filter_map(|relation| problem_of(entity, relation)));
        relations.collect()
    }
}

fn problem_of(entity: &'static Entity, relation: &DeclaredRelation) -> Option<String> {
    let (column, _) = relation.ends.foreign_key()?;
    let column = entity.column_named(&column.to_string())?;
    let (rule, problem, help) = match relation.on_delete? {
        ForeignKeyAction::SetNull if !column.null => {
            ("SetNull", "cannot be NULL", "make it an `Option`, or choose another rule")
        }
        ForeignKeyAction::SetDefault if column.default.is_none() => {
            ("SetDefault", "has no default", "give it a `default_value`, or choose another rule")
        }
        _ => return None,
    };
    Some(format!(
        "`{}`: the relation `{}` says `on_delete = \"{rule}\"`, but the column `{}` {problem}: {help}",
        entity.path, relation.name, column.name
    ))
}
