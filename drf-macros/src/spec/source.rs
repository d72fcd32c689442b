use proc_macro2::{Ident, Span};

use crate::args::{Relation, Words, unraw};

/// Where a value is read: a column, a relation, or a column behind relations.
#[derive(Clone)]
pub(crate) struct Source {
    /// The words, as in `publisher.name`
    pub(crate) words: Words,
    /// What `relations(..)` says about the first word
    pub(crate) relation: Option<Relation>,
}

impl Source {
    pub(crate) fn new(words: Words, relations: &[Relation]) -> Self {
        let first = words.0.first().map(unraw);
        let relation = relations.iter().find(|relation| Some(unraw(&relation.name)) == first).cloned();
        Self { words, relation }
    }

    /// A column or relation of the model itself.
    pub(crate) fn own(word: Ident, relations: &[Relation]) -> Self {
        Self::new(Words(vec![word]), relations)
    }

    /// Whether it is behind a relation.
    pub(crate) fn is_dotted(&self) -> bool {
        self.words.0.len() > 1
    }

    /// The word at the end.
    pub(crate) fn span(&self) -> Span {
        self.words.span()
    }
}
