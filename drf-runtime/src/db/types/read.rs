//! A column as it is selected, decoded and compared.

use sea_orm::sea_query::{Alias, ArrayType, ColumnType, Expr, ExprTrait};
use sea_orm::{DbBackend, Value};

use super::storage::{JsonForm, Kind, Sign, Storage, UuidForm, Width};
use super::unfit::Unfit;

impl Storage {
    /// Returns the column as a cell that [`Row`](crate::db::Row) reads.
    pub(crate) fn selected(&self, column: Expr) -> Expr {
        match &self.kind {
            // `numeric`, so exact
            Kind::Interval => {
                Expr::cust_with_exprs("CAST(EXTRACT(EPOCH FROM $1) * 1000000 AS bigint)", [column])
            }
            Kind::Array(_) => Expr::cust_with_exprs("to_jsonb($1)", [column]),
            Kind::Cast(_) => self.compared(column),
            _ => column,
        }
    }

    /// Returns the column as rows are ordered by it: PostgreSQL has no order of `json`.
    pub(crate) fn ordered(&self, column: Expr) -> Expr {
        match (self.engine, &self.kind) {
            (DbBackend::Postgres, Kind::Json(JsonForm::Native)) => column.cast_as("jsonb"),
            _ => column,
        }
    }

    /// Returns the column as it is compared with an [`operand`](Self::operand).
    pub(crate) fn compared(&self, column: Expr) -> Expr {
        match &self.kind {
            // without the length of the network, as Django's `inet`
            Kind::Cast(name) if **name == *"inet" => Expr::cust_with_exprs("host($1)", [column]),
            Kind::Cast(_) => column.cast_as("text"),
            _ => column,
        }
    }

    /// Returns the column as sea-orm decodes it into a field of the Rust type `rust`; `None` if as it is.
    ///
    /// sea-orm asks for exactly the type of the field: it refuses an `integer` for an `i64`.
    pub(crate) fn decoded(&self, column: &Expr, rust: &ArrayType, entity: &ColumnType) -> Option<Expr> {
        let column = || column.clone();
        match self.engine {
            DbBackend::Postgres => self.decoded_from_postgres(column, rust, entity),
            DbBackend::MySql => self.decoded_from_mysql(column, rust),
            _ => match (&self.kind, rust) {
                // Whole numbers are integers in a `decimal` column, which sea-orm's `Decimal` does not read.
                (Kind::Decimal(_), ArrayType::Decimal) => Some(column().cast_as("real")),
                (Kind::Uuid(UuidForm::Hex), ArrayType::Uuid) => {
                    Some(Expr::cust_with_exprs("unhex(?)", [column()]))
                }
                (Kind::Uuid(UuidForm::Hyphenated), ArrayType::Uuid) => {
                    Some(Expr::cust_with_exprs("unhex(?, '-')", [column()]))
                }
                _ => None,
            },
        }
    }

    fn decoded_from_postgres(
        &self,
        column: impl Fn() -> Expr,
        rust: &ArrayType,
        entity: &ColumnType,
    ) -> Option<Expr> {
        let cast = |name: &'static str| Some(column().cast_as(Alias::new(name)));
        let utc = || Some(Expr::cust_with_exprs("($1 AT TIME ZONE 'UTC')", [column()]));
        match (&self.kind, rust) {
            (Kind::Array(_), _) if matches!(entity, ColumnType::Array(_)) => None,
            (Kind::Interval | Kind::Array(_), ArrayType::Json | ArrayType::BigInt) => {
                Some(self.selected(column()))
            }
            (Kind::Cast(_), _) => Some(self.selected(column())),
            // the driver reads an `i8` from a `"char"` and sea-orm a `u32` from an `oid`
            (Kind::Integer(..), ArrayType::TinyInt) => Some(column().cast_as("integer").cast_as("\"char\"")),
            (Kind::Integer(..), ArrayType::Unsigned) => cast("oid"),
            (Kind::Integer(Width::Two, _), ArrayType::SmallInt) => None,
            (Kind::Integer(Width::Four, _), ArrayType::Int) => None,
            (Kind::Integer(Width::Eight, _), ArrayType::BigInt) => None,
            (Kind::Integer(..) | Kind::Decimal(_), ArrayType::SmallInt) => cast("smallint"),
            (Kind::Integer(..) | Kind::Decimal(_), ArrayType::Int) => cast("integer"),
            (Kind::Integer(..) | Kind::Decimal(_), ArrayType::BigInt) => cast("bigint"),
            (Kind::Integer(..) | Kind::Float | Kind::Double, ArrayType::Decimal) => cast("numeric"),
            // there is a cast from `integer` only
            (Kind::Integer(..), ArrayType::Bool) => Some(column().cast_as("integer").cast_as("boolean")),
            // by way of the text, which has the digits that were stored
            (Kind::Float, ArrayType::Double) => {
                Some(column().cast_as("text").cast_as(Alias::new("double precision")))
            }
            (Kind::Integer(..) | Kind::Decimal(_), ArrayType::Double) => cast("double precision"),
            (Kind::Integer(..) | Kind::Decimal(_) | Kind::Double, ArrayType::Float) => cast("real"),
            (Kind::DateTime, ArrayType::ChronoDateTimeUtc | ArrayType::ChronoDateTimeWithTimeZone) => utc(),
            (Kind::DateTimeZone, ArrayType::ChronoDateTime) => utc(),
            (Kind::Text(_) | Kind::Json(_), ArrayType::String) if self.is_text() => None,
            (Kind::Json(JsonForm::Text(_)), ArrayType::Json) => cast("jsonb"),
            (Kind::Uuid(UuidForm::Hex | UuidForm::Hyphenated), ArrayType::Uuid) => cast("uuid"),
            (Kind::Uuid(UuidForm::Bytes), ArrayType::Uuid) => {
                Some(Expr::cust_with_exprs("CAST(encode($1, 'hex') AS uuid)", [column()]))
            }
            (Kind::Uuid(_), ArrayType::String) => cast("text"),
            _ => None,
        }
    }

    fn decoded_from_mysql(&self, column: impl Fn() -> Expr, rust: &ArrayType) -> Option<Expr> {
        let signed =
            matches!(rust, ArrayType::TinyInt | ArrayType::SmallInt | ArrayType::Int | ArrayType::BigInt);
        let unsigned = matches!(
            rust,
            ArrayType::TinyUnsigned | ArrayType::SmallUnsigned | ArrayType::Unsigned | ArrayType::BigUnsigned
        );
        match (&self.kind, rust) {
            (Kind::Integer(_, Sign::Unsigned), _) if signed => Some(column().cast_as("signed")),
            (Kind::Integer(_, Sign::Signed), _) if unsigned => Some(column().cast_as("unsigned")),
            (Kind::Uuid(UuidForm::Hex), ArrayType::Uuid) => {
                Some(Expr::cust_with_exprs("UNHEX(?)", [column()]))
            }
            (Kind::Uuid(UuidForm::Hyphenated), ArrayType::Uuid) => {
                Some(Expr::cust_with_exprs("UNHEX(REPLACE(?, '-', ''))", [column()]))
            }
            (Kind::Decimal(_) | Kind::Integer(..), ArrayType::Double) => Some(column().cast_as("double")),
            (Kind::Decimal(_) | Kind::Integer(..), ArrayType::Float) => Some(column().cast_as("float")),
            (Kind::Timestamp, ArrayType::ChronoDateTime) => Some(column().cast_as("datetime(6)")),
            _ => None,
        }
    }
}

/// Conditions.
impl Storage {
    /// Returns the condition that the column has a value.
    ///
    /// # Errors
    /// [`Unfit`] if no row can have it.
    pub(crate) fn equals(&self, column: Expr, value: Value) -> Result<Expr, Unfit> {
        Ok(self.compared(column).eq(self.operand(self.bind(value)?)))
    }

    /// Returns the condition that the column has a value, which never holds if no row can have it.
    pub(crate) fn has(&self, column: Expr, value: Value) -> Expr {
        self.equals(column, value).unwrap_or_else(|_| nothing())
    }

    /// Returns the condition that the column has one of some values. Those that no row can have are left out.
    pub(crate) fn is_among(&self, column: Expr, values: impl IntoIterator<Item = Value>) -> Expr {
        let operands: Vec<Expr> = values
            .into_iter()
            .filter_map(|value| self.bind(value).ok())
            .map(|parameter| self.operand(parameter))
            .collect();
        if operands.is_empty() { nothing() } else { self.compared(column).is_in(operands) }
    }
}

/// Returns a condition that never holds.
fn nothing() -> Expr {
    Expr::val(1).eq(0)
}
