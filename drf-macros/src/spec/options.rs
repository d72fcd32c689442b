use heck::ToUpperCamelCase;
use proc_macro2::Ident;
use syn::{Expr, LitBool, LitInt, LitStr, Path, Type};

use super::Source;
use crate::args::{FieldArgs, FieldPath, Given, Number, Unique};
use crate::ident::unraw;

/// An option of a field: a call on the builder of its description, `max_length(20)`. The name has the span of the user's key, so that
/// "`bool` has no length" is reported there.
pub(crate) struct FieldOption {
    pub(crate) name: Ident,
    pub(crate) value: OptionValue,
}

/// The value of an option.
pub(crate) enum OptionValue {
    /// `read_only`
    Flag,
    Bool(LitBool),
    Length(LitInt),
    Number(Number),
    Text(LitStr),
    Texts(Vec<LitStr>),
    Expr(Box<Expr>),
    Function(Path),
    /// A variant of the runtime's `Write`
    Write(Ident),
    /// A variant of the runtime's `UniqueLookup`
    Lookup(Ident),
    /// The message for a code
    Message(String, LitStr),
    /// A column of the related model
    RelatedColumn(Ident),
    /// A relation of the rows of a nested serializer, which has this type
    NestedSource(Box<Type>, Source),
    /// The options of the items of a list
    Child(Vec<FieldOption>),
}

/// Returns the options of a field, in the order of the documentation. A link to the row itself reads its `lookup_field` as a column
/// of the model.
pub(super) fn options(args: &FieldArgs, is_identity: bool) -> Vec<FieldOption> {
    let mut all = Vec::new();
    all.extend(args.read_only.as_ref().map(flag));
    all.extend(args.write_only.as_ref().map(flag));
    all.extend(args.display.as_ref().map(flag));
    all.extend(args.required.as_ref().map(option));
    // A field with a default is not required.
    all.extend(args.default.as_ref().map(|given| call("defaulted", given, OptionValue::Flag)));
    all.extend(args.default_with.as_ref().map(|given| call("defaulted", given, OptionValue::Flag)));
    all.extend(args.hidden.as_ref().map(flag));
    all.extend(args.nested.as_ref().and_then(write));
    all.extend(args.unique.as_ref().map(unique));
    all.extend(args.allow_blank.as_ref().map(option));
    all.extend(args.trim_whitespace.as_ref().map(option));
    all.extend(args.allow_empty.as_ref().map(option));
    all.extend(args.min_length.as_ref().map(option));
    all.extend(args.max_length.as_ref().map(option));
    all.extend(args.min_value.as_ref().map(option));
    all.extend(args.max_value.as_ref().map(option));
    all.extend(args.regex.as_ref().map(option));
    all.extend(args.validators.iter().flat_map(validators));
    all.extend(args.format.as_ref().map(option));
    all.extend(args.input_formats.as_ref().map(option));
    all.extend(args.rounding.as_ref().map(option));
    all.extend(args.normalize_output.as_ref().map(flag));
    all.extend(args.coerce_to_string.as_ref().map(option));
    all.extend(args.max_digits.as_ref().map(option));
    all.extend(args.decimal_places.as_ref().map(option));
    all.extend(args.child.as_ref().map(child));
    all.extend(args.slug_field.as_ref().map(related_column));
    all.extend(args.lookup_field.as_ref().filter(|_| !is_identity).map(related_column));
    all.extend(args.lookup_url_kwarg.as_ref().map(option));
    all.extend(args.view_name.as_ref().map(option));
    all.extend(args.queryset.as_ref().map(option));
    all.extend(args.default_timezone.as_ref().map(option));
    all.extend(args.allow_empty_file.as_ref().map(option));
    all.extend(args.use_url.as_ref().map(option));
    all.extend(args.error_messages.iter().flat_map(messages));
    all.extend(args.label.as_ref().map(option));
    all.extend(args.help_text.as_ref().map(option));
    all
}

/// Returns an option `cascade` for each relation of a nested field with this type.
pub(super) fn cascade<'a>(
    given: &'a Given<Vec<FieldPath>>,
    ty: &'a Type,
) -> impl Iterator<Item = FieldOption> + 'a {
    given.value.iter().map(|path| {
        let source = Source::new(path, &[]);
        call("cascade", given, OptionValue::NestedSource(Box::new(ty.clone()), source))
    })
}

/// `nested(write = replace)`; `nested` alone is no option.
fn write(given: &Given<Option<Ident>>) -> Option<FieldOption> {
    let write = given.value.as_ref()?;
    Some(call("write", given, OptionValue::Write(variant(write))))
}

/// `unique`, `unique(lookup = iexact)`
fn unique(given: &Given<Unique>) -> FieldOption {
    let Some(word) = &given.value.lookup else {
        return call("unique", given, OptionValue::Bool(given.value.enabled.clone()));
    };
    let lookup = if word == "iexact" { "IExact" } else { "Exact" };
    call("unique_lookup", given, OptionValue::Lookup(Ident::new(lookup, word.span())))
}

/// `child(min_value = 0)`
fn child(given: &Given<Box<FieldArgs>>) -> FieldOption {
    call("child", given, OptionValue::Child(options(&given.value, false)))
}

/// `validators(is_even, no_blanks)`
fn validators(given: &Given<Vec<Path>>) -> impl Iterator<Item = FieldOption> + '_ {
    let span = |path: &Path| path.segments.last().map_or(given.span(), |last| last.ident.span());
    given.value.iter().map(move |path| FieldOption {
        name: Ident::new("validator", span(path)),
        value: OptionValue::Function(path.clone()),
    })
}

/// `error_messages(required = "..")`
fn messages(given: &Given<Vec<(Ident, LitStr)>>) -> impl Iterator<Item = FieldOption> + '_ {
    given.value.iter().map(|(code, message)| FieldOption {
        name: Ident::new("error_message", code.span()),
        value: OptionValue::Message(unraw(code), message.clone()),
    })
}

/// `slug_field = name`
fn related_column(given: &Given<Ident>) -> FieldOption {
    FieldOption { name: given.key.clone(), value: OptionValue::RelatedColumn(given.value.clone()) }
}

/// Returns `Replace` of `replace`.
pub(super) fn variant(word: &Ident) -> Ident {
    Ident::new(&word.to_string().to_upper_camel_case(), word.span())
}

fn flag(given: &Given<()>) -> FieldOption {
    FieldOption { name: given.key.clone(), value: OptionValue::Flag }
}

fn option<T: Clone + Into<OptionValue>>(given: &Given<T>) -> FieldOption {
    FieldOption { name: given.key.clone(), value: given.value.clone().into() }
}

fn call<T>(name: &str, given: &Given<T>, value: OptionValue) -> FieldOption {
    FieldOption { name: Ident::new(name, given.span()), value }
}

macro_rules! from {
    ($($T:ty => $Variant:ident,)*) => {
        $(impl From<$T> for OptionValue {
            fn from(value: $T) -> Self {
                Self::$Variant(value)
            }
        })*
    };
}
from! {
    LitBool => Bool,
    LitInt => Length,
    Number => Number,
    LitStr => Text,
    Vec<LitStr> => Texts,
    Path => Function,
}

impl From<Expr> for OptionValue {
    fn from(value: Expr) -> Self {
        Self::Expr(Box::new(value))
    }
}
