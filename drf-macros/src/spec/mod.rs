//! The meaning of the attributes: names resolved, defaults chosen, rules checked. No tokens are made here.

mod actions;
pub(crate) mod checks;
mod choices;
mod field;
mod filters;
mod options;
mod policies;
mod serializer;
mod source;
mod verb;
mod view;
mod view_set;

pub(crate) use actions::{ActionsSpec, ExtraAction, Parameter};
pub(crate) use choices::{ChoiceSpec, ChoicesSpec, Values, is_active_enum};
pub(crate) use field::{Default, FieldSpec, Place};
pub(crate) use filters::{Filters, Lookup};
pub(crate) use options::{FieldOption, OptionValue};
pub(crate) use policies::Policies;
pub(crate) use serializer::{ListSpec, SerializerSpec, UniqueFor, UniqueTogether};
pub(crate) use source::{Relation, Source, Step};
pub(crate) use verb::Verb;
pub(crate) use view::{ApiViewSpec, PlainViewSetSpec};
pub(crate) use view_set::{Variant, ViewSetSpec};

// These values mean what is written, so they have no types of their own here.
pub(crate) use crate::args::{ChoiceValue, DeclaredBy, Pagination};
