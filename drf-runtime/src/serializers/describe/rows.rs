//! Related rows as objects.

use std::any::Any;

use sea_orm::{DbErr, EntityTrait, FromQueryResult, QueryResult};

use crate::fields::FieldDescription;
use crate::schema::ForeignKey;
use crate::serializers::nested::{Describe, NestedRows};
use crate::serializers::{ModelSerializer, Nested};

impl FieldDescription {
    /// Serializes related rows as objects. A row is fetched from its table, not from the foreign key.
    pub(in crate::serializers) fn show_rows(&mut self, rows: NestedRows) {
        self.target = None;
        if let (Some(relation), Some(path)) = (&self.relation, &mut self.path) {
            path.end_with(relation);
            path.column = relation.to.primary_key();
        }
        self.output = rows.into();
    }
}

/// A nested serializer of rows: where the rows come from, and their serializer.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a nested field of a serializer of rows",
    label = "not a serializer of rows",
    note = "`nested` is here for a type with `#[serializer(entity = ..)]`, an `Option` of one, or a `Vec` of one"
)]
pub trait RowsOf: Nested {
    /// The type that it is read from
    type Source;

    /// Returns the serializer of the rows.
    #[doc(hidden)]
    fn rows() -> NestedRows;
}

impl<S: ModelSerializer> RowsOf for S {
    type Source = ForeignKey<S::Entity>;

    fn rows() -> NestedRows {
        NestedRows {
            description: Describe::By(S::description),
            write: S::to_representation,
            model: read_model::<S::Entity>,
        }
    }
}

impl<S: ModelSerializer> RowsOf for Option<S> {
    type Source = Option<ForeignKey<S::Entity>>;

    fn rows() -> NestedRows {
        S::rows()
    }
}

impl<S: ModelSerializer> RowsOf for Vec<S> {
    type Source = Vec<ForeignKey<S::Entity>>;

    fn rows() -> NestedRows {
        S::rows()
    }
}

/// The rows are never null; input may be.
impl<S: ModelSerializer> RowsOf for Option<Vec<S>> {
    type Source = Vec<ForeignKey<S::Entity>>;

    fn rows() -> NestedRows {
        S::rows()
    }
}

fn read_model<E: EntityTrait>(row: &QueryResult, prefix: &str) -> Result<Box<dyn Any + Send>, DbErr> {
    Ok(Box::new(E::Model::from_query_result(row, prefix)?))
}
