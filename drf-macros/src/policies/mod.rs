//! The policies of views, one folder each: the classes that an attribute lists (`mod.rs`), how they are read (`args.rs`) and what
//! they expand to (`codegen.rs`).
//!
//! A new policy is a folder and a line of the table. The attribute, the argument of `#[action]`, the errors about both and the call in the
//! description of the view come from the table.

/// The table: the name of the attribute, and whether a view can have several of it.
macro_rules! policies {
    ($with:ident) => {
        $with! {
            authentication: once,
            permission: once,
            throttle: repeated,
        }
    };
}
pub(crate) use policies;

macro_rules! modules {
    ($($name:ident: $times:ident,)*) => {
        $(pub(crate) mod $name;)*

        /// The names of all policies.
        pub(crate) const NAMES: &[&str] = &[$(stringify!($name)),*];

        /// Tells whether several attributes of a policy add up.
        pub(crate) fn is_repeated(name: &str) -> bool {
            match name {
                $(stringify!($name) => modules!(@$times),)*
                _ => false,
            }
        }
    };
    (@once) => { false };
    (@repeated) => { true };
}
policies!(modules);
