//! The emitted code. Nothing is decided here: the spec answers the questions.

mod actions;
mod choices;
mod policies;
mod serializer;
mod source;
mod view;
mod view_set;

pub(crate) use actions::actions;
pub(crate) use choices::{choices, choices_stub};
pub(crate) use serializer::{serializer, serializer_stub};
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

/// `quote!` for code that the compiler checks: every token has the span of the user's word, so errors point at it. Local variables are
/// interpolated with [`local`]: the compiler finds no place for an expression made of tokens of both kinds.
macro_rules! code_at {
    ($span:expr=> $($tokens:tt)*) => {
        ::quote::quote_spanned!($span=> $($tokens)*)
    };
}
pub(crate) use {code, code_at};

/// Returns a type that is the error itself: its uses are no further errors.
///
/// expands to: `[(); ::core::compile_error!("..")]`
fn error_type(error: &Error) -> TokenStream {
    let error = error.clone().write_errors();
    code!([(); #error])
}

/// Returns a variable of the macro in tokens of [`code_at!`].
fn local(name: &str, span: Span) -> Ident {
    Ident::new(name, at(span))
}

fn at(span: Span) -> Span {
    Span::mixed_site().located_at(span)
}
