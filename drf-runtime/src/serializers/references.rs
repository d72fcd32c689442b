use crate::entity::Entity;
use crate::value::Value;

/// Rows that input points at, to be looked for in one statement for each table.
#[derive(Debug, Default)]
pub struct References {
    pub(crate) field: usize,
    pub(crate) items: Vec<Reference>,
}

/// One row that input points at.
#[derive(Debug)]
pub(crate) struct Reference {
    pub(crate) field: usize,
    pub(crate) entity: &'static Entity,
    pub(crate) input: Value,
    pub(crate) key: sea_orm::Value,
}

impl References {
    /// Notes that an input points at the row of a table with a key.
    pub fn add(&mut self, entity: &'static Entity, input: Value, key: sea_orm::Value) {
        self.items.push(Reference { field: self.field, entity, input, key });
    }
}
