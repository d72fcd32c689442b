//! What is emitted. Nothing is decided here: questions are asked of the spec.

mod actions;
mod choices;
mod policies;
mod serializer;
mod source;
mod view;
mod view_set;

pub(crate) use actions::actions;
pub(crate) use choices::{choices, choices_stub};
pub(crate) use serializer::{field_options, serializer, serializer_stub};
pub(crate) use source::source;
pub(crate) use view::{api_view, plain_view_set};
pub(crate) use view_set::{view_set, view_set_stub};

use proc_macro2::{Ident, Span, TokenStream};

use crate::diagnostics::Error;

/// `quote!` whose local variables cannot be seen by expressions of the user, nor the other way round.
macro_rules! code {
    ($($tokens:tt)*) => {
        ::quote::quote_spanned!(::proc_macro2::Span::mixed_site()=> $($tokens)*)
    };
}

/// `quote!` for what the compiler checks: every token has the span of the user's word, so errors are shown there. Local
/// variables are interpolated with [`local`]: an expression made of tokens of both kinds has no place at all.
macro_rules! code_at {
    ($span:expr=> $($tokens:tt)*) => {
        ::quote::quote_spanned!($span=> $($tokens)*)
    };
}
pub(crate) use {code, code_at};

/// A type that is the error itself: whatever is done with it, nothing more is said.
///
/// expands to: `[(); ::core::compile_error!("..")]`
fn error_type(error: &Error) -> TokenStream {
    let error = error.clone().write_errors();
    code!([(); #error])
}

/// A variable of ours in tokens of [`code_at!`].
fn local(name: &str, span: Span) -> Ident {
    Ident::new(name, at(span))
}

fn at(span: Span) -> Span {
    Span::mixed_site().located_at(span)
}
