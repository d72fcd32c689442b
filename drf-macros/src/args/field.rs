use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Expr, LitBool, LitInt, LitStr, Path, Token};

use super::arguments::{Argument, Arguments, Given, Owner};
use super::list::list;
use super::values::{Number, boolean, expr, flag, length, number, path, text};
use super::words::words;
use super::{Words, check_regex};
use crate::diagnostics::{Errors, Result, bail, err};

/// The arguments of `#[field(..)]`.
#[derive(Default)]
pub(crate) struct FieldArgs {
    pub(crate) keys: Vec<Ident>,
    /// Whether `source` or `method` is there, perhaps broken
    pub(crate) has_place: bool,
    pub(crate) read_only: Option<Given<()>>,
    pub(crate) write_only: Option<Given<()>>,
    pub(crate) display: Option<Given<()>>,
    pub(crate) no_column: Option<Given<()>>,
    pub(crate) required: Option<Given<LitBool>>,
    pub(crate) allow_blank: Option<Given<LitBool>>,
    pub(crate) trim_whitespace: Option<Given<LitBool>>,
    pub(crate) allow_empty: Option<Given<LitBool>>,
    pub(crate) unique: Option<Given<LitBool>>,
    pub(crate) min_length: Option<Given<LitInt>>,
    pub(crate) max_length: Option<Given<LitInt>>,
    pub(crate) min_value: Option<Given<Number>>,
    pub(crate) max_value: Option<Given<Number>>,
    pub(crate) regex: Option<Given<LitStr>>,
    pub(crate) format: Option<Given<LitStr>>,
    pub(crate) input_formats: Option<Given<Vec<LitStr>>>,
    pub(crate) rounding: Option<Given<Expr>>,
    pub(crate) normalize_output: Option<Given<()>>,
    pub(crate) coerce_to_string: Option<Given<LitBool>>,
    pub(crate) default: Option<Given<Expr>>,
    pub(crate) source: Option<Given<Words>>,
    pub(crate) method: Option<Given<Path>>,
    pub(crate) validate: Option<Given<Path>>,
    pub(crate) error_messages: Option<Given<Vec<(Ident, LitStr)>>>,
    pub(crate) label: Option<Given<LitStr>>,
    pub(crate) help_text: Option<Given<LitStr>>,
}

const OWNER: Owner = Owner {
    name: "#[field]",
    known: &[
        "read_only",
        "write_only",
        "required",
        "default",
        "source",
        "method",
        "validate",
        "no_column",
        "display",
        "unique",
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
        "error_messages",
        "label",
        "help_text",
    ],
    repeatable: &[],
    hints: &[
        ("allow_null", "write the type as `Option<..>`"),
        ("max_digits", "it comes from the column's type, `Decimal(Some((8, 2)))`"),
        ("decimal_places", "it comes from the column's type, `Decimal(Some((8, 2)))`"),
        ("many", "write the type as `Vec<..>`"),
        ("validators", "write `validate = some_function`"),
    ],
};

impl FieldArgs {
    pub(crate) fn read(tokens: TokenStream, errors: &mut Errors) -> Self {
        let mut all = Arguments::read(tokens, &OWNER, errors);
        Self {
            keys: all.keys().to_vec(),
            has_place: all.has("source") || all.has("method"),
            read_only: all.take("read_only", errors, flag),
            write_only: all.take("write_only", errors, flag),
            display: all.take("display", errors, flag),
            no_column: all.take("no_column", errors, flag),
            required: all.take("required", errors, boolean),
            allow_blank: all.take("allow_blank", errors, boolean),
            trim_whitespace: all.take("trim_whitespace", errors, boolean),
            allow_empty: all.take("allow_empty", errors, boolean),
            unique: all.take("unique", errors, boolean),
            min_length: all.take("min_length", errors, length),
            max_length: all.take("max_length", errors, length),
            min_value: all.take("min_value", errors, number),
            max_value: all.take("max_value", errors, number),
            regex: all.take("regex", errors, regex),
            format: all.take("format", errors, text),
            input_formats: all.take("input_formats", errors, texts),
            rounding: all.take("rounding", errors, expr),
            normalize_output: all.take("normalize_output", errors, flag),
            coerce_to_string: all.take("coerce_to_string", errors, boolean),
            default: all.take("default", errors, expr),
            source: all.take("source", errors, words),
            method: all.take("method", errors, path),
            validate: all.take("validate", errors, path),
            error_messages: all.take("error_messages", errors, error_messages),
            label: all.take("label", errors, text),
            help_text: all.take("help_text", errors, text),
        }
    }
}

/// `regex = "^[a-z]+$"`
pub(crate) fn regex(argument: &Argument, errors: &mut Errors) -> Result<LitStr> {
    let pattern = text(argument, errors)?;
    check_regex(&pattern)?;
    Ok(pattern)
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
