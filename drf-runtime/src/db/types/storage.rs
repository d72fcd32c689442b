//! The storage of a column, by engine and declared type.

use std::sync::Arc;

use sea_orm::DbBackend;
use sea_orm::sea_query::{ArrayType, ColumnType, StringLen};

/// The way in which a database stores the values of a column.
///
/// It follows from the engine and the type that the column was declared with; where an engine has no type of its own
/// (UUIDs and JSON on SQLite and MySQL), from the Rust type of the model's field as well. It never depends on a value,
/// so that the text of a statement implies the types of its parameters.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Storage {
    pub(super) engine: DbBackend,
    pub(super) kind: Kind,
}

/// The type of a stored value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    Integer(Width, Sign),
    Boolean,
    Float,
    Double,
    /// Exact numbers of so many digits, where their number is limited
    Decimal(Option<Precision>),
    Text(Limit),
    Bytes(Limit),
    Uuid(UuidForm),
    Date,
    Time,
    /// A date and time without a zone, or in UTC
    DateTime,
    /// A date and time with a zone: PostgreSQL's `timestamptz`
    DateTimeZone,
    /// MySQL's `timestamp`, which ends in 2038
    Timestamp,
    Json(JsonForm),
    /// PostgreSQL's `interval`, in microseconds
    Interval,
    /// A PostgreSQL array of this type, whose values are JSON
    Array(Arc<str>),
    /// Another type of PostgreSQL, written as text and cast: `inet`, enums, domains
    Cast(Arc<str>),
}

/// The number of bytes of an integer column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd)]
pub(super) enum Width {
    One,
    Two,
    Three,
    Four,
    Eight,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Signed,
    Unsigned,
}

/// The digits of a `numeric` or `decimal` column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Precision {
    /// The number of digits
    pub(super) digits: u32,
    /// The number of those after the point
    pub(super) scale: u32,
}

/// The longest text of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Limit {
    None,
    Characters(usize),
    Bytes(usize),
}

/// The form of a UUID in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum UuidForm {
    /// PostgreSQL's type
    Native,
    /// 16 bytes, as sea-orm stores it where there is no type
    Bytes,
    /// 32 hexadecimal digits: Django's `char(32)`
    Hex,
    /// With hyphens: MariaDB's type, and other columns of text
    Hyphenated,
}

/// The form of a JSON document in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum JsonForm {
    /// PostgreSQL's `json` and `jsonb`
    Native,
    /// MySQL's type: a check of its own limits the depth
    Checked,
    /// A column of text, as on SQLite
    Text(Limit),
}

impl Storage {
    /// Returns the storage of a column declared with a type, the model's field being of the Rust type `rust`.
    pub(super) fn new(engine: DbBackend, declared: &str, rust: &ArrayType) -> Self {
        let declared = declared.trim().to_ascii_lowercase();
        let kind = match engine {
            DbBackend::Postgres => postgres(&declared, rust),
            DbBackend::MySql => mysql(&declared, rust),
            _ => sqlite(&declared, rust),
        };
        Self { engine, kind }
    }

    /// Returns the storage of a column of which the database says nothing: as sea-orm declares it.
    pub(crate) fn of_entity(engine: DbBackend, column: &ColumnType, rust: &ArrayType) -> Self {
        Self::new(engine, &declaration(engine, column), rust)
    }

    /// Returns the storage of dates and times of which no column is known.
    pub(super) fn moment(engine: DbBackend) -> Self {
        Self { engine, kind: Kind::DateTime }
    }

    /// Reports if the column holds dates and times with a zone.
    pub(crate) fn has_zone(&self) -> bool {
        self.kind == Kind::DateTimeZone
    }

    /// Reports if values are compared as text, whatever the type of the column.
    pub(crate) fn is_text(&self) -> bool {
        matches!(self.kind, Kind::Text(_) | Kind::Cast(_))
    }
}

/// Returns the type that sea-query gives to a column.
fn declaration(engine: DbBackend, column: &ColumnType) -> String {
    if let ColumnType::Enum { name, .. } = column {
        return match engine {
            DbBackend::Postgres => format!("\"{name}\""),
            _ => "text".to_owned(),
        };
    }
    if let ColumnType::Array(item) = column {
        return format!("{}[]", declaration(engine, item));
    }
    let declared = match (column, engine) {
        (ColumnType::Char(Some(length)) | ColumnType::String(StringLen::N(length)), _) => {
            let name = if matches!(column, ColumnType::Char(_)) { "char" } else { "varchar" };
            return format!("{name}({length})");
        }
        (ColumnType::TinyInteger, DbBackend::MySql) => "tinyint",
        (ColumnType::TinyUnsigned, DbBackend::MySql) => "tinyint unsigned",
        (ColumnType::SmallUnsigned, DbBackend::MySql) => "smallint unsigned",
        (ColumnType::Unsigned, DbBackend::MySql) => "int unsigned",
        (ColumnType::BigUnsigned, DbBackend::MySql) => "bigint unsigned",
        (ColumnType::TinyInteger | ColumnType::TinyUnsigned | ColumnType::SmallInteger, _) => "smallint",
        (ColumnType::Integer | ColumnType::SmallUnsigned, _) => "integer",
        (ColumnType::BigInteger | ColumnType::Unsigned | ColumnType::BigUnsigned, _) => "bigint",
        (ColumnType::Float, DbBackend::Postgres) => "real",
        (ColumnType::Float, _) => "float",
        (ColumnType::Double, _) => "double precision",
        (ColumnType::Decimal(_) | ColumnType::Money(_), DbBackend::Postgres) => "numeric",
        (ColumnType::Decimal(_) | ColumnType::Money(_), _) => "decimal",
        (ColumnType::Boolean, DbBackend::MySql) => "tinyint(1)",
        (ColumnType::Boolean, _) => "boolean",
        (ColumnType::Date, _) => "date",
        (ColumnType::Time, _) => "time",
        (ColumnType::DateTime, DbBackend::MySql) => "datetime",
        (ColumnType::Timestamp | ColumnType::TimestampWithTimeZone, DbBackend::MySql) => "timestamp",
        (ColumnType::DateTime | ColumnType::Timestamp, _) => "timestamp without time zone",
        (ColumnType::TimestampWithTimeZone, _) => "timestamp with time zone",
        (ColumnType::Interval(..), DbBackend::Postgres) => "interval",
        (ColumnType::Binary(_) | ColumnType::VarBinary(_) | ColumnType::Blob, DbBackend::Postgres) => "bytea",
        (ColumnType::Binary(_) | ColumnType::VarBinary(_) | ColumnType::Blob, _) => "blob",
        (ColumnType::Json, _) => "json",
        (ColumnType::JsonBinary, DbBackend::Postgres) => "jsonb",
        (ColumnType::JsonBinary, _) => "json",
        (ColumnType::Uuid, DbBackend::Postgres) => "uuid",
        (ColumnType::Uuid, _) => "binary(16)",
        (ColumnType::Inet, DbBackend::Postgres) => "inet",
        (ColumnType::Cidr, DbBackend::Postgres) => "cidr",
        (ColumnType::Custom(name), _) => return name.to_string(),
        _ => "text",
    };
    declared.to_owned()
}

/// Returns a declared type without its arguments and attributes, and its first argument: `varchar(40)`, `int(10) unsigned`.
fn base(declared: &str) -> (&str, Option<usize>) {
    match declared.split_once('(') {
        Some((name, rest)) => {
            (name.trim_end(), rest.split([',', ')']).next().and_then(|n| n.trim().parse().ok()))
        }
        None => (declared.split(" unsigned").next().unwrap_or(declared), None),
    }
}

/// Returns the digits of a declared type: `numeric(12,2)`, `decimal(8)`.
fn precision(declared: &str, implied: Option<Precision>) -> Option<Precision> {
    let Some((_, arguments)) = declared.split_once('(') else { return implied };
    let mut arguments = arguments.split([',', ')']).map(str::trim).filter(|argument| !argument.is_empty());
    let digits = arguments.next()?.parse().ok()?;
    // PostgreSQL has negative scales
    let scale = arguments.next().map_or(Ok(0), str::parse).ok()?;
    Some(Precision { digits, scale })
}

fn limit(length: Option<usize>) -> Limit {
    length.map_or(Limit::None, Limit::Characters)
}

/// Returns the kind of a column of text, which may hold JSON or UUIDs.
fn text(length: Limit, fixed: bool, rust: &ArrayType) -> Kind {
    match rust {
        ArrayType::Json => Kind::Json(JsonForm::Text(length)),
        ArrayType::Uuid if fixed && length == Limit::Characters(32) => Kind::Uuid(UuidForm::Hex),
        ArrayType::Uuid => Kind::Uuid(UuidForm::Hyphenated),
        _ => Kind::Text(length),
    }
}

fn postgres(declared: &str, rust: &ArrayType) -> Kind {
    if declared.ends_with("[]") {
        return Kind::Array(declared.into());
    }
    let (name, length) = base(declared);
    match name {
        "smallint" => Kind::Integer(Width::Two, Sign::Signed),
        "integer" => Kind::Integer(Width::Four, Sign::Signed),
        "bigint" => Kind::Integer(Width::Eight, Sign::Signed),
        "boolean" => Kind::Boolean,
        "real" => Kind::Float,
        "double precision" => Kind::Double,
        "numeric" => Kind::Decimal(precision(declared, None)),
        "character varying" | "varchar" => text(limit(length), false, rust),
        "character" | "char" => text(limit(length), true, rust),
        "text" => text(Limit::None, false, rust),
        "bytea" if *rust == ArrayType::Uuid => Kind::Uuid(UuidForm::Bytes),
        "bytea" => Kind::Bytes(Limit::None),
        "uuid" if *rust == ArrayType::Uuid => Kind::Uuid(UuidForm::Native),
        "date" => Kind::Date,
        "json" | "jsonb" => Kind::Json(JsonForm::Native),
        name if name.starts_with("interval") => Kind::Interval,
        // the precision stands in the middle: `timestamp(6) with time zone`
        name if name.starts_with("timestamp") && declared.ends_with("with time zone") => Kind::DateTimeZone,
        name if name.starts_with("timestamp") => Kind::DateTime,
        name if name.starts_with("time") => Kind::Time,
        _ => Kind::Cast(declared.into()),
    }
}

fn mysql(declared: &str, rust: &ArrayType) -> Kind {
    let (name, length) = base(declared);
    let sign = if declared.contains("unsigned") { Sign::Unsigned } else { Sign::Signed };
    let integer = |width| match rust {
        ArrayType::Bool => Kind::Boolean,
        _ => Kind::Integer(width, sign),
    };
    match name {
        "tinyint" | "bool" | "boolean" => integer(Width::One),
        "smallint" | "year" => integer(Width::Two),
        "mediumint" => integer(Width::Three),
        "int" | "integer" => integer(Width::Four),
        "bigint" => integer(Width::Eight),
        "float" => Kind::Float,
        "double" | "double precision" | "real" => Kind::Double,
        "decimal" | "numeric" => Kind::Decimal(precision(declared, Some(Precision { digits: 10, scale: 0 }))),
        "char" => text(limit(length), true, rust),
        "varchar" => text(limit(length), false, rust),
        // `longtext` with a check is what MariaDB makes of `json`
        "json" | "longtext" if *rust == ArrayType::Json => Kind::Json(JsonForm::Checked),
        "tinytext" => text(Limit::Bytes(255), false, rust),
        "text" => text(Limit::Bytes(65_535), false, rust),
        "mediumtext" => text(Limit::Bytes(16_777_215), false, rust),
        "binary" | "varbinary" | "blob" | "tinyblob" | "mediumblob" | "longblob" => match (rust, name) {
            (ArrayType::Uuid, _) => Kind::Uuid(UuidForm::Bytes),
            (_, "tinyblob") => Kind::Bytes(Limit::Bytes(255)),
            (_, "blob") => Kind::Bytes(Limit::Bytes(65_535)),
            (_, "mediumblob") => Kind::Bytes(Limit::Bytes(16_777_215)),
            _ => Kind::Bytes(length.map_or(Limit::None, Limit::Bytes)),
        },
        "uuid" => Kind::Uuid(UuidForm::Hyphenated),
        "date" => Kind::Date,
        "time" => Kind::Time,
        "datetime" => Kind::DateTime,
        "timestamp" => Kind::Timestamp,
        _ => text(Limit::None, false, rust),
    }
}

/// SQLite stores any value in any column, so the Rust type decides; but Django's UUIDs are text.
fn sqlite(declared: &str, rust: &ArrayType) -> Kind {
    let (name, length) = base(declared);
    match rust {
        ArrayType::Bool => Kind::Boolean,
        ArrayType::TinyInt
        | ArrayType::SmallInt
        | ArrayType::Int
        | ArrayType::BigInt
        | ArrayType::TinyUnsigned
        | ArrayType::SmallUnsigned
        | ArrayType::Unsigned
        | ArrayType::BigUnsigned => Kind::Integer(Width::Eight, Sign::Signed),
        ArrayType::Float => Kind::Float,
        ArrayType::Double => Kind::Double,
        ArrayType::Decimal => Kind::Decimal(None),
        ArrayType::Uuid => match (name, length) {
            ("char", Some(32)) => Kind::Uuid(UuidForm::Hex),
            ("char" | "varchar", Some(36)) => Kind::Uuid(UuidForm::Hyphenated),
            _ => Kind::Uuid(UuidForm::Bytes),
        },
        ArrayType::ChronoDate => Kind::Date,
        ArrayType::ChronoTime => Kind::Time,
        ArrayType::ChronoDateTime
        | ArrayType::ChronoDateTimeUtc
        | ArrayType::ChronoDateTimeLocal
        | ArrayType::ChronoDateTimeWithTimeZone => Kind::DateTime,
        ArrayType::Json => Kind::Json(JsonForm::Text(Limit::None)),
        ArrayType::Bytes => Kind::Bytes(Limit::None),
        _ => Kind::Text(Limit::None),
    }
}
