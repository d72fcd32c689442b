//! The attributes of `drf`. Use them through `drf::prelude`; their documentation is on each macro.

#![allow(
    clippy::disallowed_methods,
    reason = "tokens come from the compiler: what is absent in them is absent"
)]

use proc_macro::TokenStream;

mod args;
mod codegen;
mod diagnostics;
mod entry;
mod ide;
mod ident;
mod paths;
mod policies;
mod spec;
#[cfg(test)]
mod tests;

#[doc = include_str!("../docs/serializer.md")]
#[proc_macro_attribute]
pub fn serializer(arguments: TokenStream, item: TokenStream) -> TokenStream {
    entry::serializer(arguments.into(), item.into()).into()
}

#[doc = include_str!("../docs/field.md")]
#[proc_macro_attribute]
pub fn field(arguments: TokenStream, item: TokenStream) -> TokenStream {
    entry::misplaced::field(arguments.into(), item.into()).into()
}

#[doc = include_str!("../docs/model_viewset.md")]
#[proc_macro_attribute]
pub fn model_viewset(arguments: TokenStream, item: TokenStream) -> TokenStream {
    entry::model_viewset(arguments.into(), item.into()).into()
}

#[doc = include_str!("../docs/read_only_model_viewset.md")]
#[proc_macro_attribute]
pub fn read_only_model_viewset(arguments: TokenStream, item: TokenStream) -> TokenStream {
    entry::read_only_model_viewset(arguments.into(), item.into()).into()
}

#[doc = include_str!("../docs/viewset.md")]
#[proc_macro_attribute]
pub fn viewset(arguments: TokenStream, item: TokenStream) -> TokenStream {
    entry::viewset(arguments.into(), item.into()).into()
}

#[doc = include_str!("../docs/api_view.md")]
#[proc_macro_attribute]
pub fn api_view(arguments: TokenStream, item: TokenStream) -> TokenStream {
    entry::api_view(arguments.into(), item.into()).into()
}

macro_rules! policy_attributes {
    ($($name:ident: $times:ident,)*) => {
        $(#[doc = include_str!(concat!("../docs/", stringify!($name), ".md"))]
        #[proc_macro_attribute]
        pub fn $name(arguments: TokenStream, item: TokenStream) -> TokenStream {
            entry::policy(stringify!($name), arguments.into(), item.into()).into()
        })*
    };
}
policies::policies!(policy_attributes);

#[doc = include_str!("../docs/actions.md")]
#[proc_macro_attribute]
pub fn actions(arguments: TokenStream, item: TokenStream) -> TokenStream {
    entry::actions(arguments.into(), item.into()).into()
}

#[doc = include_str!("../docs/action.md")]
#[proc_macro_attribute]
pub fn action(arguments: TokenStream, item: TokenStream) -> TokenStream {
    entry::misplaced::action(arguments.into(), item.into()).into()
}

#[doc = include_str!("../docs/choices.md")]
#[proc_macro_derive(Choices, attributes(choice))]
pub fn choices(item: TokenStream) -> TokenStream {
    entry::choices(item.into()).into()
}
