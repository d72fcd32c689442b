use super::{Column, Relation};

/// A column of a table or of one related to it: `price`, `publisher.name`.
#[derive(Debug, Clone)]
pub struct ColumnPath {
    /// The relations to follow, in order
    pub relations: Vec<Relation>,
    /// The column at the end
    pub column: &'static Column,
    /// The name on the wire: `publisher__name`
    pub name: String,
}

impl ColumnPath {
    /// Returns whether a row may meet several values.
    pub fn is_many(&self) -> bool {
        self.relations.iter().any(|relation| relation.many)
    }

    /// Follows a relation, unless it is the last one already.
    pub(crate) fn end_with(&mut self, relation: &Relation) {
        if self.relations.last().is_none_or(|last| last.name != relation.name) {
            self.relations.push(relation.clone());
        }
    }
}
