//! The statements that fetch rows: one for the columns, one more for each relation to many, at any depth.

use super::SerializerDescription;
use super::nested::NestedRows;
use crate::fields::{FieldDescription, Output};
use crate::schema::{Column, ColumnPath, Entity, Relation};

/// One statement, and those for the rows behind its relations to many.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub(crate) cells: Vec<ColumnPath>,
    pub(crate) batches: Vec<Batch>,
    /// The rows of which every column is fetched, for functions of the model
    pub(crate) models: Vec<WholeRow>,
}

/// The rows behind a relation to many, for a whole page at once.
#[derive(Debug)]
pub(crate) struct Batch {
    pub(crate) relation: Relation,
    path: String,
    /// The cell of the page's rows that the related rows are matched by
    pub(crate) key: usize,
    /// The column of that cell
    pub(crate) column: &'static Column,
    pub(crate) plan: Plan,
    /// The lists that are made of the rows: the field, and its place in a row
    pub(crate) lists: Vec<(&'static FieldDescription, Slot)>,
}

/// A related row of which every column is fetched.
#[derive(Debug)]
pub(crate) struct WholeRow {
    pub(crate) entity: &'static Entity,
    pub(crate) relations: Vec<Relation>,
    /// The prefix of the names of its columns; empty for the row itself
    pub(crate) prefix: String,
}

/// The place of each field of a serializer in the rows of a plan.
#[derive(Debug)]
pub(crate) struct Layout {
    pub(crate) fields: &'static [FieldDescription],
    pub(crate) slots: Vec<Slot>,
    /// The prefix of the model's columns, where a method of the model is serialized
    pub(crate) model: Option<String>,
}

/// The place of a field's value in the rows of a plan.
#[derive(Debug)]
pub(crate) enum Slot {
    /// Nowhere: the field has no output
    Hidden,
    /// In the cell with this index
    Cell(usize),
    /// In the rows of a batch: which batch, and which of its lists
    Related(usize, usize),
    /// Computed by a function of the model
    Computed,
    /// In the same row, by another serializer
    Nested(Box<NestedSlot>),
    /// The text of a whole row, whose columns have this prefix
    Text(usize, String),
}

/// A related row inside of a row.
#[derive(Debug)]
pub(crate) struct NestedSlot {
    pub(crate) layout: Layout,
    pub(crate) rows: NestedRows,
    /// The cell that is NULL if there is no such row
    pub(crate) present: Option<usize>,
}

impl SerializerDescription {
    /// Decides where each field finds its value. `problems` tells the fields that cannot be serialized.
    pub(super) fn make_plan(&'static self, problems: &mut Vec<String>) -> (Plan, Layout) {
        let mut planner = Planner { within: vec![self], problems };
        let mut plan = Plan::default();
        let layout = planner.layout(&mut plan, self, &[], self.entity);
        (plan, layout)
    }
}

struct Planner<'a> {
    /// The serializers around the present one
    within: Vec<&'static SerializerDescription>,
    problems: &'a mut Vec<String>,
}

impl Planner<'_> {
    /// Returns the layout of a serializer of the row at the end of some relations.
    fn layout(
        &mut self,
        plan: &mut Plan,
        serializer: &'static SerializerDescription,
        prefix: &[Relation],
        entity: Option<&'static Entity>,
    ) -> Layout {
        let slot = |field: &'static FieldDescription| self.slot(plan, field, prefix, entity);
        let slots: Vec<Slot> = serializer.fields.iter().map(slot).collect();
        let computed = slots.iter().any(|slot| matches!(slot, Slot::Computed));
        let model = entity.filter(|_| computed).map(|entity| plan.whole_row(entity, prefix));
        Layout { fields: &serializer.fields, slots, model }
    }

    fn slot(
        &mut self,
        plan: &mut Plan,
        field: &'static FieldDescription,
        prefix: &[Relation],
        entity: Option<&'static Entity>,
    ) -> Slot {
        if matches!(field.output, Output::Method) {
            return Slot::Computed;
        }
        let Some(path) = field.path.as_ref().filter(|_| !field.write_only && !field.hidden) else {
            return Slot::Hidden;
        };
        if matches!(field.output, Output::None) {
            return Slot::Hidden;
        }
        let relations: Vec<Relation> = prefix.iter().chain(&path.relations).cloned().collect();
        let path = ColumnPath { relations, column: path.column, name: joined_name(prefix, &path.name) };
        match path.relations.iter().skip(prefix.len()).position(|relation| relation.many) {
            None => self.single(plan, field, path),
            Some(many) => self.many(plan, field, path, prefix.len() + many, entity),
        }
    }

    /// Returns a value in the row itself, or behind relations to one row.
    fn single(&mut self, plan: &mut Plan, field: &'static FieldDescription, path: ColumnPath) -> Slot {
        match &field.output {
            Output::Nested(serializer) => {
                let rows = NestedRows::of(serializer);
                let to = field.relation.as_ref().map(|relation| relation.to);
                let relations = path.relations.clone();
                let present = Some(plan.cell(path));
                match self.nested(plan, rows, &relations, to) {
                    None => Slot::Hidden,
                    Some(layout) => Slot::Nested(Box::new(NestedSlot { layout, rows, present })),
                }
            }
            Output::Text(_) => match &field.relation {
                None => Slot::Hidden,
                Some(relation) => {
                    let mut relations = path.relations.clone();
                    if !relation.many && relations.last().is_none_or(|last| last.name != relation.name) {
                        relations.push(relation.clone());
                    }
                    let prefix = plan.whole_row(relation.to, &relations);
                    Slot::Text(plan.cell(path), prefix)
                }
            },
            _ => Slot::Cell(plan.cell(path)),
        }
    }

    fn nested(
        &mut self,
        plan: &mut Plan,
        rows: NestedRows,
        relations: &[Relation],
        entity: Option<&'static Entity>,
    ) -> Option<Layout> {
        let serializer = rows.description.description();
        if self.within.iter().any(|outer| std::ptr::eq(*outer, serializer)) {
            self.problems
                .push(format!("it shows itself again, by way of `{}`, without end", serializer.name));
            return None;
        }
        self.within.push(serializer);
        let layout = self.layout(plan, serializer, relations, entity);
        self.within.pop();
        Some(layout)
    }

    /// Returns a list of values: a batch of its own, or a further list of one that is there already.
    fn many(
        &mut self,
        plan: &mut Plan,
        field: &'static FieldDescription,
        path: ColumnPath,
        many: usize,
        entity: Option<&'static Entity>,
    ) -> Slot {
        let (before, relation) = (&path.relations[..many], path.relations[many].clone());
        let behind = ColumnPath {
            relations: path.relations[many + 1..].to_vec(),
            column: path.column,
            name: path.name.clone(),
        };
        if behind.is_many() {
            let message = "a relation to many behind another one: show it with a nested serializer";
            self.problems.push(format!("field `{}`: {message}", field.name));
            return Slot::Hidden;
        }
        let from = before.last().map(|relation| relation.to).or(entity);
        let number = plan.batch(before, relation, from);
        let mut inner = std::mem::take(&mut plan.batches[number].plan);
        let slot = self.single(&mut inner, field, behind);
        let batch = &mut plan.batches[number];
        batch.plan = inner;
        batch.lists.push((field, slot));
        Slot::Related(number, batch.lists.len() - 1)
    }
}

impl Plan {
    /// Returns whether all columns are those of the row itself, so that a write can return it.
    pub(crate) fn is_own(&self) -> bool {
        self.batches.is_empty()
            && self.cells.iter().all(|cell| cell.relations.is_empty())
            && self.models.iter().all(|model| model.relations.is_empty())
    }

    fn cell(&mut self, path: ColumnPath) -> usize {
        let same = |cell: &ColumnPath| {
            std::ptr::eq(cell.column, path.column) && path_name(&cell.relations) == path_name(&path.relations)
        };
        if let Some(index) = self.cells.iter().position(same) {
            return index;
        }
        self.cells.push(path);
        self.cells.len() - 1
    }

    /// Fetches every column of a row; gives back what their names begin with.
    fn whole_row(&mut self, entity: &'static Entity, relations: &[Relation]) -> String {
        let prefix = match relations {
            [] => String::new(),
            _ => format!("{}__", path_name(relations)),
        };
        if self.models.iter().all(|model| model.prefix != prefix) {
            self.models.push(WholeRow { entity, relations: relations.to_vec(), prefix: prefix.clone() });
        }
        prefix
    }

    fn batch(&mut self, before: &[Relation], relation: Relation, from: Option<&'static Entity>) -> usize {
        let path = joined_name(before, relation.name);
        if let Some(found) = self.batches.iter().position(|batch| batch.path == path) {
            return found;
        }
        let column = from.and_then(|entity| entity.column_named(&relation.from_column.to_string()));
        let column = column.or(from.map(Entity::primary_key));
        let key = column.map(|column| {
            let name = joined_name(before, column.name);
            self.cell(ColumnPath { relations: before.to_vec(), column, name })
        });
        let (plan, lists) = (Plan::default(), Vec::new());
        let (key, column) = (key.unwrap_or(0), column.unwrap_or(relation.to.primary_key()));
        self.batches.push(Batch { relation, path, key, column, plan, lists });
        self.batches.len() - 1
    }
}

fn path_name(relations: &[Relation]) -> String {
    relations.iter().map(|relation| relation.name).collect::<Vec<_>>().join("__")
}

fn joined_name(relations: &[Relation], name: &str) -> String {
    if relations.is_empty() { name.to_owned() } else { format!("{}__{name}", path_name(relations)) }
}
