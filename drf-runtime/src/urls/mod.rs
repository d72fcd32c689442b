//! The URLs of an app: which path leads where, and back. Django's `urls.resolvers`.

mod pattern;
mod table;

pub(crate) use pattern::Pattern;
pub(crate) use table::{ListLink, Resource, Route, RoutedAction, UrlTable};
