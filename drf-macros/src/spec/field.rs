use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Attribute, Expr, GenericArgument, Index, Meta, Path, PathArguments, Type};

use super::{Source, checks};
use crate::args::{FieldArgs, Given, Relation, Unique, Words, take_attributes, unraw};
use crate::diagnostics::{Errors, err};
use crate::paths::{NestedEntity, UniqueLookup, Write};

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
    pub(crate) default: Option<Default>,
    pub(crate) validate: Option<Path>,
    pub(crate) keys: Vec<Ident>,
    /// How its nested rows are written
    pub(crate) write: Option<Ident>,
    read_only: bool,
    write_only: bool,
    nested: bool,
}

/// The value where input has none.
pub(crate) enum Default {
    /// `default = 0`
    Value(Expr),
    /// `default_with = CurrentUserDefault`
    With(Expr),
}

/// What a field must know of the serializer it is in.
pub(crate) struct Surroundings<'a> {
    pub(crate) relations: &'a [Relation],
    /// Whether it has no entity
    pub(crate) plain: bool,
    /// Whether it has hooks that save whatever a field means
    pub(crate) saved_by_hooks: bool,
}

/// Where the value of a field comes from.
pub(crate) enum Place {
    /// A column or a relation
    Source(Source),
    /// A function of the model
    Method(Path),
    /// Input that is no column
    Input,
    /// The row itself, by a column
    Identity(Option<Source>),
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
        surroundings: &Surroundings<'_>,
        errors: &mut Errors,
    ) -> Option<Self> {
        let args = field_args(&mut field.attrs, errors);
        checks::field::check(&args, errors);
        checks::field::check_type(&args, field, surroundings, errors);
        let ident = field.ident.clone()?;
        let place = place(&args, &ident, &field.ty, surroundings);
        let identity = matches!(place, Place::Identity(_));
        let mut options = options(&args, identity);
        options.extend(args.cascade.iter().flat_map(|given| cascade(given, &field.ty)));
        Some(Self {
            index: Index::from(index),
            name: unraw(&ident),
            ty: field.ty.clone(),
            options,
            place,
            validate: args.validate.map(|given| given.value),
            keys: args.keys,
            read_only: args.read_only.is_some() || args.display.is_some(),
            write_only: args.write_only.is_some() || args.hidden.is_some(),
            write: args.nested.as_ref().and_then(|given| given.value.clone()),
            nested: args.nested.is_some(),
            default: args
                .default
                .map(|given| Default::Value(given.value))
                .or(args.default_with.map(|given| Default::With(given.value))),
            ident,
        })
    }

    /// Whether it is a serializer in the serializer.
    pub(crate) fn is_nested(&self) -> bool {
        self.nested
    }

    /// Whether input can set it. (That the primary key is read-only is found at run time.)
    pub(crate) fn is_input(&self) -> bool {
        let computed = match &self.place {
            Place::Source(source) => source.is_dotted(),
            Place::Method(_) | Place::Identity(_) => true,
            Place::Input => false,
        };
        !self.read_only && !computed
    }

    /// Whether it is only shown, but has a default.
    pub(crate) fn is_shown_default(&self) -> bool {
        self.read_only && self.default.is_some()
    }

    /// Whether it is part of answers about rows.
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

fn place(args: &FieldArgs, ident: &Ident, ty: &Type, surroundings: &Surroundings<'_>) -> Place {
    let relations = surroundings.relations;
    if surroundings.plain {
        return Place::Input;
    }
    if names(ty, "HyperlinkedIdentity") {
        let source = args.lookup_field.as_ref().map(|given| Source::own(given.value.clone(), relations));
        return Place::Identity(source);
    }
    match (&args.method, &args.source) {
        (Some(method), _) => Place::Method(method.value.clone()),
        (None, Some(source)) => Place::Source(Source::new(source.value.clone(), relations)),
        // Without a place there is no second error about it.
        (None, None) if args.no_column.is_some() || args.has_place => Place::Input,
        (None, None) => Place::Source(Source::own(ident.clone(), relations)),
    }
}

/// Whether a type is called so, perhaps inside of `Option` or `Vec`.
pub(super) fn names(ty: &Type, name: &str) -> bool {
    let Type::Path(path) = ty else { return false };
    let Some(last) = path.path.segments.last() else { return false };
    let inner = || match &last.arguments {
        PathArguments::AngleBracketed(inner) => inner.args.iter().any(|argument| match argument {
            GenericArgument::Type(ty) => names(ty, name),
            _ => false,
        }),
        _ => false,
    };
    last.ident == name || ((last.ident == "Option" || last.ident == "Vec") && inner())
}

fn options(args: &FieldArgs, identity: bool) -> Vec<FieldOption> {
    let mut all = Vec::new();
    all.extend(args.read_only.as_ref().map(flag));
    all.extend(args.write_only.as_ref().map(flag));
    all.extend(args.display.as_ref().map(flag));
    all.extend(args.required.as_ref().map(option));
    // What has a default may be left out.
    all.extend(args.default.as_ref().map(|default| call("defaulted", default, TokenStream::new())));
    all.extend(args.default_with.as_ref().map(|default| call("defaulted", default, TokenStream::new())));
    all.extend(args.hidden.as_ref().map(flag));
    all.extend(args.nested.as_ref().and_then(|given| Some((given, given.value.as_ref()?))).map(write));
    all.extend(args.unique.as_ref().map(unique));
    all.extend(args.allow_blank.as_ref().map(option));
    all.extend(args.trim_whitespace.as_ref().map(option));
    all.extend(args.allow_empty.as_ref().map(option));
    all.extend(args.min_length.as_ref().map(option));
    all.extend(args.max_length.as_ref().map(option));
    all.extend(args.min_value.as_ref().map(|given| call("min_value", given, given.value.tokens.clone())));
    all.extend(args.max_value.as_ref().map(|given| call("max_value", given, given.value.tokens.clone())));
    all.extend(args.regex.as_ref().map(option));
    all.extend(args.validators.iter().flat_map(validators));
    all.extend(args.format.as_ref().map(option));
    all.extend(args.input_formats.as_ref().map(|given| {
        let formats = &given.value;
        call("input_formats", given, quote!(&[#(#formats),*]))
    }));
    all.extend(args.rounding.as_ref().map(option));
    all.extend(args.normalize_output.as_ref().map(flag));
    all.extend(args.coerce_to_string.as_ref().map(option));
    all.extend(args.max_digits.as_ref().map(option));
    all.extend(args.decimal_places.as_ref().map(option));
    all.extend(args.child.as_ref().map(child));
    all.extend(args.slug_field.as_ref().map(column));
    all.extend(args.lookup_field.as_ref().filter(|_| !identity).map(column));
    all.extend(args.lookup_url_kwarg.as_ref().map(option));
    all.extend(args.view_name.as_ref().map(option));
    all.extend(args.queryset.as_ref().map(option));
    all.extend(args.default_timezone.as_ref().map(option));
    all.extend(args.allow_empty_file.as_ref().map(option));
    all.extend(args.use_url.as_ref().map(option));
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

/// `write(Write::Replace)`
fn write((given, word): (&Given<Option<Ident>>, &Ident)) -> FieldOption {
    let (write, variant) = (Write.at(word.span()), variant(word));
    call("write", given, quote!(#write::#variant))
}

/// `unique(true)`, `unique_lookup(UniqueLookup::IExact)`
fn unique(given: &Given<Unique>) -> FieldOption {
    let enabled = &given.value.enabled;
    match &given.value.lookup {
        None => call("unique", given, enabled.to_token_stream()),
        Some(word) => {
            let lookup = UniqueLookup.at(word.span());
            let variant = if word == "iexact" { "IExact" } else { "Exact" };
            let variant = Ident::new(variant, word.span());
            call("unique_lookup", given, quote!(#lookup::#variant))
        }
    }
}

/// `child(|field| field.min_value(0))`
fn child(given: &Given<Box<FieldArgs>>) -> FieldOption {
    call("child", given, crate::codegen::field_options(&options(&given.value, false)))
}

/// `validator(is_even)`, for each
fn validators(given: &Given<Vec<Path>>) -> impl Iterator<Item = FieldOption> + '_ {
    let method = |path: &Path| path.segments.last().map_or(given.span(), |last| last.ident.span());
    given.value.iter().map(move |path| FieldOption {
        method: Ident::new("validator", method(path)),
        arguments: path.to_token_stream(),
    })
}

/// `cascade(word::<NestedEntity<Vec<BookItem>>, _>(|model| &model.reviews).named("reviews"))`, for each
fn cascade<'a>(given: &'a Given<Vec<Words>>, ty: &'a Type) -> impl Iterator<Item = FieldOption> + 'a {
    given.value.iter().map(move |words| {
        let entity = quote!(#NestedEntity<#ty>);
        let source = crate::codegen::source(&entity, &Source::new(words.clone(), &[]));
        FieldOption { method: Ident::new("cascade", given.span()), arguments: source }
    })
}

/// `slug_field(|model| &model.name, "name")`
fn column(given: &Given<Ident>) -> FieldOption {
    let (column, name) = (&given.value, unraw(&given.value));
    let tokens = quote_spanned!(column.span()=> |model| &model.#column, #name);
    FieldOption { method: given.key.clone(), arguments: tokens }
}

/// `replace` as `Replace`
pub(crate) fn variant(word: &Ident) -> Ident {
    use heck::ToUpperCamelCase;
    Ident::new(&word.to_string().to_upper_camel_case(), word.span())
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
