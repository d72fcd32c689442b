use std::sync::OnceLock;

use super::plan::{Layout, Plan};
use super::save::WriteShape;
use crate::db::StatementCache;
use crate::fields::{FieldDescription, UniqueLookup};
use crate::schema::{Column, Entity};

/// A serializer as the runtime sees it. Made once, when it is first used.
#[derive(Debug)]
pub struct SerializerDescription {
    /// The name of the struct
    pub name: &'static str,
    /// The table whose rows it serializes; a plain serializer has none
    pub entity: Option<&'static Entity>,
    /// The fields, in the order of the struct
    pub fields: Vec<FieldDescription>,
    /// Fields that no two rows may have equal together
    pub unique_together: Vec<UniqueTogether>,
    /// The limits of a list of objects
    pub list: ListLimits,
    /// True if a hook of its own saves new rows
    pub(crate) created_by_hook: bool,
    /// Columns that the model's own hooks set
    pub(crate) provided: Vec<&'static str>,
    /// The mistakes in it, for the errors of the app's build
    pub(crate) problems: Vec<String>,
    pub(crate) plan: OnceLock<(Plan, Layout, Vec<String>)>,
    /// The statements that look up a row by one of its columns
    pub(crate) statement_cache: StatementCache,
    /// The statements that insert or update a row
    pub(crate) write_cache: StatementCache<WriteShape>,
}

/// Fields that no two rows may have equal together. DRF's `UniqueTogetherValidator`.
#[derive(Debug)]
pub struct UniqueTogether {
    /// The fields, by index
    pub(crate) fields: Vec<usize>,
    /// The message, where it is not DRF's
    pub(crate) message: Option<&'static str>,
    /// The comparison of the last field; where it is a period, the rule is DRF's `UniqueForDateValidator` and its kin
    pub(crate) lookup: UniqueLookup,
}

/// The limits of a list of objects. The arguments of DRF's `ListSerializer`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListLimits {
    /// True if there may be none
    pub allow_empty: bool,
    /// The fewest
    pub min_length: Option<usize>,
    /// The most
    pub max_length: Option<usize>,
}

impl Default for ListLimits {
    fn default() -> Self {
        Self { allow_empty: true, min_length: None, max_length: None }
    }
}

impl SerializerDescription {
    /// Returns the fields with output.
    pub fn readable(&self) -> impl Iterator<Item = &FieldDescription> {
        self.fields.iter().filter(|field| !field.write_only && !field.hidden)
    }

    /// Returns the field with a name.
    pub fn field(&self, name: &str) -> Option<&FieldDescription> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Returns whether a field is the primary key of the row.
    pub(crate) fn is_key(&self, field: usize) -> bool {
        self.fields[field].target.is_some_and(|column| column.primary_key)
    }

    /// Returns the columns without which there is no new row, and which nothing writes. A date or time may be set by the model
    /// itself, as Django's `auto_now` is; one whose field is read-only with a default, by a hook, as in DRF.
    pub(crate) fn unwritten_columns(&self) -> Vec<&'static str> {
        let Some(entity) = self.entity.filter(|_| !self.created_by_hook) else { return Vec::new() };
        let written = |column: &Column| {
            let writes = |field: &FieldDescription| {
                (!field.read_only || field.defaulted)
                    && field.target.is_some_and(|target| target.name == column.name)
            };
            self.fields.iter().any(writes) || self.provided.contains(&column.name)
        };
        let needed = |column: &&Column| {
            !column.null
                && column.default.is_none()
                && !column.generated
                && !column.is_temporal()
                && !written(column)
        };
        entity.columns.iter().filter(needed).map(|column| column.name).collect()
    }

    /// Returns the field that is the primary key of the row.
    pub(crate) fn key(&self) -> Option<&FieldDescription> {
        (0..self.fields.len()).find(|field| self.is_key(*field)).map(|field| &self.fields[field])
    }

    /// Returns the plan of the statements that fetch the fields.
    pub(crate) fn plan(&'static self) -> &'static Plan {
        &self.planned().0
    }

    /// Returns the place of each field in the rows of the plan.
    pub(crate) fn layout(&'static self) -> &'static Layout {
        &self.planned().1
    }

    /// Returns the mistakes in it.
    pub(crate) fn all_problems(&'static self) -> impl Iterator<Item = &'static String> {
        self.problems.iter().chain(&self.planned().2)
    }

    fn planned(&'static self) -> &'static (Plan, Layout, Vec<String>) {
        self.plan.get_or_init(|| {
            let mut problems = Vec::new();
            let (plan, layout) = self.make_plan(&mut problems);
            (plan, layout, problems)
        })
    }
}
