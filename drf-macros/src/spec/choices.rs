use proc_macro2::Ident;
use syn::{Data, DeriveInput, Fields};

use crate::args::choice_label;
use crate::diagnostics::{Errors, Result, bail, err};

/// An enum whose values have labels.
pub(crate) struct ChoicesSpec {
    pub(crate) ident: Ident,
    pub(crate) labels: Vec<Label>,
}

/// The label of a variant.
pub(crate) struct Label {
    pub(crate) variant: Ident,
    pub(crate) label: String,
}

impl ChoicesSpec {
    pub(crate) fn new(input: &DeriveInput, errors: &mut Errors) -> Result<Self> {
        let Data::Enum(item) = &input.data else {
            let keyword = match &input.data {
                Data::Struct(item) => item.struct_token.span,
                Data::Union(item) => item.union_token.span,
                Data::Enum(item) => item.enum_token.span,
            };
            bail!(keyword, "`#[derive(Choices)]` can only be applied to an enum");
        };
        if let Some(parameter) = input.generics.params.first() {
            bail!(parameter, "an enum of choices cannot be generic");
        }
        if !input.attrs.iter().any(|attribute| attribute.path().is_ident("sea_orm")) {
            let way_out = "help: derive `EnumIter, DeriveActiveEnum` too, and write `#[sea_orm(rs_type = .., db_type = ..)]`";
            bail!(input.ident, "`#[derive(Choices)]` needs an enum of sea-orm\n{way_out}");
        }
        let mut labels = Vec::new();
        for variant in &item.variants {
            if !matches!(variant.fields, Fields::Unit) {
                errors.push(err!(
                    variant.ident,
                    "a choice is a value without fields\nhelp: write `{}`",
                    variant.ident
                ));
                continue;
            }
            let label = choice_label(variant, errors);
            labels.push(Label { variant: variant.ident.clone(), label });
        }
        Ok(Self { ident: input.ident.clone(), labels })
    }
}
