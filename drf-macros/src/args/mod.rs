//! The attributes as written: keys and values, before anything is concluded from them.

mod action;
mod arguments;
mod choices;
mod docs;
mod field;
mod field_path;
mod filters;
mod helpers;
mod list;
mod methods;
mod pagination;
mod policies;
mod regex;
mod serializer;
mod signature;
mod values;
mod view;
mod view_set;

pub(crate) use action::ActionArgs;
pub(crate) use arguments::Given;
pub(crate) use choices::{ChoiceArgs, ChoiceValue};
pub(crate) use docs::doc_comment;
#[cfg(test)]
pub(crate) use field::{CHILD, NestedArgs, UniqueArgs};
pub(crate) use field::{FieldArgs, Unique};
pub(crate) use field_path::FieldPath;
pub(crate) use filters::{FilterField, OrderingField, OrderingFields, SearchField};
pub(crate) use helpers::{allowed_lints, is_called, strip_helpers, take_attributes};
pub(crate) use list::list;
pub(crate) use methods::methods;
pub(crate) use pagination::{Pagination, pagination};
pub(crate) use policies::PolicyArgs;
pub(crate) use regex::named_groups;
pub(crate) use serializer::{
    DeclaredBy, FieldAndDate, ListArgs, Relation, SerializerArgs, UniqueTogether, relations,
};
#[cfg(test)]
pub(crate) use serializer::{ExplicitRelation, UniqueTogetherArgs};
pub(crate) use signature::ArgumentsOf;
pub(crate) use values::{Number, class, classes};
#[cfg(test)]
pub(crate) use view::ApiViewOptions;
pub(crate) use view::{ApiViewArgs, PlainViewSetArgs};
pub(crate) use view_set::{ActionSerializer, ViewSetArgs};
