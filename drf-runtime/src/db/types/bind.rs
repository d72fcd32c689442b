//! A value as the parameter of a statement.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};
use rust_decimal::{Decimal, RoundingStrategy};
use sea_orm::sea_query::{Alias, ArrayType, Expr, ExprTrait, OptionEnum};
use sea_orm::{DbBackend, Value};
use uuid::Uuid;

use super::storage::{JsonForm, Kind, Limit, Precision, Sign, Storage, UuidForm, Width};
use super::unfit::Unfit;
use crate::text::dates::{write_date, write_time};
use crate::value::Value as Document;
use crate::value::write_python_json;

/// The deepest nesting of lists and objects that MariaDB's `json_valid` accepts; MySQL's limit is 100.
const MAX_DEPTH: usize = 31;

impl Storage {
    /// Converts a value to the parameter that it is sent as.
    ///
    /// The result is of the same variant for all values of a column, NULL included: PostgreSQL's driver caches prepared
    /// statements by their text alone, so the text must imply the types of the parameters.
    ///
    /// # Errors
    /// [`Unfit`] if the column cannot hold the value.
    pub(crate) fn bind(&self, value: Value) -> Result<Value, Unfit> {
        match &self.kind {
            Kind::Integer(width, sign) => self.integer(value, *width, *sign),
            Kind::Boolean => boolean(value),
            Kind::Float => single(value),
            Kind::Double => Ok(Value::Double(float(value)?)),
            Kind::Decimal(precision) => self.decimal(value, *precision),
            Kind::Text(limit) => self.text(value, *limit),
            Kind::Bytes(limit) => bytes(value, *limit),
            Kind::Uuid(form) => self.uuid(value, *form),
            Kind::Date => self.date(value),
            Kind::Time => self.time(value),
            Kind::DateTime | Kind::DateTimeZone | Kind::Timestamp => self.datetime(value),
            Kind::Json(form) => self.json(value, *form),
            Kind::Interval => interval(value),
            Kind::Array(_) => array(value),
            Kind::Cast(_) => self.text(value, Limit::None),
        }
    }

    /// Returns the parameter as an expression that is written to the column: types that no parameter has are cast to.
    pub(crate) fn written(&self, parameter: Value) -> Expr {
        let parameter = Expr::val(parameter);
        match &self.kind {
            Kind::Interval => parameter.cast_as("interval"),
            Kind::Json(JsonForm::Native) if self.engine == DbBackend::Postgres => parameter.cast_as("jsonb"),
            Kind::Array(name) | Kind::Cast(name) => parameter.cast_as(Alias::new(&**name)),
            _ => parameter,
        }
    }

    /// Returns the parameter as an expression that [`compared`](Self::compared) is compared with.
    pub(crate) fn operand(&self, parameter: Value) -> Expr {
        match self.kind {
            Kind::Interval => Expr::val(parameter).cast_as("interval"),
            Kind::Json(JsonForm::Native) if self.engine == DbBackend::Postgres => {
                Expr::val(parameter).cast_as("jsonb")
            }
            _ => Expr::val(parameter),
        }
    }

    fn integer(&self, value: Value, width: Width, sign: Sign) -> Result<Value, Unfit> {
        let Some(number) = whole(value)? else { return Ok(self.no_integer(width)) };
        let (least, most) = range(width, sign);
        if number < least {
            return Err(Unfit::Below(least.to_string()));
        }
        if number > most {
            return Err(Unfit::Above(most.to_string()));
        }
        Ok(match (self.engine, width) {
            (DbBackend::Postgres, Width::One | Width::Two) => Value::SmallInt(i16::try_from(number).ok()),
            (DbBackend::Postgres, Width::Three | Width::Four) => Value::Int(i32::try_from(number).ok()),
            _ => match i64::try_from(number) {
                Ok(number) => Value::BigInt(Some(number)),
                Err(_) => Value::BigUnsigned(u64::try_from(number).ok()),
            },
        })
    }

    fn no_integer(&self, width: Width) -> Value {
        match (self.engine, width) {
            (DbBackend::Postgres, Width::One | Width::Two) => Value::SmallInt(None),
            (DbBackend::Postgres, Width::Three | Width::Four) => Value::Int(None),
            _ => Value::BigInt(None),
        }
    }

    /// SQLite makes of the text what the column's affinity says, as it does with Django's.
    fn decimal(&self, value: Value, precision: Option<Precision>) -> Result<Value, Unfit> {
        if self.engine == DbBackend::Sqlite {
            return Ok(Value::String(match value {
                Value::Decimal(number) => number.map(|number| number.to_string()),
                Value::String(text) => text,
                other => decimal(other)?.map(|number| number.to_string()),
            }));
        }
        let number = decimal(value)?;
        if let (Some(number), Some(precision)) = (&number, precision) {
            precision.check(number)?;
        }
        Ok(Value::Decimal(number))
    }

    fn text(&self, value: Value, limit: Limit) -> Result<Value, Unfit> {
        let Some(text) = text(value) else { return Ok(Value::String(None)) };
        if self.engine == DbBackend::Postgres && text.contains('\0') {
            return Err(Unfit::NullCharacter);
        }
        limit.check(&text)?;
        Ok(Value::String(Some(text)))
    }

    fn uuid(&self, value: Value, form: UuidForm) -> Result<Value, Unfit> {
        let uuid = uuid(value)?;
        Ok(match form {
            UuidForm::Native => Value::Uuid(uuid),
            UuidForm::Bytes => Value::Bytes(uuid.map(|uuid| uuid.as_bytes().to_vec())),
            UuidForm::Hex => Value::String(uuid.map(|uuid| uuid.simple().to_string())),
            UuidForm::Hyphenated => Value::String(uuid.map(|uuid| uuid.hyphenated().to_string())),
        })
    }

    fn date(&self, value: Value) -> Result<Value, Unfit> {
        let date = match value {
            Value::ChronoDate(date) => date,
            other => moment(other)?.map(|moment| moment.date()),
        };
        let date = date.map(in_range).transpose()?;
        Ok(match self.engine {
            DbBackend::Sqlite => Value::String(date.map(|date| written(|out| write_date(date, out)))),
            _ => Value::ChronoDate(date),
        })
    }

    fn time(&self, value: Value) -> Result<Value, Unfit> {
        let time = match value {
            Value::ChronoTime(time) => time,
            other => moment(other)?.map(|moment| moment.time()),
        };
        Ok(match self.engine {
            DbBackend::Sqlite => Value::String(time.map(|time| written(|out| write_time(time, out)))),
            _ => Value::ChronoTime(time.map(micros)),
        })
    }

    /// Without a zone a date and time is in UTC. SQLite stores it as text, and Django's has a space and no offset: what
    /// is written must sort among it. MySQL's driver sends what has a zone as `TIMESTAMP`, which ends in 2038.
    fn datetime(&self, value: Value) -> Result<Value, Unfit> {
        let moment = moment(value)?;
        if let Some(moment) = moment {
            in_range(moment.date())?;
            let seconds = moment.and_utc().timestamp();
            let outside = moment <= DateTime::UNIX_EPOCH.naive_utc() || seconds > i64::from(i32::MAX);
            if self.kind == Kind::Timestamp && outside {
                return Err(Unfit::OutOfRange("Datetime"));
            }
        }
        Ok(match (self.engine, &self.kind) {
            (DbBackend::Sqlite, _) => Value::String(moment.map(django_datetime)),
            (DbBackend::Postgres, Kind::DateTimeZone) => {
                Value::ChronoDateTimeUtc(moment.map(|moment| moment.and_utc()))
            }
            _ => Value::ChronoDateTime(moment),
        })
    }

    fn json(&self, value: Value, form: JsonForm) -> Result<Value, Unfit> {
        let document: Option<Document> = match value {
            Value::Json(document) => document.map(|document| (*document).into()),
            value if is_null(&value) => None,
            Value::String(Some(text)) => Some(text.into()),
            Value::BigInt(Some(number)) => Some(number.into()),
            _ => return Err(Unfit::Invalid),
        };
        if let Some(document) = &document {
            if self.engine == DbBackend::Postgres && has_null_character(document) {
                return Err(Unfit::NullCharacter);
            }
            if form == JsonForm::Checked && depth(document) > MAX_DEPTH {
                return Err(Unfit::TooDeep(MAX_DEPTH));
            }
        }
        // MySQL compares its own type with JSON only.
        if form == JsonForm::Native && self.engine == DbBackend::MySql {
            return Ok(Value::Json(document.map(|document| Box::new((&document).into()))));
        }
        let Some(document) = document else { return Ok(Value::String(None)) };
        let mut text = String::new();
        write_python_json(&document, &mut text);
        if let JsonForm::Text(limit) = form {
            limit.check(&text)?;
        }
        Ok(Value::String(Some(text)))
    }
}

impl Limit {
    fn check(self, text: &str) -> Result<(), Unfit> {
        match self {
            // a text has at most as many characters as bytes
            Limit::Characters(most) if text.len() > most && text.chars().count() > most => {
                Err(Unfit::TooLong(most))
            }
            Limit::Bytes(most) if text.len() > most => Err(Unfit::TooManyBytes(most)),
            _ => Ok(()),
        }
    }
}

impl Precision {
    /// Fails if a number has too many digits before the point. Those after it are rounded by the database.
    fn check(self, number: &Decimal) -> Result<(), Unfit> {
        let rounded = number.round_dp_with_strategy(self.scale, RoundingStrategy::MidpointAwayFromZero);
        let whole = rounded.trunc().abs().to_string();
        if rounded.trunc().is_zero() || whole.len() + self.scale as usize <= self.digits as usize {
            return Ok(());
        }
        let digits = "9".repeat(self.digits as usize);
        let (whole, part) = digits.split_at(digits.len().saturating_sub(self.scale as usize));
        let point = if part.is_empty() { "" } else { "." };
        let whole = if whole.is_empty() { "0" } else { whole };
        Err(match number.is_sign_negative() {
            true => Unfit::Below(format!("-{whole}{point}{part}")),
            false => Unfit::Above(format!("{whole}{point}{part}")),
        })
    }
}

/// Returns a date and time as Django writes it to SQLite.
pub(super) fn django_datetime(moment: NaiveDateTime) -> String {
    written(|out| {
        write_date(moment.date(), out);
        out.push(b' ');
        write_time(moment.time(), out);
    })
}

fn written(write: impl FnOnce(&mut Vec<u8>)) -> String {
    let mut text = Vec::with_capacity(26);
    write(&mut text);
    String::from_utf8(text).expect("digits are UTF-8")
}

/// Databases store microseconds; PostgreSQL's driver would round nanoseconds and MySQL's cut them off.
fn micros(time: NaiveTime) -> NaiveTime {
    use chrono::Timelike;
    let nanosecond = Ord::min(time.nanosecond(), 999_999_999) / 1000 * 1000;
    time.with_nanosecond(nanosecond).unwrap_or(time)
}

fn range(width: Width, sign: Sign) -> (i128, i128) {
    let bits = match width {
        Width::One => 8,
        Width::Two => 16,
        Width::Three => 24,
        Width::Four => 32,
        Width::Eight => 64,
    };
    match sign {
        Sign::Signed => (-(1 << (bits - 1)), (1 << (bits - 1)) - 1),
        Sign::Unsigned => (0, (1 << bits) - 1),
    }
}

pub(super) fn is_null(value: &Value) -> bool {
    *value == value.as_null()
}

/// Returns a whole number; `None` is NULL.
fn whole(value: Value) -> Result<Option<i128>, Unfit> {
    Ok(match value {
        Value::Bool(value) => value.map(i128::from),
        Value::TinyInt(number) => number.map(i128::from),
        Value::SmallInt(number) => number.map(i128::from),
        Value::Int(number) => number.map(i128::from),
        Value::BigInt(number) => number.map(i128::from),
        Value::TinyUnsigned(number) => number.map(i128::from),
        Value::SmallUnsigned(number) => number.map(i128::from),
        Value::Unsigned(number) => number.map(i128::from),
        Value::BigUnsigned(number) => number.map(i128::from),
        Value::String(Some(text)) => Some(text.trim().parse().map_err(|_| Unfit::Invalid)?),
        Value::Decimal(Some(number)) => Some(number.trunc().to_i128().ok_or(Unfit::Invalid)?),
        value if is_null(&value) => None,
        _ => return Err(Unfit::Invalid),
    })
}

fn boolean(value: Value) -> Result<Value, Unfit> {
    match value {
        Value::Bool(_) => Ok(value),
        other => Ok(Value::Bool(whole(other)?.map(|number| number != 0))),
    }
}

fn float(value: Value) -> Result<Option<f64>, Unfit> {
    Ok(match value {
        Value::Float(number) => number.map(f64::from),
        Value::Double(number) => number,
        Value::Decimal(number) => number.map(|number| number.to_f64().ok_or(Unfit::Invalid)).transpose()?,
        Value::String(Some(text)) => Some(text.trim().parse().map_err(|_| Unfit::Invalid)?),
        other => whole(other)?.map(|number| number as f64),
    })
}

fn decimal(value: Value) -> Result<Option<Decimal>, Unfit> {
    Ok(match value {
        Value::Decimal(number) => number,
        Value::Float(number) => number.map(|number| decimal_of_float(number.into())).transpose()?,
        Value::Double(number) => number.map(decimal_of_float).transpose()?,
        Value::String(Some(text)) => Some(text.trim().parse().map_err(|_| Unfit::Invalid)?),
        other => {
            let number = whole(other)?;
            number
                .map(|number| Decimal::from_i128(number).ok_or_else(|| beyond_decimals(number < 0)))
                .transpose()?
        }
    })
}

/// A finite number beyond the range is infinite as a `f32`.
fn single(value: Value) -> Result<Value, Unfit> {
    let number = float(value)?;
    let single = number.map(|number| number as f32);
    match number {
        Some(number) if number.is_finite() && single.is_some_and(f32::is_infinite) => {
            Err(match number < 0.0 {
                true => Unfit::Below("-3.4028235e+38".to_owned()),
                false => Unfit::Above("3.4028235e+38".to_owned()),
            })
        }
        _ => Ok(Value::Float(single)),
    }
}

/// Returns a float as a decimal, whose range is smaller.
fn decimal_of_float(number: f64) -> Result<Decimal, Unfit> {
    match Decimal::from_f64(number) {
        Some(decimal) => Ok(decimal),
        None if number.is_nan() => Err(Unfit::Invalid),
        None => Err(beyond_decimals(number < 0.0)),
    }
}

fn beyond_decimals(negative: bool) -> Unfit {
    if negative { Unfit::Below(Decimal::MIN.to_string()) } else { Unfit::Above(Decimal::MAX.to_string()) }
}

/// Returns a value as text; `None` is NULL.
fn text(value: Value) -> Option<String> {
    match value {
        Value::String(text) => text,
        Value::Char(text) => text.map(String::from),
        Value::Enum(OptionEnum::Some(text)) => Some(text.value.into_owned()),
        Value::Uuid(uuid) => uuid.map(|uuid| uuid.to_string()),
        value if is_null(&value) => None,
        // numbers and truth values; dates stand in quotes
        other => Some(other.to_string().trim_matches('\'').to_owned()),
    }
}

fn bytes(value: Value, limit: Limit) -> Result<Value, Unfit> {
    let bytes = match value {
        Value::Bytes(bytes) => bytes,
        Value::String(text) => text.map(String::into_bytes),
        Value::Uuid(uuid) => uuid.map(|uuid| uuid.as_bytes().to_vec()),
        value if is_null(&value) => None,
        _ => return Err(Unfit::Invalid),
    };
    match (limit, &bytes) {
        (Limit::Bytes(most), Some(bytes)) if bytes.len() > most => Err(Unfit::TooManyBytes(most)),
        _ => Ok(Value::Bytes(bytes)),
    }
}

fn uuid(value: Value) -> Result<Option<Uuid>, Unfit> {
    match value {
        Value::Uuid(uuid) => Ok(uuid),
        Value::String(Some(text)) => Uuid::try_parse(&text).map(Some).map_err(|_| Unfit::Invalid),
        Value::Bytes(Some(bytes)) => Uuid::from_slice(&bytes).map(Some).map_err(|_| Unfit::Invalid),
        value if is_null(&value) => Ok(None),
        _ => Err(Unfit::Invalid),
    }
}

/// Returns a date and time in UTC; a date is its first moment.
fn moment(value: Value) -> Result<Option<NaiveDateTime>, Unfit> {
    let moment = match value {
        Value::ChronoDateTime(moment) => moment,
        Value::ChronoDateTimeUtc(moment) => moment.map(|moment: DateTime<Utc>| moment.naive_utc()),
        Value::ChronoDateTimeLocal(moment) => moment.map(|moment| moment.naive_utc()),
        Value::ChronoDateTimeWithTimeZone(moment) => moment.map(|moment| moment.naive_utc()),
        Value::ChronoDate(date) => date.map(|date| date.and_time(NaiveTime::MIN)),
        Value::String(Some(text)) => {
            let moment = crate::text::dates::parse_datetime(&text).map_err(|_| Unfit::Invalid)?;
            Some(match moment {
                crate::text::dates::Moment::Aware(moment) => moment.naive_utc(),
                crate::text::dates::Moment::Naive(moment) => moment,
            })
        }
        value if is_null(&value) => None,
        _ => return Err(Unfit::Invalid),
    };
    Ok(moment.map(|moment| moment.date().and_time(micros(moment.time()))))
}

/// Returns the years of the databases are Python's.
fn in_range(date: NaiveDate) -> Result<NaiveDate, Unfit> {
    if (1..=9999).contains(&date.year()) { Ok(date) } else { Err(Unfit::OutOfRange("Date")) }
}

/// Microseconds as days and the rest, which is how Django sends a `timedelta`.
fn interval(value: Value) -> Result<Value, Unfit> {
    const DAY: i128 = 86_400_000_000;
    let micros = whole(value)?;
    Ok(Value::String(micros.map(|micros| {
        let (days, rest) = (micros.div_euclid(DAY), micros.rem_euclid(DAY));
        format!("{days} days {}.{:06} seconds", rest / 1_000_000, rest % 1_000_000)
    })))
}

/// Returns a list as PostgreSQL's literal: `{1,2}`, `{{"a","b"},{"c",NULL}}`.
fn array(value: Value) -> Result<Value, Unfit> {
    match value {
        Value::Json(Some(document)) => {
            let mut text = String::new();
            write_array(&document, &mut text)?;
            Ok(Value::String(Some(text)))
        }
        #[cfg(feature = "postgres")]
        Value::Array(_, Some(items)) => {
            let items: Result<Vec<_>, _> = items.into_iter().map(item).collect();
            array(Value::Json(Some(Box::new(serde_json::Value::Array(items?)))))
        }
        Value::String(_) => Ok(value),
        value if is_null(&value) => Ok(Value::String(None)),
        _ => Err(Unfit::Invalid),
    }
}

/// Returns an item of an array as JSON.
#[cfg(feature = "postgres")]
fn item(value: Value) -> Result<serde_json::Value, Unfit> {
    Ok(match value {
        Value::Json(document) => document.map_or(serde_json::Value::Null, |document| *document),
        Value::Array(_, items) => {
            let Some(items) = items else { return Ok(serde_json::Value::Null) };
            let items: Result<Vec<_>, _> = items.into_iter().map(item).collect();
            serde_json::Value::Array(items?)
        }
        other => text(other).map_or(serde_json::Value::Null, serde_json::Value::String),
    })
}

fn write_array(document: &serde_json::Value, out: &mut String) -> Result<(), Unfit> {
    match document {
        serde_json::Value::Null => out.push_str("NULL"),
        serde_json::Value::Array(items) => {
            out.push('{');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_array(item, out)?;
            }
            out.push('}');
        }
        serde_json::Value::String(text) if text.contains('\0') => return Err(Unfit::NullCharacter),
        serde_json::Value::String(text) => {
            out.push('"');
            out.push_str(&text.replace('\\', r"\\").replace('"', r#"\""#));
            out.push('"');
        }
        serde_json::Value::Object(_) => return Err(Unfit::Invalid),
        other => out.push_str(&other.to_string()),
    }
    Ok(())
}

fn has_null_character(document: &Document) -> bool {
    match document {
        Document::String(text) => text.contains('\0'),
        Document::List(items) => items.iter().any(has_null_character),
        Document::Dict(entries) => {
            entries.iter().any(|(key, value)| key.contains('\0') || has_null_character(value))
        }
        _ => false,
    }
}

/// Returns the number of lists and objects inside of each other.
fn depth(document: &Document) -> usize {
    let inner = match document {
        Document::List(items) => items.iter().map(depth).max(),
        Document::Dict(entries) => entries.values().map(depth).max(),
        _ => return 0,
    };
    1 + inner.unwrap_or(0)
}

/// Converts a value to the variant that sea-orm asks for in a field of the Rust type `rust`.
///
/// # Errors
/// [`Unfit`] if the type cannot hold the value.
pub(crate) fn into_rust(value: Value, rust: &ArrayType) -> Result<Value, Unfit> {
    macro_rules! integer {
        ($variant:ident, $type:ty) => {{
            let number = whole(value)?;
            Value::$variant(number.map(<$type>::try_from).transpose().map_err(|_| match number {
                Some(..0) => Unfit::Below(<$type>::MIN.to_string()),
                _ => Unfit::Above(<$type>::MAX.to_string()),
            })?)
        }};
    }
    Ok(match rust {
        ArrayType::TinyInt => integer!(TinyInt, i8),
        ArrayType::SmallInt => integer!(SmallInt, i16),
        ArrayType::Int => integer!(Int, i32),
        ArrayType::BigInt => integer!(BigInt, i64),
        ArrayType::TinyUnsigned => integer!(TinyUnsigned, u8),
        ArrayType::SmallUnsigned => integer!(SmallUnsigned, u16),
        ArrayType::Unsigned => integer!(Unsigned, u32),
        ArrayType::BigUnsigned => integer!(BigUnsigned, u64),
        ArrayType::Uuid => Value::Uuid(uuid(value)?),
        ArrayType::String => match value {
            Value::String(_) => value,
            other => Value::String(text(other)),
        },
        other if is_null(&value) => null_of(other).unwrap_or(value),
        _ => value,
    })
}

/// Returns NULL as sea-orm asks for it in a field of a Rust type.
fn null_of(rust: &ArrayType) -> Option<Value> {
    Some(match rust {
        ArrayType::Bool => Value::Bool(None),
        ArrayType::Float => Value::Float(None),
        ArrayType::Double => Value::Double(None),
        ArrayType::Char => Value::Char(None),
        ArrayType::Bytes => Value::Bytes(None),
        ArrayType::Json => Value::Json(None),
        ArrayType::Decimal => Value::Decimal(None),
        ArrayType::ChronoDate => Value::ChronoDate(None),
        ArrayType::ChronoTime => Value::ChronoTime(None),
        ArrayType::ChronoDateTime => Value::ChronoDateTime(None),
        ArrayType::ChronoDateTimeUtc => Value::ChronoDateTimeUtc(None),
        ArrayType::ChronoDateTimeLocal => Value::ChronoDateTimeLocal(None),
        ArrayType::ChronoDateTimeWithTimeZone => Value::ChronoDateTimeWithTimeZone(None),
        _ => return None,
    })
}
