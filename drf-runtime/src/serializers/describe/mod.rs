//! The description of a serializer, as generated code builds it: one call a field, one call an option.

mod columns;
mod options;
mod rows;
mod unique;

pub use options::{FieldBuilder, Labelled, List};

use std::fmt::Display;
use std::sync::OnceLock;

use sea_orm::EntityTrait;
use sea_orm::sea_query::ColumnType;

use self::columns::{from_column, from_foreign_key, is_read_only};
use self::rows::RowsOf;
use self::unique::{add_unique_keys, imply_defaults, sort_rules};
use super::depth::show_whole;
use super::description::{ListLimits, SerializerDescription, UniqueTogether};
use super::nested::Describe;
use super::{Nested, Serializer};
use crate::db::StatementCache;
use crate::fields::{Field, FieldDescription, FieldKind, Output, UniqueLookup, ViewLink};
use crate::schema::source::{Source, SourceOf};
use crate::schema::{Column, ColumnPath, Entity, Place};

/// A serializer that is being described.
#[derive(Debug)]
pub struct SerializerBuilder {
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
pub fn describe<E: EntityTrait>(name: &'static str) -> SerializerBuilder {
    SerializerBuilder { entity: Some(Entity::of::<E>()), ..describe_plain(name) }
}

/// Starts the description of a serializer without an entity.
pub fn describe_plain(name: &'static str) -> SerializerBuilder {
    SerializerBuilder {
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

impl SerializerBuilder {
    /// Returns a field that is read from, and perhaps written to, a source of its own type.
    pub fn field<T: Field>(
        &mut self,
        name: &'static str,
        source: Source<impl SourceOf<T, T::Source>>,
        options: fn(FieldBuilder<T>) -> FieldBuilder<T>,
    ) {
        let mut field = self.field_at(FieldDescription::of::<T>(name), source.place);
        if T::IS_RELATION && T::IS_LIST {
            field.required = true;
        }
        if T::IS_LIST && field.read_only {
            field.kind = FieldKind::Field;
            field.child = None;
        }
        self.add(field, options);
    }

    /// Returns a field with the options that follow from its source. Not generic, so compiled once.
    fn field_at(&mut self, mut field: FieldDescription, place: Place) -> FieldDescription {
        let column = place.path.column;
        if place.relation.is_none() || !place.path.relations.is_empty() {
            from_column(&mut field, column, place.path.relations.is_empty());
        } else {
            from_foreign_key(&mut field, column);
        }
        self.set_source(&mut field, place);
        self.check_storage(&field, column);
        field
    }

    /// Values with items are stored as JSON.
    fn check_storage(&mut self, field: &FieldDescription, column: &Column) {
        let composed = matches!(field.kind, FieldKind::List | FieldKind::Dict | FieldKind::MultipleChoice);
        if composed
            && field.target.is_some()
            && !matches!(column.kind, ColumnType::Json | ColumnType::JsonBinary)
        {
            self.problem(field.name, "a list or dict is stored in a column of JSON");
        }
    }

    /// Returns a row, or a list of rows, of another serializer.
    pub fn nested<T: RowsOf>(
        &mut self,
        name: &'static str,
        source: Source<impl SourceOf<T, T::Source>>,
        options: fn(FieldBuilder<T>) -> FieldBuilder<T>,
    ) {
        let mut field = nested_field::<T>(name);
        self.set_source(&mut field, source.place);
        // Whether it can be written does not depend on whose foreign key it is: that is for hooks, or `write = ..`.
        field.read_only = field.path.as_ref().is_some_and(|path| path.relations.len() > 1);
        field.show_rows(T::rows());
        self.add(field, options);
    }

    /// Returns an object, or a list of objects, of another serializer, where there are no rows.
    pub fn nested_input<T: Nested>(
        &mut self,
        name: &'static str,
        options: fn(FieldBuilder<T>) -> FieldBuilder<T>,
    ) {
        self.add(nested_field::<T>(name), options);
    }

    fn set_source(&mut self, field: &mut FieldDescription, place: Place) {
        field.read_only |= is_read_only(&place) || !self.is_by_key(&place);
        if let Some(problem) = place.problem {
            self.problem(field.name, problem);
        }
        field.target = Some(place.path.column).filter(|_| place.path.relations.is_empty());
        field.relation = place.relation;
        field.path = Some(place.path);
    }

    /// Returns whether other rows reference the primary key, if the source is such rows: it is what is written.
    fn is_by_key(&self, place: &Place) -> bool {
        let key = self.entity.map(|entity| entity.primary_key().name);
        place.relation.as_ref().is_none_or(|relation| {
            !relation.many || key.is_some_and(|key| relation.from_column.to_string() == key)
        })
    }

    /// Returns a field that is the row itself: a link to it.
    pub fn identity<T: Field>(
        &mut self,
        name: &'static str,
        options: fn(FieldBuilder<T>) -> FieldBuilder<T>,
    ) {
        let mut field = FieldDescription::of::<T>(name);
        field.read_only = true;
        match self.entity {
            Some(entity) => {
                let column = entity.primary_key();
                let path = ColumnPath { relations: Vec::new(), column, name: column.name.to_owned() };
                field.path = Some(path);
                field.link = Some(ViewLink::to(entity));
            }
            None => self.problem(name, "a link to a row needs `entity = ..`"),
        }
        self.add(field, options);
    }

    /// Returns the same by another column than the primary key.
    pub fn identity_by<T: Field>(
        &mut self,
        name: &'static str,
        source: Source<impl Sized>,
        options: fn(FieldBuilder<T>) -> FieldBuilder<T>,
    ) {
        self.identity(name, options);
        self.identify_by(source.place);
    }

    /// Sets the column by which the last field identifies the row.
    fn identify_by(&mut self, place: Place) {
        let Some(field) = self.fields.last_mut() else { return };
        let by = place.path.column.name;
        field.path = Some(place.path);
        if let Some(link) = field.link.as_mut().filter(|link| link.url_kwarg == "pk") {
            link.url_kwarg = by.into();
        }
        if let Some(problem) = place.problem {
            let name = field.name;
            self.problem(name, problem);
        }
    }

    /// Returns a field that a function computes from the model. DRF's `SerializerMethodField`.
    pub fn method<T: Field>(&mut self, name: &'static str, options: fn(FieldBuilder<T>) -> FieldBuilder<T>) {
        let mut field = FieldDescription::of::<T>(name);
        field.read_only = true;
        field.output = Output::Method;
        // DRF writes what the method returns as it is.
        field.big_integer = false;
        self.add(field, options);
    }

    /// Returns a field that is no column. In a serializer of rows it is input only: hooks decide what it means.
    pub fn input<T: Field>(&mut self, name: &'static str, options: fn(FieldBuilder<T>) -> FieldBuilder<T>) {
        let mut field = FieldDescription::of::<T>(name);
        field.write_only = self.entity.is_some();
        field.output = Output::None;
        self.add(field, options);
    }

    fn add<T>(&mut self, field: FieldDescription, options: fn(FieldBuilder<T>) -> FieldBuilder<T>) {
        let (mut field, problems) = FieldBuilder::build(field, options);
        self.problems.extend(problems);
        field.required &= !field.read_only && !field.hidden;
        self.fields.push(field);
    }

    fn problem(&mut self, field: &str, what: impl Display) {
        self.problems.push(format!("field `{field}`: {what}"));
    }

    /// Fields that no two rows may have equal together.
    pub fn unique_together(&mut self, fields: &[&'static str], message: Option<&'static str>) {
        self.unique_together.push((fields.to_vec(), message, UniqueLookup::Exact));
    }

    /// A field that no two rows of the same day, month or year may have equal. DRF's `UniqueForDateValidator` and its kin.
    pub fn unique_for(&mut self, field: &'static str, date: &'static str, period: UniqueLookup) {
        self.unique_together.push((vec![field, date], None, period));
    }

    /// Sets the limits of a list of objects.
    pub fn list(&mut self, limits: ListLimits) {
        self.list = limits;
    }

    /// Sets the depth of relations whose rows are serialized whole, instead of by their keys. DRF's `depth`.
    pub fn depth(&mut self, depth: usize) {
        self.depth = depth;
    }

    /// A hook of its own saves new rows.
    pub fn created_by_hook(&mut self) {
        self.created_by_hook = true;
    }

    /// A column that the model's own hooks set.
    pub fn provided<S>(&mut self, source: Source<S>) {
        self.add_provided(source.place);
    }

    fn add_provided(&mut self, place: Place) {
        self.problems.extend(place.problem.map(|problem| format!("`provided`: {problem}")));
        self.provided.push(place.path.column.name);
    }

    /// Returns the finished description.
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
        if let Some(entity) = self.entity {
            self.problems.extend(add_unique_keys(&mut unique_together, entity, &self.fields));
            sort_rules(&mut unique_together, entity, &self.fields);
        }
        imply_defaults(&mut self.fields, &unique_together);
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
            statement_cache: StatementCache::default(),
            write_cache: StatementCache::default(),
        }
    }
}

fn nested_field<T: Nested>(name: &'static str) -> FieldDescription {
    let mut field = FieldDescription::new(name);
    field.kind = FieldKind::NestedObject;
    field.allow_null = T::NULLABLE;
    field.nested = Some((Describe::By(T::Serializer::description).into(), T::MANY));
    field
}
