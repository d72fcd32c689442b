use proc_macro2::{Ident, TokenStream};
use syn::{Attribute, Meta, Path};

use super::arguments::{Argument, Arguments, Given};
use crate::diagnostics::{Errors, err};
use crate::policies;

macro_rules! policy_args {
    ($($name:ident: $times:ident,)*) => {
        /// The policies of a view or of an action, as written.
        #[derive(Default)]
        pub(crate) struct PolicyArgs {
            $(pub(crate) $name: Option<Given<Vec<policies::$name::Class>>>,)*
            /// The attributes' own paths, so that the compiler and the editor see them used
            pub(crate) paths: Vec<Path>,
        }

        impl PolicyArgs {
            fn add(&mut self, key: Ident, tokens: TokenStream, errors: &mut Errors) {
                $(if key == stringify!($name) {
                    let classes = policies::$name::args::read(&key, tokens, errors);
                    let Some(value) = errors.handle(classes) else { return };
                    set(&mut self.$name, Given { key, value }, errors);
                    return;
                })*
            }
        }
    };
}
policies::policies!(policy_args);

impl PolicyArgs {
    /// Reads the attributes of a view: `#[permission(..)]`.
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

    /// Reads the policies among the arguments of `#[action]`: `permission(..)`.
    pub(crate) fn take(all: &mut Arguments, errors: &mut Errors) -> Self {
        let items = |argument: &Argument, _: &mut Errors| argument.items(&format!("{}(..)", argument.key));
        let mut policies = Self::default();
        for name in policies::NAMES {
            for given in all.take_all(name, errors, items) {
                policies.add(given.key, given.value, errors);
            }
        }
        policies
    }
}

/// Adds the classes of an attribute to those before it, or rejects a second attribute.
fn set<T>(place: &mut Option<Given<Vec<T>>>, given: Given<Vec<T>>, errors: &mut Errors) {
    match place {
        None => *place = Some(given),
        Some(first) if policies::is_repeated(&given.key.to_string()) => first.value.extend(given.value),
        Some(first) => {
            let key = &given.key;
            errors.push(err!(key, "a second `#[{key}]`\nhelp: write all classes into one"));
            errors.push(err!(first.key, "the first `#[{key}]` is here"));
        }
    }
}
