use proc_macro2::{Ident, Span};

use crate::args::{Relation, Words};

/// Where a value is read: a column, a relation, or a column behind relations.
#[derive(Clone)]
pub(crate) struct Source {
    /// The words, as in `publisher.name`
    pub(crate) words: Words,
    /// What `relations(..)` says about each word, as far as it says anything
    pub(crate) relations: Vec<Option<Relation>>,
}

impl Source {
    pub(crate) fn new(words: Words, relations: &[Relation]) -> Self {
        let declared =
            |end: usize| relations.iter().find(|relation| relation.is_at(&words.0[..end])).cloned();
        let relations = (1..=words.0.len()).map(declared).collect();
        Self { words, relations }
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
