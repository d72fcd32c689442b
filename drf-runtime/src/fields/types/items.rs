//! The items of lists and dicts, which are fields without a name.

use std::collections::BTreeMap;

use crate::exceptions::{Detail, ValidationError};
use crate::fields::{Field, FieldDescription, References};
use crate::value::Value;

/// Returns the description of the items of a field of items `T`.
pub(in crate::fields) fn child<T: Field>() -> Option<Box<FieldDescription>> {
    let mut child = FieldDescription::of::<T>("");
    // An integer in a list is DRF's `IntegerField()`, unless the column is an array of big integers.
    child.big_integer = false;
    Some(Box::new(child))
}

/// Runs with the description of the items; a field that was described by hand may have none.
pub(in crate::fields) fn with_child<T: Field, R>(
    field: &FieldDescription,
    run: impl FnOnce(&FieldDescription) -> R,
) -> R {
    match &field.child {
        Some(child) => run(child),
        None => run(&FieldDescription::of::<T>("")),
    }
}

/// Returns the items as values, or the errors by index or key. DRF's `run_child_validation`.
pub(in crate::fields) fn run_child_validation<'i, T: Field, K: ToString>(
    items: impl Iterator<Item = (K, &'i Value)>,
    child: &FieldDescription,
    mut references: Option<&mut References<'_>>,
) -> Result<Vec<(K, T)>, ValidationError> {
    let max_errors = references.as_ref().map_or(usize::MAX, |of| of.request().settings().max_errors);
    let (mut values, mut errors) = (Vec::with_capacity(items.size_hint().0), Vec::new());
    for (key, item) in items {
        // More are not reported one by one.
        if errors.len() > max_errors {
            break;
        }
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

/// Returns one item: `null`, value, validators. DRF's `Field.run_validation`.
pub(in crate::fields) fn run_validation<T: Field>(
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

/// Returns several errors of one value as one.
fn all_of(errors: Vec<ValidationError>) -> ValidationError {
    let messages = errors.into_iter().flat_map(|error| match error.0.into_list() {
        Detail::List(messages) => messages,
        other => vec![other],
    });
    ValidationError(Detail::List(messages.collect()))
}

/// Runs with references that do not know about a form: what stands in its lists and objects is plain text.
pub(in crate::fields) fn inside_form<R>(
    references: &mut References<'_>,
    run: impl FnOnce(&mut References<'_>) -> R,
) -> R {
    let form = std::mem::take(&mut references.form);
    let result = run(references);
    references.form = form;
    result
}

/// Returns the list that a form says with `name[0][0]=a&name[0][1]=b`: DRF's `parse_html_list` of what stands behind `name[0]`.
pub(in crate::fields) fn list_in_form(item: &Value) -> Value {
    let Value::Dict(entries) = item else { return item.clone() };
    let mut items: BTreeMap<u64, Value> = BTreeMap::new();
    for (key, value) in entries {
        let Some((index, rest)) = indexed(key) else { continue };
        match items.get_mut(&index) {
            Some(Value::Dict(part)) if !rest.is_empty() => drop(part.insert(rest.to_owned(), value.clone())),
            _ if rest.is_empty() => drop(items.insert(index, value.clone())),
            _ => drop(items.insert(index, Value::from([(rest, value.clone())]))),
        }
    }
    let is_list =
        |item: &Value| matches!(item, Value::Dict(part) if part.keys().all(|key| indexed(key).is_some()));
    let deeper = |item: Value| if is_list(&item) { list_in_form(&item) } else { item };
    Value::List(items.into_values().map(deeper).collect())
}

/// `[0]rest`
fn indexed(key: &str) -> Option<(u64, &str)> {
    let (index, rest) = key.strip_prefix('[')?.split_once(']')?;
    let digits = !index.is_empty() && index.bytes().all(|byte| byte.is_ascii_digit());
    Some((index.parse().ok().filter(|_| digits)?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::json::json_text;

    #[test]
    fn lists_in_lists_of_a_form() {
        let cases = [
            (vec![("[1]", "b"), ("[0]", "a")], r#"["a","b"]"#),
            (vec![("[0][1]", "b"), ("[0][0]", "a"), ("[3]", "c")], r#"[["a","b"],"c"]"#),
            (vec![("[0].x", "a"), ("[0]y", "b")], r#"[{".x":"a","y":"b"}]"#),
            (vec![("x", "a"), ("[-1]", "b"), ("[]", "c")], "[]"),
        ];
        for (entries, expected) in cases {
            let entries = entries.into_iter().map(|(key, value)| (key.to_owned(), value.into())).collect();
            assert_eq!(json_text(&list_in_form(&Value::Dict(entries))), expected);
        }
        assert_eq!(list_in_form(&"a".into()), "a".into());
    }
}
