use proc_macro2::{Ident, Punct, Spacing, TokenStream, TokenTree};
use syn::{Attribute, Expr, GenericArgument, Index, Meta, Path, PathArguments, Type};

use super::options::{cascade, options, variant};
use super::{FieldOption, Source, checks};
use crate::args::{ArgumentsOf, FieldArgs, Relation, take_attributes};
use crate::diagnostics::{Errors, err};
use crate::ident::unraw;

/// A field of a serializer.
pub(crate) struct FieldSpec {
    /// Its position in the struct
    pub(crate) index: Index,
    /// Its name in the struct
    pub(crate) ident: Ident,
    /// Its name on the wire
    pub(crate) name: String,
    pub(crate) ty: Type,
    /// The origin of its value
    pub(crate) place: Place,
    /// The options of its description, in the order of the documentation
    pub(crate) options: Vec<FieldOption>,
    pub(crate) default: Option<Default>,
    pub(crate) validate: Option<Path>,
    pub(crate) keys: Vec<Ident>,
    /// The variant of the runtime's `Write` for its nested rows
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

/// The facts about the serializer that its fields depend on.
pub(crate) struct SerializerContext<'a> {
    pub(crate) relations: &'a [Relation],
    /// It has no entity
    pub(crate) plain: bool,
    /// Its hooks save rows, whatever a field means
    pub(crate) saved_by_hooks: bool,
}

/// The origin of the value of a field.
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

impl FieldSpec {
    pub(crate) fn new(
        index: usize,
        field: &mut syn::Field,
        context: &SerializerContext<'_>,
        errors: &mut Errors,
    ) -> Option<Self> {
        let args = field_args(&mut field.attrs, errors);
        checks::field::check(&args, errors);
        checks::field::check_type(&args, field, context, errors);
        let ident = field.ident.clone()?;
        let place = place(&args, &ident, &field.ty, context);
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
            write: args.nested.as_ref().and_then(|given| given.value.as_ref()).map(variant),
            nested: args.nested.is_some(),
            default: args
                .default
                .map(|given| Default::Value(given.value))
                .or(args.default_with.map(|given| Default::With(given.value))),
            ident,
        })
    }

    /// Tells whether it is a serializer in the serializer.
    pub(crate) fn is_nested(&self) -> bool {
        self.nested
    }

    /// Tells whether input can set it. (That the primary key is read-only turns out at run time.)
    pub(crate) fn is_input(&self) -> bool {
        let computed = match &self.place {
            Place::Source(source) => source.is_related(),
            Place::Method(_) | Place::Identity(_) => true,
            Place::Input => false,
        };
        !self.read_only && !computed
    }

    /// Tells whether it is read-only, but has a default.
    pub(crate) fn is_read_only_default(&self) -> bool {
        self.read_only && self.default.is_some()
    }

    /// Tells whether rows are serialized with it.
    pub(crate) fn is_output(&self) -> bool {
        !self.write_only && !matches!(self.place, Place::Input)
    }
}

fn field_args(attributes: &mut Vec<Attribute>, errors: &mut Errors) -> FieldArgs {
    let mut arguments = TokenStream::new();
    for attribute in take_attributes(attributes, &["field"]) {
        match attribute.meta {
            Meta::List(list) => {
                arguments.extend(list.tokens);
                arguments.extend([TokenTree::from(Punct::new(',', Spacing::Alone))]);
            }
            other => {
                errors.push(err!(other.path(), "malformed attribute `field`\nhelp: write `#[field(..)]`"));
            }
        }
    }
    FieldArgs::read(arguments, errors)
}

fn place(args: &FieldArgs, ident: &Ident, ty: &Type, context: &SerializerContext<'_>) -> Place {
    let relations = context.relations;
    if context.plain {
        return Place::Input;
    }
    if names(ty, "HyperlinkedIdentity") {
        let source = args.lookup_field.as_ref().map(|given| Source::own(&given.value, relations));
        return Place::Identity(source);
    }
    match (&args.method, &args.source) {
        (Some(method), _) => Place::Method(method.value.clone()),
        (None, Some(source)) => Place::Source(Source::new(&source.value, relations)),
        // Without a place there is no second error about it.
        (None, None) if args.no_column.is_some() || args.has_place() => Place::Input,
        (None, None) => Place::Source(Source::own(ident, relations)),
    }
}

/// Tells whether a type has this name, perhaps inside of `Option` or `Vec`.
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
