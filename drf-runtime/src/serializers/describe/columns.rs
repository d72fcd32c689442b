//! The options of a field that follow from its column.

use sea_orm::sea_query::{ColumnType, Expr, StringLen};

use crate::fields::FieldDescription;
use crate::schema::{Column, Place, is_big_integer};

/// Returns whether a source is only serialized: what is behind relations, and the other row of a one-to-one relation, which has
/// the foreign key. Links and referencing rows of the row itself can be written.
pub(super) fn is_read_only(place: &Place) -> bool {
    let writable = match &place.relation {
        Some(relation) if relation.many => 1,
        _ => 0,
    };
    place.path.relations.len() > writable
}

/// Sets the options that follow from the column. DRF's `ModelSerializer.build_standard_field`.
pub(super) fn from_column(field: &mut FieldDescription, column: &Column, own: bool) {
    field.max_length = match &column.kind {
        ColumnType::String(StringLen::N(length)) | ColumnType::Char(Some(length)) => Some(*length as usize),
        _ => None,
    };
    field.implied_length = field.max_length.is_some();
    if let ColumnType::Decimal(Some((digits, places))) = &column.kind {
        field.max_digits = Some(*digits);
        field.decimal_places = Some(*places);
    }
    field.big_integer &= column.is_big_integer();
    if let (ColumnType::Array(items), Some(child)) = (&column.kind, &mut field.child) {
        child.big_integer = child.range.is_some() && is_big_integer(items);
    }
    if !own {
        return;
    }
    field.read_only = column.generated;
    field.unique = column.unique || (column.primary_key && !column.generated);
    field.constrained = field.unique;
    field.required = !column.null && column.default.is_none();
    // A column that is empty unless something is written may be emptied too: Django's `blank=True, default=""`.
    field.allow_blank |=
        matches!(&column.default, Some(Expr::Value(sea_orm::Value::String(Some(text)))) if text.is_empty());
    if column.generated {
        field.label = field.name.to_uppercase();
    }
}

pub(super) fn from_foreign_key(field: &mut FieldDescription, column: &Column) {
    field.unique = column.unique || column.primary_key;
    field.constrained = field.unique;
    field.required = !column.null && column.default.is_none();
}
