//! Behaviour, one module for each concern.

#![allow(
    clippy::disallowed_methods,
    missing_docs,
    missing_debug_implementations,
    unreachable_pub,
    reason = "tests"
)]

mod actions;
mod apps;
mod authentication;
mod bad_input;
mod bookstore;
mod charsets;
mod column_limits;
mod column_orders;
mod column_types;
mod conformance;
mod connections;
mod crud;
mod databases;
mod deleting;
mod documents;
mod durations;
mod fields;
mod filters;
mod fuzz;
mod hidden_failures;
mod hidden_values;
mod hostile_values;
mod hosts;
mod json_columns;
mod limits;
mod nested;
mod numbers;
mod object_permissions;
mod optional_lists;
mod pagination;
mod panics;
mod passwords;
mod permissions;
mod queries;
mod relations;
mod roots;
mod routing;
mod row_scope;
mod security_events;
mod server;
mod settings;
mod spans;
mod throttling;
mod unique_lists;
mod unique_sets;
mod uploads;
mod user_ids;
mod user_models;
mod uuids;
mod validation;
mod views;
mod writes;
mod writing;
