//! Years, weeks, hours: parts of a date as each database computes them.

use chrono::{Datelike, NaiveDate, Weekday};
use sea_orm::DbBackend;
use sea_orm::sea_query::Expr;

/// A part of a date or time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum DatePart {
    /// The date of a point in time
    Date,
    /// The year
    Year,
    /// The year that the week belongs to
    IsoYear,
    /// The month
    Month,
    /// The day of the month
    Day,
    /// The week of the year
    Week,
    /// The day of the week, from Sunday
    WeekDay,
    /// The day of the week, from Monday
    IsoWeekDay,
    /// The quarter of the year
    Quarter,
    /// The hour
    Hour,
    /// The minute
    Minute,
    /// The second
    Second,
}

impl DatePart {
    pub(crate) fn name(self) -> &'static str {
        match self {
            DatePart::Date => "date",
            DatePart::Year => "year",
            DatePart::IsoYear => "iso_year",
            DatePart::Month => "month",
            DatePart::Day => "day",
            DatePart::Week => "week",
            DatePart::WeekDay => "week_day",
            DatePart::IsoWeekDay => "iso_week_day",
            DatePart::Quarter => "quarter",
            DatePart::Hour => "hour",
            DatePart::Minute => "minute",
            DatePart::Second => "second",
        }
    }

    /// Returns the part of a column, which may have a time zone.
    pub(crate) fn of(self, column: Expr, has_zone: bool, backend: DbBackend) -> Expr {
        match backend {
            DbBackend::Sqlite => Expr::cust_with_exprs(self.sqlite(), [column]),
            DbBackend::Postgres if has_zone => {
                // the session's time zone has no say
                let utc = Expr::cust_with_exprs("($1 AT TIME ZONE 'UTC')", [column]);
                Expr::cust_with_exprs(self.postgres(), [utc])
            }
            DbBackend::Postgres => Expr::cust_with_exprs(self.postgres(), [column]),
            _ => Expr::cust_with_exprs(self.mysql(), [column]),
        }
    }

    fn sqlite(self) -> &'static str {
        match self {
            DatePart::Date => "date(?)",
            DatePart::Year => "CAST(strftime('%Y', ?) AS INTEGER)",
            // the year of the Thursday is the year of the week
            DatePart::IsoYear => "CAST(strftime('%Y', ?, '-3 days', 'weekday 4') AS INTEGER)",
            DatePart::Month => "CAST(strftime('%m', ?) AS INTEGER)",
            DatePart::Day => "CAST(strftime('%d', ?) AS INTEGER)",
            DatePart::Week => "((CAST(strftime('%j', ?, '-3 days', 'weekday 4') AS INTEGER) - 1) / 7 + 1)",
            DatePart::WeekDay => "(CAST(strftime('%w', ?) AS INTEGER) + 1)",
            DatePart::IsoWeekDay => "((CAST(strftime('%w', ?) AS INTEGER) + 6) % 7 + 1)",
            DatePart::Quarter => "((CAST(strftime('%m', ?) AS INTEGER) + 2) / 3)",
            DatePart::Hour => "CAST(strftime('%H', ?) AS INTEGER)",
            DatePart::Minute => "CAST(strftime('%M', ?) AS INTEGER)",
            DatePart::Second => "CAST(strftime('%S', ?) AS INTEGER)",
        }
    }

    fn postgres(self) -> &'static str {
        match self {
            DatePart::Date => "CAST($1 AS date)",
            DatePart::Year => "EXTRACT(YEAR FROM $1)",
            DatePart::IsoYear => "EXTRACT(ISOYEAR FROM $1)",
            DatePart::Month => "EXTRACT(MONTH FROM $1)",
            DatePart::Day => "EXTRACT(DAY FROM $1)",
            DatePart::Week => "EXTRACT(WEEK FROM $1)",
            DatePart::WeekDay => "(EXTRACT(DOW FROM $1) + 1)",
            DatePart::IsoWeekDay => "EXTRACT(ISODOW FROM $1)",
            DatePart::Quarter => "EXTRACT(QUARTER FROM $1)",
            DatePart::Hour => "EXTRACT(HOUR FROM $1)",
            DatePart::Minute => "EXTRACT(MINUTE FROM $1)",
            DatePart::Second => "FLOOR(EXTRACT(SECOND FROM $1))",
        }
    }

    fn mysql(self) -> &'static str {
        match self {
            DatePart::Date => "DATE(?)",
            DatePart::Year => "EXTRACT(YEAR FROM ?)",
            DatePart::IsoYear => "(YEARWEEK(?, 3) DIV 100)",
            DatePart::Month => "EXTRACT(MONTH FROM ?)",
            DatePart::Day => "EXTRACT(DAY FROM ?)",
            DatePart::Week => "WEEK(?, 3)",
            DatePart::WeekDay => "DAYOFWEEK(?)",
            DatePart::IsoWeekDay => "(WEEKDAY(?) + 1)",
            DatePart::Quarter => "EXTRACT(QUARTER FROM ?)",
            DatePart::Hour => "EXTRACT(HOUR FROM ?)",
            DatePart::Minute => "EXTRACT(MINUTE FROM ?)",
            DatePart::Second => "EXTRACT(SECOND FROM ?)",
        }
    }

    /// Returns the first and the last day of a year. A comparison with them can use an index, one of the part cannot.
    pub(crate) fn year_bounds(self, year: i64) -> Option<(NaiveDate, NaiveDate)> {
        let year = i32::try_from(year).ok().filter(|year| (1..=9999).contains(year))?;
        match self {
            DatePart::Year => {
                Some((NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveDate::from_ymd_opt(year, 12, 31)?))
            }
            DatePart::IsoYear => {
                let last_week = NaiveDate::from_ymd_opt(year, 12, 28)?.iso_week().week();
                let monday = NaiveDate::from_isoywd_opt(year, 1, Weekday::Mon)?;
                // the last week of the year 9999 ends beyond what databases know
                let last_day = NaiveDate::from_ymd_opt(9999, 12, 31)?;
                Some((monday, NaiveDate::from_isoywd_opt(year, last_week, Weekday::Sun)?.min(last_day)))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years() {
        let bounds =
            |part: DatePart, year| part.year_bounds(year).map(|(first, last)| format!("{first} {last}"));
        assert_eq!(bounds(DatePart::Year, 2024).as_deref(), Some("2024-01-01 2024-12-31"));
        assert_eq!(bounds(DatePart::IsoYear, 2020).as_deref(), Some("2019-12-30 2021-01-03"));
        assert_eq!(bounds(DatePart::IsoYear, 2024).as_deref(), Some("2024-01-01 2024-12-29"));
        for year in [0, -1, 10_000, i64::MAX] {
            assert_eq!(bounds(DatePart::Year, year), None);
        }
    }
}
