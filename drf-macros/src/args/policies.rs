use proc_macro2::{Ident, Span, TokenStream};
use syn::{Attribute, Expr, Meta, Path};

use super::arguments::{Argument, Arguments, Given};
use super::permission::{at_least_one, classes};
use super::{Permission, Throttle, permissions, throttles};
use crate::diagnostics::{Errors, Result, err};

/// What is said about who may do what, and how often.
#[derive(Default)]
pub(crate) struct PolicyArgs {
    pub(crate) authentication: Option<Given<Vec<Expr>>>,
    pub(crate) permission: Option<Given<Vec<Permission>>>,
    pub(crate) throttle: Option<Given<Vec<Throttle>>>,
    /// The attributes' own paths, so that the compiler and the editor see them used
    pub(crate) paths: Vec<Path>,
}

/// The attributes of policies.
pub(crate) const POLICIES: &[&str] = &["authentication", "permission", "throttle"];

impl PolicyArgs {
    /// From `#[permission(..)]` and the like at a struct.
    pub(crate) fn from_attributes(attributes: Vec<Attribute>, errors: &mut Errors) -> Self {
        let mut policies = Self::default();
        for attribute in attributes {
            let key = attribute.path().segments.last().map(|last| last.ident.clone());
            let Some(key) = key else { continue };
            policies.paths.push(attribute.path().clone());
            let tokens = match attribute.meta {
                Meta::List(list) => list.tokens,
                Meta::Path(_) => TokenStream::new(),
                Meta::NameValue(_) => {
                    errors.push(err!(key, "malformed attribute `{key}`\nhelp: write `#[{key}(..)]`"));
                    continue;
                }
            };
            policies.add(key, tokens, errors);
        }
        policies
    }

    /// From `permission(..)` and the like among the arguments of `#[action]`.
    pub(crate) fn take(all: &mut Arguments, errors: &mut Errors) -> Self {
        let items = |argument: &Argument, _: &mut Errors| argument.items(&format!("{}(..)", argument.key));
        let mut policies = Self::default();
        for key in POLICIES {
            for given in all.take_all(key, errors, items) {
                policies.add(given.key, given.value, errors);
            }
        }
        policies
    }

    fn add(&mut self, key: Ident, tokens: TokenStream, errors: &mut Errors) {
        match key.to_string().as_str() {
            "authentication" => {
                let value = classes(tokens, errors);
                set(&mut self.authentication, Given { key, value }, errors);
            }
            "permission" => {
                let value = permission_list(tokens, key.span(), errors);
                let Some(value) = errors.handle(value) else { return };
                set(&mut self.permission, Given { key, value }, errors);
            }
            _ => {
                let more = throttles(tokens, errors);
                self.throttle.get_or_insert_with(|| Given { key, value: Vec::new() }).value.extend(more);
            }
        }
    }
}

fn permission_list(tokens: TokenStream, span: Span, errors: &mut Errors) -> Result<Vec<Permission>> {
    let empty = tokens.is_empty();
    at_least_one(permissions(tokens, errors), empty, span)
}

fn set<T>(place: &mut Option<Given<T>>, given: Given<T>, errors: &mut Errors) {
    match place {
        None => *place = Some(given),
        Some(first) => {
            let key = &given.key;
            errors.push(err!(key, "a second `#[{key}]`\nhelp: write all classes into one"));
            errors.push(err!(first.key, "the first `#[{key}]` is here"));
        }
    }
}
