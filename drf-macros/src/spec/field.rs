use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::{Attribute, Expr, Index, Meta, Path, Type};

use super::{Source, checks};
use crate::args::{FieldArgs, Given, Relation, take_attributes, unraw};
use crate::diagnostics::{Errors, err};

/// A field of a serializer.
pub(crate) struct FieldSpec {
    /// Its position in the struct
    pub(crate) index: Index,
    /// Its name in the struct
    pub(crate) ident: Ident,
    /// Its name on the wire
    pub(crate) name: String,
    pub(crate) ty: Type,
    /// Where its value comes from
    pub(crate) place: Place,
    /// What the description says, in the order of the documentation
    pub(crate) options: Vec<FieldOption>,
    pub(crate) default: Option<Expr>,
    pub(crate) validate: Option<Path>,
    pub(crate) keys: Vec<Ident>,
    read_only: bool,
    write_only: bool,
}

/// Where the value of a field comes from.
pub(crate) enum Place {
    /// A column or a relation
    Source(Source),
    /// A function of the model
    Method(Path),
    /// Input that is no column
    Input,
}

/// A call on the field's builder: `max_length(20)`. The name has the span of the user's key, so that "`bool` has no
/// length" is shown there.
pub(crate) struct FieldOption {
    pub(crate) method: Ident,
    pub(crate) arguments: TokenStream,
}

impl FieldSpec {
    pub(crate) fn new(
        index: usize,
        field: &mut syn::Field,
        relations: &[Relation],
        errors: &mut Errors,
    ) -> Option<Self> {
        let args = field_args(&mut field.attrs, errors);
        checks::field::check(&args, errors);
        let ident = field.ident.clone()?;
        Some(Self {
            index: Index::from(index),
            name: unraw(&ident),
            ty: field.ty.clone(),
            place: place(&args, &ident, relations),
            options: options(&args),
            default: args.default.map(|given| given.value),
            validate: args.validate.map(|given| given.value),
            keys: args.keys,
            read_only: args.read_only.is_some() || args.display.is_some(),
            write_only: args.write_only.is_some(),
            ident,
        })
    }

    /// Whether input can set it. (That the primary key is read-only is found at run time.)
    pub(crate) fn is_input(&self) -> bool {
        let computed = match &self.place {
            Place::Source(source) => source.is_dotted(),
            Place::Method(_) => true,
            Place::Input => false,
        };
        !self.read_only && !computed
    }

    /// Whether what input sets is stored.
    pub(crate) fn is_stored(&self) -> bool {
        self.is_input() && !matches!(self.place, Place::Input)
    }

    /// Whether it is part of answers.
    pub(crate) fn is_shown(&self) -> bool {
        !self.write_only && !matches!(self.place, Place::Input)
    }
}

fn field_args(attributes: &mut Vec<Attribute>, errors: &mut Errors) -> FieldArgs {
    let mut written = TokenStream::new();
    for attribute in take_attributes(attributes, &["field"]) {
        match attribute.meta {
            Meta::List(list) => {
                let tokens = list.tokens;
                written.extend(quote!(#tokens,));
            }
            other => {
                errors.push(err!(other.path(), "malformed attribute `field`\nhelp: write `#[field(..)]`"));
            }
        }
    }
    FieldArgs::read(written, errors)
}

fn place(args: &FieldArgs, ident: &Ident, relations: &[Relation]) -> Place {
    match (&args.method, &args.source) {
        (Some(method), _) => Place::Method(method.value.clone()),
        (None, Some(source)) => Place::Source(Source::new(source.value.clone(), relations)),
        // Without a place there is no second error about it.
        (None, None) if args.no_column.is_some() || args.has_place => Place::Input,
        (None, None) => Place::Source(Source::own(ident.clone(), relations)),
    }
}

fn options(args: &FieldArgs) -> Vec<FieldOption> {
    let mut all = Vec::new();
    all.extend(args.read_only.as_ref().map(flag));
    all.extend(args.write_only.as_ref().map(flag));
    all.extend(args.display.as_ref().map(flag));
    all.extend(args.required.as_ref().map(option));
    // What has a default may be left out.
    all.extend(args.default.as_ref().map(|default| call("required", default, quote!(false))));
    all.extend(args.unique.as_ref().map(option));
    all.extend(args.allow_blank.as_ref().map(option));
    all.extend(args.trim_whitespace.as_ref().map(option));
    all.extend(args.allow_empty.as_ref().map(option));
    all.extend(args.min_length.as_ref().map(option));
    all.extend(args.max_length.as_ref().map(option));
    all.extend(args.min_value.as_ref().map(|given| call("min_value", given, given.value.tokens.clone())));
    all.extend(args.max_value.as_ref().map(|given| call("max_value", given, given.value.tokens.clone())));
    all.extend(args.regex.as_ref().map(option));
    all.extend(args.format.as_ref().map(option));
    all.extend(args.input_formats.as_ref().map(|given| {
        let formats = &given.value;
        call("input_formats", given, quote!(&[#(#formats),*]))
    }));
    all.extend(args.rounding.as_ref().map(option));
    all.extend(args.normalize_output.as_ref().map(flag));
    all.extend(args.coerce_to_string.as_ref().map(option));
    for (code, message) in args.error_messages.iter().flat_map(|given| &given.value) {
        let name = unraw(code);
        all.push(FieldOption {
            method: Ident::new("error_message", code.span()),
            arguments: quote!(#name, #message),
        });
    }
    all.extend(args.label.as_ref().map(option));
    all.extend(args.help_text.as_ref().map(option));
    all
}

fn flag(given: &Given<()>) -> FieldOption {
    FieldOption { method: given.key.clone(), arguments: TokenStream::new() }
}

fn option<T: ToTokens>(given: &Given<T>) -> FieldOption {
    FieldOption { method: given.key.clone(), arguments: given.value.to_token_stream() }
}

fn call<T>(method: &str, given: &Given<T>, arguments: TokenStream) -> FieldOption {
    FieldOption { method: Ident::new(method, given.span()), arguments }
}
