//! What a sea-orm entity says about its table, read once and from then on without generics.

mod unique_keys;

use std::any::TypeId;
use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::sync::{LazyLock, PoisonError, RwLock};

use self::unique_keys::unique_keys;
use crate::db::Kept;
use crate::serializers::WriteShape;
use heck::{ToSnakeCase, ToTitleCase, ToUpperCamelCase};
use sea_orm::sea_query::{ArrayType, ColumnType, DynIden, ForeignKeyAction, SimpleExpr, TableRef};
use sea_orm::{
    ColumnDef, ColumnTrait, EntityTrait, IdenStatic, Identity, Iterable, ModelTrait, PrimaryKeyToColumn,
    PrimaryKeyTrait, RelationDef, RelationTrait, RelationType,
};

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

/// A relation as the `Relation` enum of an entity declares it.
#[derive(Debug)]
pub(crate) struct DeclaredRelation {
    /// The name of the variant
    pub(crate) name: String,
    pub(crate) ends: RelationEnds,
    /// The rule for the rows that hold the foreign key, where the entity has one
    pub(crate) on_delete: Option<ForeignKeyAction>,
}

/// The two ends of a relation between two tables.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RelationEnds {
    pub(crate) from_table: TableRef,
    pub(crate) to_table: TableRef,
    /// The columns; `None` if there are several at each end
    columns: Option<(DynIden, DynIden)>,
    many: bool,
    /// Whether the foreign key is in the first table
    forward: bool,
}

/// How to get from one table to another: by a foreign key, or through a join table.
#[derive(Clone)]
pub struct Relation {
    /// The name that the user gave it, and the one on the wire
    pub name: &'static str,
    /// Where it leads
    pub to: &'static Entity,
    /// Whether it leads to several rows
    pub many: bool,
    /// Whether the foreign key is in the table where it starts
    pub forward: bool,
    /// The column of the table where it starts (the foreign key, or what foreign keys point at)
    pub from_column: DynIden,
    /// The column of the table where it ends
    pub to_column: DynIden,
    /// The join table of a many-to-many relation
    pub through: Option<Through>,
}

/// The join table of a many-to-many relation.
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
            kept: Kept::default(),
            written: Kept::default(),
        }
    }

    /// Returns the entity of a table that this one references, if it was described before: of several of one table, the
    /// one whose module is nearest.
    pub(crate) fn referenced(&self, table: &str) -> Option<&'static Self> {
        let entities = ENTITIES.read().unwrap_or_else(PoisonError::into_inner);
        let of_table = entities.values().filter(|entity| entity.table == table);
        of_table.max_by_key(|entity| common_modules(entity.path, self.path)).copied()
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

    /// The name of the module in paths of Rust.
    fn module(&self) -> String {
        self.object_name.to_snake_case()
    }

    /// The primary key; of several columns the first one.
    pub fn primary_key(&self) -> &Column {
        &self.columns[self.primary_key]
    }
}

/// How many modules two paths have in common.
pub(crate) fn common_modules(one: &str, other: &str) -> usize {
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

    /// The name of the field in Django: that of a foreign key lacks `_id`.
    pub(crate) fn field_name(&self) -> &'static str {
        let foreign = self.foreign_key.as_ref().and_then(|_| self.name.strip_suffix("_id"));
        foreign.unwrap_or(self.name)
    }

    /// Returns whether the column is Django's `BigIntegerField` or `BigAutoField`.
    pub(crate) fn is_big_integer(&self) -> bool {
        is_big_integer(&self.kind)
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
    /// Returns the relation of `from` to rows of `to` that has a name: the only one that leads there, else the one whose
    /// variant or foreign key has that name. `related` is sea-orm's `Related`, where it is implemented.
    ///
    /// # Errors
    /// If there is none, or several among which the name does not decide.
    pub(crate) fn find(
        from: &'static Entity,
        to: &'static Entity,
        name: &'static str,
        many: bool,
        related: Option<(RelationDef, Option<RelationDef>)>,
    ) -> Result<Self, String> {
        let mut candidates: Vec<(Option<&str>, Candidate)> = Vec::new();
        for DeclaredRelation { name, ends, .. } in &from.relations {
            if ends.to_table == to.table_ref && ends.many == many {
                candidates.push((Some(name), Candidate::Direct(Box::new(ends.clone()))));
            }
        }
        match related {
            Some((second, Some(first))) if many => {
                candidates
                    .push((None, Candidate::Through(Box::new([(&first.rev()).into(), (&second).into()]))));
            }
            Some((direct, None)) => {
                let direct = RelationEnds::from(&direct);
                let known = |declared: &DeclaredRelation| declared.ends.columns == direct.columns;
                // A foreign key that is reversed with `rev()` does not say whether it leads to one row or to many.
                let fits = if many { !direct.forward } else { !direct.many };
                if fits && !from.relations.iter().any(known) {
                    candidates.push((None, Candidate::Direct(Box::new(direct))));
                }
            }
            _ => {}
        }
        let found =
            choose(from, &candidates, name).ok_or_else(|| undecided(from, to, name, many, &candidates))?;
        match found {
            Candidate::Direct(ends) => Self::direct(name, to, many, ends),
            Candidate::Through(keys) => Self::through(name, (from, to), &keys[0], &keys[1]),
        }
    }

    /// Returns the relation of `from` to rows of `to` that a variant declares, of either of the two entities.
    ///
    /// # Errors
    /// If it leads elsewhere.
    pub(crate) fn declared(
        from: &'static Entity,
        to: &'static Entity,
        name: &'static str,
        many: bool,
        (variant, def): (String, RelationDef),
    ) -> Result<Self, String> {
        let ends = RelationEnds::from(&def);
        let reversed = RelationEnds::from(&def.rev());
        let fits = |ends: &RelationEnds| ends.from_table == from.table_ref && ends.to_table == to.table_ref;
        // The foreign key of many rows is theirs, of one row it is where the variant says.
        let ends = [ends, reversed].into_iter().find(|ends| fits(ends) && !(many && ends.forward));
        let ends = ends.ok_or_else(|| {
            format!("the relation `{variant}` does not lead from `{}` to `{}`", from.table, to.table)
        })?;
        Self::direct(name, to, many, &ends)
    }

    fn direct(
        name: &'static str,
        to: &'static Entity,
        many: bool,
        ends: &RelationEnds,
    ) -> Result<Self, String> {
        let (from_column, to_column) = ends.columns()?;
        Ok(Self { name, to, many, forward: ends.forward, from_column, to_column, through: None })
    }

    /// Returns the many-to-many relation through the table with two foreign keys: to `from` and to `to`.
    ///
    /// # Errors
    /// If they lead elsewhere.
    pub(crate) fn through(
        name: &'static str,
        (from, to): (&'static Entity, &'static Entity),
        first: &RelationEnds,
        second: &RelationEnds,
    ) -> Result<Self, String> {
        let leads = first.to_table == from.table_ref && second.to_table == to.table_ref;
        if !leads || first.from_table != second.from_table {
            return Err(format!(
                "no join table leads from `{}` to `{}` by these relations",
                from.table, to.table
            ));
        }
        let ((back, from_column), (onwards, to_column)) = (first.columns()?, second.columns()?);
        let table_ref = first.from_table.clone();
        let through = Some(Through { table_ref, from_column: back, to_column: onwards });
        Ok(Self { name, to, many: true, forward: false, from_column, to_column, through })
    }

    /// Whether the foreign key is in the table where the relation starts.
    pub fn is_forward(&self) -> bool {
        self.forward
    }
}

/// A relation that a name may stand for.
enum Candidate {
    Direct(Box<RelationEnds>),
    /// The two foreign keys of the join table
    Through(Box<[RelationEnds; 2]>),
}

/// Returns the candidate with a name: that of its variant, or of its foreign key. A single candidate needs no name, unless
/// another column has it: that column is then a foreign key whose relation is not declared.
fn choose<'a>(
    from: &Entity,
    candidates: &'a [(Option<&str>, Candidate)],
    name: &str,
) -> Option<&'a Candidate> {
    fn only<'a>(mut found: impl Iterator<Item = &'a Candidate>) -> Option<&'a Candidate> {
        found.next().filter(|_| found.next().is_none())
    }
    let variant = name.to_upper_camel_case();
    let is_key = |column: &str| column == name || column.strip_suffix("_id") == Some(name);
    let has_key = |candidate: &Candidate| match candidate {
        Candidate::Direct(ends) => {
            ends.forward && ends.columns.as_ref().is_some_and(|(key, _)| is_key(&key.to_string()))
        }
        Candidate::Through(_) => false,
    };
    let all = || candidates.iter().map(|(_, candidate)| candidate);
    let named = candidates.iter().filter(|(name, _)| *name == Some(&variant)).map(|(_, candidate)| candidate);
    only(named)
        .or_else(|| only(all().filter(|candidate| has_key(candidate))))
        .or_else(|| only(all()).filter(|_| !from.columns.iter().any(|column| is_key(column.name))))
}

/// The message for a name that stands for no relation, or for one of several.
fn undecided(
    from: &Entity,
    to: &Entity,
    name: &str,
    many: bool,
    candidates: &[(Option<&str>, Candidate)],
) -> String {
    let (module, other) = (from.module(), to.module());
    let entity = if many { format!("[{other}::Entity]") } else { format!("{other}::Entity") };
    let explicit = |relation: &str| format!("`relations({name}(entity = {entity}, {relation}))`");
    let (from, to) = (from.table, to.table);
    if candidates.is_empty() {
        let variant = explicit(&format!("relation = {module}::Relation::.."));
        let through = explicit("through(join_table::Relation::.., join_table::Relation::..)");
        let also = if many { format!(", or its join table: {through}") } else { String::new() };
        return format!(
            "`{from}` declares no relation to {} of `{to}` for `{name}`: name it: {variant}{also}",
            if many { "many rows" } else { "one row" }
        );
    }
    let names: Vec<_> =
        candidates.iter().map(|(name, _)| format!("`{}`", name.unwrap_or("Related"))).collect();
    let variant = explicit(&format!("relation = {module}::Relation::.."));
    format!(
        "several relations of `{from}` lead to `{to}` ({}) and none has the name `{name}`: name the one: {variant}",
        names.join(", ")
    )
}

impl RelationEnds {
    /// Returns the foreign key and the column that it references, if the first table holds it and it is one column.
    pub(crate) fn foreign_key(&self) -> Option<(&DynIden, &DynIden)> {
        self.columns.as_ref().filter(|_| self.forward).map(|(from, to)| (from, to))
    }

    fn columns(&self) -> Result<(DynIden, DynIden), String> {
        let several = || "a relation over several columns is not supported".to_owned();
        self.columns.clone().ok_or_else(several)
    }
}

impl From<&RelationDef> for RelationEnds {
    fn from(def: &RelationDef) -> Self {
        let columns = match (&def.from_col, &def.to_col) {
            (Identity::Unary(from), Identity::Unary(to)) => Some((from.clone(), to.clone())),
            _ => None,
        };
        Self {
            from_table: def.from_tbl.clone(),
            to_table: def.to_tbl.clone(),
            columns,
            many: def.rel_type == RelationType::HasMany,
            forward: !def.is_owner,
        }
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

/// Returns whether a type of columns holds integers of 64 bits.
pub(crate) fn is_big_integer(kind: &ColumnType) -> bool {
    matches!(kind, ColumnType::BigInteger | ColumnType::BigUnsigned)
}
