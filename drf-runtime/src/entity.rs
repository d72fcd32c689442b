//! What a sea-orm entity says about its table, read once and from then on without generics.

use std::any::TypeId;
use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::sync::{LazyLock, PoisonError, RwLock};

use crate::db::Kept;
use crate::serializers::WriteShape;
use heck::{ToTitleCase, ToUpperCamelCase};
use sea_orm::sea_query::{ArrayType, ColumnType, DynIden, SimpleExpr, TableRef};
use sea_orm::{
    ColumnDef, ColumnTrait, DbErr, EntityTrait, IdenStatic, Identity, Iterable, ModelTrait,
    PrimaryKeyToColumn, PrimaryKeyTrait, Related, RelationDef, RelationTrait, RelationType,
};

/// A table: its columns and its primary key.
pub struct Entity {
    /// The name of the model: `AuditLog` for the entity of a module `audit_log`. Django's `_meta.object_name`.
    pub object_name: String,
    /// The name in sentences: `audit log`. Django's `_meta.verbose_name`.
    pub verbose_name: String,
    /// The table's name
    pub table: &'static str,
    /// The table with its schema
    pub table_ref: TableRef,
    /// The columns, in the order of the model
    pub columns: Vec<Column>,
    primary_key: usize,
    /// Statements that look for a model by one of its columns
    pub(crate) kept: Kept,
    /// Statements that write a row
    pub(crate) written: Kept<WriteShape>,
}

/// A column of a table.
pub struct Column {
    /// The name in the database
    pub name: &'static str,
    /// The type in the database, as the entity says it; that of the table may be another one
    pub kind: ColumnType,
    /// The Rust type of the model's field
    pub(crate) rust: ArrayType,
    /// Whether it may be NULL
    pub null: bool,
    /// Whether no two rows have the same value
    pub unique: bool,
    /// What a new row gets if the column is not written
    pub default: Option<SimpleExpr>,
    /// Whether it is (a part of) the primary key
    pub primary_key: bool,
    /// Whether the database makes the value of a new row
    pub generated: bool,
    /// The table whose rows it points at, and the column there
    pub foreign_key: Option<(String, DynIden)>,
}

/// How to get from one table to another: by a foreign key, or through a table between.
#[derive(Clone)]
pub struct Relation {
    /// The name that the user gave it, and the one on the wire
    pub name: &'static str,
    /// Where it leads
    pub to: &'static Entity,
    /// Whether it leads to several rows
    pub many: bool,
    /// The column of the table where it starts (the foreign key, or what foreign keys point at)
    pub from_column: DynIden,
    /// The column of the table where it ends
    pub to_column: DynIden,
    /// The table between, for many to many
    pub through: Option<Through>,
}

/// The table between two tables of a many-to-many relation.
#[derive(Debug, Clone)]
pub struct Through {
    /// The table
    pub table_ref: TableRef,
    /// Its column that points back at the start
    pub from_column: DynIden,
    /// Its column that points at the end
    pub to_column: DynIden,
}

type Entities = HashMap<TypeId, &'static Entity, foldhash::fast::RandomState>;

static ENTITIES: LazyLock<RwLock<Entities>> = LazyLock::new(RwLock::default);

impl Entity {
    /// The description of an entity. Made once per entity and kept for the life of the process.
    pub fn of<E: EntityTrait>() -> &'static Self {
        Self::kept(TypeId::of::<E>(), Self::read::<E>)
    }

    fn kept(id: TypeId, read: fn() -> Self) -> &'static Self {
        if let Some(entity) = ENTITIES.read().unwrap_or_else(PoisonError::into_inner).get(&id) {
            return entity;
        }
        let mut entities = ENTITIES.write().unwrap_or_else(PoisonError::into_inner);
        entities.entry(id).or_insert_with(|| Box::leak(Box::new(read())))
    }

    /// What is generic over entities is compiled for each one of them, so it only collects.
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
            relations.push(relation.def());
        }
        let path = std::any::type_name::<E>();
        Self::new(path, (entity.table_name(), entity.table_ref()), columns, &relations, (&keys, generated))
    }

    fn new(
        path: &str,
        (table, table_ref): (&'static str, TableRef),
        columns: Vec<(&'static str, ColumnDef, ArrayType)>,
        relations: &[RelationDef],
        keys: (&[&'static str], bool),
    ) -> Self {
        let name = object_name(path, table);
        let mut columns: Vec<Column> =
            columns.into_iter().map(|(name, def, rust)| Column::new(name, &def, rust, keys)).collect();
        for relation in relations {
            note_foreign_key(&mut columns, relation);
        }
        Self {
            verbose_name: name.to_title_case().to_lowercase(),
            object_name: name,
            table,
            table_ref,
            primary_key: columns.iter().position(|column| column.primary_key).unwrap_or_default(),
            columns,
            kept: Kept::default(),
            written: Kept::default(),
        }
    }

    /// The description of a table that something has asked for by its entity before.
    pub(crate) fn known(table: &str) -> Option<&'static Self> {
        let entities = ENTITIES.read().unwrap_or_else(PoisonError::into_inner);
        entities.values().find(|entity| entity.table == table).copied()
    }

    /// The descriptions of all entities so far.
    pub(crate) fn all() -> Vec<&'static Self> {
        ENTITIES.read().unwrap_or_else(PoisonError::into_inner).values().copied().collect()
    }

    /// The description that a column is a part of.
    pub(crate) fn having(column: &'static Column) -> Option<&'static Self> {
        let has = |entity: &&Self| entity.columns.iter().any(|known| std::ptr::eq(known, column));
        Self::all().into_iter().find(has)
    }

    /// The column of a field of the model.
    pub fn column<E: EntityTrait>(field: &str) -> Option<&'static Column> {
        let column = E::Column::from_str(field).ok()?;
        Self::of::<E>().column_named(column.as_str())
    }

    /// The column with a name in the database.
    pub fn column_named(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The primary key; of several columns the first one.
    pub fn primary_key(&self) -> &Column {
        &self.columns[self.primary_key]
    }
}

/// Notes on a column that it points at another table.
fn note_foreign_key(columns: &mut [Column], relation: &RelationDef) {
    let (Identity::Unary(from), Identity::Unary(to)) = (&relation.from_col, &relation.to_col) else { return };
    if relation.is_owner || relation.rel_type != RelationType::HasOne {
        return;
    }
    if let Some(column) = columns.iter_mut().find(|column| column.name == from.to_string()) {
        column.foreign_key = Some((table_name(&relation.to_tbl), to.clone()));
    }
}

fn table_name(table: &TableRef) -> String {
    match table {
        TableRef::Table(name, _) => name.1.to_string(),
        _ => String::new(),
    }
}

/// The module of the entity, in camel case; a table's name where the entity stands in no module.
fn object_name(path: &str, table: &str) -> String {
    let module = path.rsplit("::").nth(1).filter(|module| *module != "entity");
    module.unwrap_or(table).to_upper_camel_case()
}

impl Column {
    fn new(
        name: &'static str,
        def: &ColumnDef,
        rust: ArrayType,
        (keys, generated): (&[&'static str], bool),
    ) -> Self {
        Self {
            name,
            kind: def.get_column_type().clone(),
            rust,
            null: def.is_null(),
            unique: def.is_unique(),
            default: def.get_column_default().cloned(),
            primary_key: keys.contains(&name),
            generated: generated && keys.contains(&name),
            foreign_key: None,
        }
    }

    /// Whether it holds whole numbers.
    pub(crate) fn is_integer(&self) -> bool {
        matches!(
            self.kind,
            ColumnType::TinyInteger
                | ColumnType::SmallInteger
                | ColumnType::Integer
                | ColumnType::BigInteger
                | ColumnType::TinyUnsigned
                | ColumnType::SmallUnsigned
                | ColumnType::Unsigned
                | ColumnType::BigUnsigned
        )
    }

    /// Whether it holds dates or times.
    pub(crate) fn is_temporal(&self) -> bool {
        matches!(
            self.kind,
            ColumnType::Date
                | ColumnType::Time
                | ColumnType::DateTime
                | ColumnType::Timestamp
                | ColumnType::TimestampWithTimeZone
        )
    }
}

impl Relation {
    /// The relation between two entities.
    ///
    /// # Errors
    /// If a key of it has more than one column.
    pub fn between<E: Related<R>, R: EntityTrait>(name: &'static str, many: bool) -> Result<Self, DbErr> {
        let to = E::to();
        let via = E::via();
        let through = via.as_ref().map(|via| through(via, &to)).transpose()?;
        let start = via.as_ref().unwrap_or(&to);
        Ok(Self {
            name,
            to: Entity::of::<R>(),
            many,
            from_column: single(&start.from_col)?,
            to_column: single(&to.to_col)?,
            through,
        })
    }

    /// Whether the foreign key stands in the table where the relation starts.
    pub fn is_forward(&self) -> bool {
        !self.many && self.through.is_none()
    }
}

fn through(via: &RelationDef, to: &RelationDef) -> Result<Through, DbErr> {
    let table_ref = via.to_tbl.clone();
    Ok(Through { table_ref, from_column: single(&via.to_col)?, to_column: single(&to.from_col)? })
}

fn single(identity: &Identity) -> Result<DynIden, DbErr> {
    match identity {
        Identity::Unary(column) => Ok(column.clone()),
        _ => Err(DbErr::Custom("a relation over several columns is not supported".to_owned())),
    }
}

impl fmt::Debug for Entity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.object_name)
    }
}

impl fmt::Debug for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl fmt::Debug for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}
