//! The reading of a parameter: one value, a list, a range, keys of rows.

use super::field::{FormField, Read, not_among_choices};
use crate::exceptions::ValidationError;
use crate::fields::{BadKey, not_a_uuid};
use crate::lookups::{Cleaned, Operand, RelatedRows, check_null_characters};
use crate::parsers::QueryDict;

/// The reading of a parameter.
#[derive(Debug, Clone)]
pub(super) enum Form {
    /// The last value
    One(FormField),
    /// The last value, split at its commas
    List(FormField),
    /// Two values with a comma between
    Range(FormField),
    /// Each value is the key of a row
    Rows(RelatedRows),
    /// Each value has keys of rows, separated by commas
    RowLists(RelatedRows),
}

impl Form {
    /// Reads a parameter; `None` if it is empty.
    pub(super) fn clean(&self, name: &str, params: &QueryDict) -> Read<Option<Operand>> {
        let last = params.get(name).and_then(|value| value.as_str());
        match (self, last) {
            (_, None) => Ok(None),
            (Form::One(field), Some(text)) => {
                Ok(field.clean(text)?.filter(|read| !is_empty(read)).map(Operand::One))
            }
            (Form::List(_) | Form::Range(_) | Form::RowLists(_), Some("")) => Ok(None),
            (Form::List(field), Some(text)) => list(field, text).map(Operand::Many).map(Some),
            (Form::Range(field), Some(text)) => {
                let values = list(field, text)?;
                if values.len() != 2 {
                    return Err(ValidationError::with_code(
                        "Range query expects two values.",
                        "invalid_values",
                    ));
                }
                Ok(Some(Operand::Many(values)))
            }
            (Form::Rows(rows) | Form::RowLists(rows), Some(_)) => {
                rows_of(*rows, self.row_values(name, params))
            }
        }
    }

    /// Returns the keys of rows as they were sent.
    pub(super) fn row_values<'a>(&self, name: &str, params: &'a QueryDict) -> Vec<&'a str> {
        let all = params.getlist(name).iter().filter_map(|value| value.as_str());
        match self {
            Form::RowLists(_) => all.flat_map(|text| text.split(',')).collect(),
            _ => all.collect(),
        }
    }
}

/// Returns whether django-filter does not filter by a value: its `EMPTY_VALUES`.
fn is_empty(read: &Cleaned) -> bool {
    matches!(read, Cleaned::Text(text) if text.is_empty())
}

fn list(field: &FormField, text: &str) -> Read<Vec<Option<Cleaned>>> {
    text.split(',').map(|item| field.clean(item)).collect()
}

/// `ModelMultipleChoiceField`. Whether there are such rows is asked later.
fn rows_of(rows: RelatedRows, values: Vec<&str>) -> Read<Option<Operand>> {
    let key = |text: &str| {
        check_null_characters(text)?;
        match (rows.parse_key)(text) {
            Ok(key) => Ok(Some(Cleaned::Key(key))),
            Err(BadKey::Missing) => Err(not_among_choices(text)),
            Err(BadKey::Uuid) => Err(not_a_uuid(text)),
            Err(BadKey::Type) => {
                let message = format!("\u{201c}{text}\u{201d} is not a valid value.");
                Err(ValidationError::with_code(message, "invalid_pk_value"))
            }
        }
    };
    values.into_iter().map(key).collect::<Read<_>>().map(Operand::Many).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exceptions::Detail;

    fn message(error: &ValidationError) -> String {
        match &error.0 {
            Detail::List(list) => list.iter().map(ToString::to_string).collect(),
            other => other.to_string(),
        }
    }

    #[test]
    fn lists_and_ranges() {
        let params = QueryDict::from_iter([("a", "1,2"), ("b", "1,,3"), ("c", ""), ("d", "1,x"), ("e", "9")]);
        let clean = |form: &Form, name: &str| form.clean(name, &params);
        let count = |operand: Option<Operand>| match operand {
            Some(Operand::Many(values)) => values.len(),
            _ => 0,
        };
        let (list, range) = (Form::List(FormField::Number), Form::Range(FormField::Number));
        assert_eq!(clean(&list, "b").map(count).ok(), Some(3));
        assert_eq!(clean(&range, "a").map(count).ok(), Some(2));
        assert_eq!(clean(&range, "c").map(count).ok(), Some(0));
        assert_eq!(clean(&list, "zzz").map(count).ok(), Some(0));
        assert_eq!(clean(&range, "d").map_err(|error| message(&error)), Err("Enter a number.".to_owned()));
        for name in ["b", "e"] {
            let two = Err("Range query expects two values.".to_owned());
            assert_eq!(clean(&range, name).map_err(|error| message(&error)), two);
        }
    }
}
