//! A comparison as a condition of the database.

use chrono::{NaiveDate, NaiveTime};
use indexmap::IndexSet;
use sea_orm::sea_query::{Alias, Condition, Expr, ExprTrait};
use sea_orm::{ConnectionTrait, DbBackend, Value};

use super::kind::ValueKind;
use super::value::{Bound, Cleaned, Operand, end_of_day};
use super::{Comparison, Operator, text_match};
use crate::db::{Connection, DatePart, Storage};
use crate::schema::Column;

/// A column in a query, and what it holds.
#[derive(Debug, Clone)]
pub(crate) struct Compared<'a> {
    pub(crate) expr: Expr,
    pub(crate) kind: ValueKind,
    storage: Storage,
    /// The expression is a part of a date and not the column itself
    is_part: bool,
    db: &'a Connection,
}

/// The rows that a condition keeps.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum RowSet {
    All,
    Where(Condition),
    None,
}

impl From<Expr> for RowSet {
    fn from(expr: Expr) -> Self {
        RowSet::Where(Condition::all().add(expr))
    }
}

impl RowSet {
    /// Returns the rows as a condition.
    pub(crate) fn condition(self) -> Condition {
        match self {
            RowSet::All => Condition::all(),
            RowSet::Where(condition) => condition,
            RowSet::None => Condition::all().add(Expr::val(1).eq(0)),
        }
    }
}

impl Comparison {
    /// Returns the rows whose column compares so.
    pub(crate) fn rows(&self, column: &Compared<'_>, operand: &Operand) -> RowSet {
        if let Some((comparison, operand)) = self.with_year_bounds(column.kind, operand) {
            return comparison.rows(column, &operand);
        }
        let part = self.parts.iter().fold(column.clone(), |column, part| column.part(*part));
        match (self.operator, operand) {
            (Operator::In | Operator::Exact, Operand::Many(values)) => part.one_of(values),
            (Operator::Range, Operand::Many(values)) => part.between(values),
            (_, Operand::Many(_)) => RowSet::None,
            (Operator::IsNull, Operand::One(Cleaned::Boolean(true))) => part.expr.is_null().into(),
            (Operator::IsNull, _) => part.expr.is_not_null().into(),
            (Operator::Like(..) | Operator::Regex(_), Operand::One(Cleaned::Text(text))) => {
                part.matches(self.operator, text)
            }
            (operator, Operand::One(value)) => part.compare(operator, value),
        }
    }

    /// Returns a comparison of years as one of dates.
    fn with_year_bounds(&self, kind: ValueKind, operand: &Operand) -> Option<(Self, Operand)> {
        let [part @ (DatePart::Year | DatePart::IsoYear)] = self.parts.as_slice() else { return None };
        let Operand::One(year) = operand else { return None };
        let (first, last) = part.year_bounds(year.whole_number()?)?;
        let first = moment(kind, first, NaiveTime::MIN);
        let last = moment(kind, last, end_of_day());
        let (operator, operand) = match self.operator {
            Operator::Exact => (Operator::Range, Operand::Many(vec![Some(first), Some(last)])),
            Operator::Lt | Operator::Gte => (self.operator, Operand::One(first)),
            Operator::Lte | Operator::Gt => (self.operator, Operand::One(last)),
            _ => return None,
        };
        Some((Self { parts: Vec::new(), operator }, operand))
    }
}

fn moment(kind: ValueKind, date: NaiveDate, time: NaiveTime) -> Cleaned {
    match kind {
        ValueKind::Date => Cleaned::Date(date),
        _ => Cleaned::DateTime(date.and_time(time)),
    }
}

impl<'a> Compared<'a> {
    pub(crate) fn new(expr: Expr, column: &'static Column, kind: ValueKind, db: &'a Connection) -> Self {
        let storage = db.storage(column);
        Self { expr: storage.compared(expr), kind, storage, is_part: false, db }
    }

    fn backend(&self) -> DbBackend {
        self.db.get_database_backend()
    }

    fn part(self, part: DatePart) -> Self {
        // the column may have a time zone, a date that was taken from it has none
        let has_zone = self.storage.has_zone() && !self.is_part;
        let expr = part.of(self.expr.clone(), has_zone, self.backend());
        let kind = if part == DatePart::Date { ValueKind::Date } else { ValueKind::Integer };
        Self { expr, kind, is_part: true, ..self }
    }

    fn bound(&self, value: &Cleaned) -> Bound {
        match self.is_part {
            true => value.value(self.kind, self.backend()),
            false => value.bound(self.kind, &self.storage, self.backend()),
        }
    }

    fn operand(&self, parameter: Value) -> Expr {
        if self.is_part { Expr::val(parameter) } else { self.storage.operand(parameter) }
    }

    /// Numbers beyond those of the database are compared, too, as Django does it.
    fn compare(self, operator: Operator, value: &Cleaned) -> RowSet {
        let value = match (self.bound(value), operator) {
            (Bound::Above, Operator::Lt | Operator::Lte) | (Bound::Below, Operator::Gt | Operator::Gte) => {
                return RowSet::All;
            }
            (Bound::Above | Bound::Below | Bound::Nowhere, _) => return RowSet::None,
            (Bound::Value(value), _) => self.operand(value),
        };
        match operator {
            Operator::Lt => self.expr.lt(value).into(),
            Operator::Lte => self.expr.lte(value).into(),
            Operator::Gt => self.expr.gt(value).into(),
            Operator::Gte => self.expr.gte(value).into(),
            _ => self.expr.eq(value).into(),
        }
    }

    pub(crate) fn one_of(self, values: &[Option<Cleaned>]) -> RowSet {
        let mut parameters = IndexSet::new();
        for value in values.iter().flatten() {
            if let Bound::Value(parameter) = self.bound(value) {
                parameters.insert(parameter);
            }
        }
        let mut operands: Vec<Expr> = parameters.into_iter().map(|value| self.operand(value)).collect();
        match operands.len() {
            0 => RowSet::None,
            1 => self.expr.eq(operands.remove(0)).into(),
            _ => self.expr.is_in(operands).into(),
        }
    }

    fn between(self, values: &[Option<Cleaned>]) -> RowSet {
        let [Some(least), Some(most)] = values else { return RowSet::None };
        let least = self.clone().compare(Operator::Gte, least);
        let most = self.compare(Operator::Lte, most);
        if least == RowSet::None || most == RowSet::None {
            return RowSet::None;
        }
        RowSet::Where(Condition::all().add(least.condition()).add(most.condition()))
    }

    pub(crate) fn matches(self, operator: Operator, text: &str) -> RowSet {
        let backend = self.backend();
        let column = self.as_text();
        match operator {
            Operator::Like(place, case) => {
                text_match::like(column, text, place, case, backend).map_or(RowSet::None, RowSet::from)
            }
            Operator::Regex(case) => text_match::matches(column, text, case, backend).into(),
            _ => Self { expr: column, ..self }.compare(operator, &Cleaned::Text(text.to_owned())),
        }
    }

    /// Returns the column as text, whatever it is in the database.
    fn as_text(&self) -> Expr {
        match self.storage.is_text() {
            true => self.expr.clone(),
            _ if self.backend() == DbBackend::MySql => self.expr.clone().cast_as(Alias::new("char")),
            _ => self.expr.clone().cast_as(Alias::new("text")),
        }
    }
}
