//! A field as the runtime sees it.

use std::any::Any;
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use chrono_tz::Tz;
use regex::Regex;

use super::{Bounds, Field, FieldKind, NestedSerializer, Output, WriteCell};
use crate::db::QuerySet;
use crate::exceptions::ValidationError;
use crate::request::Request;
use crate::schema::{Column, ColumnPath, Entity, Relation};
use crate::text::dates::InputFormat;
use crate::text::numbers::Rounding;
use crate::value::Value;

/// A field of a serializer as the runtime sees it: name, source, rules. Made once, when the serializer is first used.
#[derive(Debug)]
pub struct FieldDescription {
    /// The key on the wire
    pub name: &'static str,
    /// The name for people: "Create time"
    pub label: String,
    /// The help text, from the doc comment of the field
    pub help_text: Option<String>,
    /// The kind of value, for `OPTIONS`
    pub kind: FieldKind,
    /// In output only, never read from input
    pub read_only: bool,
    /// Read from input only, never in output
    pub write_only: bool,
    /// True if input without it is refused
    pub required: bool,
    /// True if it has a default of its own
    pub(crate) defaulted: bool,
    /// True if `null` is accepted
    pub allow_null: bool,
    /// True if an empty text is accepted
    pub allow_blank: bool,
    /// True if outer white space is removed from text
    pub trim_whitespace: bool,
    /// True if an empty list is accepted
    pub allow_empty: bool,
    /// The fewest characters or items
    pub min_length: Option<usize>,
    /// The most characters or items
    pub max_length: Option<usize>,
    /// The smallest number
    pub min_value: Option<Bounds>,
    /// The largest number
    pub max_value: Option<Bounds>,
    /// The most digits of a decimal number
    pub max_digits: Option<u32>,
    /// The digits of a decimal number after the point
    pub decimal_places: Option<u32>,
    /// The pattern that text must match
    pub pattern: Option<Regex>,
    /// The output format of a date, a time or a UUID, where it is not ISO 8601 or with hyphens
    pub format: Option<&'static str>,
    /// The input formats of a date or time, where ISO 8601 is not the only one
    pub(crate) input_formats: Vec<(&'static str, InputFormat)>,
    /// The zone of dates and times without an offset, and of those in output
    pub timezone: Option<Tz>,
    /// The rounding in output of a decimal number with more digits than the column
    pub rounding: Rounding,
    /// True if trailing zeros of a decimal number are left out
    pub normalize_output: bool,
    /// True if a decimal number, or an integer of 64 bits, is written as text: unless said otherwise, a decimal number is, and
    /// an integer where the setting `coerce_bigint_to_string` says so
    pub coerce_to_string: Option<bool>,
    /// True if it is an integer of 64 bits: DRF's `BigIntegerField`
    pub(crate) big_integer: bool,
    /// The smallest and the largest integer of the type, where it is that of a column
    pub(crate) range: Option<(i64, i64)>,
    /// The values of a choice with their labels
    pub choices: Arc<[(Value, String)]>,
    /// True if a file is output as its URL, rather than by its name
    pub use_url: bool,
    /// True if the label of a choice is output in place of its value. Django's `get_<field>_display`.
    pub display: bool,
    /// True if no two rows may have the same value
    pub unique: bool,
    /// The comparison of values for that
    pub unique_lookup: UniqueLookup,
    /// True if a constraint of the database guards `unique`, so that it can speak when all else is valid
    pub(crate) constrained: bool,
    /// True if `max_length` is the column's, so that a pattern speaks first
    pub(crate) implied_length: bool,
    pub(crate) messages: Vec<(&'static str, &'static str)>,
    /// The field of the items of a list, or of the values of a dict
    pub child: Option<Box<FieldDescription>>,
    /// True if values are those of the database, which were checked before they were written
    pub(crate) trusted: bool,
    /// Neither in output nor read from input: always its default
    pub hidden: bool,
    /// The origin of the value in a row
    pub(crate) output: Output,
    /// The column that is read
    pub(crate) path: Option<ColumnPath>,
    /// The column that is written
    pub(crate) target: Option<&'static Column>,
    /// The value that is validated in place of an absent one that is part of a rule of uniqueness: the column's default, or NULL
    pub(crate) implied_default: Option<Value>,
    pub(crate) relation: Option<Relation>,
    /// The rows that input may point at, where that is not all of a table
    pub(crate) queryset: Option<Referable>,
    /// The URL that a link leads to
    pub(crate) link: Option<ViewLink>,
    /// The serializer of nested objects, and whether there are several
    pub(crate) nested: Option<(NestedSerializer, bool)>,
    /// The way in which nested rows are written
    pub(crate) write: Option<Write>,
    /// The relations whose rows are deleted with nested rows that are replaced
    pub(crate) cascade: Vec<Vec<Relation>>,
    /// The user's own validators, which run before all others
    pub(crate) validators: Vec<Validator>,
    /// `"name":`
    pub(crate) key: Vec<u8>,
    /// The function that writes one of several related rows as JSON
    pub(crate) element: Option<WriteCell>,
}

impl FieldDescription {
    pub(crate) fn new(name: &'static str) -> Self {
        let mut key = Vec::with_capacity(name.len() + 3);
        crate::value::json::write_string(name, &mut key);
        key.push(b':');
        Self {
            name,
            label: capitalize(&name.replace('_', " ")),
            help_text: None,
            kind: FieldKind::Field,
            read_only: false,
            write_only: false,
            required: true,
            defaulted: false,
            allow_null: false,
            allow_blank: false,
            trim_whitespace: true,
            allow_empty: true,
            min_length: None,
            max_length: None,
            min_value: None,
            max_value: None,
            max_digits: None,
            decimal_places: None,
            pattern: None,
            format: None,
            input_formats: Vec::new(),
            timezone: None,
            rounding: Rounding::HalfEven,
            normalize_output: false,
            coerce_to_string: None,
            big_integer: false,
            range: None,
            choices: Arc::new([]),
            use_url: true,
            display: false,
            unique: false,
            unique_lookup: UniqueLookup::Exact,
            constrained: false,
            implied_length: false,
            messages: Vec::new(),
            child: None,
            trusted: false,
            hidden: false,
            output: Output::Column,
            path: None,
            target: None,
            implied_default: None,
            relation: None,
            queryset: None,
            link: None,
            nested: None,
            write: None,
            cascade: Vec::new(),
            validators: Vec::new(),
            key,
            element: None,
        }
    }

    /// Returns the description of a field of a type, without options.
    pub(crate) fn of<T: Field>(name: &'static str) -> Self {
        let mut field = Self::new(name);
        T::describe(&mut field);
        field
    }

    /// Returns the error with a code: the field's own message if it has one, else DRF's. `{name}` stands for an argument.
    pub fn fail(&self, code: &'static str, message: &str, arguments: &[(&str, &str)]) -> ValidationError {
        ValidationError::with_code(self.message(code, message, arguments), code)
    }

    /// Returns the message for a key, which is the code of the error unless a validator has its own.
    pub(crate) fn message(&self, key: &'static str, message: &str, arguments: &[(&str, &str)]) -> String {
        let own = self.messages.iter().rfind(|(known, _)| *known == key).map(|(_, message)| *message);
        let mut text = own.unwrap_or(message).to_owned();
        for (name, value) in arguments {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }

    /// Returns whether it is written by statements of its own: links of a join table, foreign keys of other rows, nested rows.
    pub(crate) fn writes_other_tables(&self) -> bool {
        let many = self.relation.as_ref().is_some_and(|relation| relation.many);
        !self.read_only && (many || self.nested.is_some())
    }

    pub(crate) fn required_error(&self) -> ValidationError {
        self.fail("required", "This field is required.", &[])
    }

    pub(crate) fn null_error(&self) -> ValidationError {
        self.fail("null", "This field may not be null.", &[])
    }

    /// Returns the label of a choice.
    pub(crate) fn choice_label(&self, value: &Value) -> Option<&str> {
        self.choices.iter().find(|(choice, _)| choice == value).map(|(_, label)| label.as_str())
    }
}

fn capitalize(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase).into_iter().flatten();
    first.chain(letters.flat_map(char::to_lowercase)).collect()
}

/// The comparison of values of which no two rows may have the same. The `lookup` of DRF's `UniqueValidator`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum UniqueLookup {
    /// They are equal
    Exact,
    /// They are equal but for upper and lower case
    IExact,
    /// They are dates, or points in time, of the same day
    Date,
    /// They are of the same month of any year
    Month,
    /// They are of the same year
    Year,
}

/// The treatment of related rows that are there already: `#[field(nested(write = replace))]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Write {
    /// They are deleted, and what was sent takes their place
    Replace,
    /// They stay, and what was sent is added
    Append,
    /// Rows whose primary key is in the input are changed, others stay, and items without a key are added
    Patch,
}

/// A validator of one's own.
#[derive(Clone)]
pub(crate) struct Validator(pub(crate) Arc<Check>);

pub(crate) type Check = dyn Fn(&dyn Any) -> Result<(), ValidationError> + Send + Sync;

impl fmt::Debug for Validator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Validator")
    }
}

/// The rows that input may point at.
#[derive(Clone)]
pub(crate) struct Referable(pub(crate) Arc<dyn Fn(&Request) -> QuerySet + Send + Sync>);

impl fmt::Debug for Referable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Referable")
    }
}

/// The URL that a link leads to.
#[derive(Debug, Clone)]
pub(crate) struct ViewLink {
    /// The name of the URL: `publisher-detail`
    pub(crate) view_name: Cow<'static, str>,
    /// The argument of the URL, which that column fills
    pub(crate) url_kwarg: Cow<'static, str>,
}

impl ViewLink {
    /// Returns the URL of a row of a table, as routers name it.
    pub(crate) fn to(entity: &Entity) -> Self {
        Self {
            view_name: format!("{}-detail", entity.object_name.to_lowercase()).into(),
            url_kwarg: "pk".into(),
        }
    }
}
