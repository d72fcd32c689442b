use std::fmt;

use sea_orm::{ColumnDef, Value};

use crate::text::formats::parse_uuid;
use crate::text::numbers::{ParsedInt, parse_int};
use sea_orm::sea_query::{ArrayType, ColumnType, DynIden, SimpleExpr};

/// A column of a table.
pub struct Column {
    /// The name in the database
    pub name: &'static str,
    /// The type in the database, as the entity says it; that of the table may be another one
    pub kind: ColumnType,
    /// The Rust type of the model's field
    pub(crate) rust: ArrayType,
    /// True if it may be NULL
    pub null: bool,
    /// True if no two rows have the same value
    pub unique: bool,
    /// The value of a new row that does not set the column
    pub default: Option<SimpleExpr>,
    /// True if it is (a part of) the primary key
    pub primary_key: bool,
    /// True if the database makes the value of a new row
    pub generated: bool,
    /// The table whose rows it points at, and the column there
    pub foreign_key: Option<(String, DynIden)>,
}

impl Column {
    pub(super) fn new(
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

    /// Returns the name of the field in Django: that of a foreign key lacks `_id`.
    pub(crate) fn field_name(&self) -> &'static str {
        let foreign = self.foreign_key.as_ref().and_then(|_| self.name.strip_suffix("_id"));
        foreign.unwrap_or(self.name)
    }

    /// Reads a value of the column from a part of a URL: `None` if it is none, `Some(None)` for a number beyond all rows.
    pub(crate) fn parse_lookup(&self, text: &str) -> Option<Option<Value>> {
        match &self.kind {
            _ if self.is_integer() => match parse_int(text)? {
                ParsedInt::Small(number) => Some(Some(number.into())),
                ParsedInt::Big(_) => Some(None),
            },
            ColumnType::Uuid => parse_uuid(text).map(|uuid| Some(uuid.into())),
            _ => (!text.contains('\0')).then(|| Some(text.into())),
        }
    }

    /// Returns whether the column is Django's `BigIntegerField` or `BigAutoField`.
    pub(crate) fn is_big_integer(&self) -> bool {
        is_big_integer(&self.kind)
    }

    /// Returns whether it holds whole numbers.
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

    /// Returns whether it holds dates or times.
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

impl fmt::Debug for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// Returns whether a type of columns holds integers of 64 bits.
pub(crate) fn is_big_integer(kind: &ColumnType) -> bool {
    matches!(kind, ColumnType::BigInteger | ColumnType::BigUnsigned)
}
