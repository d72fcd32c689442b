use proc_macro2::Ident;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Expr, LitBool, LitInt, LitStr, Path, Token};

use super::FieldPath;
use super::arguments::{Argument, Arguments, Form};
use super::field_path::{field_path, field_paths};
use super::list::list;
use super::regex::regex;
use super::signature::{ArgumentsOf, PolicyPlace, Signature, arguments};
use super::values::{Number, boolean, expr, flag, identifier, length, number, path, text};
use crate::diagnostics::{Errors, Result, bail, err, help, one_of};

arguments! {
    /// The arguments of `#[field(..)]`.
    FieldArgs of "#[field]" {
        read_only: () = flag,
        write_only: () = flag,
        required: LitBool = boolean,
        default: Expr = expr,
        default_with: Expr = expr,
        hidden: () = flag,
        nested: Option<Ident> = nested,
        source: FieldPath = field_path,
        method: Path = path,
        validate: Path = path,
        validators: Vec<Path> = validators,
        cascade: Vec<FieldPath> = field_paths,
        no_column: () = flag,
        display: () = flag,
        unique: Unique = unique,
        allow_blank: LitBool = boolean,
        trim_whitespace: LitBool = boolean,
        allow_empty: LitBool = boolean,
        min_length: LitInt = length,
        max_length: LitInt = length,
        min_value: Number = number,
        max_value: Number = number,
        regex: LitStr = regex,
        format: LitStr = text,
        input_formats: Vec<LitStr> = texts,
        rounding: Expr = expr,
        normalize_output: () = flag,
        coerce_to_string: LitBool = boolean,
        max_digits: LitInt = length,
        decimal_places: LitInt = length,
        child: Box<FieldArgs> = child,
        slug_field: Ident = column,
        view_name: LitStr = text,
        lookup_field: Ident = column,
        lookup_url_kwarg: LitStr = identifier,
        queryset: Path = path,
        default_timezone: LitStr = text,
        allow_empty_file: LitBool = boolean,
        use_url: LitBool = boolean,
        error_messages: Vec<(Ident, LitStr)> = error_messages,
        label: LitStr = text,
        help_text: LitStr = text,
    }
    hints {
        "allow_null" => "write the type as `Option<..>`",
        "many" => "write the type as `Vec<..>`",
    }
}

impl FieldArgs {
    /// Tells whether `source` or `method` is there, perhaps broken.
    pub(crate) fn has_place(&self) -> bool {
        self.keys.iter().any(|key| key == "source" || key == "method")
    }
}

arguments! {
    /// `nested(write = replace)`
    NestedArgs of "nested" {
        write: Ident = |argument, _| word(argument, WRITES),
    }
}

arguments! {
    /// `unique(lookup = iexact)`
    UniqueArgs of "unique" {
        lookup: Ident = |argument, _| word(argument, &["exact", "iexact"]),
    }
}

/// `unique`, `unique = false`, `unique(lookup = iexact)`
#[derive(Clone)]
pub(crate) struct Unique {
    pub(crate) enabled: LitBool,
    pub(crate) lookup: Option<Ident>,
}

/// The arguments of `child(..)`.
pub(crate) const CHILD: Signature = Signature {
    name: "child",
    known: &[
        "allow_blank",
        "trim_whitespace",
        "allow_empty",
        "min_length",
        "max_length",
        "min_value",
        "max_value",
        "regex",
        "format",
        "input_formats",
        "rounding",
        "normalize_output",
        "coerce_to_string",
        "max_digits",
        "decimal_places",
        "default_timezone",
        "allow_empty_file",
        "child",
        "error_messages",
    ],
    repeated: &[],
    policies: PolicyPlace::Nowhere,
    hints: &[
        ("allow_null", "write the type of the items as `Option<..>`"),
        ("required", "write it at the list itself"),
        ("read_only", "write it at the list itself"),
        ("write_only", "write it at the list itself"),
        ("default", "write it at the list itself"),
    ],
};

/// `nested`, `nested(write = replace)`
fn nested(argument: &Argument, errors: &mut Errors) -> Result<Option<Ident>> {
    if matches!(argument.form, Form::Flag) {
        return Ok(None);
    }
    let items = argument.items("nested` or `nested(write = replace)")?;
    let NestedArgs { keys, write } = NestedArgs::read(items, errors);
    // A broken argument counts as one: its absence would be a second error.
    let broken = || keys.first().map(|key| Ident::new(WRITES[0], key.span()));
    Ok(write.map(|given| given.value).or_else(broken))
}

/// The ways to write nested rows.
const WRITES: &[&str] = &["replace", "append", "patch"];

/// `unique`, `unique = false`, `unique(lookup = iexact)`
fn unique(argument: &Argument, errors: &mut Errors) -> Result<Unique> {
    if !matches!(argument.form, Form::List(_)) {
        return Ok(Unique { enabled: boolean(argument, errors)?, lookup: None });
    }
    let UniqueArgs { lookup, .. } = UniqueArgs::read(argument.items("unique(lookup = iexact)")?, errors);
    let enabled = LitBool::new(true, argument.key.span());
    Ok(Unique { enabled, lookup: lookup.map(|given| given.value) })
}

/// `validators(is_even, no_spaces)`
fn validators(argument: &Argument, errors: &mut Errors) -> Result<Vec<Path>> {
    Ok(list(argument.items("validators(some_function)")?, errors, |input| Ok(input.parse()?)))
}

/// Reads one of some words: `write = replace`.
fn word(argument: &Argument, known: &[&str]) -> Result<Ident> {
    let value = argument.value(&format!("{} = {}", argument.key, known[0]))?;
    if let Ok(text) = syn::parse2::<LitStr>(value.clone()) {
        bail!(text, "expected a word, not a string\nhelp: write `{} = {}`", argument.key, text.value());
    }
    let expected = || err!(value, "expected a word\nhelp: expected one of {}", one_of(known));
    let word: Ident = syn::parse2(value.clone()).map_err(|_| expected())?;
    match known.contains(&word.to_string().as_str()) {
        true => Ok(word),
        false => {
            bail!(word, "`{word}` is not a value of `{}`\n{}", argument.key, help(&word.to_string(), known))
        }
    }
}

/// `child(min_value = 0)`
fn child(argument: &Argument, errors: &mut Errors) -> Result<Box<FieldArgs>> {
    let all = Arguments::read(argument.items("child(min_value = 0)")?, &CHILD, errors);
    Ok(Box::new(FieldArgs::take(all, errors)))
}

/// `slug_field = name`
fn column(argument: &Argument, _: &mut Errors) -> Result<Ident> {
    let value = argument.value(&format!("{} = name", argument.key))?;
    if let Ok(text) = syn::parse2::<LitStr>(value.clone()) {
        bail!(text, "expected a column, not a string\nhelp: write `{} = {}`", argument.key, text.value());
    }
    syn::parse2(value).map_err(|_| err!(argument.key, "`{}` must name one column", argument.key))
}

/// `input_formats("%d.%m.%Y", "iso-8601")`
fn texts(argument: &Argument, errors: &mut Errors) -> Result<Vec<LitStr>> {
    let items = argument.items("input_formats(\"%d.%m.%Y\", \"iso-8601\")")?;
    Ok(list(items, errors, |input| match input.parse::<LitStr>() {
        Ok(format) => Ok(format),
        Err(_) => bail!(input.span(), "a format is a string literal\nhelp: write `\"%d.%m.%Y\"`"),
    }))
}

/// `error_messages(required = "..", min_length = "..")`
fn error_messages(argument: &Argument, errors: &mut Errors) -> Result<Vec<(Ident, LitStr)>> {
    let items = argument.items("error_messages(required = \"..\")")?;
    let mut messages: Vec<(Ident, LitStr)> = Vec::new();
    for (code, message) in list(items, errors, error_message) {
        match messages.iter().any(|(first, _)| *first == code) {
            true => errors.push(err!(code, "duplicate message for `{code}`")),
            false => messages.push((code, message)),
        }
    }
    Ok(messages)
}

fn error_message(input: ParseStream<'_>) -> Result<(Ident, LitStr)> {
    let code = input.call(Ident::parse_any)?;
    input
        .parse::<Token![=]>()
        .map_err(|_| err!(code, "expected a message\nhelp: write `{code} = \"..\"`"))?;
    match input.parse() {
        Ok(message) => Ok((code, message)),
        Err(_) => bail!(code, "the message for `{code}` must be a string literal"),
    }
}
