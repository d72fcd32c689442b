use proc_macro2::{Ident, TokenStream};

use super::arguments::{Argument, Arguments};
use crate::diagnostics::{Error, Errors, Result, err, help};
use crate::ident::unraw;
use crate::policies;

/// The arguments that an attribute has.
pub(crate) struct Signature {
    /// The attribute, as in errors: `#[model_viewset]`
    pub(crate) name: &'static str,
    pub(crate) known: &'static [&'static str],
    /// The arguments that may be given several times
    pub(crate) repeated: &'static [&'static str],
    /// Words that the attribute does not have but that users will try, with what to write instead
    pub(crate) hints: &'static [(&'static str, &'static str)],
    pub(crate) policies: PolicyPlace,
}

/// The place where policies are written.
#[derive(Clone, Copy)]
pub(crate) enum PolicyPlace {
    /// Among the arguments: `#[action(permission(AllowAny))]`
    Arguments,
    /// In attributes of their own, at this item
    Attributes(&'static str),
    Nowhere,
}

/// A struct of arguments, as [`arguments!`] declares it.
pub(crate) trait ArgumentsOf: Sized {
    const SIGNATURE: Signature;

    fn take(all: Arguments, errors: &mut Errors) -> Self;

    fn read(tokens: TokenStream, errors: &mut Errors) -> Self {
        Self::take(Arguments::read(tokens, &Self::SIGNATURE, errors), errors)
    }
}

/// Declares the arguments of an attribute: the struct of their values, the list of known arguments and the call of each
/// reader come from one line, `name: Type = reader`. The tests compare the list with the documentation and the constants for
/// editors.
macro_rules! arguments {
    (
        $(#[$docs:meta])*
        $Args:ident of $name:literal {
            $($(#[$doc:meta])* $key:ident: $T:ty = $read:expr,)*
        }
        $(repeated { $($(#[$repeated_doc:meta])* $repeated:ident: $R:ty = $read_repeated:expr,)* })?
        $(policies { $policies:expr })?
        $(also { $(#[$also_doc:meta])* $also:ident: $A:ty = $take:expr })?
        $(hints { $($word:literal => $hint:literal,)* })?
    ) => {
        $(#[$docs])*
        #[derive(Default)]
        pub(crate) struct $Args {
            /// The keys as written, for the editor
            #[allow(dead_code, reason = "arguments in arguments are not completed")]
            pub(crate) keys: Vec<::proc_macro2::Ident>,
            $($(#[$doc])* pub(crate) $key: Option<$crate::args::Given<$T>>,)*
            $($($(#[$repeated_doc])* pub(crate) $repeated: Vec<$crate::args::Given<$R>>,)*)?
            $($(#[$also_doc])* pub(crate) $also: $A,)?
        }

        impl $crate::args::signature::ArgumentsOf for $Args {
            const SIGNATURE: $crate::args::signature::Signature = $crate::args::signature::Signature {
                name: $name,
                known: &[$(stringify!($key),)* $($(stringify!($repeated),)*)?],
                repeated: &[$($(stringify!($repeated),)*)?],
                policies: $crate::args::signature::policy_place!($($policies)?),
                hints: &[$($(($word, $hint),)*)?],
            };

            fn take(
                mut all: $crate::args::arguments::Arguments,
                errors: &mut $crate::diagnostics::Errors,
            ) -> Self {
                Self {
                    keys: all.keys().to_vec(),
                    $($key: all.take(stringify!($key), errors, $read),)*
                    $($($repeated: all.take_all(stringify!($repeated), errors, $read_repeated),)*)?
                    $($also: $take(&mut all, errors),)?
                }
            }
        }
    };
}

macro_rules! policy_place {
    () => {
        $crate::args::signature::PolicyPlace::Nowhere
    };
    ($place:expr) => {
        $place
    };
}
pub(super) use {arguments, policy_place};

impl Signature {
    /// Rejects unknown keys and a second argument with the same key.
    pub(super) fn check(&self, key: &Ident, found: &[Argument]) -> Result<(), Vec<Error>> {
        let name = unraw(key);
        if !self.known().contains(&name.as_str()) {
            return Err(vec![err!(
                key,
                "unknown argument `{name}` for `{}`\n{}",
                self.name,
                self.help(&name)
            )]);
        }
        let first = found.iter().find(|first| first.key == *key).map(|first| &first.key);
        match first.filter(|_| !self.is_repeated(&name)) {
            None => Ok(()),
            Some(first) => Err(duplicate(first, key)),
        }
    }

    /// Returns all arguments, with the policies if they are among them.
    pub(crate) fn known(&self) -> Vec<&'static str> {
        let policies = matches!(self.policies, PolicyPlace::Arguments).then_some(policies::NAMES);
        self.known.iter().chain(policies.unwrap_or_default()).copied().collect()
    }

    fn is_repeated(&self, name: &str) -> bool {
        self.repeated.contains(&name) || policies::is_repeated(name)
    }

    fn help(&self, name: &str) -> String {
        if let Some((_, hint)) = self.hints.iter().find(|(other, _)| *other == name) {
            return format!("help: {hint}");
        }
        // DRF's `permission_classes` is `permission` here.
        let policy = name.strip_suffix("_classes").unwrap_or(name);
        match self.policies {
            PolicyPlace::Arguments if policies::NAMES.contains(&policy) => {
                format!("help: write `{policy}(..)`")
            }
            PolicyPlace::Attributes(item) if policies::NAMES.contains(&policy) => {
                format!("help: write `#[{policy}(..)]` between this attribute and the {item}")
            }
            _ => help(name, &self.known()),
        }
    }
}

/// Returns one error at the second, and one that points at the first.
fn duplicate(first: &Ident, second: &Ident) -> Vec<Error> {
    vec![
        err!(second, "duplicate argument `{second}`\nhelp: remove one of the two"),
        err!(first, "`{first}` was given here first"),
    ]
}
