//! The options of a field, one method each.

use std::any::Any;
use std::fmt::Display;
use std::marker::PhantomData;
use std::sync::Arc;

use regex::Regex;
use sea_orm::{EntityTrait, Select};

use crate::exceptions::ValidationError;
use crate::fields::{
    Bounded, Bounds, Choices, Coerced, Collection, DecimalNumber, Field, FieldDescription, FieldKind,
    Formatted, Hyperlink, IndexMap, Lengths, LinkedRows, MinLength, Referable, RelatedTo, Rounding,
    SlugField, Text, UniqueLookup, Upload, Validator, Write, Zoned,
};
use crate::request::Request;
use crate::schema::Entity;
use crate::schema::source::{ModelOf, Source, SourceOf};
use crate::text::dates::InputFormat;

/// The options of a field of type `T`. An option that the type cannot have does not compile.
#[derive(Debug)]
pub struct FieldBuilder<T> {
    field: FieldDescription,
    problems: Vec<String>,
    of: PhantomData<fn() -> T>,
}

impl<T> FieldBuilder<T> {
    /// Creates a field with its options, and what is wrong with them.
    pub(super) fn build(
        field: FieldDescription,
        options: fn(Self) -> Self,
    ) -> (FieldDescription, Vec<String>) {
        let built = options(Self { field, problems: Vec::new(), of: PhantomData });
        (built.field, built.problems)
    }

    fn problem(&mut self, what: impl Display) {
        self.problems.push(format!("field `{}`: {what}", self.field.name));
    }

    /// Makes the field read-only.
    pub fn read_only(mut self) -> Self {
        self.field.read_only = true;
        self
    }

    /// Only read from input.
    pub fn write_only(mut self) -> Self {
        self.field.write_only = true;
        self
    }

    /// Sets whether input without it is refused. A relation to many rows that is not required may be empty too, as with Django's
    /// `blank=True`.
    pub fn required(mut self, required: bool) -> Self {
        self.field.required = required;
        self.field.allow_empty |=
            !required && self.field.relation.as_ref().is_some_and(|relation| relation.many);
        self
    }

    /// It has a default, so it may be left out.
    pub fn defaulted(mut self) -> Self {
        self.field.required = false;
        self.field.defaulted = true;
        self
    }

    /// Sets whether an empty text is accepted.
    pub fn allow_blank(mut self, allow_blank: bool) -> Self
    where
        T: Text,
    {
        self.field.allow_blank = allow_blank;
        self
    }

    /// Sets whether outer white space is removed.
    pub fn trim_whitespace(mut self, trim_whitespace: bool) -> Self
    where
        T: Text,
    {
        self.field.trim_whitespace = trim_whitespace;
        self
    }

    /// Sets whether an empty list is accepted.
    pub fn allow_empty(mut self, allow_empty: bool) -> Self
    where
        T: Collection,
    {
        self.field.allow_empty = allow_empty;
        self
    }

    /// Sets the fewest characters or items.
    pub fn min_length(mut self, min_length: usize) -> Self
    where
        T: MinLength,
    {
        self.field.min_length = Some(min_length);
        self
    }

    /// Sets the most characters or items.
    pub fn max_length(mut self, max_length: usize) -> Self
    where
        T: Lengths,
    {
        self.field.max_length = Some(max_length);
        self.field.implied_length = false;
        self
    }

    /// Sets the smallest number.
    pub fn min_value(mut self, min_value: impl Into<Bounds>) -> Self
    where
        T: Bounded,
    {
        self.field.min_value = Some(min_value.into().of_kind(self.field.kind));
        self
    }

    /// Sets the largest number.
    pub fn max_value(mut self, max_value: impl Into<Bounds>) -> Self
    where
        T: Bounded,
    {
        self.field.max_value = Some(max_value.into().of_kind(self.field.kind));
        self
    }

    /// Sets the most digits of a decimal number.
    pub fn max_digits(mut self, max_digits: u32) -> Self
    where
        T: DecimalNumber,
    {
        self.field.max_digits = Some(max_digits);
        self
    }

    /// Sets the digits of a decimal number after the point.
    pub fn decimal_places(mut self, decimal_places: u32) -> Self
    where
        T: DecimalNumber,
    {
        self.field.decimal_places = Some(decimal_places);
        self
    }

    /// Sets the zone of dates and times without an offset, and of those in output: `Asia/Shanghai`.
    pub fn default_timezone(mut self, name: &str) -> Self
    where
        T: Zoned,
    {
        match name.parse() {
            Ok(zone) => self.field.timezone = Some(zone),
            Err(_) => self.problem(format_args!("there is no time zone `{name}`")),
        }
        self
    }

    /// Sets whether a file without content is accepted.
    pub fn allow_empty_file(mut self, allow_empty_file: bool) -> Self
    where
        T: Upload,
    {
        self.field.allow_empty = allow_empty_file;
        self
    }

    /// Sets whether a file is output as its URL, rather than by its name.
    pub fn use_url(mut self, use_url: bool) -> Self
    where
        T: Upload,
    {
        self.field.use_url = use_url;
        self
    }

    /// Sets the pattern that text must match. The macro has compiled it before.
    pub fn regex(mut self, pattern: &str) -> Self
    where
        T: Text,
    {
        self.field.pattern = Regex::new(pattern).ok();
        self
    }

    /// Sets the output format of a date, a time or a UUID.
    pub fn format(mut self, format: &'static str) -> Self
    where
        T: Formatted,
    {
        if !T::FORMATS.is_empty() && !T::FORMATS.contains(&format) {
            let known = T::FORMATS.join("`, `");
            self.problem(format_args!("there is no format `{format}`, but `{known}`"));
        }
        self.field.format = Some(format);
        self
    }

    /// Sets the input formats of a date or time.
    pub fn input_formats(mut self, formats: &[&'static str]) -> Self
    where
        T: Formatted,
    {
        for format in formats {
            match InputFormat::new(format) {
                Ok(compiled) => self.field.input_formats.push((*format, compiled)),
                Err(error) => self.problem(format_args!("`{format}`: {error}")),
            }
        }
        self
    }

    /// Sets the rounding in output of a decimal number with too many digits.
    pub fn rounding(mut self, rounding: Rounding) -> Self
    where
        T: DecimalNumber,
    {
        self.field.rounding = rounding;
        self
    }

    /// Trailing zeros of a decimal number are left out.
    pub fn normalize_output(mut self) -> Self
    where
        T: DecimalNumber,
    {
        self.field.normalize_output = true;
        self
    }

    /// Sets whether a decimal number or a large integer is written as text.
    pub fn coerce_to_string(mut self, coerce_to_string: bool) -> Self
    where
        T: Coerced,
    {
        self.field.coerce_to_string = Some(coerce_to_string);
        self
    }

    /// No two rows may have the same value.
    pub fn unique(mut self, unique: bool) -> Self {
        self.field.unique = unique;
        self
    }

    /// No two rows may have values that are the same for this comparison.
    pub fn unique_lookup(mut self, lookup: UniqueLookup) -> Self {
        self.field.unique = true;
        self.field.unique_lookup = lookup;
        // The constraint is stricter than the comparison, or there is none.
        self.field.constrained &= lookup == UniqueLookup::Exact;
        self
    }

    /// Makes the field hidden: neither in output nor read from input.
    pub fn hidden(mut self) -> Self {
        self.field.hidden = true;
        self.field.write_only = true;
        self
    }

    /// Returns a validator of one's own. DRF's `validators`.
    pub fn validator(mut self, check: fn(&T) -> Result<(), ValidationError>) -> Self
    where
        T: 'static,
    {
        let run = move |value: &dyn Any| value.downcast_ref::<T>().map_or(Ok(()), check);
        self.field.validators.push(Validator(Arc::new(run)));
        self
    }

    /// Adds a relation whose rows are deleted with nested rows that are replaced.
    pub fn cascade<S>(mut self, source: Source<S>) -> Self {
        if let Some(problem) = &source.place.problem {
            self.problem(format_args!("`cascade`: {problem}"));
        }
        self.field.cascade.push(source.place.whole_path());
        // What depends on what depends goes first.
        self.field.cascade.sort_by_key(|path| std::cmp::Reverse(path.len()));
        self
    }

    /// Sets the way in which its nested rows are written.
    pub fn write(mut self, write: Write) -> Self {
        self.field.write = Some(write);
        self
    }

    /// Sets the options of the items of a list, or of the values of a dict.
    pub fn child(mut self, options: fn(FieldBuilder<T::Child>) -> FieldBuilder<T::Child>) -> Self
    where
        T: List,
    {
        if let Some(child) = self.field.child.take() {
            let (field, problems) = FieldBuilder::build(*child, options);
            self.problems.extend(problems);
            self.field.child = Some(Box::new(field));
        }
        self
    }

    /// Returns the rows that input may point at.
    pub fn queryset<E: EntityTrait>(
        mut self,
        limit: impl Fn(&Request, Select<E>) -> Select<E> + Send + Sync + 'static,
    ) -> Self
    where
        T: RelatedTo<Entity = E>,
    {
        self.field.queryset = Some(Referable(Arc::new(move |request| limit(request, E::find()).into())));
        self
    }

    /// Sets the column that stands for the row.
    pub fn slug_field<E: EntityTrait, C>(self, _: fn(&ModelOf<E>) -> &C, name: &'static str) -> Self
    where
        T: SlugField + RelatedTo<Entity = E>,
        C: SourceOf<T::Slug, <T::Slug as Field>::Source>,
    {
        self.by_column::<E>(name)
    }

    /// Sets the column that fills the argument of the URL that a link leads to.
    pub fn lookup_field<E: EntityTrait, C>(self, _: fn(&ModelOf<E>) -> &C, name: &'static str) -> Self
    where
        T: LinkedRows + RelatedTo<Entity = E>,
    {
        let mut builder = self.by_column::<E>(name);
        if let Some(link) = &mut builder.field.link {
            link.url_kwarg = name.into();
        }
        builder
    }

    fn by_column<E: EntityTrait>(mut self, name: &'static str) -> Self {
        let Some(column) = Entity::column::<E>(name) else {
            self.problem(format_args!("there is no column `{name}`"));
            return self;
        };
        if let (Some(path), Some(relation)) = (&mut self.field.path, &self.field.relation) {
            path.end_with(relation);
            path.name = format!("{}__{name}", path.name);
            path.column = column;
        }
        self
    }

    /// Sets the name of the URL that a link leads to.
    pub fn view_name(mut self, name: &'static str) -> Self
    where
        T: Hyperlink,
    {
        if let Some(link) = &mut self.field.link {
            link.view_name = name.into();
        }
        self
    }

    /// Sets the argument of the URL that a link leads to.
    pub fn lookup_url_kwarg(mut self, name: &'static str) -> Self
    where
        T: Hyperlink,
    {
        if let Some(link) = &mut self.field.link {
            link.url_kwarg = name.into();
        }
        self
    }

    /// Outputs the label of a choice in place of its value. Django's `get_<field>_display`.
    pub fn display(mut self) -> Self
    where
        T: Labelled,
    {
        self.field.display = true;
        self.field.kind = FieldKind::String;
        self.field.read_only = true;
        self
    }

    /// Adds a message of one's own for a code.
    pub fn error_message(mut self, code: &'static str, message: &'static str) -> Self {
        self.field.messages.push((code, message));
        self
    }

    /// Sets the name for people.
    pub fn label(mut self, label: &str) -> Self {
        self.field.label = label.to_owned();
        self
    }

    /// Sets the help text.
    pub fn help_text(mut self, help_text: &str) -> Self {
        self.field.help_text = Some(help_text.to_owned());
        self
    }
}

/// Types whose items are fields of their own.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` has no items",
    label = "neither a list nor a dict",
    note = "`child` is for `Vec<..>` and for `IndexMap<String, ..>`"
)]
pub trait List {
    /// The type of the items
    type Child;
}

impl<T> List for Vec<T> {
    type Child = T;
}

impl<T> List for IndexMap<String, T> {
    type Child = T;
}

impl<T: List> List for Option<T> {
    type Child = T::Child;
}

/// Types for which `display` makes sense.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` has no labels",
    label = "not a choice",
    note = "`display` is for enums with `#[derive(Choices)]`"
)]
pub trait Labelled {}

#[diagnostic::do_not_recommend]
impl<T: Choices> Labelled for T {}

impl<T: Labelled> Labelled for Option<T> {}
