mod describe;
mod filters;
mod handlers;
mod stub;
mod types;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::Path;

use super::{code, code_at};
use crate::paths;
use crate::spec::ViewSetSpec;

pub(super) use describe::{filter_backend, wrapped};
pub(crate) use stub::view_set_stub;

/// The code that `#[model_viewset]` adds to a struct.
///
/// expands to:
/// ```ignore
/// const _: () = {
///     type __drf_Serializer = ..;
///     type __drf_Entity = ..;
///     impl PublisherViewSet { async fn list(request: &Request) -> Result<Response> { .. } .. }
///     impl ViewSet for PublisherViewSet { fn describe() -> ViewDescription { .. } }
/// };
/// ```
pub(crate) fn view_set(spec: &ViewSetSpec) -> TokenStream {
    let serializer = match &spec.serializer {
        Ok(serializer) => serializer,
        Err(error) => return view_set_stub(&spec.ident, error),
    };
    let types = types::types(spec, serializer);
    let handlers = handlers::handlers(spec);
    let describe = describe::describe(spec);
    let attributes = attributes(&spec.attributes);
    let alias = paths::alias();
    code! {
        const _: () = {
            #alias
            #attributes
            #types
            #handlers
            #describe
        };
    }
}

/// Uses of the attributes that the viewset has taken off, for the compiler and the editor.
///
/// expands to: `use permission as _;`
pub(super) fn attributes(paths: &[Path]) -> TokenStream {
    let text = |path: &&Path| path.to_token_stream().to_string();
    let mut paths: Vec<&Path> = paths.iter().collect();
    paths.sort_by_key(text);
    paths.dedup_by_key(|path| text(path));
    code!(#(#[allow(unused_imports)] use #paths as _;)*)
}

/// Returns the place of a path in errors: its last segment, the function's name.
pub(super) fn span(path: &Path) -> Span {
    path.segments.last().map_or_else(Span::call_site, |last| last.ident.span())
}

/// The call of a user's hook, through the function of the runtime that reports a wrong signature.
///
/// expands to: `hooks::perform_create(set_owner, request, Create::<ReviewSerializer>::new(data, &db)?)`
pub(super) fn call(function: &TokenStream, hook: &Path, arguments: TokenStream) -> TokenStream {
    code_at!(span(hook)=> #function(#hook, #arguments))
}
