//! The foreign keys that reference an entity, each with the rule for its rows when the referenced row is deleted.

use sea_orm::sea_query::{Alias, DynIden, Expr, ForeignKeyAction, IntoIden, TableRef};

use super::entities::EntityRegistry;
use crate::db::{Enforcement, ReferencingKey};
use crate::schema::{Column, DeclaredRelation, Entity, Relation, table_name};

/// A foreign key that references an entity.
#[derive(Debug, Clone)]
pub(super) struct Dependent {
    /// The table with the foreign key
    pub(super) table: TableRef,
    pub(super) column: DynIden,
    /// The entity of that table, where the app knows it
    pub(super) entity: Option<&'static Entity>,
    /// The referenced column
    pub(super) to: &'static Column,
    pub(super) on_delete: OnDelete,
    /// The reaction of the database itself
    pub(super) enforcement: Enforcement,
}

/// The rule for rows that reference a deleted row. Django's `on_delete`.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum OnDelete {
    Cascade,
    SetNull,
    SetDefault(Expr),
    Protect,
    DoNothing,
}

/// Relations whose rows are deleted whatever the rule of their entity is, as paths that start at the deleted row.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cascades<'a> {
    pub(crate) paths: &'a [Vec<Relation>],
    /// The entity where the paths start
    pub(crate) from: &'static Entity,
}

impl Dependent {
    /// Creates a foreign key that cascades.
    fn cascading(
        (table, column): (TableRef, DynIden),
        entity: Option<&'static Entity>,
        to: &'static Column,
    ) -> Self {
        let (on_delete, enforcement) = (OnDelete::Cascade, Enforcement::None);
        Self { table, column, entity, to, on_delete, enforcement }
    }

    /// Returns the column of the foreign key, where the app knows the entity.
    pub(super) fn foreign_key(&self) -> Option<&'static Column> {
        self.entity?.column_named(&self.column.to_string())
    }

    fn is(&self, table: &TableRef, column: &DynIden) -> bool {
        table_name(&self.table) == table_name(table) && self.column == *column
    }
}

/// Returns the dependents of an entity, by the rules of the entities that reference it, join tables and `cascade(..)`.
pub(super) fn declared(
    entity: &'static Entity,
    known: &EntityRegistry,
    cascades: Cascades<'_>,
) -> Vec<Dependent> {
    let mut dependents = Vec::new();
    for other in &known.entities {
        for relation in other.relations.iter().filter(|relation| relation.ends.to_table == entity.table_ref) {
            add_relation(&mut dependents, entity, (other, relation), known);
        }
    }
    for join in known.joins.iter().filter(|join| join.entity.table_ref == entity.table_ref) {
        if !dependents.iter().any(|dependent| dependent.is(&join.table, &join.column)) {
            let key = (join.table.clone(), join.column.clone());
            dependents.push(Dependent::cascading(key, None, join.to));
        }
    }
    for relation in overridden(entity, cascades) {
        cascade(&mut dependents, entity, relation);
    }
    dependents
}

/// Adds the foreign key of a relation that another entity declares.
fn add_relation(
    dependents: &mut Vec<Dependent>,
    entity: &'static Entity,
    (other, relation): (&'static Entity, &DeclaredRelation),
    known: &EntityRegistry,
) {
    let Some((column, to)) = relation.ends.foreign_key() else { return };
    let (Some(to), Some(foreign_key)) =
        (entity.column_named(&to.to_string()), other.column_named(&column.to_string()))
    else {
        return;
    };
    let joins = is_join(other)
        || known.joins.iter().any(|join| join.table == other.table_ref && join.column == *column);
    let on_delete = on_delete(relation.on_delete, foreign_key, joins);
    match dependents.iter_mut().find(|known| known.is(&other.table_ref, column)) {
        // Of several entities of one table, the one with a rule counts.
        Some(same) if relation.on_delete.is_some() => same.on_delete = on_delete,
        Some(_) => {}
        None => {
            let key = (other.table_ref.clone(), column.clone());
            dependents.push(Dependent { on_delete, ..Dependent::cascading(key, Some(other), to) });
        }
    }
}

/// Returns the rule of a foreign key. Without a rule, the links of a join table are deleted with the row, as those of Django's
/// `ManyToManyField`, and other rows protect it.
fn on_delete(rule: Option<ForeignKeyAction>, foreign_key: &Column, joins: bool) -> OnDelete {
    match rule {
        Some(ForeignKeyAction::Cascade) => OnDelete::Cascade,
        Some(ForeignKeyAction::SetNull) => OnDelete::SetNull,
        Some(ForeignKeyAction::SetDefault) => {
            // Without a default, the app is not built.
            OnDelete::SetDefault(foreign_key.default.clone().unwrap_or_else(|| Expr::cust("NULL")))
        }
        Some(ForeignKeyAction::NoAction) => OnDelete::DoNothing,
        None if joins => OnDelete::Cascade,
        Some(_) | None => OnDelete::Protect,
    }
}

/// Returns whether an entity has foreign keys to two tables, perhaps a primary key of its own, and nothing else.
fn is_join(entity: &Entity) -> bool {
    let (keys, others): (Vec<_>, Vec<_>) =
        entity.columns.iter().partition(|column| column.foreign_key.is_some());
    let own_key = others.len() == 1
        && others.iter().all(|other| other.primary_key)
        && !keys.iter().any(|key| key.primary_key);
    let to = |key: &Column| key.foreign_key.as_ref().map(|(table, _)| table.clone());
    keys.len() == 2 && to(keys[0]) != to(keys[1]) && (others.is_empty() || own_key)
}

/// Returns the last relations of the paths whose last step starts at an entity.
fn overridden<'a>(
    entity: &'static Entity,
    cascades: Cascades<'a>,
) -> impl Iterator<Item = &'a Relation> + use<'a> {
    cascades.paths.iter().filter_map(move |path| {
        let (last, before) = path.split_last()?;
        let start = before.last().map_or(cascades.from, |relation| relation.to);
        (start.table_ref == entity.table_ref).then_some(last)
    })
}

fn cascade(dependents: &mut Vec<Dependent>, entity: &'static Entity, relation: &Relation) {
    let (table, column, other) = match &relation.through {
        Some(through) => (&through.table_ref, &through.from_column, None),
        None => (&relation.to.table_ref, &relation.to_column, Some(relation.to)),
    };
    if let Some(same) = dependents.iter_mut().find(|known| known.is(table, column)) {
        same.on_delete = OnDelete::Cascade;
    } else if let Some(to) = entity.column_named(&relation.from_column.to_string()) {
        dependents.push(Dependent::cascading((table.clone(), column.clone()), other, to));
    }
}

/// Completes the dependents with what the database knows: how it guards the foreign keys, and the tables that the app does
/// not know. Of these, the links of join tables are deleted with the row, and the others are left to the database.
pub(super) fn merge(dependents: &mut Vec<Dependent>, entity: &'static Entity, references: &[ReferencingKey]) {
    for reference in references {
        let same = |known: &&mut Dependent| reference.is_of(&known.table, &known.column.to_string());
        match dependents.iter_mut().find(same) {
            Some(same) => same.enforcement = reference.enforcement,
            None => dependents.extend(unknown(entity, reference)),
        }
    }
}

fn unknown(entity: &'static Entity, reference: &ReferencingKey) -> Option<Dependent> {
    let enforcement = reference.enforcement;
    let on_delete = match (reference.is_join, enforcement) {
        (_, Enforcement::Action) | (false, Enforcement::None) => return None,
        (true, _) => OnDelete::Cascade,
        (false, _) => OnDelete::Protect,
    };
    let to = match reference.to.as_str() {
        "" => entity.primary_key(),
        column => entity.column_named(column)?,
    };
    let key = (reference.table_ref(), Alias::new(&reference.column).into_iden());
    Some(Dependent { on_delete, enforcement, ..Dependent::cascading(key, None, to) })
}
