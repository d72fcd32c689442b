//! What was meant: names resolved, defaults chosen, rules checked.

mod actions;
pub(crate) mod checks;
mod choices;
mod field;
mod filters;
mod policies;
mod serializer;
mod source;
mod verb;
mod view;
mod view_set;

pub(crate) use actions::{ActionsSpec, ExtraAction, Parameter};
pub(crate) use choices::{ChoiceSpec, ChoicesSpec, Values, is_active_enum};
pub(crate) use field::{Default, FieldOption, FieldSpec, Place, variant};
pub(crate) use filters::{Filters, Lookup};
pub(crate) use policies::Policies;
pub(crate) use serializer::{SerializerSpec, UniqueFor, UniqueTogether};
pub(crate) use source::Source;
pub(crate) use verb::Verb;
pub(crate) use view::{ApiViewSpec, PlainViewSetSpec};
pub(crate) use view_set::{Variant, ViewSetSpec};
