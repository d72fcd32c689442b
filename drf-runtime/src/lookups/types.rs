//! The types of columns that filters know, and what can be done with each.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use rust_decimal::Decimal;
use sea_orm::EntityTrait;
use uuid::Uuid;

use super::kind::{ColumnKind, ValueKind};
use crate::fields::{Choices, KeyOf, RelatedKey};
use crate::schema::ForeignKey;

/// A type of columns that can be filtered.
#[diagnostic::on_unimplemented(
    message = "a column of type `{Self}` cannot be filtered",
    label = "not a type that filters know",
    note = "text, numbers, truth values, dates and times, `Uuid`, relations, and options of these can be filtered",
    note = "an enum can be with `#[derive(Choices)]`"
)]
pub trait Filterable {
    /// Returns the kind of such a column.
    fn kind() -> ColumnKind;
}

/// Text, as far as searching cares.
#[diagnostic::on_unimplemented(
    message = "a column of type `{Self}` cannot be searched",
    label = "not text",
    note = "`search_fields(..)` takes columns of text; numbers and dates go into `filterset_fields(..)`"
)]
pub trait Searchable: Filterable {}

/// A type whose values have an order: `lt`, `gte`, `range`.
pub trait Comparable: Filterable {}

/// A type that has a date: `year`, `month`.
pub trait DateLike: Filterable {}

/// A type that has a time of day: `hour`, `minute`.
pub trait TimeLike: Filterable {}

/// A type that has both: `date`.
pub trait DateTimeLike: DateLike + TimeLike {}

macro_rules! columns {
    ($($type:ty => $kind:ident $(: $($class:ident)+)?;)*) => {$(
        impl Filterable for $type {
            fn kind() -> ColumnKind {
                ColumnKind::of(ValueKind::$kind)
            }
        }
        $($(
            #[diagnostic::do_not_recommend]
            impl $class for $type {}
        )+)?
    )*};
}

columns! {
    String => Text: Searchable Comparable;
    bool => Boolean;
    i8 => Integer: Comparable;
    i16 => Integer: Comparable;
    i32 => Integer: Comparable;
    i64 => Integer: Comparable;
    u8 => Integer: Comparable;
    u16 => Integer: Comparable;
    u32 => Integer: Comparable;
    f32 => SingleFloat: Comparable;
    f64 => Float: Comparable;
    Decimal => Decimal: Comparable;
    NaiveDate => Date: Comparable DateLike;
    NaiveTime => Time: Comparable TimeLike;
    NaiveDateTime => NaiveDateTime: Comparable DateLike TimeLike DateTimeLike;
    DateTime<Utc> => DateTime: Comparable DateLike TimeLike DateTimeLike;
    DateTime<FixedOffset> => DateTime: Comparable DateLike TimeLike DateTimeLike;
    Uuid => Uuid;
}

#[diagnostic::do_not_recommend]
impl<E: Choices> Filterable for E {
    fn kind() -> ColumnKind {
        ColumnKind::choice::<E>()
    }
}

#[diagnostic::do_not_recommend]
impl<E: Choices> Searchable for E {}
#[diagnostic::do_not_recommend]
impl<E: Choices> Comparable for E {}

impl<E: EntityTrait> Filterable for ForeignKey<E>
where
    KeyOf<E>: RelatedKey,
{
    fn kind() -> ColumnKind {
        ColumnKind::related::<E>()
    }
}

impl<T: Filterable> Filterable for Option<T> {
    fn kind() -> ColumnKind {
        T::kind()
    }
}

/// A column behind a relation to many.
impl<T: Filterable> Filterable for Vec<T> {
    fn kind() -> ColumnKind {
        T::kind().many()
    }
}

macro_rules! classes_of_wrapped {
    ($($class:ident),*) => {$(
        #[diagnostic::do_not_recommend]
        impl<T: $class> $class for Option<T> {}
        #[diagnostic::do_not_recommend]
        impl<T: $class> $class for Vec<T> {}
    )*};
}
classes_of_wrapped!(Searchable, Comparable, DateLike, TimeLike, DateTimeLike);
