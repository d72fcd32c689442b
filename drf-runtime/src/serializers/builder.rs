//! How generated code describes a serializer: one call a field, one call an option.

use std::any::Any;
use std::marker::PhantomData;
use std::sync::{Arc, OnceLock};

use regex::Regex;
use sea_orm::sea_query::{ColumnType, Expr, StringLen};
use sea_orm::{DbErr, EntityTrait, FromQueryResult, QueryResult, Select};

use super::depth::show_whole;
use super::description::{ListLimits, SerializerDescription, UniqueTogether};
use super::{ModelSerializer, Nested, Serializer, Write};
use crate::db::{ColumnPath, Kept};
use crate::entity::{Column, Entity, Relation};
use crate::exceptions::ValidationError;
use crate::fields::{
    Bounded, Bounds, Choices, Collection, DecimalNumber, Describe, Field, FieldDescription, FieldKind,
    Formatted, Hyperlink, IndexMap, Lengths, Link, LinkedRows, MinLength, NestedRows, Referable, RelatedTo,
    Rounding, Shown, SlugField, Text, UniqueLookup, Upload, Validator, Zoned,
};
use crate::request::Request;
use crate::source::{ForeignKey, ModelOf, Source, SourceOf};
use crate::text::dates::InputFormat;

/// A serializer that is being described.
#[derive(Debug)]
pub struct Described {
    name: &'static str,
    entity: Option<&'static Entity>,
    fields: Vec<FieldDescription>,
    unique_together: Vec<(Vec<&'static str>, Option<&'static str>, UniqueLookup)>,
    list: ListLimits,
    depth: usize,
    created_by_hook: bool,
    provided: Vec<&'static str>,
    problems: Vec<String>,
}

/// Starts the description of a serializer of an entity.
pub fn describe<E: EntityTrait>(name: &'static str) -> Described {
    Described { entity: Some(Entity::of::<E>()), ..describe_plain(name) }
}

/// Starts the description of a serializer without an entity.
pub fn describe_plain(name: &'static str) -> Described {
    Described {
        name,
        entity: None,
        fields: Vec::new(),
        unique_together: Vec::new(),
        list: ListLimits::default(),
        depth: 0,
        created_by_hook: false,
        provided: Vec::new(),
        problems: Vec::new(),
    }
}

impl Described {
    /// A field that is read from, and perhaps written to, a source of its own type.
    pub fn field<T: Field>(
        &mut self,
        name: &'static str,
        source: Source<impl SourceOf<T, T::Source>>,
        options: fn(FieldBuilder<T>) -> FieldBuilder<T>,
    ) {
        let mut field = FieldDescription::new(name);
        T::describe(&mut field);
        if source.relation.is_none() || !source.path.relations.is_empty() {
            from_column(&mut field, source.path.column, source.path.relations.is_empty());
        } else {
            from_foreign_key(&mut field, source.path.column);
        }
        let column = source.path.column;
        self.set_source(&mut field, source);
        self.check_storage(&field, column);
        if T::IS_RELATION && T::IS_LIST {
            field.required = true;
        }
        if T::IS_LIST && field.read_only {
            field.kind = FieldKind::Field;
            field.child = None;
        }
        self.add(field, options);
    }

    /// Values with items are stored as JSON.
    fn check_storage(&mut self, field: &FieldDescription, column: &Column) {
        let composed = matches!(field.kind, FieldKind::List | FieldKind::Dict | FieldKind::MultipleChoice);
        if composed
            && field.target.is_some()
            && !matches!(column.kind, ColumnType::Json | ColumnType::JsonBinary)
        {
            self.problems
                .push(format!("field `{}`: a list or dict is stored in a column of JSON", field.name));
        }
    }

    /// A row, or a list of rows, of another serializer.
    pub fn nested<T: RowsOf>(
        &mut self,
        name: &'static str,
        source: Source<impl SourceOf<T, T::Source>>,
        options: fn(FieldBuilder<T>) -> FieldBuilder<T>,
    ) {
        let mut field = nested_field::<T>(name);
        self.set_source(&mut field, source);
        // Whether it can be written does not depend on whose foreign key it is: that is for hooks, or `write = ..`.
        field.read_only = field.path.as_ref().is_some_and(|path| path.relations.len() > 1);
        field.show_rows(T::rows());
        self.add(field, options);
    }

    /// An object, or a list of objects, of another serializer, where there are no rows.
    pub fn nested_input<T: Nested>(
        &mut self,
        name: &'static str,
        options: fn(FieldBuilder<T>) -> FieldBuilder<T>,
    ) {
        self.add(nested_field::<T>(name), options);
    }

    fn set_source<S>(&mut self, field: &mut FieldDescription, source: Source<S>) {
        let name = field.name;
        field.read_only |= is_read_only(&source);
        self.problems.extend(source.problem.map(|problem| format!("field `{name}`: {problem}")));
        field.target = Some(source.path.column).filter(|_| source.path.relations.is_empty());
        field.relation = source.relation;
        field.path = Some(source.path);
    }

    /// A field that is the row itself: a link to it.
    pub fn identity<T: Field>(
        &mut self,
        name: &'static str,
        options: fn(FieldBuilder<T>) -> FieldBuilder<T>,
    ) {
        let mut field = FieldDescription::new(name);
        T::describe(&mut field);
        field.read_only = true;
        match self.entity {
            Some(entity) => {
                let column = entity.primary_key();
                let path = ColumnPath { relations: Vec::new(), column, name: column.name.to_owned() };
                field.path = Some(path);
                field.link = Some(Link::to(entity));
            }
            None => self.problems.push(format!("field `{name}`: a link to a row needs `entity = ..`")),
        }
        self.add(field, options);
    }

    /// The same by another column than the primary key.
    pub fn identity_by<T: Field>(
        &mut self,
        name: &'static str,
        source: Source<impl Sized>,
        options: fn(FieldBuilder<T>) -> FieldBuilder<T>,
    ) {
        let by = source.path.column.name;
        self.problems.extend(source.problem.map(|problem| format!("field `{name}`: {problem}")));
        self.identity(name, options);
        if let Some(field) = self.fields.last_mut() {
            field.path = Some(source.path);
            if let Some(link) = field.link.as_mut().filter(|link| link.url_kwarg == "pk") {
                link.url_kwarg = by.into();
            }
        }
    }

    /// A field that a function computes from the model. DRF's `SerializerMethodField`.
    pub fn method<T: Field>(&mut self, name: &'static str, options: fn(FieldBuilder<T>) -> FieldBuilder<T>) {
        let mut field = FieldDescription::new(name);
        T::describe(&mut field);
        field.read_only = true;
        field.shown = Shown::Computed;
        self.add(field, options);
    }

    /// A field that is no column. In a serializer of rows it is input only: hooks decide what it means.
    pub fn input<T: Field>(&mut self, name: &'static str, options: fn(FieldBuilder<T>) -> FieldBuilder<T>) {
        let mut field = FieldDescription::new(name);
        T::describe(&mut field);
        field.write_only = self.entity.is_some();
        field.shown = Shown::Never;
        self.add(field, options);
    }

    fn add<T>(&mut self, field: FieldDescription, options: fn(FieldBuilder<T>) -> FieldBuilder<T>) {
        let builder = FieldBuilder { field, problems: Vec::new(), of: PhantomData };
        let FieldBuilder { mut field, problems, .. } = options(builder);
        self.problems.extend(problems);
        field.required &= !field.read_only && !field.hidden;
        self.fields.push(field);
    }

    /// Fields that no two rows may have equal together.
    pub fn unique_together(&mut self, fields: &[&'static str], message: Option<&'static str>) {
        self.unique_together.push((fields.to_vec(), message, UniqueLookup::Exact));
    }

    /// A field that no two rows of the same day, month or year may have equal. DRF's `UniqueForDateValidator` and its kin.
    pub fn unique_for(&mut self, field: &'static str, date: &'static str, period: UniqueLookup) {
        self.unique_together.push((vec![field, date], None, period));
    }

    /// How many objects a list may have.
    pub fn list(&mut self, limits: ListLimits) {
        self.list = limits;
    }

    /// How many relations deep rows are shown whole, instead of by their keys. DRF's `depth`.
    pub fn depth(&mut self, depth: usize) {
        self.depth = depth;
    }

    /// A hook of its own saves new rows.
    pub fn created_by_hook(&mut self) {
        self.created_by_hook = true;
    }

    /// A column that the model's own hooks set.
    pub fn provided<S>(&mut self, source: Source<S>) {
        self.problems.extend(source.problem.map(|problem| format!("`provided`: {problem}")));
        self.provided.push(source.path.column.name);
    }

    /// The finished description.
    pub fn build(mut self) -> SerializerDescription {
        if self.depth > 0 {
            self.fields.iter_mut().for_each(|field| show_whole(field, self.depth));
        }
        let mut unique_together = Vec::new();
        for (names, message, lookup) in &self.unique_together {
            let index = |name: &&str| self.fields.iter().position(|field| field.name == *name);
            let fields = names.iter().filter_map(index).collect();
            unique_together.push(UniqueTogether { fields, message: *message, lookup: *lookup });
        }
        SerializerDescription {
            name: self.name,
            entity: self.entity,
            fields: self.fields,
            unique_together,
            list: self.list,
            created_by_hook: self.created_by_hook,
            provided: self.provided,
            problems: self.problems,
            plan: OnceLock::new(),
            kept: Kept::default(),
        }
    }
}

fn nested_field<T: Nested>(name: &'static str) -> FieldDescription {
    let mut field = FieldDescription::new(name);
    field.kind = FieldKind::NestedObject;
    field.allow_null = T::NULLABLE;
    field.nested = Some((Describe::By(T::Serializer::description), T::MANY));
    field
}

impl FieldDescription {
    /// Shows related rows as objects. A row is fetched from its table, not from the foreign key.
    pub(super) fn show_rows(&mut self, rows: NestedRows) {
        self.target = None;
        if let (Some(relation), Some(path)) = (&self.relation, &mut self.path) {
            path.relations = whole(std::mem::take(&mut path.relations), relation);
            path.column = relation.to.primary_key();
        }
        self.shown = Shown::Nested(rows);
    }
}

fn whole(mut relations: Vec<Relation>, relation: &Relation) -> Vec<Relation> {
    if relations.last().is_none_or(|last| last.name != relation.name) {
        relations.push(relation.clone());
    }
    relations
}

impl Link {
    /// The URL of a row of a table, as routers name it.
    pub(crate) fn to(entity: &Entity) -> Self {
        Self {
            view_name: format!("{}-detail", entity.object_name.to_lowercase()).into(),
            url_kwarg: "pk".into(),
        }
    }
}

/// A nested serializer of rows: where the rows come from, and how they are shown.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a nested field of a serializer of rows",
    label = "not a serializer of rows",
    note = "`nested` is here for a type with `#[serializer(entity = ..)]`, an `Option` of one, or a `Vec` of one"
)]
pub trait RowsOf: Nested {
    /// What it is read from
    type Source;

    /// How the rows are shown.
    #[doc(hidden)]
    fn rows() -> NestedRows;
}

impl<S: ModelSerializer> RowsOf for S {
    type Source = ForeignKey<S::Entity>;

    fn rows() -> NestedRows {
        NestedRows {
            description: Describe::By(S::description),
            write: S::to_representation,
            model: read_model::<S::Entity>,
        }
    }
}

impl<S: ModelSerializer> RowsOf for Option<S> {
    type Source = Option<ForeignKey<S::Entity>>;

    fn rows() -> NestedRows {
        S::rows()
    }
}

impl<S: ModelSerializer> RowsOf for Vec<S> {
    type Source = Vec<ForeignKey<S::Entity>>;

    fn rows() -> NestedRows {
        S::rows()
    }
}

fn read_model<E: EntityTrait>(row: &QueryResult, prefix: &str) -> Result<Box<dyn Any + Send>, DbErr> {
    Ok(Box::new(E::Model::from_query_result(row, prefix)?))
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
    field.allow_blank |=
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

impl<T> FieldBuilder<T> {
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

    /// It has a default, so it may be left out.
    pub fn defaulted(mut self) -> Self {
        self.field.required = false;
        self.field.defaulted = true;
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
        T: Collection,
    {
        self.field.allow_empty = allow_empty;
        self
    }

    /// The fewest characters or items.
    pub fn min_length(mut self, min_length: usize) -> Self
    where
        T: MinLength,
    {
        self.field.min_length = Some(min_length);
        self
    }

    /// The most characters or items.
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
        self.field.min_value = Some(min_value.into().of_kind(self.field.kind));
        self
    }

    /// The largest number.
    pub fn max_value(mut self, max_value: impl Into<Bounds>) -> Self
    where
        T: Bounded,
    {
        self.field.max_value = Some(max_value.into().of_kind(self.field.kind));
        self
    }

    /// The most digits of a decimal number.
    pub fn max_digits(mut self, max_digits: u32) -> Self
    where
        T: DecimalNumber,
    {
        self.field.max_digits = Some(max_digits);
        self
    }

    /// The digits of a decimal number after the point.
    pub fn decimal_places(mut self, decimal_places: u32) -> Self
    where
        T: DecimalNumber,
    {
        self.field.decimal_places = Some(decimal_places);
        self
    }

    /// The zone of dates and times without an offset, and of those that are shown: `Asia/Shanghai`.
    pub fn default_timezone(mut self, name: &str) -> Self
    where
        T: Zoned,
    {
        match name.parse() {
            Ok(zone) => self.field.timezone = Some(zone),
            Err(_) => {
                self.problems.push(format!("field `{}`: there is no time zone `{name}`", self.field.name));
            }
        }
        self
    }

    /// Whether a file without content is accepted.
    pub fn allow_empty_file(mut self, allow_empty_file: bool) -> Self
    where
        T: Upload,
    {
        self.field.allow_empty = allow_empty_file;
        self
    }

    /// Whether a file is shown by its URL, rather than by its name.
    pub fn use_url(mut self, use_url: bool) -> Self
    where
        T: Upload,
    {
        self.field.use_url = use_url;
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
        if !T::FORMATS.is_empty() && !T::FORMATS.contains(&format) {
            let known = T::FORMATS.join("`, `");
            let problem =
                format!("field `{}`: there is no format `{format}`, but `{known}`", self.field.name);
            self.problems.push(problem);
        }
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

    /// No two rows may have values that are the same for this comparison.
    pub fn unique_lookup(mut self, lookup: UniqueLookup) -> Self {
        self.field.unique = true;
        self.field.unique_lookup = lookup;
        // The constraint is stricter than the comparison, or there is none.
        self.field.constrained &= lookup == UniqueLookup::Exact;
        self
    }

    /// Neither shown nor read from input.
    pub fn hidden(mut self) -> Self {
        self.field.hidden = true;
        self.field.write_only = true;
        self
    }

    /// A validator of one's own. DRF's `validators`.
    pub fn validator(mut self, check: fn(&T) -> Result<(), ValidationError>) -> Self
    where
        T: 'static,
    {
        let run = move |value: &dyn Any| value.downcast_ref::<T>().map_or(Ok(()), check);
        self.field.validators.push(Validator(Arc::new(run)));
        self
    }

    /// A relation whose rows go with nested rows that are replaced.
    pub fn cascade<S>(mut self, source: Source<S>) -> Self {
        let name = self.field.name;
        self.problems
            .extend(source.problem.clone().map(|problem| format!("field `{name}`: `cascade`: {problem}")));
        self.field.cascade.push(source.whole_path());
        // What depends on what depends goes first.
        self.field.cascade.sort_by_key(|path| std::cmp::Reverse(path.len()));
        self
    }

    /// How its nested rows are written.
    pub fn write(mut self, write: Write) -> Self {
        self.field.write = Some(write);
        self
    }

    /// What the items of a list, or the values of a dict, are like.
    pub fn child(mut self, options: fn(FieldBuilder<T::Child>) -> FieldBuilder<T::Child>) -> Self
    where
        T: List,
    {
        if let Some(child) = self.field.child.take() {
            let builder = FieldBuilder { field: *child, problems: Vec::new(), of: PhantomData };
            let FieldBuilder { field, problems, .. } = options(builder);
            self.problems.extend(problems);
            self.field.child = Some(Box::new(field));
        }
        self
    }

    /// The rows that input may point at.
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

    /// The column that stands for the row.
    pub fn slug_field<E: EntityTrait, C>(self, _: fn(&ModelOf<E>) -> &C, name: &'static str) -> Self
    where
        T: SlugField + RelatedTo<Entity = E>,
        C: SourceOf<T::Slug, <T::Slug as Field>::Source>,
    {
        self.by_column::<E>(name)
    }

    /// The column that fills the argument of the URL that a link leads to.
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
            self.problems.push(format!("field `{}`: there is no column `{name}`", self.field.name));
            return self;
        };
        if let (Some(path), Some(relation)) = (&mut self.field.path, &self.field.relation) {
            path.relations = whole(std::mem::take(&mut path.relations), relation);
            path.name = format!("{}__{name}", path.name);
            path.column = column;
        }
        self
    }

    /// The name of the URL that a link leads to.
    pub fn view_name(mut self, name: &'static str) -> Self
    where
        T: Hyperlink,
    {
        if let Some(link) = &mut self.field.link {
            link.view_name = name.into();
        }
        self
    }

    /// The argument of the URL that a link leads to.
    pub fn lookup_url_kwarg(mut self, name: &'static str) -> Self
    where
        T: Hyperlink,
    {
        if let Some(link) = &mut self.field.link {
            link.url_kwarg = name.into();
        }
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

/// Types whose items are fields of their own.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` has no items",
    label = "neither a list nor a dict",
    note = "`child` is for `Vec<..>` and for `IndexMap<String, ..>`"
)]
pub trait List {
    /// What the items are
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
