//! Django REST framework, compiled.
//!
//! Write a sea-orm entity, annotate a serializer struct and a viewset struct, and get the whole CRUD API that DRF would
//! give: the same URLs, JSON, errors, query parameters, headers and status codes.

#![cfg_attr(test, allow(clippy::disallowed_methods, reason = "tests"))]

extern crate self as drf;

pub mod authentication;
pub mod authtoken;
pub mod browsable;
pub mod db;
pub mod django_filters;
pub mod exceptions;
pub mod fields;
pub mod filters;
pub mod guide;
pub mod lookups;
pub mod media_type;
pub mod pagination;
pub mod parsers;
pub mod permissions;
pub mod prelude;
pub mod renderers;
pub mod routers;
pub mod schema;
pub mod serializers;
pub mod testing;
pub mod throttling;
pub mod views;

mod accounts;
mod app;
mod blocking;
mod cache;
mod class;
mod connect;
mod deletion;
#[cfg(test)]
mod language;
#[cfg(test)]
mod layers;
mod negotiation;
mod request;
mod response;
mod serve;
mod settings;
mod text;
mod uploads;
mod urls;
mod value;

pub use app::{App, AppBuilder};
pub use connect::{ConnectOptions, connect};
pub use drf_macros::{
    Choices, action, actions, api_view, authentication, field, model_viewset, permission,
    read_only_model_viewset, serializer, throttle, viewset,
};
pub use request::Request;
pub use response::Response;
pub use serve::{Server, serve};
pub use settings::{Settings, SettingsError};
pub use uploads::UploadedFile;
pub use value::{Dict, Value};
pub use views::{Classes, generics};

pub use axum;
pub use chrono;
pub use http;
pub use sea_orm;

#[doc(hidden)]
pub mod __private;

/// The examples of the attributes, which are run here since they need this crate.
#[cfg(doctest)]
mod attributes {
    macro_rules! examples {
        ($($page:ident),*) => {$(
            #[doc = include_str!(concat!("../../drf-macros/docs/", stringify!($page), ".md"))]
            mod $page {}
        )*};
    }
    examples!(
        action,
        actions,
        api_view,
        authentication,
        choices,
        field,
        model_viewset,
        permission,
        read_only_model_viewset,
        serializer,
        throttle,
        viewset
    );
}
