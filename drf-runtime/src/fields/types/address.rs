//! IP addresses. DRF's `IPAddressField`, by protocol.

use sea_orm::DbErr;

use super::text::{NO_TEXT, char_field, check_text, write_text_cell};
use crate::db::Row;
use crate::exceptions::ValidationError;
use crate::fields::{DbValue, Field, FieldDescription, FieldKind, Lengths, MinLength, SerializedRow, Text};
use crate::text::formats::{is_ipv4, is_ipv6, normalise_ipv6};
use crate::value::Value;
use crate::value::json::write_string;

macro_rules! address {
    ($(#[$doc:meta])* $name:ident, $six:expr, $check:expr, $message:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub struct $name(pub String);

        impl Field for $name {
            type Source = String;

            fn describe(field: &mut FieldDescription) {
                field.kind = FieldKind::String;
            }

            fn to_internal_value(input: &Value, field: &FieldDescription) -> Result<Self, ValidationError> {
                let six: fn(&str) -> Option<String> = $six;
                let invalid = || field.fail("invalid", "Enter a valid IPv4 or IPv6 address.", &[]);
                match input {
                    Value::String(text) if text.contains(':') && six(text).is_some() => {
                        six(text).map(Self).ok_or_else(invalid)
                    }
                    Value::String(text) if text.contains(':') && six("::1").is_some() => Err(invalid()),
                    Value::String(_) => char_field(input, field, NO_TEXT).map(Self),
                    _ => Err(invalid()),
                }
            }

            fn run_validators(&self, field: &FieldDescription, errors: &mut Vec<ValidationError>) {
                check_text(&self.0, field, errors);
                let check: fn(&str) -> bool = $check;
                if !self.0.is_empty() && !check(&self.0) {
                    errors.push(ValidationError::with_code($message, "invalid"));
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
    };
}

address! {
    /// An address of either protocol; an IPv4 address in the clothes of IPv6 is unpacked.
    IPAddress,
    |text| normalise_ipv6(text, true),
    |text| is_ipv4(text) || is_ipv6(text),
    "Enter a valid IPv4 or IPv6 address."
}

address! {
    /// An address like `192.0.2.1`.
    IPv4Address,
    |_| None,
    is_ipv4,
    "Enter a valid IPv4 address."
}

address! {
    /// An address like `2001:db8::1`, written as short as it can be.
    IPv6Address,
    |text| normalise_ipv6(text, false),
    is_ipv6,
    "Enter a valid IPv6 address."
}
