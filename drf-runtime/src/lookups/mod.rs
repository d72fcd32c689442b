//! The comparisons of a parameter with a column. Django's lookups, under Django's names.
//!
//! `filterset_fields(name(exact, icontains), published(year__gt))` names them.

mod condition;
mod kind;
pub(crate) mod text_match;
mod types;
mod value;

pub(crate) use condition::{Compared, RowSet};
pub use kind::ColumnKind;
pub(crate) use kind::{RelatedRows, ValueKind};
pub(crate) use text_match::{Anchor, Case};
pub use types::{Comparable, DateLike, DateTimeLike, Filterable, Searchable, TimeLike};
pub(crate) use value::{Cleaned, Operand, check_null_characters, end_of_day};

use crate::db::DatePart;

/// A lookup that columns of type `S` have.
#[diagnostic::on_unimplemented(
    message = "the lookup `{Self}` cannot be used on a column of type `{S}`",
    label = "not for this column",
    note = "every column has `isnull`; text, numbers, truth values, dates, `Uuid`, choices and relations have `exact` and `in`",
    note = "text and choices have `contains`, `startswith`, `endswith`, `regex` and their `i..`; what can be sorted has `lt`, `lte`, `gt`, `gte`, `range`",
    note = "dates have `year`, `month`, `day`, `week` and others, times `hour`, `minute`, `second`, points in time all of these and `date`"
)]
pub trait Lookup<S>: Sized {
    /// Returns the comparison of the lookup.
    #[doc(hidden)]
    fn comparison(self) -> Comparison;

    /// Returns the kind of the column.
    #[doc(hidden)]
    fn kind() -> ColumnKind;
}

/// A lookup that a search can use: one for text.
#[diagnostic::on_unimplemented(
    message = "the lookup `{Self}` cannot be used for searching",
    label = "not for searching",
    note = "a search uses `icontains`, `starts_with`, `exact`, `regex` or another lookup for text"
)]
pub trait SearchLookup: Sized {
    /// Returns the comparison of the lookup.
    #[doc(hidden)]
    fn comparison(self) -> Comparison;
}

/// A part of a date or time that columns of type `S` have.
#[diagnostic::on_unimplemented(
    message = "a column of type `{S}` has no `{Self}`",
    label = "not a date or time",
    note = "`year`, `month`, `day`, `week` .. are parts of dates, `hour`, `minute`, `second` of times"
)]
pub trait PartOf<S>: Sized {
    /// The type of the part
    type Value: Filterable;

    /// Returns the part.
    #[doc(hidden)]
    fn part(self) -> DatePart;
}

/// The parts of a date that a lookup takes, and its comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    pub(crate) parts: Vec<DatePart>,
    pub(crate) operator: Operator,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Operator {
    Exact,
    In,
    Range,
    IsNull,
    Lt,
    Lte,
    Gt,
    Gte,
    Like(Anchor, Case),
    Regex(Case),
}

impl Comparison {
    fn new(operator: Operator) -> Self {
        Self { parts: Vec::new(), operator }
    }

    /// Returns the name on the wire after that of the column: `icontains`, `year__gt`. It is empty for `exact`.
    pub(crate) fn name(&self) -> String {
        let parts = self.parts.iter().map(|part| part.name());
        let operator = Some(self.operator.name()).filter(|name| *name != "exact");
        parts.chain(operator).collect::<Vec<_>>().join("__")
    }
}

impl Operator {
    fn name(self) -> &'static str {
        match self {
            Operator::Exact => "exact",
            Operator::In => "in",
            Operator::Range => "range",
            Operator::IsNull => "isnull",
            Operator::Lt => "lt",
            Operator::Lte => "lte",
            Operator::Gt => "gt",
            Operator::Gte => "gte",
            Operator::Like(place, case) => place.name(case),
            Operator::Regex(Case::Sensitive) => "regex",
            Operator::Regex(Case::Insensitive) => "iregex",
        }
    }
}

macro_rules! lookups {
    ($($(#[$doc:meta])* $name:ident: $class:ident => $operator:expr;)*) => {$(
        $(#[$doc])*
        #[allow(non_camel_case_types, reason = "the names are Django's")]
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        #[diagnostic::do_not_recommend]
        impl<S: $class> Lookup<S> for $name {
            fn comparison(self) -> Comparison {
                Comparison::new($operator)
            }

            fn kind() -> ColumnKind {
                S::kind()
            }
        }
    )*};
}

lookups! {
    /// Equal.
    exact: Filterable => Operator::Exact;
    /// One of several, separated by commas. `in` on the wire.
    in_: Filterable => Operator::In;
    /// Less than.
    lt: Comparable => Operator::Lt;
    /// Less than or equal.
    lte: Comparable => Operator::Lte;
    /// Greater than.
    gt: Comparable => Operator::Gt;
    /// Greater than or equal.
    gte: Comparable => Operator::Gte;
    /// Between two, both included, separated by a comma.
    range: Comparable => Operator::Range;
    /// Equal, whatever the case.
    iexact: Searchable => Operator::Like(Anchor::Whole, Case::Insensitive);
    /// Contains. SQLite does not look at the case of ASCII letters, here and in the others without an `i`.
    contains: Searchable => Operator::Like(Anchor::Anywhere, Case::Sensitive);
    /// Contains, whatever the case.
    icontains: Searchable => Operator::Like(Anchor::Anywhere, Case::Insensitive);
    /// Starts with.
    startswith: Searchable => Operator::Like(Anchor::Start, Case::Sensitive);
    /// Starts with, whatever the case.
    istartswith: Searchable => Operator::Like(Anchor::Start, Case::Insensitive);
    /// Ends with.
    endswith: Searchable => Operator::Like(Anchor::End, Case::Sensitive);
    /// Ends with, whatever the case.
    iendswith: Searchable => Operator::Like(Anchor::End, Case::Insensitive);
    /// Matches a regular expression of the database; on SQLite one of the crate `regex`, which looks neither ahead nor behind.
    /// A pattern that the database cannot read, or of more than 4,000 bytes, is a 400.
    regex: Searchable => Operator::Regex(Case::Sensitive);
    /// Matches a regular expression, whatever the case.
    iregex: Searchable => Operator::Regex(Case::Insensitive);
}

/// NULL or not.
#[allow(non_camel_case_types, reason = "the names are Django's")]
#[derive(Debug, Clone, Copy)]
pub struct isnull;

#[diagnostic::do_not_recommend]
impl<S> Lookup<S> for isnull {
    fn comparison(self) -> Comparison {
        Comparison::new(Operator::IsNull)
    }

    fn kind() -> ColumnKind {
        // it is not compared with anything
        ColumnKind::text()
    }
}

macro_rules! search_lookups {
    ($($name:ident)*) => {$(
        impl SearchLookup for $name {
            fn comparison(self) -> Comparison {
                Lookup::<String>::comparison(self)
            }
        }
    )*};
}
search_lookups!(exact iexact contains icontains startswith istartswith endswith iendswith regex iregex);

macro_rules! parts {
    ($($(#[$doc:meta])* $name:ident: $class:ident => $part:ident, $value:ty;)*) => {$(
        $(#[$doc])*
        #[allow(non_camel_case_types, reason = "the names are Django's")]
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        #[diagnostic::do_not_recommend]
        impl<S: $class> PartOf<S> for $name {
            type Value = $value;

            fn part(self) -> DatePart {
                DatePart::$part
            }
        }

        #[diagnostic::do_not_recommend]
        impl<S: $class> Lookup<S> for $name {
            fn comparison(self) -> Comparison {
                Comparison { parts: vec![DatePart::$part], operator: Operator::Exact }
            }

            fn kind() -> ColumnKind {
                S::kind()
            }
        }
    )*};
}

parts! {
    /// The date of a point in time, in UTC.
    date: DateTimeLike => Date, chrono::NaiveDate;
    /// The year.
    year: DateLike => Year, i64;
    /// The year that the week belongs to.
    iso_year: DateLike => IsoYear, i64;
    /// The month, from 1.
    month: DateLike => Month, i64;
    /// The day of the month.
    day: DateLike => Day, i64;
    /// The week of the year, from 1. Weeks begin on Mondays.
    week: DateLike => Week, i64;
    /// The day of the week: 1 is Sunday, 7 is Saturday.
    week_day: DateLike => WeekDay, i64;
    /// The day of the week: 1 is Monday, 7 is Sunday.
    iso_week_day: DateLike => IsoWeekDay, i64;
    /// The quarter of the year, from 1.
    quarter: DateLike => Quarter, i64;
    /// The hour.
    hour: TimeLike => Hour, i64;
    /// The minute.
    minute: TimeLike => Minute, i64;
    /// The second.
    second: TimeLike => Second, i64;
}

/// A lookup of a part of a date: `Part(year, gt)` is `year__gt`.
#[derive(Debug, Clone, Copy)]
pub struct Part<P, L>(pub P, pub L);

#[diagnostic::do_not_recommend]
impl<S: Filterable, P: PartOf<S>, L: Lookup<P::Value>> Lookup<S> for Part<P, L> {
    fn comparison(self) -> Comparison {
        let mut comparison = self.1.comparison();
        comparison.parts.insert(0, self.0.part());
        comparison
    }

    fn kind() -> ColumnKind {
        S::kind()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name<S>(lookup: impl Lookup<S>) -> String {
        lookup.comparison().name()
    }

    #[test]
    fn names_on_the_wire() {
        assert_eq!(name::<String>(exact), "");
        assert_eq!(name::<String>(in_), "in");
        assert_eq!(name::<Option<String>>(istartswith), "istartswith");
        assert_eq!(name::<chrono::NaiveDate>(year), "year");
        assert_eq!(name::<chrono::NaiveDate>(Part(year, exact)), "year");
        assert_eq!(name::<Vec<chrono::NaiveDateTime>>(Part(date, Part(year, gte))), "date__year__gte");
    }
}
