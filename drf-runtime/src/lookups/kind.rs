use std::fmt;
use std::sync::Arc;

use sea_orm::EntityTrait;

use crate::fields::{BadKey, Choices, KeyOf, RelatedKey};
use crate::schema::Entity;
use crate::value::Value;

/// The kind of a column for filters: the parameters that it takes, and the values that they are compared with.
#[derive(Debug, Clone)]
pub struct ColumnKind {
    pub(crate) value: ValueKind,
    /// The only values that `exact` takes
    pub(crate) choices: Option<Arc<[String]>>,
    /// The table that the column, or the relation, points at
    pub(crate) related: Option<RelatedRows>,
    /// True if a row has several of them
    pub(crate) many: bool,
}

/// The Rust side of a column's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ValueKind {
    Text,
    Boolean,
    Integer,
    /// 64 bits
    Float,
    /// 32 bits
    SingleFloat,
    Decimal,
    Date,
    /// A point in time
    DateTime,
    /// A date and time without a zone, taken for UTC
    NaiveDateTime,
    Time,
    Uuid,
    /// A duration, stored as microseconds or as an interval
    Duration,
    /// A key of a related row
    Key,
}

/// The key by which rows of a related table are named.
#[derive(Clone, Copy)]
pub(crate) struct RelatedRows {
    pub(crate) entity: &'static Entity,
    pub(crate) parse_key: fn(&str) -> Result<sea_orm::Value, BadKey>,
}

impl ColumnKind {
    pub(crate) fn of(value: ValueKind) -> Self {
        Self { value, choices: None, related: None, many: false }
    }

    /// Text: for a type of one's own that is stored as text.
    pub fn text() -> Self {
        Self::of(ValueKind::Text)
    }

    /// Reads an integer of any width: for a type of one's own that is stored as one.
    pub fn integer() -> Self {
        Self::of(ValueKind::Integer)
    }

    /// Reads a duration: for a type of one's own that is stored as an integer of microseconds, or in a column for intervals.
    pub fn duration() -> Self {
        Self::of(ValueKind::Duration)
    }

    /// Returns one of several choices.
    pub fn choice<T: Choices>() -> Self {
        let values: Vec<Value> = T::CHOICES.iter().map(Choices::value).collect();
        let value = match values.first() {
            Some(Value::Int(_)) => ValueKind::Integer,
            _ => ValueKind::Text,
        };
        let choices: Vec<String> = values.iter().map(Value::to_python_str).collect();
        Self { choices: Some(choices.into()), ..Self::of(value) }
    }

    pub(crate) fn related<E: EntityTrait>() -> Self
    where
        KeyOf<E>: RelatedKey,
    {
        let parse_key = |text: &str| KeyOf::<E>::parse(&Value::from(text)).map(Into::into);
        let related = RelatedRows { entity: Entity::of::<E>(), parse_key };
        Self { related: Some(related), ..Self::of(ValueKind::Key) }
    }

    pub(crate) fn many(self) -> Self {
        Self { many: true, ..self }
    }
}

impl fmt::Debug for RelatedRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.entity.fmt(f)
    }
}
