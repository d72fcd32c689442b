use proc_macro2::{Ident, Span};
use syn::Path;

use super::DeclaredBy;
use crate::args::{self, FieldPath};

/// The place that a value is read from: a column, a relation, or either through relations.
#[derive(Clone)]
pub(crate) struct Source {
    /// The steps of `publisher.name`; there is one at least
    pub(crate) steps: Vec<Step>,
}

/// A name in a source.
#[derive(Clone)]
pub(crate) struct Step {
    pub(crate) name: Ident,
    /// The relation, if `relations(..)` declares one
    pub(crate) relation: Option<Relation>,
}

/// A relation that `relations(..)` declares.
#[derive(Clone)]
pub(crate) struct Relation {
    pub(crate) entity: Path,
    pub(crate) many: bool,
    /// The variants that declare it, if its name does not say it
    pub(crate) declared: Option<DeclaredBy>,
}

impl Source {
    pub(crate) fn new(path: &FieldPath, relations: &[args::Relation]) -> Self {
        let step = |(index, name): (usize, &Ident)| {
            let declared = relations.iter().find(|relation| relation.is_at(&path.0[..=index]));
            Step { name: name.clone(), relation: declared.map(Relation::new) }
        };
        Self { steps: path.0.iter().enumerate().map(step).collect() }
    }

    /// Returns a column or relation of the model itself.
    pub(crate) fn own(name: &Ident, relations: &[args::Relation]) -> Self {
        Self::new(&FieldPath(vec![name.clone()]), relations)
    }

    /// Tells whether it is read through a relation.
    pub(crate) fn is_related(&self) -> bool {
        self.steps.len() > 1
    }

    /// Returns the name at the end.
    pub(crate) fn last(&self) -> Option<&Ident> {
        self.steps.last().map(|step| &step.name)
    }

    /// Returns the place of the name at the end.
    pub(crate) fn span(&self) -> Span {
        self.last().map_or_else(Span::call_site, Ident::span)
    }
}

impl Relation {
    fn new(args: &args::Relation) -> Self {
        Self { entity: args.entity.clone(), many: args.many, declared: args.declared.clone() }
    }
}
