//! Values that their columns cannot hold, told with the other errors of the input.

use sea_orm::sea_query::ArrayType;
use sea_orm::{ConnectionTrait, DbBackend};

use super::Validation;
use crate::db::Connection;
use crate::fields::DbValue;
use crate::serializers::Values;

/// Returns whether values are compared with their columns before they are written. A write does so itself: this is for input
/// with other errors, and for the depth of documents, which no other check bounds and which may be an item of a list whose other
/// items are wrong.
pub(super) fn is_due(input: &Validation<'_>, db: &Connection) -> bool {
    let documents = || {
        let targets = input.description.fields.iter().filter_map(|field| field.target);
        targets.into_iter().any(|column| column.rust == ArrayType::Json)
    };
    input.has_errors() || (db.get_database_backend() == DbBackend::MySql && documents())
}

/// Notes the errors of the values that their columns cannot hold.
pub(super) fn note(input: &mut Validation<'_>, visited: Values<'_>, db: &Connection) {
    for (index, stored) in visited.into_assignments() {
        let DbValue::Value(value) = stored else { continue };
        let Some(column) = input.description.fields[index].target else { continue };
        if input.is_wrong(index) {
            continue;
        }
        if let Err(unfit) = db.storage(column).bind(value) {
            input.fail(index, unfit.into());
        }
    }
}
