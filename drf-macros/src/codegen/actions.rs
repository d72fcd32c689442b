use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::Type;
use syn::spanned::Spanned;

use super::policies::policies;
use super::view_set::{filter_backend, wrapped};
use super::{code, code_at, local};
use crate::ident::unraw;
use crate::paths::{self, Action, Method, ParserClass, RendererClass, hook, hooks};
use crate::spec::{ActionsSpec, ExtraAction, Parameter};

/// The table of the extra actions.
///
/// expands to:
/// ```ignore
/// impl hooks::Actions for PublisherViewSet {
///     fn actions() -> ::std::vec::Vec<Action> { hooks::actions([Action::extra("books", |request| ..).detail(), ..]) }
/// }
/// ```
pub(crate) fn actions(spec: &ActionsSpec) -> TokenStream {
    let (alias, view_set) = (paths::alias(), &spec.view_set);
    let parameters = spec.actions.iter().flat_map(|action| &action.parameters);
    let lookups = parameters.filter_map(|parameter| check_lookup(parameter, view_set));
    let actions = spec.actions.iter().map(|each| action(each, view_set.span()));
    code! {
        const _: () = {
            #alias
            #(#lookups)*
            #[automatically_derived]
            impl #hooks::Actions for #view_set {
                fn actions() -> ::std::vec::Vec<#Action> {
                    #hooks::actions([#(#actions),*])
                }
            }
        };
    }
}

/// expands to:
/// ```ignore
/// Action::extra("books", |request| ..).description("Books of one publisher.").detail().permission(..)
/// ```
/// or, of a standard action: `Action::list(|request| ..)`
fn action(action: &ExtraAction, view_set: Span) -> TokenStream {
    let handler = handler(action, view_set);
    if let Some(verb) = action.verb {
        let verb = Ident::new(verb.name(), Span::mixed_site());
        return code!(#Action::#verb(#handler));
    }
    let (name, url, policies) = (&action.name, url(action), policies(&action.policies));
    let filters = action.filter_backends.as_ref().map(|backends| match backends.is_empty() {
        true => code!(.no_filters()),
        false => backends.iter().map(filter_backend).collect(),
    });
    let serializer = action.serializer.as_ref().map(serializer);
    let parsers = action.parsers.iter().map(|classes| wrapped(&ParserClass, classes));
    let renderers = action.renderers.iter().map(|classes| wrapped(&RendererClass, classes));
    code! {
        #Action::extra(#name, #handler)
            #url #policies #filters #serializer #(.parsers(#parsers))* #(.renderers(#renderers))*
    }
}

/// The description and the URL, as far as they are not those of `Action::extra`.
///
/// expands to: `.description("Books of one publisher.").detail().methods(&[Method::POST]).url_path("all").url_name("all")`
fn url(action: &ExtraAction) -> TokenStream {
    let ExtraAction { name, docs, url_path, url_name, methods, .. } = action;
    let description = (!docs.is_empty()).then(|| code!(.description(#docs)));
    let detail = action.detail.then(|| code!(.detail()));
    let only_get = matches!(methods.as_slice(), [method] if method == "GET");
    let methods = (!only_get).then(|| {
        let methods = methods.iter().map(|method| code!(#Method::#method));
        code!(.methods(&[#(#methods),*]))
    });
    let url_path = (url_path.value() != *name).then(|| code!(.url_path(#url_path)));
    let url_name = (url_name != name).then(|| code!(.url_name(#url_name)));
    code!(#description #detail #methods #url_path #url_name)
}

/// expands to: `.serializer::<BookSerializer>()`
fn serializer(serializer: &Type) -> TokenStream {
    code_at!(serializer.span()=> .serializer::<#serializer>())
}

/// The check of the name of a parameter for the part of the URL that names the row, which the viewset has.
///
/// expands to: `const _: () = ::core::assert!(hooks::same_name(Users::__DRF_LOOKUP_URL_KWARG, "username"), "..");`
fn check_lookup(parameter: &Parameter, view_set: &Type) -> Option<TokenStream> {
    let Parameter::Lookup(name, _) = parameter else { return None };
    let (text, same_name) = (unraw(name), hook("same_name", name.span()));
    let message = format!(
        "`{text}` is not part of the URL: the parameter for the key of the row has the name of the viewset's \
         `lookup_url_kwarg`, by default `pk`"
    );
    Some(code_at! {name.span()=>
        const _: () = ::core::assert!(#same_name(<#view_set>::__DRF_LOOKUP_URL_KWARG, #text), #message);
    })
}

/// expands to:
/// ```ignore
/// |request| ::std::boxed::Box::pin(async move {
///     let object = Self::get_object(request).await?;
///     Self::books(request, object).await
/// })
/// ```
fn handler(action: &ExtraAction, view_set: Span) -> TokenStream {
    let ident = &action.ident;
    let request = local("request", spanned(&action.request));
    let values = action.parameters.iter().map(|parameter| value(parameter, view_set));
    let names: Vec<_> = action.parameters.iter().map(name).collect();
    let call = code_at!(ident.span()=> Self::#ident(#request #(, #names)*));
    if names.is_empty() {
        let boxed = code_at!(action.output=> ::std::boxed::Box::pin(#call));
        return code!(|request| #boxed);
    }
    let awaited = code_at!(action.output=> #call.await);
    code! {
        |request| ::std::boxed::Box::pin(async move {
            #(let #names = #values;)*
            #awaited
        })
    }
}

/// expands to: `Self::get_object(request).await?`, `request.parse_kwarg::<i64>("author")?`
fn value(parameter: &Parameter, view_set: Span) -> TokenStream {
    match parameter {
        Parameter::Object(_) => {
            let request = local("request", view_set);
            let object = code_at!(view_set=> Self::get_object(#request));
            code!(#object.await?)
        }
        Parameter::Kwarg(name, ty) | Parameter::Lookup(name, ty) => {
            let text = unraw(name);
            let request = local("request", ty.span());
            code_at!(ty.span()=> #request.parse_kwarg::<#ty>(#text)?)
        }
    }
}

/// Returns the variable for a parameter. Its span is that of the parameter's type, where a wrong one is reported.
fn name(parameter: &Parameter) -> Ident {
    let span = parameter.ty().into_token_stream().span();
    match parameter {
        Parameter::Object(_) => local("object", span),
        Parameter::Kwarg(name, _) | Parameter::Lookup(name, _) => {
            let mut name = name.clone();
            name.set_span(super::at(span));
            name
        }
    }
}

fn spanned(ty: &Option<Type>) -> Span {
    ty.as_ref().map_or_else(Span::call_site, Spanned::span)
}
