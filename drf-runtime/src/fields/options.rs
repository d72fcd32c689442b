use std::any::Any;
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use chrono_tz::Tz;
use regex::Regex;
use sea_orm::{DbErr, QueryResult};

use super::{Bounds, Field};
use crate::db::{ColumnPath, QuerySet, Row};
use crate::entity::{Column, Relation};
use crate::exceptions::ValidationError;
use crate::request::Request;
use crate::serializers::{RowWriter, SerializerDescription, Write};
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
    /// What kind of value it is, for `OPTIONS`
    pub kind: FieldKind,
    /// Only shown, never read from input
    pub read_only: bool,
    /// Only read from input, never shown
    pub write_only: bool,
    /// Whether input without it is refused
    pub required: bool,
    /// Whether it has a default of its own
    pub(crate) defaulted: bool,
    /// Whether `null` is accepted
    pub allow_null: bool,
    /// Whether an empty text is accepted
    pub allow_blank: bool,
    /// Whether outer white space is removed from text
    pub trim_whitespace: bool,
    /// Whether an empty list is accepted
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
    /// How a date, a time or a UUID is written, where it is not in ISO 8601 or with hyphens
    pub format: Option<&'static str>,
    /// How a date or time may be written in input, where it is not ISO 8601 only
    pub(crate) input_formats: Vec<(&'static str, InputFormat)>,
    /// The zone of dates and times without an offset, and of those that are shown
    pub timezone: Option<Tz>,
    /// How a decimal number with more digits than the column is rounded in output
    pub rounding: Rounding,
    /// Whether trailing zeros of a decimal number are left out
    pub normalize_output: bool,
    /// Whether a decimal number is written as text
    pub coerce_to_string: bool,
    /// The values of a choice with their labels
    pub choices: Arc<[(Value, String)]>,
    /// Whether a file is shown by its URL, rather than by its name
    pub use_url: bool,
    /// Whether the label of a choice is shown in place of its value. Django's `get_<field>_display`.
    pub display: bool,
    /// Whether no two rows may have the same value
    pub unique: bool,
    /// How values are compared for that
    pub unique_lookup: UniqueLookup,
    /// Whether a constraint of the database guards `unique`, so that it can speak when all else is valid
    pub(crate) constrained: bool,
    /// Whether `max_length` is the column's, so that a pattern speaks first
    pub(crate) implied_length: bool,
    pub(crate) messages: Vec<(&'static str, &'static str)>,
    /// What the items of a list, or the values of a dict, are like
    pub child: Option<Box<FieldDescription>>,
    /// Whether values are those of the database, which were checked before they were written
    pub(crate) trusted: bool,
    /// Neither shown nor read from input: always its default
    pub hidden: bool,
    /// How the value comes out of a row
    pub(crate) shown: Shown,
    /// The column that is shown
    pub(crate) path: Option<ColumnPath>,
    /// The column that is written
    pub(crate) target: Option<&'static Column>,
    pub(crate) relation: Option<Relation>,
    /// The rows that input may point at, where that is not all of a table
    pub(crate) queryset: Option<Referable>,
    /// The URL that a link leads to
    pub(crate) link: Option<Link>,
    /// The serializer of nested objects, and whether there are several
    pub(crate) nested: Option<(Describe, bool)>,
    /// How nested rows are written
    pub(crate) write: Option<Write>,
    /// The relations whose rows go with nested rows that are replaced
    pub(crate) cascade: Vec<Vec<Relation>>,
    /// The user's own validators, which run before all others
    pub(crate) validators: Vec<Validator>,
    /// `"name":`
    pub(crate) key: Vec<u8>,
    /// How one of several related rows is written
    pub(crate) element: Option<WriteCell>,
}

pub(crate) type WriteCell = fn(&Row<'_>, usize, &FieldDescription, &mut Vec<u8>) -> Result<(), DbErr>;

/// How the value of a field comes out of a row.
#[derive(Debug, Clone)]
pub(crate) enum Shown {
    /// It is a column
    Column,
    /// A function of the model computes it
    Computed,
    /// It is the text of a whole related row
    Text(fn(&QueryResult, &str) -> Result<String, DbErr>),
    /// It is a related row as another serializer shows it
    Nested(NestedRows),
    /// It is not shown: a value that hooks read
    Never,
}

/// A serializer as a field of another one, as the runtime sees it.
#[derive(Clone, Copy)]
pub struct NestedRows {
    pub(crate) description: Describe,
    pub(crate) write: fn(&mut RowWriter<'_>) -> Result<(), DbErr>,
    pub(crate) model: ReadModel,
}

/// A description, or what makes it.
#[derive(Clone, Copy)]
pub(crate) enum Describe {
    /// That of a serializer
    By(fn() -> &'static SerializerDescription),
    /// That of all columns of a table
    Is(&'static SerializerDescription),
}

impl Describe {
    pub(crate) fn description(self) -> &'static SerializerDescription {
        match self {
            Describe::By(describe) => describe(),
            Describe::Is(description) => description,
        }
    }
}

impl fmt::Debug for Describe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Describe")
    }
}

/// Reads a model whose columns have a prefix.
pub(crate) type ReadModel = fn(&QueryResult, &str) -> Result<Box<dyn Any + Send>, DbErr>;

impl fmt::Debug for NestedRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NestedRows")
    }
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
pub(crate) struct Link {
    /// The name of the URL: `publisher-detail`
    pub(crate) view_name: Cow<'static, str>,
    /// The argument of the URL, which the column that is shown fills
    pub(crate) url_kwarg: Cow<'static, str>,
}

/// What kind of value a field holds, as `OPTIONS` calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words speak for themselves")]
pub enum FieldKind {
    Boolean,
    Choice,
    Date,
    DateTime,
    Decimal,
    Dict,
    Duration,
    Email,
    Field,
    FileUpload,
    Float,
    ImageUpload,
    Integer,
    List,
    MultipleChoice,
    NestedObject,
    Slug,
    String,
    Time,
    Url,
}

impl FieldKind {
    /// The word of DRF's `SimpleMetadata`.
    pub fn label(self) -> &'static str {
        match self {
            FieldKind::Boolean => "boolean",
            FieldKind::Choice => "choice",
            FieldKind::Date => "date",
            FieldKind::DateTime => "datetime",
            FieldKind::Decimal => "decimal",
            FieldKind::Dict | FieldKind::NestedObject => "nested object",
            FieldKind::Duration => "duration",
            FieldKind::Email => "email",
            FieldKind::Field => "field",
            FieldKind::FileUpload => "file upload",
            FieldKind::Float => "float",
            FieldKind::ImageUpload => "image upload",
            FieldKind::Integer => "integer",
            FieldKind::List => "list",
            FieldKind::MultipleChoice => "multiple choice",
            FieldKind::Slug => "slug",
            FieldKind::String => "string",
            FieldKind::Time => "time",
            FieldKind::Url => "url",
        }
    }
}

impl FieldDescription {
    pub(crate) fn new(name: &'static str) -> Self {
        let mut key = Vec::with_capacity(name.len() + 3);
        crate::text::json::write_string(name, &mut key);
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
            coerce_to_string: true,
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
            shown: Shown::Column,
            path: None,
            target: None,
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

    /// What a type says about itself.
    pub(crate) fn of<T: Field>(name: &'static str) -> Self {
        let mut field = Self::new(name);
        T::describe(&mut field);
        field
    }

    /// The error with a code: the field's own message if it has one, else DRF's. `{name}` stands for an argument.
    pub fn fail(&self, code: &'static str, message: &str, arguments: &[(&str, &str)]) -> ValidationError {
        ValidationError::with_code(self.message(code, message, arguments), code)
    }

    /// The message for a key, which is the code of the error unless a validator has its own.
    pub(crate) fn message(&self, key: &'static str, message: &str, arguments: &[(&str, &str)]) -> String {
        let own = self.messages.iter().rfind(|(known, _)| *known == key).map(|(_, message)| *message);
        let mut text = own.unwrap_or(message).to_owned();
        for (name, value) in arguments {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }

    /// Whether it is written by statements of their own: links through a table between, nested rows.
    pub(crate) fn writes_other_tables(&self) -> bool {
        let through = self.relation.as_ref().is_some_and(|relation| relation.through.is_some());
        !self.read_only && (through || self.nested.is_some())
    }

    pub(crate) fn required_error(&self) -> ValidationError {
        self.fail("required", "This field is required.", &[])
    }

    pub(crate) fn null_error(&self) -> ValidationError {
        self.fail("null", "This field may not be null.", &[])
    }

    /// The label of a choice.
    pub(crate) fn choice_label(&self, value: &Value) -> Option<&str> {
        self.choices.iter().find(|(choice, _)| choice == value).map(|(_, label)| label.as_str())
    }
}

fn capitalize(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase).into_iter().flatten();
    first.chain(letters.flat_map(char::to_lowercase)).collect()
}

/// How values are compared where no two rows may have the same: the `lookup` of DRF's `UniqueValidator`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

/// Relations, whose rows may be limited with `queryset`.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` points at no rows",
    label = "not a relation",
    note = "`queryset` is for `PrimaryKeyRelated`, `SlugRelated` and `HyperlinkedRelated`, and for an `Option` or a `Vec` of one"
)]
pub trait RelatedTo {
    /// The entity of the rows
    type Entity;
}

impl<T: RelatedTo> RelatedTo for Option<T> {
    type Entity = T::Entity;
}

impl<T: RelatedTo> RelatedTo for Vec<T> {
    type Entity = T::Entity;
}

/// Links, for which `view_name`, `lookup_field` and `lookup_url_kwarg` make sense.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` is no link",
    label = "not a link",
    note = "`view_name`, `lookup_field` and `lookup_url_kwarg` are for `HyperlinkedRelated` and `HyperlinkedIdentity`"
)]
pub trait Hyperlink {}

/// Links to rows of other tables, for which `lookup_field` makes sense.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` is no link",
    label = "not a link",
    note = "`view_name`, `lookup_field` and `lookup_url_kwarg` are for `HyperlinkedRelated` and `HyperlinkedIdentity`"
)]
pub trait LinkedRows: RelatedTo {}

impl<T: LinkedRows> LinkedRows for Option<T> {}
impl<T: LinkedRows> LinkedRows for Vec<T> {}
impl<T: Hyperlink> Hyperlink for Option<T> {}
impl<T: Hyperlink> Hyperlink for Vec<T> {}

/// Types for which `min_value` and `max_value` make sense.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` has no smallest or largest value",
    label = "not a number",
    note = "`min_value` and `max_value` are for integers, `f64` and `Decimal`"
)]
pub trait Bounded {}

/// Types for which `format` makes sense.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` has no format",
    label = "neither a date, a time nor a UUID",
    note = "`format` is for `Date`, `Time`, `DateTimeUtc` and `Uuid`; `input_formats` for the first three"
)]
pub trait Formatted {
    /// The formats that there are. None for dates and times: their formats are patterns.
    const FORMATS: &'static [&'static str] = &[];
}

/// Types for which `max_digits`, `rounding`, `normalize_output` and the like make sense.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` is not a decimal number",
    label = "not a decimal number",
    note = "`max_digits`, `decimal_places`, `rounding`, `normalize_output` and `coerce_to_string` are for `Decimal`"
)]
pub trait DecimalNumber {}

impl<T: Formatted> Formatted for Option<T> {
    const FORMATS: &'static [&'static str] = T::FORMATS;
}
impl<T: DecimalNumber> DecimalNumber for Option<T> {}

/// Types for which `max_length` makes sense.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` has no length",
    label = "neither text nor a list",
    note = "`min_length` and `max_length` are for `String` and the other text types, and for `Vec<..>`; `max_length` for files too"
)]
pub trait Lengths {}

/// Types for which `min_length` makes sense.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` has no smallest length",
    label = "neither text nor a list",
    note = "`min_length` is for `String` and the other text types, and for `Vec<..>`"
)]
pub trait MinLength: Lengths {}

/// Types for which `allow_empty` makes sense.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` is not a list",
    label = "not a list",
    note = "`allow_empty` is for `Vec<..>`, `MultipleChoice<..>` and `IndexMap<String, ..>`"
)]
pub trait Collection {}

/// Types for which `allow_empty_file` and `use_url` make sense.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` is not a file",
    label = "not a file",
    note = "`allow_empty_file` and `use_url` are for `File` and `Image`"
)]
pub trait Upload {}

/// Types for which `default_timezone` makes sense.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` has no time zone",
    label = "not a date and time with a zone",
    note = "`default_timezone` is for `DateTimeUtc` and `DateTimeWithTimeZone`"
)]
pub trait Zoned {}

/// Types for which `allow_blank`, `trim_whitespace` and `regex` make sense.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` is not text",
    label = "not text",
    note = "`allow_blank`, `trim_whitespace` and `regex` are for `String` and the other text types"
)]
pub trait Text {}

impl<T: Bounded> Bounded for Option<T> {}
impl<T: Lengths> Lengths for Option<T> {}
impl<T: MinLength> MinLength for Option<T> {}
impl<T: Collection> Collection for Option<T> {}
impl<T: Upload> Upload for Option<T> {}
impl<T: Zoned> Zoned for Option<T> {}
impl<T: Text> Text for Option<T> {}
