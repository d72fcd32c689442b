use proc_macro2::{Ident, TokenStream};

use crate::codegen::{code, error_type};
use crate::diagnostics::Error;
use crate::paths::{self, QuerySet, Request, ViewDescription, ViewSet, hooks};

/// A viewset without actions, where there is no serializer to make them of. It never runs. The error takes the place of
/// the entity, so that its uses are no further errors.
///
/// expands to:
/// ```ignore
/// type __drf_Entity = [(); ::core::compile_error!("missing argument `serializer` ..")];
/// impl ViewSet for X { fn describe() -> ViewDescription { ViewDescription::broken("X") } }
/// ```
pub(crate) fn view_set_stub(ident: &Ident, error: &Error) -> TokenStream {
    let (name, error) = (ident.to_string(), error_type(error));
    let alias = paths::alias();
    code! {
        const _: () = {
            #alias
            #[allow(non_camel_case_types)]
            type __drf_Entity = #error;
            impl #ident {
                #[allow(dead_code)]
                pub(crate) fn get_queryset(_: &#Request) -> #QuerySet {
                    ::core::unimplemented!()
                }
                #[allow(dead_code)]
                pub(crate) async fn get_object(_: &#Request) -> #hooks::Row<__drf_Entity> {
                    ::core::unimplemented!()
                }
                #[allow(dead_code)]
                pub(crate) const __DRF_LOOKUP_URL_KWARG: &'static str = "pk";
                #[allow(dead_code)]
                pub(crate) fn __drf_model() -> #hooks::ModelType<__drf_Entity> {
                    #hooks::model_type()
                }
            }
            #[automatically_derived]
            impl #ViewSet for #ident {
                fn describe() -> #ViewDescription {
                    #ViewDescription::broken(#name)
                }
            }
        };
    }
}
