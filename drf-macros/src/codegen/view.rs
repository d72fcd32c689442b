//! Views that the user writes.

use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{LitStr, ReturnType};

use super::policies::policies;
use super::view_set::{attributes, wrapped};
use super::{code, code_at};
use crate::paths::{self, Action, Method, ParserClass, RendererClass, ViewDescription, ViewSet, hooks};
use crate::spec::{ApiViewSpec, PlainViewSetSpec};

/// A viewset whose actions are those of `#[actions]`.
///
/// expands to:
/// ```ignore
/// impl ViewSet for UserViewSet {
///     fn describe() -> ViewDescription {
///         use hooks::NoActions as _;
///         ViewDescription::plain("UserViewSet", "").permission(..).actions(hooks::ActionsOf::<Self>::viewset().all())
///     }
/// }
/// ```
pub(crate) fn plain_view_set(spec: &PlainViewSetSpec) -> TokenStream {
    let (ident, name, docs) = (&spec.ident, spec.ident.to_string(), &spec.docs);
    let (alias, attributes) = (paths::alias(), attributes(&spec.attributes));
    let (model, policies) = (model(ident, spec.lookup_url_kwarg.as_ref()), policies(&spec.policies));
    let (kwarg, regex) = (spec.lookup_url_kwarg.iter(), spec.lookup_value_regex.iter());
    let parsers = spec.parsers.iter().map(|classes| wrapped(&ParserClass, classes));
    let renderers = spec.renderers.iter().map(|classes| wrapped(&RendererClass, classes));
    let exceptions = spec.exception_handler.iter();
    code! {
        const _: () = {
            #alias
            #attributes
            #model
            #[automatically_derived]
            impl #ViewSet for #ident {
                fn describe() -> #ViewDescription {
                    #[allow(unused_imports)]
                    use #hooks::NoActions as _;
                    #ViewDescription::plain(#name, #docs)
                        #(.lookup_url_kwarg(#kwarg))*
                        #(.lookup_value_regex(#regex))*
                        #policies
                        #(.parsers(#parsers))*
                        #(.renderers(#renderers))*
                        #(.exception_handler(#exceptions))*
                        .actions(#hooks::ActionsOf::<Self>::viewset().all())
                }
            }
        };
    }
}

/// The items that the macros of actions and policies use, of a view without rows.
///
/// expands to:
/// ```ignore
/// impl UserViewSet {
///     pub(crate) const __DRF_LOOKUP_URL_KWARG: &'static str = "pk";
///     pub(crate) fn __drf_model() -> PhantomData<()> { hooks::model_type() }
/// }
/// ```
fn model(ident: &Ident, lookup_url_kwarg: Option<&LitStr>) -> TokenStream {
    let kwarg = lookup_url_kwarg.map_or_else(|| "pk".to_owned(), LitStr::value);
    code! {
        impl #ident {
            #[allow(dead_code)]
            pub(crate) const __DRF_LOOKUP_URL_KWARG: &'static str = #kwarg;

            #[allow(dead_code)]
            pub(crate) fn __drf_model() -> ::core::marker::PhantomData<()> {
                #hooks::model_type()
            }
        }
    }
}

/// A function as a view: a struct that is called like it. It has braces, so that a variable can be called like it too.
///
/// expands to:
/// ```ignore
/// pub struct hello {}
/// const _: () = {
///     impl hello { async fn __drf_call(request: &Request) -> Result<Response> { .. } }
///     impl ViewSet for hello {
///         fn describe() -> ViewDescription {
///             ViewDescription::plain("hello", "")
///                 .action(Action::view(&[Method::GET], |request| Box::pin(Self::__drf_call(request))))
///         }
///     }
/// };
/// ```
pub(crate) fn api_view(spec: &ApiViewSpec) -> TokenStream {
    let function = &spec.function;
    let (vis, ident, attrs) = (&function.vis, &function.sig.ident, &function.attrs);
    let (name, docs) = (ident.to_string(), &spec.docs);
    let (alias, attributes) = (paths::alias(), attributes(&spec.attributes));
    let (model, policies) = (model(ident, None), policies(&spec.policies));
    let methods = spec.methods.iter().map(|method| code!(#Method::#method));
    let parsers = spec.parsers.iter().map(|classes| wrapped(&ParserClass, classes));
    let renderers = spec.renderers.iter().map(|classes| wrapped(&RendererClass, classes));
    let mut call = function.clone();
    call.attrs.clear();
    call.vis = syn::Visibility::Inherited;
    call.sig.ident = Ident::new("__drf_call", Span::call_site().located_at(ident.span()));
    let output = match &function.sig.output {
        ReturnType::Type(_, ty) => ty.span(),
        ReturnType::Default => ident.span(),
    };
    let called = call.sig.ident.to_token_stream();
    let request = super::local("request", output);
    let boxed = code_at!(output=> ::std::boxed::Box::pin(Self::#called(#request)));
    let unused = spec.broken.then(|| code!(#[allow(dead_code)]));
    let action = (!spec.broken).then(|| {
        code! {
            .action(#Action::view(&[#(#methods),*], |#request| #boxed))
        }
    });
    code! {
        #(#attrs)*
        #[allow(non_camel_case_types)]
        #[derive(Debug, Clone, Copy)]
        #vis struct #ident {}
        const _: () = {
            #alias
            #attributes
            #model
            impl #ident {
                #unused
                #call
            }
            #[automatically_derived]
            impl #ViewSet for #ident {
                fn describe() -> #ViewDescription {
                    #ViewDescription::plain(#name, #docs)
                        #policies
                        #(.parsers(#parsers))*
                        #(.renderers(#renderers))*
                        #action
                }
            }
        };
    }
}
