//! How generated code describes a serializer: one call a field, one call an option.

use std::marker::PhantomData;

use regex::Regex;
use sea_orm::EntityTrait;
use sea_orm::sea_query::{ColumnType, Expr, StringLen};

use super::description::{Plan, SerializerDescription, UniqueTogether};
use crate::db::Kept;
use crate::entity::{Column, Entity};
use crate::fields::{
    Bounded, Bounds, Choices, DecimalNumber, Field, FieldDescription, FieldKind, Formatted, Lengths,
    Rounding, Slot, Text,
};
use crate::source::{Source, SourceOf};
use crate::text::dates::InputFormat;

/// A serializer that is being described.
#[derive(Debug)]
pub struct Described {
    name: &'static str,
    entity: Option<&'static Entity>,
    fields: Vec<FieldDescription>,
    unique_together: Vec<(Vec<&'static str>, Option<&'static str>)>,
    problems: Vec<String>,
}

/// Starts the description of a serializer of an entity.
pub fn describe<E: EntityTrait>(name: &'static str) -> Described {
    let entity = Some(Entity::of::<E>());
    Described { name, entity, fields: Vec::new(), unique_together: Vec::new(), problems: Vec::new() }
}

impl Described {
    /// A field that is read from, and perhaps written to, a source of its own type.
    pub fn field<T: Field>(
        mut self,
        name: &'static str,
        source: Source<impl SourceOf<T, T::Source>>,
        options: impl FnOnce(FieldBuilder<T>) -> FieldBuilder<T>,
    ) -> Self {
        let mut field = FieldDescription::new(name);
        T::describe(&mut field);
        if source.relation.is_none() || !source.path.relations.is_empty() {
            from_column(&mut field, source.path.column, source.path.relations.is_empty());
        } else {
            from_foreign_key(&mut field, source.path.column);
        }
        field.read_only |= is_read_only(&source);
        self.problems.extend(source.problem.map(|problem| format!("field `{name}`: {problem}")));
        if T::IS_RELATION && T::IS_LIST {
            field.required = true;
        }
        if T::IS_LIST && field.read_only {
            field.kind = FieldKind::Field;
        }
        field.relation = source.relation;
        field.path = Some(source.path);
        self.add(field, options)
    }

    /// A field that a function computes from the model. DRF's `SerializerMethodField`.
    pub fn method<T: Field>(
        self,
        name: &'static str,
        options: impl FnOnce(FieldBuilder<T>) -> FieldBuilder<T>,
    ) -> Self {
        let mut field = FieldDescription::new(name);
        T::describe(&mut field);
        field.read_only = true;
        field.slot = Slot::Computed;
        self.add(field, options)
    }

    /// A field that is input only and no column: hooks decide what it means.
    pub fn input<T: Field>(
        self,
        name: &'static str,
        options: impl FnOnce(FieldBuilder<T>) -> FieldBuilder<T>,
    ) -> Self {
        let mut field = FieldDescription::new(name);
        T::describe(&mut field);
        field.write_only = true;
        self.add(field, options)
    }

    fn add<T: Field>(
        mut self,
        field: FieldDescription,
        options: impl FnOnce(FieldBuilder<T>) -> FieldBuilder<T>,
    ) -> Self {
        let builder = FieldBuilder { field, problems: Vec::new(), of: PhantomData };
        let FieldBuilder { mut field, problems, .. } = options(builder);
        self.problems.extend(problems);
        field.required &= !field.read_only;
        self.fields.push(field);
        self
    }

    /// Fields that no two rows may have equal together.
    pub fn unique_together(mut self, fields: &[&'static str], message: Option<&'static str>) -> Self {
        self.unique_together.push((fields.to_vec(), message));
        self
    }

    /// The finished description.
    pub fn build(mut self) -> SerializerDescription {
        let mut unique_together = Vec::new();
        for (names, message) in &self.unique_together {
            let index = |name: &&str| self.fields.iter().position(|field| field.name == *name);
            unique_together
                .push(UniqueTogether { fields: names.iter().filter_map(index).collect(), message: *message });
        }
        let plan = Plan::new(self.entity, &mut self.fields, &mut self.problems);
        SerializerDescription {
            name: self.name,
            entity: self.entity,
            fields: self.fields,
            unique_together,
            problems: self.problems,
            plan,
            kept: Kept::default(),
        }
    }
}

/// What is behind a relation is shown only; so are the rows that point here by their own foreign keys.
fn is_read_only<S>(source: &Source<S>) -> bool {
    match &source.relation {
        None => !source.path.relations.is_empty(),
        Some(relation) => {
            (relation.many && relation.through.is_none())
                || (!relation.many && !source.path.relations.is_empty())
        }
    }
}

/// What the column says and need not be said again. DRF's `ModelSerializer.build_standard_field`.
fn from_column(field: &mut FieldDescription, column: &Column, own: bool) {
    field.max_length = match &column.kind {
        ColumnType::String(StringLen::N(length)) | ColumnType::Char(Some(length)) => Some(*length as usize),
        _ => None,
    };
    field.implied_length = field.max_length.is_some();
    if let ColumnType::Decimal(Some((digits, places))) = &column.kind {
        field.max_digits = Some(*digits);
        field.decimal_places = Some(*places);
    }
    if !own {
        return;
    }
    field.read_only = column.generated;
    field.unique = column.unique || (column.primary_key && !column.generated);
    field.constrained = field.unique;
    field.required = !column.null && column.default.is_none();
    // A column that is empty unless something is written may be emptied too: Django's `blank=True, default=""`.
    field.allow_blank =
        matches!(&column.default, Some(Expr::Value(sea_orm::Value::String(Some(text)))) if text.is_empty());
    if column.generated {
        field.label = field.name.to_uppercase();
    }
}

fn from_foreign_key(field: &mut FieldDescription, column: &Column) {
    field.unique = column.unique;
    field.constrained = field.unique;
    field.required = !column.null && column.default.is_none();
}

/// The options of a field of type `T`. An option that the type cannot have does not compile.
#[derive(Debug)]
pub struct FieldBuilder<T> {
    field: FieldDescription,
    problems: Vec<String>,
    of: PhantomData<fn() -> T>,
}

impl<T: Field> FieldBuilder<T> {
    /// Only shown.
    pub fn read_only(mut self) -> Self {
        self.field.read_only = true;
        self
    }

    /// Only read from input.
    pub fn write_only(mut self) -> Self {
        self.field.write_only = true;
        self
    }

    /// Whether input without it is refused.
    pub fn required(mut self, required: bool) -> Self {
        self.field.required = required;
        self
    }

    /// Whether an empty text is accepted.
    pub fn allow_blank(mut self, allow_blank: bool) -> Self
    where
        T: Text,
    {
        self.field.allow_blank = allow_blank;
        self
    }

    /// Whether outer white space is removed.
    pub fn trim_whitespace(mut self, trim_whitespace: bool) -> Self
    where
        T: Text,
    {
        self.field.trim_whitespace = trim_whitespace;
        self
    }

    /// Whether an empty list is accepted.
    pub fn allow_empty(mut self, allow_empty: bool) -> Self
    where
        T: List,
    {
        self.field.allow_empty = allow_empty;
        self
    }

    /// The fewest characters.
    pub fn min_length(mut self, min_length: usize) -> Self
    where
        T: Lengths,
    {
        self.field.min_length = Some(min_length);
        self
    }

    /// The most characters.
    pub fn max_length(mut self, max_length: usize) -> Self
    where
        T: Lengths,
    {
        self.field.max_length = Some(max_length);
        self.field.implied_length = false;
        self
    }

    /// The smallest number.
    pub fn min_value(mut self, min_value: impl Into<Bounds>) -> Self
    where
        T: Bounded,
    {
        self.field.min_value = Some(min_value.into());
        self
    }

    /// The largest number.
    pub fn max_value(mut self, max_value: impl Into<Bounds>) -> Self
    where
        T: Bounded,
    {
        self.field.max_value = Some(max_value.into());
        self
    }

    /// The pattern that text must match. The macro has compiled it before.
    pub fn regex(mut self, pattern: &str) -> Self
    where
        T: Text,
    {
        self.field.pattern = Regex::new(pattern).ok();
        self
    }

    /// How a date, a time or a UUID is written.
    pub fn format(mut self, format: &'static str) -> Self
    where
        T: Formatted,
    {
        self.field.format = Some(format);
        self
    }

    /// How a date or time may be written in input.
    pub fn input_formats(mut self, formats: &[&'static str]) -> Self
    where
        T: Formatted,
    {
        for format in formats {
            match InputFormat::new(format) {
                Ok(compiled) => self.field.input_formats.push((*format, compiled)),
                Err(error) => self.problems.push(format!("field `{}`: `{format}`: {error}", self.field.name)),
            }
        }
        self
    }

    /// How a decimal number with too many digits is rounded in output.
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

    /// Whether a decimal number is written as text.
    pub fn coerce_to_string(mut self, coerce_to_string: bool) -> Self
    where
        T: DecimalNumber,
    {
        self.field.coerce_to_string = coerce_to_string;
        self
    }

    /// No two rows may have the same value.
    pub fn unique(mut self, unique: bool) -> Self {
        self.field.unique = unique;
        self
    }

    /// The label of a choice is shown in place of its value. Django's `get_<field>_display`.
    pub fn display(mut self) -> Self
    where
        T: Labelled,
    {
        self.field.display = true;
        self.field.kind = FieldKind::String;
        self.field.read_only = true;
        self
    }

    /// A message of one's own for a code.
    pub fn error_message(mut self, code: &'static str, message: &'static str) -> Self {
        self.field.messages.push((code, message));
        self
    }

    /// The name for people.
    pub fn label(mut self, label: &str) -> Self {
        self.field.label = label.to_owned();
        self
    }

    /// The help text.
    pub fn help_text(mut self, help_text: &str) -> Self {
        self.field.help_text = Some(help_text.to_owned());
        self
    }
}

/// Types for which `allow_empty` makes sense.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` is not a list",
    label = "not a list",
    note = "`allow_empty` is for `Vec<..>`"
)]
pub trait List {}

impl<T> List for Vec<T> {}
impl<T: List> List for Option<T> {}

/// Types for which `display` makes sense.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` has no labels",
    label = "not a choice",
    note = "`display` is for enums with `#[derive(Choices)]`"
)]
pub trait Labelled {}

#[diagnostic::do_not_recommend]
impl<T: Choices> Labelled for T {}
