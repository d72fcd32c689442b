//! The description of a table.

use std::any::TypeId;
use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::sync::{LazyLock, PoisonError, RwLock};

use heck::{ToSnakeCase, ToTitleCase, ToUpperCamelCase};
use sea_orm::sea_query::{ArrayType, TableRef};
use sea_orm::{
    ColumnDef, ColumnTrait, EntityTrait, IdenStatic, Iterable, ModelTrait, PrimaryKeyToColumn,
    PrimaryKeyTrait, RelationDef, RelationTrait,
};

use super::unique_keys::unique_keys;
use super::{Column, DeclaredRelation, RelationEnds};
use crate::exceptions::APIException;

/// A table: its columns and its primary key.
pub struct Entity {
    /// The name of the model: `AuditLog` for the entity of a module `audit_log`. Django's `_meta.object_name`.
    pub object_name: String,
    /// The name in sentences: `audit log`. Django's `_meta.verbose_name`.
    pub verbose_name: String,
    /// The table's name
    pub table: &'static str,
    /// The path of the type in Rust
    pub(crate) path: &'static str,
    /// The table with its schema
    pub table_ref: TableRef,
    /// The columns, in the order of the model
    pub columns: Vec<Column>,
    primary_key: usize,
    /// The relations that the entity declares
    pub(crate) relations: Vec<DeclaredRelation>,
    /// The columns of each unique key of several columns. Django's `unique_together`
    pub(crate) unique_keys: Vec<Vec<&'static str>>,
}

type Entities = HashMap<TypeId, &'static Entity, foldhash::fast::RandomState>;

static ENTITIES: LazyLock<RwLock<Entities>> = LazyLock::new(RwLock::default);

impl Entity {
    /// Returns the description of an entity. It is made once and lives as long as the process.
    pub fn of<E: EntityTrait>() -> &'static Self {
        Self::cached(TypeId::of::<E>(), Self::read::<E>)
    }

    fn cached(id: TypeId, read: fn() -> Self) -> &'static Self {
        if let Some(entity) = ENTITIES.read().unwrap_or_else(PoisonError::into_inner).get(&id) {
            return entity;
        }
        let mut entities = ENTITIES.write().unwrap_or_else(PoisonError::into_inner);
        entities.entry(id).or_insert_with(|| Box::leak(Box::new(read())))
    }

    /// Collects what is generic over entities: it is compiled for each one of them.
    fn read<E: EntityTrait>() -> Self {
        let (mut keys, mut columns) = (Vec::new(), Vec::new());
        for key in E::PrimaryKey::iter() {
            keys.push(key.into_column().as_str());
        }
        for column in E::Column::iter() {
            columns.push((column.as_str(), column.def(), E::Model::get_value_type(column)));
        }
        let entity = E::default();
        let generated = <E::PrimaryKey as PrimaryKeyTrait>::auto_increment();
        let mut relations = Vec::new();
        for relation in E::Relation::iter() {
            relations.push((relation.name(), relation.def()));
        }
        let path = std::any::type_name::<E>();
        let table = (entity.table_name(), entity.table_ref());
        Self::new(path, table, columns, relations, (&keys, generated))
    }

    fn new(
        path: &'static str,
        (table, table_ref): (&'static str, TableRef),
        columns: Vec<(&'static str, ColumnDef, ArrayType)>,
        relations: Vec<(String, RelationDef)>,
        keys: (&[&'static str], bool),
    ) -> Self {
        let name = object_name(path, table);
        let unique_keys = unique_keys(columns.iter().map(|(name, def, _)| (*name, def)));
        let mut columns: Vec<Column> =
            columns.into_iter().map(|(name, def, rust)| Column::new(name, &def, rust, keys)).collect();
        let declared = |(name, def): (String, RelationDef)| DeclaredRelation {
            name,
            ends: (&def).into(),
            on_delete: def.on_delete,
        };
        let relations: Vec<_> = relations.into_iter().map(declared).collect();
        for relation in &relations {
            note_foreign_key(&mut columns, &relation.ends);
        }
        let (alone, unique_keys): (Vec<_>, Vec<_>) = unique_keys.into_iter().partition(|key| key.len() == 1);
        let alone = alone.concat();
        columns
            .iter_mut()
            .filter(|column| alone.contains(&column.name))
            .for_each(|column| column.unique = true);
        Self {
            verbose_name: name.to_title_case().to_lowercase(),
            object_name: name,
            table,
            path,
            table_ref,
            primary_key: columns
                .iter()
                .position(|column| column.primary_key)
                .expect("an entity has a primary key"),
            columns,
            relations,
            unique_keys,
        }
    }

    /// Returns the entity of a table that this one references, if it was described before: of several of one table, the
    /// one whose module is nearest.
    pub(crate) fn referenced(&self, table: &str) -> Option<&'static Self> {
        let entities = ENTITIES.read().unwrap_or_else(PoisonError::into_inner);
        let of_table = entities.values().filter(|entity| entity.table == table);
        of_table.max_by_key(|entity| common_modules(entity.path, self.path)).copied()
    }

    /// Returns the descriptions of all entities so far.
    pub(crate) fn all() -> Vec<&'static Self> {
        ENTITIES.read().unwrap_or_else(PoisonError::into_inner).values().copied().collect()
    }

    /// Returns the entity that a column is a part of.
    pub(crate) fn having(column: &'static Column) -> Option<&'static Self> {
        let has = |entity: &&Self| entity.columns.iter().any(|known| std::ptr::eq(known, column));
        Self::all().into_iter().find(has)
    }

    /// Returns the column of a field of the model.
    pub fn column<E: EntityTrait>(field: &str) -> Option<&'static Column> {
        let column = E::Column::from_str(field).ok()?;
        Self::of::<E>().column_named(column.as_str())
    }

    /// Returns the column with a name in the database.
    pub fn column_named(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// Returns the name of the module in paths of Rust.
    pub(super) fn module(&self) -> String {
        self.object_name.to_snake_case()
    }

    /// Returns the 404 for a row that is not there, or out of the scope of the request. Django's `get_object_or_404`.
    pub fn not_found(&self) -> APIException {
        APIException::not_found_with(format!("No {} matches the given query.", self.object_name))
    }

    /// Returns the primary key; of several columns the first one.
    pub fn primary_key(&self) -> &Column {
        &self.columns[self.primary_key]
    }
}

/// Returns the number of modules that two paths have in common.
fn common_modules(one: &str, other: &str) -> usize {
    one.split("::").zip(other.split("::")).take_while(|(one, other)| one == other).count()
}

/// Notes the table that a column is a foreign key to.
fn note_foreign_key(columns: &mut [Column], relation: &RelationEnds) {
    let Some((from, to)) = relation.columns.as_ref().filter(|_| relation.forward) else { return };
    if let Some(column) = columns.iter_mut().find(|column| column.name == from.to_string()) {
        column.foreign_key = Some((table_name(&relation.to_table), to.clone()));
        // The key of a one-to-one relation is that of the other row, whatever `auto_increment` says.
        column.generated = false;
    }
}

/// Returns the name of a table, without its schema.
pub(crate) fn table_name(table: &TableRef) -> String {
    match table {
        TableRef::Table(name, _) => name.1.to_string(),
        _ => String::new(),
    }
}

/// Returns the module of the entity, in camel case; a table's name where the entity stands in no module.
fn object_name(path: &str, table: &str) -> String {
    let module = path.rsplit("::").nth(1).filter(|module| *module != "entity");
    module.unwrap_or(table).to_upper_camel_case()
}

impl fmt::Debug for Entity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.object_name)
    }
}
