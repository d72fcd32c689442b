//! What lists and dicts have in common: their items, which are fields without a name.

use super::{Field, FieldDescription};
use crate::exceptions::{Detail, ValidationError};
use crate::serializers::References;
use crate::value::Value;

/// The description of the items of a field of items `T`.
pub(super) fn child<T: Field>() -> Option<Box<FieldDescription>> {
    Some(Box::new(FieldDescription::of::<T>("")))
}

/// Runs with the description of the items; a field that was described by hand may have none.
pub(super) fn with_child<T: Field, R>(
    field: &FieldDescription,
    run: impl FnOnce(&FieldDescription) -> R,
) -> R {
    match &field.child {
        Some(child) => run(child),
        None => run(&FieldDescription::of::<T>("")),
    }
}

/// The items as values, or the errors by index or key. DRF's `run_child_validation`.
pub(super) fn run_child_validation<'i, T: Field, K: ToString>(
    items: impl Iterator<Item = (K, &'i Value)>,
    child: &FieldDescription,
    mut references: Option<&mut References<'_>>,
) -> Result<Vec<(K, T)>, ValidationError> {
    let (mut values, mut errors) = (Vec::with_capacity(items.size_hint().0), Vec::new());
    for (key, item) in items {
        match run_validation::<T>(item, child, references.as_deref_mut()) {
            Ok(value) => values.push((key, value)),
            Err(error) => errors.push((key.to_string(), error.0)),
        }
    }
    match errors.is_empty() {
        true => Ok(values),
        false => Err(ValidationError(Detail::Dict(errors.into_iter().collect()))),
    }
}

/// One item: `null`, value, validators. DRF's `Field.run_validation`.
pub(super) fn run_validation<T: Field>(
    input: &Value,
    field: &FieldDescription,
    references: Option<&mut References<'_>>,
) -> Result<T, ValidationError> {
    if !T::NULL_ITEMS && matches!(input, Value::Null) {
        return Err(field.null_error());
    }
    let value = match references {
        Some(references) => T::resolve(input, field, references)?,
        None => T::to_internal_value(input, field)?,
    };
    let mut errors = Vec::new();
    if !field.trusted {
        value.run_validators(field, &mut errors);
    }
    if errors.is_empty() { Ok(value) } else { Err(all_of(errors)) }
}

/// Several errors of one value as one.
fn all_of(errors: Vec<ValidationError>) -> ValidationError {
    let messages = errors.into_iter().flat_map(|error| match error.0.into_list() {
        Detail::List(messages) => messages,
        other => vec![other],
    });
    ValidationError(Detail::List(messages.collect()))
}

/// Runs with references that do not know about a form: what stands in its lists and objects is plain text.
pub(super) fn inside_form<R>(
    references: &mut References<'_>,
    run: impl FnOnce(&mut References<'_>) -> R,
) -> R {
    let form = std::mem::take(&mut references.form);
    let result = run(references);
    references.form = form;
    result
}
