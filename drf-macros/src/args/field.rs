use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Expr, LitBool, LitInt, LitStr, Path, Token};

use super::arguments::{Argument, Arguments, Given, Owner, Written};
use super::list::list;
use super::values::{Number, boolean, expr, flag, identifier, length, number, path, text};
use super::words::words;
use super::{Words, check_regex};
use crate::diagnostics::{Errors, Result, bail, err, one_of, way_out};

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
    pub(crate) hidden: Option<Given<()>>,
    pub(crate) nested: Option<Given<Option<Ident>>>,
    pub(crate) required: Option<Given<LitBool>>,
    pub(crate) allow_blank: Option<Given<LitBool>>,
    pub(crate) trim_whitespace: Option<Given<LitBool>>,
    pub(crate) allow_empty: Option<Given<LitBool>>,
    pub(crate) unique: Option<Given<Unique>>,
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
    pub(crate) default_with: Option<Given<Expr>>,
    pub(crate) child: Option<Given<Box<FieldArgs>>>,
    pub(crate) max_digits: Option<Given<LitInt>>,
    pub(crate) decimal_places: Option<Given<LitInt>>,
    pub(crate) slug_field: Option<Given<Ident>>,
    pub(crate) lookup_field: Option<Given<Ident>>,
    pub(crate) lookup_url_kwarg: Option<Given<LitStr>>,
    pub(crate) view_name: Option<Given<LitStr>>,
    pub(crate) queryset: Option<Given<Path>>,
    pub(crate) default_timezone: Option<Given<LitStr>>,
    pub(crate) allow_empty_file: Option<Given<LitBool>>,
    pub(crate) use_url: Option<Given<LitBool>>,
    pub(crate) source: Option<Given<Words>>,
    pub(crate) method: Option<Given<Path>>,
    pub(crate) validate: Option<Given<Path>>,
    pub(crate) validators: Option<Given<Vec<Path>>>,
    /// What goes with nested rows that are replaced
    pub(crate) cascade: Option<Given<Vec<Words>>>,
    pub(crate) error_messages: Option<Given<Vec<(Ident, LitStr)>>>,
    pub(crate) label: Option<Given<LitStr>>,
    pub(crate) help_text: Option<Given<LitStr>>,
}

/// `unique`, `unique = false`, `unique(lookup = iexact)`
#[derive(Clone)]
pub(crate) struct Unique {
    pub(crate) enabled: LitBool,
    pub(crate) lookup: Option<Ident>,
}

const OWNER: Owner = Owner {
    name: "#[field]",
    known: &[
        "read_only",
        "write_only",
        "required",
        "default",
        "default_with",
        "hidden",
        "nested",
        "source",
        "method",
        "validate",
        "validators",
        "cascade",
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
        "max_digits",
        "decimal_places",
        "child",
        "slug_field",
        "view_name",
        "lookup_field",
        "lookup_url_kwarg",
        "queryset",
        "default_timezone",
        "allow_empty_file",
        "use_url",
        "error_messages",
        "label",
        "help_text",
    ],
    repeatable: &[],
    hints: &[("allow_null", "write the type as `Option<..>`"), ("many", "write the type as `Vec<..>`")],
};

/// What `child(..)` can say.
const CHILD: Owner = Owner {
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
    repeatable: &[],
    hints: &[
        ("allow_null", "write the type of the items as `Option<..>`"),
        ("required", "say it of the list itself"),
        ("read_only", "say it of the list itself"),
        ("write_only", "say it of the list itself"),
        ("default", "say it of the list itself"),
    ],
};

impl FieldArgs {
    pub(crate) fn read(tokens: TokenStream, errors: &mut Errors) -> Self {
        Self::of(Arguments::read(tokens, &OWNER, errors), errors)
    }

    fn of(mut all: Arguments, errors: &mut Errors) -> Self {
        Self {
            keys: all.keys().to_vec(),
            has_place: all.has("source") || all.has("method"),
            read_only: all.take("read_only", errors, flag),
            write_only: all.take("write_only", errors, flag),
            display: all.take("display", errors, flag),
            no_column: all.take("no_column", errors, flag),
            hidden: all.take("hidden", errors, flag),
            nested: all.take("nested", errors, nested),
            required: all.take("required", errors, boolean),
            allow_blank: all.take("allow_blank", errors, boolean),
            trim_whitespace: all.take("trim_whitespace", errors, boolean),
            allow_empty: all.take("allow_empty", errors, boolean),
            unique: all.take("unique", errors, unique),
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
            default_with: all.take("default_with", errors, expr),
            child: all.take("child", errors, child),
            max_digits: all.take("max_digits", errors, length),
            decimal_places: all.take("decimal_places", errors, length),
            slug_field: all.take("slug_field", errors, column),
            lookup_field: all.take("lookup_field", errors, column),
            lookup_url_kwarg: all.take("lookup_url_kwarg", errors, identifier),
            view_name: all.take("view_name", errors, text),
            queryset: all.take("queryset", errors, path),
            default_timezone: all.take("default_timezone", errors, text),
            allow_empty_file: all.take("allow_empty_file", errors, boolean),
            use_url: all.take("use_url", errors, boolean),
            source: all.take("source", errors, words),
            method: all.take("method", errors, path),
            validate: all.take("validate", errors, path),
            validators: all.take("validators", errors, validators),
            cascade: all.take("cascade", errors, cascade),
            error_messages: all.take("error_messages", errors, error_messages),
            label: all.take("label", errors, text),
            help_text: all.take("help_text", errors, text),
        }
    }
}

/// `nested`, `nested(write = replace)`
fn nested(argument: &Argument, errors: &mut Errors) -> Result<Option<Ident>> {
    if matches!(argument.written, Written::Flag) {
        return Ok(None);
    }
    const OWNER: Owner = Owner { name: "nested", known: &["write"], repeatable: &[], hints: &[] };
    let items = argument.items("nested` or `nested(write = replace)")?;
    let mut arguments = Arguments::read(items, &OWNER, errors);
    let write = arguments.take("write", errors, |argument, _| word_of(argument, WRITES));
    // Whatever it should have been, it is there: that nothing says how to write is no second error.
    let broken = || arguments.keys().first().map(|key| Ident::new(WRITES[0], key.span()));
    Ok(write.map(|given| given.value).or_else(broken))
}

/// How nested rows can be written.
const WRITES: &[&str] = &["replace", "append", "patch"];

/// `unique`, `unique = false`, `unique(lookup = iexact)`
fn unique(argument: &Argument, errors: &mut Errors) -> Result<Unique> {
    if !matches!(argument.written, Written::List(_)) {
        return Ok(Unique { enabled: boolean(argument, errors)?, lookup: None });
    }
    const OWNER: Owner = Owner { name: "unique", known: &["lookup"], repeatable: &[], hints: &[] };
    let mut arguments = Arguments::read(argument.items("unique(lookup = iexact)")?, &OWNER, errors);
    let lookup = arguments.take("lookup", errors, |argument, _| word_of(argument, &["exact", "iexact"]));
    let enabled = LitBool::new(true, argument.key.span());
    Ok(Unique { enabled, lookup: lookup.map(|given| given.value) })
}

/// `validators(is_even, no_spaces)`
fn validators(argument: &Argument, errors: &mut Errors) -> Result<Vec<Path>> {
    Ok(list(argument.items("validators(some_function)")?, errors, |input| Ok(input.parse()?)))
}

/// `cascade(reviews, authors)`
fn cascade(argument: &Argument, errors: &mut Errors) -> Result<Vec<Words>> {
    Ok(list(argument.items("cascade(reviews)")?, errors, Words::parse))
}

/// One of some words: `write = replace`.
fn word_of(argument: &Argument, known: &[&str]) -> Result<Ident> {
    let value = argument.value(&format!("{} = {}", argument.key, known[0]))?;
    if let Ok(text) = syn::parse2::<LitStr>(value.clone()) {
        bail!(text, "expected a word, not a string\nhelp: write `{} = {}`", argument.key, text.value());
    }
    let expected = || err!(value, "expected a word\nhelp: expected one of {}", one_of(known));
    let word: Ident = syn::parse2(value.clone()).map_err(|_| expected())?;
    match known.contains(&word.to_string().as_str()) {
        true => Ok(word),
        false => {
            bail!(word, "`{word}` is no value of `{}`\n{}", argument.key, way_out(&word.to_string(), known))
        }
    }
}

/// `child(min_value = 0)`
fn child(argument: &Argument, errors: &mut Errors) -> Result<Box<FieldArgs>> {
    let all = Arguments::read(argument.items("child(min_value = 0)")?, &CHILD, errors);
    Ok(Box::new(FieldArgs::of(all, errors)))
}

/// `slug_field = name`
fn column(argument: &Argument, _: &mut Errors) -> Result<Ident> {
    let value = argument.value(&format!("{} = name", argument.key))?;
    if let Ok(text) = syn::parse2::<LitStr>(value.clone()) {
        bail!(text, "expected a column, not a string\nhelp: write `{} = {}`", argument.key, text.value());
    }
    syn::parse2(value).map_err(|_| err!(argument.key, "`{}` names one column", argument.key))
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
