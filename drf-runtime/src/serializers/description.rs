use crate::db::{ColumnPath, Kept};
use crate::entity::{Entity, Relation};
use crate::fields::{FieldDescription, Slot};

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
    /// What was wrong with it, for the errors of the app's build
    pub(crate) problems: Vec<String>,
    pub(crate) plan: Plan,
    /// Statements that look for a row by one of its columns
    pub(crate) kept: Kept,
}

/// Fields that no two rows may have equal together. DRF's `UniqueTogetherValidator`.
#[derive(Debug)]
pub struct UniqueTogether {
    /// The fields, by index
    pub(crate) fields: Vec<usize>,
    /// The message, where it is not DRF's
    pub(crate) message: Option<&'static str>,
}

/// What is fetched to show the fields: one statement for the cells, one for each relation to many.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub(crate) cells: Vec<ColumnPath>,
    pub(crate) batches: Vec<Batch>,
    /// Whether a function of the model is shown, so that all columns are fetched
    pub(crate) model: bool,
}

/// The rows behind a relation to many, for a whole page at once.
#[derive(Debug)]
pub(crate) struct Batch {
    pub(crate) relation: Relation,
    /// The cell of the page's rows that the related rows are matched by
    pub(crate) key: usize,
    /// The cells of the related rows
    pub(crate) cells: Vec<ColumnPath>,
    /// The fields that show them: which field, which cell
    pub(crate) lists: Vec<(usize, usize)>,
}

impl SerializerDescription {
    /// The fields that are shown.
    pub fn readable(&self) -> impl Iterator<Item = &FieldDescription> {
        self.fields.iter().filter(|field| !field.write_only)
    }

    /// The field with a name.
    pub fn field(&self, name: &str) -> Option<&FieldDescription> {
        self.fields.iter().find(|field| field.name == name)
    }
}

impl Plan {
    /// Decides where each field finds its value.
    pub(crate) fn new(
        entity: Option<&'static Entity>,
        fields: &mut [FieldDescription],
        problems: &mut Vec<String>,
    ) -> Self {
        let mut plan = Self::default();
        for (index, field) in fields.iter_mut().enumerate() {
            if field.slot == Slot::Computed {
                plan.model = true;
            }
            let Some(path) = field.path.clone().filter(|_| !field.write_only && field.slot != Slot::Computed)
            else {
                continue;
            };
            field.slot = match path.relations.iter().position(|relation| relation.many) {
                None => Slot::Cell(plan.cell(path)),
                Some(0) => plan.batch(entity, path, index),
                Some(_) => {
                    let message = "a relation to many behind another relation is not supported";
                    problems.push(format!("field `{}`: {message}", field.name));
                    continue;
                }
            };
        }
        plan
    }

    /// Whether everything shown is in the row itself, so that a write can return it.
    pub(crate) fn is_own(&self) -> bool {
        self.batches.is_empty() && self.cells.iter().all(|cell| cell.relations.is_empty())
    }

    fn cell(&mut self, path: ColumnPath) -> usize {
        let same = |cell: &ColumnPath| {
            std::ptr::eq(cell.column, path.column) && same_relations(&cell.relations, &path.relations)
        };
        if let Some(index) = self.cells.iter().position(same) {
            return index;
        }
        self.cells.push(path);
        self.cells.len() - 1
    }

    fn batch(&mut self, entity: Option<&'static Entity>, path: ColumnPath, field: usize) -> Slot {
        let relation = path.relations[0].clone();
        let behind =
            ColumnPath { relations: path.relations[1..].to_vec(), column: path.column, name: path.name };
        let found = self.batches.iter().position(|batch| batch.relation.name == relation.name);
        let number = found.unwrap_or_else(|| {
            let column = entity.and_then(|entity| entity.column_named(&relation.from_column.to_string()));
            let column = column.or(entity.map(Entity::primary_key));
            let key = column
                .map(|column| self.cell(ColumnPath { relations: Vec::new(), column, name: String::new() }));
            self.batches.push(Batch {
                relation,
                key: key.unwrap_or_default(),
                cells: Vec::new(),
                lists: Vec::new(),
            });
            self.batches.len() - 1
        });
        let batch = &mut self.batches[number];
        batch.cells.push(behind);
        batch.lists.push((field, batch.cells.len() - 1));
        Slot::Related(number, batch.lists.len() - 1)
    }
}

fn same_relations(one: &[Relation], other: &[Relation]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.name == other.name)
}
