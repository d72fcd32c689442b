//! The table of the runtime's paths in expansions. Each can take a span: code that the compiler checks has the span of the user's
//! words, other code that of the macro.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote_spanned};

/// The name of `::drf::__private` inside an expansion, which makes it readable.
const ALIAS: &str = "__drf";

/// Returns the first line of each block of generated code.
///
/// expands to: `use ::drf::__private as __drf;`
pub(crate) fn alias() -> TokenStream {
    let alias = Ident::new(ALIAS, Span::call_site());
    quote_spanned!(Span::call_site()=> use ::drf::__private as #alias;)
}

/// A path below `::drf::__private`.
#[derive(Clone, Copy)]
pub(crate) struct RuntimePath(&'static [&'static str]);

impl RuntimePath {
    /// Returns the path with the span of the user's words.
    pub(crate) fn at(self, span: Span) -> TokenStream {
        let segments = self.0.iter().map(|segment| Ident::new(segment, span));
        let alias = Ident::new(ALIAS, span);
        quote_spanned!(span=> #alias #(::#segments)*)
    }
}

impl ToTokens for RuntimePath {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(self.at(Span::mixed_site()));
    }
}

macro_rules! paths {
    ($($name:ident)*) => {
        $(pub(crate) const $name: RuntimePath = RuntimePath(&[stringify!($name)]);)*
    };
}

/// Returns a function of the runtime that calls a hook of the user and reports a wrong signature: `::drf::__private::hooks::perform_create`.
pub(crate) fn hook(name: &'static str, span: Span) -> TokenStream {
    let name = Ident::new(name, span);
    let module = hooks.at(span);
    quote_spanned!(span=> #module::#name)
}

#[allow(non_upper_case_globals, reason = "they are written as they appear in the expansion: `#Serializer`")]
mod table {
    use super::RuntimePath;

    // entities and sources
    paths! {
        Entity EntityOf Model NamedColumn NamedRelation column column_through related_many related_many_through
        related_one related_through through
    }
    // serializers
    paths! {
        Context DbErr FieldType ListLimits ModelSerializer NestedEntity RowWriter SaveNested Saved Serializer SerializerDescription SerializerHooks
        UniqueLookup ValidatedOf Validation Values Write WriteResult describe describe_plain
    }
    // viewsets
    paths! {
        Action Create Destroy QuerySet Request Response Result Update ViewDescription ViewSet
        generics hooks Method
    }
    // policies
    paths! {
        And AuthenticationClass DjangoFilterBackend Not Or OrderingFilter ParserClass RendererClass SearchFilter ThrottleClass
        lookups
    }
    // choices
    paths! { Choices Field FieldDescription Row SeaValue SerializedRow DbValue ValidationError Value choice }
}
pub(crate) use table::*;
