use drf::db::Row;
use drf::fields::{DbValue, Field, FieldDescription, FieldKind};
use drf::prelude::*;
use drf::sea_orm::DbErr;

/// A rating that is shown as stars, and read from stars or from a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stars(pub f64);

/// The most stars: as many characters are written for each row.
const MOST: f64 = 100.0;

impl Field for Stars {
    type Source = f64;

    fn describe(field: &mut FieldDescription) {
        field.kind = FieldKind::Float;
    }

    fn to_internal_value(input: &Value, field: &FieldDescription) -> Result<Self, ValidationError> {
        let stars = match input.as_str() {
            Some(text) if !text.is_empty() && text.bytes().all(|byte| byte == b'*') => text.len() as f64,
            _ => f64::to_internal_value(input, field)?,
        };
        match stars > MOST {
            true => Err(field.fail("max_value", "Ensure this value is less than or equal to 100.", &[])),
            false => Ok(Self(stars)),
        }
    }

    fn to_representation(&self, field: &FieldDescription, out: &mut Vec<u8>) {
        // What is stored may be from elsewhere.
        let stars = "*".repeat(self.0.min(MOST).round_ties_even() as usize);
        stars.to_representation(field, out);
    }

    fn read(row: &Row<'_>, index: usize) -> Result<Option<Self>, DbErr> {
        Ok(row.float(index)?.map(Self))
    }

    fn to_db_value(&self) -> DbValue {
        self.0.to_db_value()
    }

    fn null() -> drf::sea_orm::Value {
        f64::null()
    }
}
