use proc_macro2::{Ident, TokenStream};

use super::field_type;
use crate::codegen::{code, code_at, local};
use crate::paths::{Model, RowWriter, WriteResult};
use crate::spec::{FieldSpec, Place, SerializerSpec};

/// Row to JSON, field by field.
///
/// expands to:
/// ```ignore
/// fn to_representation(row: &mut RowWriter<'_>) -> WriteResult {
///     row.field::<i64>(0)?;
///     row.method::<Model<__drf_Entity>, String>(1, shout)?;
///     Ok(())
/// }
/// ```
pub(super) fn to_representation(spec: &SerializerSpec, entity: &Ident) -> TokenStream {
    let output: Vec<_> = spec.fields.iter().filter(|field| field.is_output()).collect();
    let unused = output.is_empty().then(|| code!(let _ = row;));
    let fields = output.iter().map(|field| write(field, entity));
    code! {
        fn to_representation(row: &mut #RowWriter<'_>) -> #WriteResult {
            #unused
            #(#fields)*
            ::core::result::Result::Ok(())
        }
    }
}

/// expands to: `row.field::<FieldType<i64>>(0)?;`
fn write(field: &FieldSpec, entity: &Ident) -> TokenStream {
    let (index, ty) = (&field.index, field_type(field));
    match &field.place {
        Place::Method(function) => {
            let span = crate::codegen::view_set::span(function);
            let (row, model) = (local("row", span), Model.at(span));
            code_at!(span=> #row.method::<#model<#entity>, #ty>(#index, #function)?;)
        }
        _ if field.is_nested() => code!(row.nested(#index)?;),
        _ => code!(row.field::<#ty>(#index)?;),
    }
}
