//! The tables behind sea-orm's entities, read once and from then on without generics: columns, keys, relations.

mod column;
mod entity;
mod lookup;
mod path;
mod relation;
pub mod source;
mod unique_keys;

pub use column::Column;
pub(crate) use column::is_big_integer;
pub use entity::Entity;
pub(crate) use entity::table_name;
pub use path::ColumnPath;
pub(crate) use relation::{DeclaredRelation, RelationEnds};
pub use relation::{Relation, Through};
pub(crate) use source::Place;
pub use source::{ForeignKey, Source, SourceOf};

use sea_orm::{EntityTrait, PrimaryKeyTrait};

/// The type of the primary key of an entity.
pub type KeyOf<E> = <<E as EntityTrait>::PrimaryKey as PrimaryKeyTrait>::ValueType;
