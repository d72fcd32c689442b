//! What was written: keys and values of the attributes, before anything is concluded from them.

mod action;
mod arguments;
mod choices;
mod docs;
mod field;
mod filters;
mod helpers;
mod list;
mod methods;
mod pagination;
mod permission;
mod policies;
mod rate;
mod regex;
mod serializer;
mod throttle;
mod values;
mod view;
mod view_set;
mod words;

pub(crate) use action::ActionArgs;
pub(crate) use arguments::Given;
pub(crate) use choices::{ChoiceArgs, ChoiceValue};
pub(crate) use docs::doc_comment;
pub(crate) use field::{FieldArgs, Unique};
pub(crate) use filters::{FilterField, OrderingField, OrderingFields, SearchField};
pub(crate) use helpers::{allowed_lints, is_called, strip_helpers, take_attributes};
pub(crate) use methods::methods;
pub(crate) use pagination::{Pagination, pagination};
pub(crate) use permission::{Permission, permissions};
pub(crate) use policies::{POLICIES, PolicyArgs};
pub(crate) use rate::check_rate;
pub(crate) use regex::{check_regex, named_groups};
pub(crate) use serializer::{
    DeclaredBy, ListArgs, Relation, SerializerArgs, UniqueTogether, needs_entity, relations,
};
pub(crate) use throttle::{Throttle, throttles};
pub(crate) use view::{ApiViewArgs, PlainViewSetArgs};
pub(crate) use view_set::{ActionSerializer, Hooks, ViewSetArgs};
pub(crate) use words::{Words, unraw};
