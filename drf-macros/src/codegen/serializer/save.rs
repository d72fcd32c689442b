use proc_macro2::{Span, TokenStream};
use syn::Path;
use syn::spanned::Spanned;

use super::field_type;
use crate::codegen::{code, code_at, local, view_set};
use crate::paths::{Create, Result, SaveNested, Saved, Update, Write, hook};
use crate::spec::SerializerSpec;

/// Saves the nested rows whose field says how they are written.
///
/// expands to:
/// ```ignore
/// async fn save_nested(data: &mut Self::Validated, nested: &SaveNested<'_>) -> Result<()> {
///     nested.save::<Vec<BookItem>>(3, Write::Replace, data.books.take()).await?;
///     Ok(())
/// }
/// ```
pub(super) fn save_nested(spec: &SerializerSpec) -> Option<TokenStream> {
    let saves: Vec<_> = spec
        .inputs()
        .filter_map(|field| {
            let (index, ident, ty) = (&field.index, &field.ident, field_type(field));
            let variant = field.write.as_ref()?;
            let write = Write.at(variant.span());
            let (nested, data) = (local("nested", ty.span()), local("data", ty.span()));
            let save =
                code_at!(ty.span()=> #nested.save::<#ty>(#index, #write::#variant, #data.#ident.take()).await?);
            Some(code!(#save;))
        })
        .collect();
    if saves.is_empty() {
        return None;
    }
    Some(code! {
        async fn save_nested(data: &mut Self::Validated, nested: &#SaveNested<'_>) -> #Result<()> {
            #(#saves)*
            ::core::result::Result::Ok(())
        }
    })
}

/// expands to:
/// ```ignore
/// async fn create(create: Create<'_, Self>) -> Result<Saved<Self::Entity>> {
///     hooks::create::<Self, _>(create_user, create).await
/// }
/// ```
pub(super) fn create(spec: &SerializerSpec) -> Option<TokenStream> {
    let call = call("create", spec.create.as_ref()?);
    Some(code! {
        async fn create(create: #Create<'_, Self>) -> #Result<#Saved<Self::Entity>> {
            #call
        }
    })
}

/// expands to:
/// ```ignore
/// async fn update(update: Update<'_, Self>) -> Result<Saved<Self::Entity>> {
///     hooks::update::<Self, _>(update_user, update).await
/// }
/// ```
pub(super) fn update(spec: &SerializerSpec) -> Option<TokenStream> {
    let call = call("update", spec.update.as_ref()?);
    Some(code! {
        async fn update(update: #Update<'_, Self>) -> #Result<#Saved<Self::Entity>> {
            #call
        }
    })
}

fn call(name: &'static str, function: &Path) -> TokenStream {
    let span: Span = view_set::span(function);
    let (hook, argument) = (hook(name, span), local(name, span));
    let call = view_set::call(&code_at!(span=> #hook::<Self, _>), function, code_at!(span=> #argument));
    code_at!(span=> #call.await)
}
