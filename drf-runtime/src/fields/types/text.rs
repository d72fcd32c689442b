//! Text: `String` and the types that check what the text says.

use sea_orm::DbErr;

use crate::db::Row;
use crate::exceptions::ValidationError;
use crate::fields::{DbValue, Field, FieldDescription, FieldKind, Lengths, MinLength, SerializedRow, Text};
use crate::text::unicode::strip;
use crate::value::Value;
use crate::value::json::write_string;

/// DRF's `CharField`; with `regex` its `RegexField`.
impl Field for String {
    type Source = String;

    fn describe(field: &mut FieldDescription) {
        field.kind = FieldKind::String;
    }

    fn to_internal_value(input: &Value, field: &FieldDescription) -> Result<Self, ValidationError> {
        let invalid = if field.pattern.is_some() { NO_MATCH } else { NO_TEXT };
        char_field(input, field, invalid)
    }

    fn run_validators(&self, field: &FieldDescription, errors: &mut Vec<ValidationError>) {
        let matches = self.is_empty() || field.pattern.as_ref().is_none_or(|pattern| pattern.is_match(self));
        if matches || !field.implied_length {
            check_lengths(self, field, errors);
        }
        check_characters(self, errors);
        if !matches {
            errors.push(field.fail("invalid", NO_MATCH, &[]));
        }
    }

    fn to_representation(&self, _: &FieldDescription, out: &mut Vec<u8>) {
        write_string(self, out);
    }

    fn read(row: &Row<'_>, index: usize) -> Result<Option<Self>, DbErr> {
        Ok(row.text(index)?.map(str::to_owned))
    }

    fn write_cell(
        row: &SerializedRow<'_>,
        index: usize,
        _: &FieldDescription,
        out: &mut Vec<u8>,
    ) -> Result<(), DbErr> {
        write_text_cell(row, index, out)
    }

    fn to_db_value(&self) -> DbValue {
        DbValue::Value(self.as_str().into())
    }
}

impl Lengths for String {}
impl MinLength for String {}
impl Text for String {}

pub(crate) const NO_TEXT: &str = "Not a valid string.";
const NO_MATCH: &str = "This value does not match the required pattern.";

/// Returns text from input: strings and numbers, trimmed. `invalid` says what anything else is: DRF's subclasses of `CharField`
/// use the key of its message for their own.
pub(crate) fn char_field(
    input: &Value,
    field: &FieldDescription,
    invalid: &str,
) -> Result<String, ValidationError> {
    let text = match input {
        Value::String(text) => text.clone(),
        Value::Int(_) | Value::BigInt(_) | Value::Float(_) => crate::value::json::json_text(input),
        _ => return Err(field.fail("invalid", invalid, &[])),
    };
    let text = if field.trim_whitespace { strip(&text).to_owned() } else { text };
    if text.is_empty() && !field.allow_blank {
        return Err(field.fail("blank", "This field may not be blank.", &[]));
    }
    Ok(text)
}

/// The validators of every text field, in DRF's order. An empty text that is allowed is not looked at.
pub(crate) fn check_text(text: &str, field: &FieldDescription, errors: &mut Vec<ValidationError>) {
    check_lengths(text, field, errors);
    check_characters(text, errors);
}

fn check_lengths(text: &str, field: &FieldDescription, errors: &mut Vec<ValidationError>) {
    if text.is_empty() {
        return;
    }
    let length = text.chars().count();
    if let Some(max) = field.max_length.filter(|max| length > *max) {
        let message = "Ensure this field has no more than {max_length} characters.";
        errors.push(field.fail("max_length", message, &[("max_length", &max.to_string())]));
    }
    if let Some(min) = field.min_length.filter(|min| length < *min) {
        let message = "Ensure this field has at least {min_length} characters.";
        errors.push(field.fail("min_length", message, &[("min_length", &min.to_string())]));
    }
}

fn check_characters(text: &str, errors: &mut Vec<ValidationError>) {
    if text.contains('\0') {
        errors.push(ValidationError::with_code(
            "Null characters are not allowed.",
            "null_characters_not_allowed",
        ));
    }
}

/// Returns text as the driver lends it, straight into the response.
pub(crate) fn write_text_cell(row: &Row<'_>, index: usize, out: &mut Vec<u8>) -> Result<(), DbErr> {
    match row.text(index)? {
        Some(text) => write_string(text, out),
        None => out.extend_from_slice(b"null"),
    }
    Ok(())
}

macro_rules! checked_text {
    ($(#[$doc:meta])* $name:ident, $kind:ident, $key:literal, $check:path, $message:literal, $invalid:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub struct $name(pub String);

        impl Field for $name {
            type Source = String;

            fn describe(field: &mut FieldDescription) {
                field.kind = FieldKind::$kind;
            }

            fn to_internal_value(input: &Value, field: &FieldDescription) -> Result<Self, ValidationError> {
                char_field(input, field, $invalid).map(Self)
            }

            fn run_validators(&self, field: &FieldDescription, errors: &mut Vec<ValidationError>) {
                check_text(&self.0, field, errors);
                if !self.0.is_empty() && !$check(&self.0) {
                    // whichever message it is, the code is that of Django's validator
                    errors.push(ValidationError::with_code(field.message($key, $message, &[]), "invalid"));
                }
            }

            fn to_representation(&self, _: &FieldDescription, out: &mut Vec<u8>) {
                write_string(&self.0, out);
            }

            fn read(row: &Row<'_>, index: usize) -> Result<Option<Self>, DbErr> {
                Ok(row.text(index)?.map(|text| Self(text.to_owned())))
            }

            fn write_cell(row: &SerializedRow<'_>, index: usize, _: &FieldDescription, out: &mut Vec<u8>) -> Result<(), DbErr> {
                write_text_cell(row, index, out)
            }

            fn to_db_value(&self) -> DbValue {
                DbValue::Value(self.0.as_str().into())
            }
        }

        impl Lengths for $name {}
        impl MinLength for $name {}
        impl Text for $name {}

        impl std::ops::Deref for $name {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }
    };
}

checked_text! {
    /// A mail address. DRF's `EmailField`.
    Email, Email, "invalid", crate::text::formats::is_email, "Enter a valid email address.",
    "Enter a valid email address."
}

checked_text! {
    /// A URL with scheme `http`, `https`, `ftp` or `ftps`. DRF's `URLField`.
    Url, Url, "invalid", crate::text::formats::is_url, "Enter a valid URL.",
    "Enter a valid URL."
}

checked_text! {
    /// Letters and digits of any script, hyphens and underscores. DRF's `SlugField(allow_unicode=True)`.
    UnicodeSlug, Slug, "invalid_unicode", crate::text::formats::is_unicode_slug,
    "Enter a valid \"slug\" consisting of Unicode letters, numbers, underscores, or hyphens.",
    "Enter a valid \"slug\" consisting of letters, numbers, underscores or hyphens."
}

checked_text! {
    /// ASCII letters, digits, hyphens and underscores. DRF's `SlugField`.
    Slug, Slug, "invalid", crate::text::formats::is_slug,
    "Enter a valid \"slug\" consisting of letters, numbers, underscores or hyphens.",
    "Enter a valid \"slug\" consisting of letters, numbers, underscores or hyphens."
}
