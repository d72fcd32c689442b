//! Values that no two rows may have together.

use futures_util::future::BoxFuture;
use sea_orm::sea_query::Expr;

use super::Instance;
use super::input::Validation;
use super::unique::{Wanted, are_taken, is_taken};
use crate::db::{Connection, into_rust};
use crate::exceptions::{Detail, Result, ValidationError};
use crate::fields::UniqueLookup;
use crate::schema::Column;
use crate::serializers::description::{SerializerDescription, UniqueTogether};
use crate::serializers::{Serializer, Validated, Values};

/// Rules of uniqueness, each with what is to be checked.
type TogetherChecks = Vec<(&'static UniqueTogether, TogetherCheck)>;

/// The check of a rule of uniqueness.
pub(super) enum TogetherCheck {
    /// These fields are absent, and the rule requires them
    Missing(Vec<usize>),
    /// No other row may have these values together
    Free(Vec<Wanted>),
}

/// Returns the checks of the rules of uniqueness for valid data.
pub(super) fn checks_together<S: Serializer>(
    valid: &Validated<S>,
    input: &Validation<'_>,
    instance: Option<&Instance<'_>>,
) -> TogetherChecks {
    if input.description.unique_together.is_empty() {
        return Vec::new();
    }
    let mut values = Values::assignments(input.description);
    S::visit(valid, &mut values);
    let together = Together { values: &values, input, instance };
    let rules = input.description.unique_together.iter();
    rules.filter_map(|rule| Some((rule, together.check(rule)?))).collect()
}

/// Looks up the values of all objects of a list that must be unique together, by few statements.
pub(super) fn look_up_list<'a, 'd, S: Serializer>(
    data: impl Iterator<Item = Option<&'d Validated<S>>>,
    inputs: &'a mut [&mut Validation<'_>],
    db: &'a Connection,
) -> BoxFuture<'a, Result<()>> {
    if inputs.len() < 2 || S::description().unique_together.is_empty() {
        return Box::pin(async { Ok(()) });
    }
    let checks = data.zip(inputs.iter()).map(|(data, input)| match data.filter(|_| !input.has_errors()) {
        Some(data) => checks_together::<S>(data, input, None),
        None => Vec::new(),
    });
    look_up(checks.collect(), inputs, db)
}

/// Looks up which values of the objects of a list are free, and notes them.
fn look_up<'a>(
    checks: Vec<TogetherChecks>,
    inputs: &'a mut [&mut Validation<'_>],
    db: &'a Connection,
) -> BoxFuture<'a, Result<()>> {
    Box::pin(async move {
        let Some(entity) = inputs.first().and_then(|input| input.description.entity) else { return Ok(()) };
        let (mut places, mut wanted) = (Vec::new(), Vec::new());
        for (place, checks) in checks.into_iter().enumerate() {
            // An object that says which row it is, is not in its own way.
            if inputs[place].own_key.is_some() {
                continue;
            }
            for (_, check) in checks {
                let TogetherCheck::Free(values) = check else { break };
                places.push(place);
                wanted.push(values);
            }
        }
        let taken = are_taken(entity, &wanted, db).await?;
        for ((place, values), taken) in places.into_iter().zip(wanted).zip(taken) {
            if !taken {
                inputs[place].free.push(values);
            }
        }
        Ok(())
    })
}

/// Boxed, so that it is compiled here and not for each serializer.
pub(super) fn check_together<'a>(
    checks: TogetherChecks,
    input: &'a Validation<'_>,
    key: Option<&'a sea_orm::Value>,
    db: &'a Connection,
) -> BoxFuture<'a, Result<()>> {
    Box::pin(async move {
        let description = input.description;
        let Some(entity) = description.entity else { return Ok(()) };
        let mut errors = Vec::new();
        for (rule, check) in checks {
            // Errors of fields end the validation, as in DRF.
            let values = match check {
                TogetherCheck::Missing(fields) => return Err(required_error(description, &fields).into()),
                TogetherCheck::Free(values) => values,
            };
            if is_known_free(input, &values) || !is_taken(entity, &values, &[], key, db).await? {
                continue;
            }
            match rule.period() {
                None => errors.push(unique_together_error(description, rule)),
                Some(period) => return Err(unique_for_error(description, rule, period).into()),
            }
        }
        if errors.is_empty() { Ok(()) } else { Err(ValidationError(Detail::List(errors)).into()) }
    })
}

/// Reports whether a look-up for the whole list has found that no row has these values.
fn is_known_free(input: &Validation<'_>, values: &[Wanted]) -> bool {
    let same = |(left, right): (&Wanted, &Wanted)| {
        std::ptr::eq(left.0, right.0) && left.1 == right.1 && left.2 == right.2
    };
    input.free.iter().any(|free| free.len() == values.len() && free.iter().zip(values).all(same))
}

/// Valid data, as the rules of uniqueness see it.
struct Together<'a> {
    values: &'a Values<'a>,
    input: &'a Validation<'a>,
    instance: Option<&'a Instance<'a>>,
}

impl Together<'_> {
    /// Returns what a rule checks; `None` if it holds whatever the database has.
    fn check(&self, rule: &UniqueTogether) -> Option<TogetherCheck> {
        let missing: Vec<_> = rule.fields.iter().copied().filter(|field| self.is_missing(*field)).collect();
        let updates = self.instance.is_some() || self.input.own_key.is_some();
        if !missing.is_empty() && (!updates || rule.period().is_some()) {
            return Some(TogetherCheck::Missing(missing));
        }
        if rule.period().is_none() && !rule.fields.iter().any(|field| self.changes(*field)) {
            return None;
        }
        let mut wanted = Vec::with_capacity(rule.fields.len());
        for field in &rule.fields {
            wanted.push((self.column(*field)?, self.value(*field)?, UniqueLookup::Exact));
        }
        let null = |(_, value, _): &Wanted| *value == value.as_null();
        // NULL is unlike anything, but is a value in DRF's rules for a period, if it is not the date.
        let ignored = match (rule.period(), wanted.last_mut()) {
            (Some(_), Some(date)) => {
                date.2 = rule.lookup;
                null(date)
            }
            _ => wanted.iter().any(null),
        };
        (!ignored).then_some(TogetherCheck::Free(wanted))
    }

    fn column(&self, field: usize) -> Option<&'static Column> {
        self.input.description.fields[field].target
    }

    /// Returns the value that the data has for a field.
    fn given(&self, field: usize) -> Option<sea_orm::Value> {
        let shown =
            || self.input.shown.iter().find(|(index, _)| *index == field).map(|(_, value)| value.clone());
        self.values.stored(field).cloned().or_else(shown).or_else(|| self.implied(field))
    }

    /// Returns the default of the column of a field that is only serialized, which DRF validates as if it were input.
    fn implied(&self, field: usize) -> Option<sea_orm::Value> {
        let field = &self.input.description.fields[field];
        let validated = field.read_only && field.implied_default.is_some() && !self.input.mode.partial;
        match &field.target.filter(|_| validated)?.default {
            Some(Expr::Value(value)) => Some(value.clone()),
            Some(_) => None,
            None => Some(sea_orm::Value::String(None)),
        }
    }

    /// Returns whether there is no value for a field, and none that the column has by default.
    fn is_missing(&self, field: usize) -> bool {
        self.given(field).is_none() && self.column(field).is_some_and(|column| column.default.is_none())
    }

    /// Returns the value that a field will have.
    fn value(&self, field: usize) -> Option<sea_orm::Value> {
        let column = self.column(field)?;
        let kept = || (self.instance?.column)(column.name);
        let default = || match &column.default {
            Some(Expr::Value(value)) => Some(value.clone()),
            _ => None,
        };
        self.given(field).or_else(kept).or_else(default)
    }

    /// Returns whether the data changes the value of the row, or there is no row yet.
    fn changes(&self, field: usize) -> bool {
        let (Some(instance), Some(column)) = (self.instance, self.column(field)) else { return true };
        let Some(given) = self.given(field) else { return false };
        into_rust(given, &column.rust).ok() != (instance.column)(column.name)
    }
}

fn required_error(description: &SerializerDescription, fields: &[usize]) -> ValidationError {
    let error = |field: &usize| {
        let error = ValidationError::with_code("This field is required.", "required");
        (description.fields[*field].name.to_owned(), error.0)
    };
    ValidationError(Detail::Dict(fields.iter().map(error).collect()))
}

impl UniqueTogether {
    /// Returns the period in which the first field is unique.
    pub(in crate::serializers) fn period(&self) -> Option<&'static str> {
        match self.lookup {
            UniqueLookup::Date => Some("date"),
            UniqueLookup::Month => Some("month"),
            UniqueLookup::Year => Some("year"),
            UniqueLookup::Exact | UniqueLookup::IExact => None,
        }
    }
}

fn unique_for_error(
    description: &SerializerDescription,
    rule: &UniqueTogether,
    period: &str,
) -> ValidationError {
    let name = |index: usize| rule.fields.get(index).map_or("", |field| description.fields[*field].name);
    let message = format!("This field must be unique for the \"{}\" {period}.", name(1));
    ValidationError::of_field(name(0), ValidationError::with_code(message, "unique"))
}

pub(in crate::serializers) fn unique_together_error(
    description: &SerializerDescription,
    rule: &UniqueTogether,
) -> Detail {
    let names: Vec<_> = rule.fields.iter().map(|field| description.fields[*field].name).collect();
    let message = format!("The fields {} must make a unique set.", names.join(", "));
    Detail::text(rule.message.map_or(message, str::to_owned), "unique")
}
