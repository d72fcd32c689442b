//! Behaviour, one module for each concern.

#![allow(missing_docs, missing_debug_implementations, unreachable_pub, reason = "tests")]

mod actions;
mod authentication;
mod bad_input;
mod conformance;
mod crud;
mod databases;
mod documents;
mod fields;
mod filters;
mod hosts;
mod limits;
mod nested;
mod object_permissions;
mod pagination;
mod passwords;
mod permissions;
mod queries;
mod routing;
mod settings;
mod spans;
mod throttling;
mod uuids;
mod validation;
mod views;
mod writes;
mod writing;
