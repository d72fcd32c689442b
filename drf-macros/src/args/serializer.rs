use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{LitBool, LitInt, LitStr, Path, Token, parse_quote, token};

use super::arguments::{Argument, Arguments, Given, Owner};
use super::list::{bracketed, list, parenthesized};
use super::unraw;
use super::values::{boolean, depth, length, path, text};
use super::words::Words;
use crate::diagnostics::{Error, Errors, Result, bail, err};

/// The arguments of `#[serializer(..)]`.
pub(crate) struct SerializerArgs {
    pub(crate) keys: Vec<Ident>,
    /// `None` of a plain serializer
    pub(crate) entity: Option<Result<Path>>,
    pub(crate) create: Option<Given<Path>>,
    pub(crate) update: Option<Given<Path>>,
    pub(crate) list: Option<Given<ListArgs>>,
    pub(crate) depth: Option<Given<LitInt>>,
    /// `provided(slug)`
    pub(crate) provided: Vec<Ident>,
    pub(crate) validate: Option<Given<Path>>,
    pub(crate) unique_together: Vec<Given<UniqueTogether>>,
    /// `unique_for_date(title, published)` and its kin
    pub(crate) unique_for: Vec<Given<Vec<Ident>>>,
    pub(crate) relations: Vec<Relation>,
}

/// `unique_together(publisher, name)`
pub(crate) struct UniqueTogether {
    pub(crate) fields: Vec<Ident>,
    pub(crate) message: Option<LitStr>,
}

/// `publisher = publisher::Entity`, `authors = [author::Entity]`, `home(entity = team::Entity, relation = game::Relation::Home)`
#[derive(Clone)]
pub(crate) struct Relation {
    /// The path of the relation: `publisher`, `publisher.owner`
    pub(crate) name: Words,
    pub(crate) entity: Path,
    pub(crate) many: bool,
    /// Where it is declared, if its name does not say it
    pub(crate) declared: Option<DeclaredBy>,
}

/// The variants of `Relation` that declare a relation.
#[derive(Clone)]
pub(crate) enum DeclaredBy {
    /// `relation = game::Relation::Home`
    Variant(Path),
    /// `through(book_editor::Relation::Book, book_editor::Relation::Editor)`
    Through(Path, Path),
}

impl Relation {
    /// Whether it has this path.
    pub(crate) fn is_at(&self, words: &[Ident]) -> bool {
        self.name.0.iter().map(unraw).eq(words.iter().map(unraw))
    }
}

/// `list(max_length = 100, allow_empty = false, validate = no_duplicates)`
#[derive(Default)]
pub(crate) struct ListArgs {
    pub(crate) allow_empty: Option<Given<LitBool>>,
    pub(crate) min_length: Option<Given<LitInt>>,
    pub(crate) max_length: Option<Given<LitInt>>,
    pub(crate) validate: Option<Given<Path>>,
}

const OWNER: Owner = Owner {
    name: "#[serializer]",
    known: &[
        "entity",
        "validate",
        "create",
        "update",
        "unique_together",
        "unique_for_date",
        "unique_for_month",
        "unique_for_year",
        "relations",
        "list",
        "depth",
        "provided",
    ],
    repeatable: &["unique_together", "unique_for_date", "unique_for_month", "unique_for_year"],
    hints: &[
        ("model", "write `entity = some_module::Entity`"),
        ("many", "it is for whoever reads the data to say: `request.is_valid_many::<..>()`"),
    ],
};

impl SerializerArgs {
    pub(crate) fn read(tokens: TokenStream, errors: &mut Errors) -> Self {
        let mut arguments = Arguments::read(tokens, &OWNER, errors);
        let mut unique_for = Vec::new();
        for key in UNIQUE_FOR {
            unique_for.extend(arguments.take_all(key, errors, unique_for_names));
        }
        Self {
            unique_for,
            keys: arguments.keys().to_vec(),
            entity: entity(&mut arguments, errors),
            create: arguments.take("create", errors, path),
            update: arguments.take("update", errors, path),
            list: arguments.take("list", errors, list_args),
            depth: arguments.take("depth", errors, depth),
            provided: arguments
                .take("provided", errors, provided)
                .map(|given| given.value)
                .unwrap_or_default(),
            validate: arguments.take("validate", errors, path),
            unique_together: arguments.take_all("unique_together", errors, unique_together),
            relations: arguments
                .take("relations", errors, relations)
                .map(|given| given.value)
                .unwrap_or_default(),
        }
    }
}

/// `entity = publisher::Entity`. A hook that saves rows needs one: where it is missing, the error stands in its place, so
/// that what the hook does with it is no second error.
fn entity(arguments: &mut Arguments, errors: &mut Errors) -> Option<Result<Path>> {
    let saves = |key: &&Ident| *key == "create" || *key == "update";
    let hook = arguments.keys().iter().find(saves).cloned();
    arguments.take_result("entity", errors, path).or_else(|| hook.map(|key| Err(needs_entity(&key))))
}

/// `#[serializer(depth = 1)]`
pub(crate) fn needs_entity(key: &Ident) -> Error {
    let way_out = "help: name the table: `entity = publisher::Entity`";
    err!(key, "`{key}` is for a serializer with an entity\n{way_out}")
}

/// `provided(slug)`
fn provided(argument: &Argument, errors: &mut Errors) -> Result<Vec<Ident>> {
    Ok(list(argument.items("provided(slug)")?, errors, field_name))
}

/// The periods in which a field can be unique.
const UNIQUE_FOR: &[&str] = &["unique_for_date", "unique_for_month", "unique_for_year"];

/// `unique_for_date(title, published)`
fn unique_for_names(argument: &Argument, errors: &mut Errors) -> Result<Vec<Ident>> {
    let form = format!("{}(title, published)", argument.key);
    let names = list(argument.items(&form)?, errors, field_name);
    match names.len() {
        2 => Ok(names),
        _ => Err(argument.malformed(&form)),
    }
}

/// `list(max_length = 100)`
fn list_args(argument: &Argument, errors: &mut Errors) -> Result<ListArgs> {
    const OWNER: Owner = Owner {
        name: "list",
        known: &["allow_empty", "min_length", "max_length", "validate"],
        repeatable: &[],
        hints: &[],
    };
    let mut arguments = Arguments::read(argument.items("list(max_length = 100)")?, &OWNER, errors);
    Ok(ListArgs {
        allow_empty: arguments.take("allow_empty", errors, boolean),
        min_length: arguments.take("min_length", errors, length),
        max_length: arguments.take("max_length", errors, length),
        validate: arguments.take("validate", errors, path),
    })
}

/// `unique_together(a, b)`, `unique_together(fields(a, b), message = "..")`
fn unique_together(argument: &Argument, errors: &mut Errors) -> Result<UniqueTogether> {
    let form = "unique_together(a, b)";
    let items = argument.items(form)?;
    if !starts_with_fields(&items) {
        return Ok(UniqueTogether { fields: list(items, errors, field_name), message: None });
    }
    const OWNER: Owner =
        Owner { name: "unique_together", known: &["fields", "message"], repeatable: &[], hints: &[] };
    let mut arguments = Arguments::read(items, &OWNER, errors);
    let names = |argument: &Argument, errors: &mut Errors| {
        Ok(list(argument.items("fields(a, b)")?, errors, field_name))
    };
    let fields = arguments.take("fields", errors, names).map(|given| given.value).unwrap_or_default();
    let message = arguments.take("message", errors, text).map(|given| given.value);
    Ok(UniqueTogether { fields, message })
}

fn starts_with_fields(items: &TokenStream) -> bool {
    let text = items.to_string();
    text.starts_with("fields (") || text.starts_with("fields(") || text.starts_with("message =")
}

fn field_name(input: ParseStream<'_>) -> Result<Ident> {
    if let Ok(text) = input.fork().parse::<LitStr>() {
        bail!(text, "expected a field, not a string\nhelp: write `{}` without quotes", text.value());
    }
    Ok(input.call(Ident::parse_any)?)
}

/// `relations(publisher = publisher::Entity, authors = [author::Entity])`
pub(crate) fn relations(argument: &Argument, errors: &mut Errors) -> Result<Vec<Relation>> {
    let form = "relations(publisher = publisher::Entity, authors = [author::Entity])";
    let mut nested = Errors::default();
    let relations = list(argument.items(form)?, errors, |input| relation(input, &mut nested));
    errors.extend(nested.into_inner());
    Ok(relations)
}

fn relation(input: ParseStream<'_>, errors: &mut Errors) -> Result<Relation> {
    let name = Words::parse(input)?;
    if input.is_empty() || input.peek(Token![,]) {
        // Most likely it is called so, and then this is the only error.
        let word = name.last();
        errors.push(err!(word, "expected the entity of `{name}`\nhelp: write `{name} = {word}::Entity`"));
        return Ok(Relation { entity: parse_quote!(#word::Entity), name, many: false, declared: None });
    }
    if input.peek(token::Paren) {
        let (_, content) = parenthesized(input)?;
        return explicit_relation(name, content.parse()?, errors);
    }
    input.parse::<Token![=]>()?;
    let (entity, many) = related_entity(input)?;
    Ok(Relation { name, entity, many, declared: None })
}

/// `publisher::Entity`, `Option<publisher::Entity>`, `[author::Entity]`
fn related_entity(input: ParseStream<'_>) -> Result<(Path, bool)> {
    if !input.peek(token::Bracket) {
        return Ok((input.parse()?, false));
    }
    let content = bracketed(input)?;
    Ok((content.parse()?, true))
}

const EXPLICIT: Owner =
    Owner { name: "relations", known: &["entity", "relation", "through"], repeatable: &[], hints: &[] };

/// `(entity = team::Entity, relation = game::Relation::Home)`,
/// `(entity = [author::Entity], through(book_editor::Relation::Book, book_editor::Relation::Editor))`
fn explicit_relation(name: Words, arguments: TokenStream, errors: &mut Errors) -> Result<Relation> {
    let mut arguments = Arguments::read(arguments, &EXPLICIT, errors);
    let word = name.last().clone();
    let missing =
        || err!(word, "`{word}` names no entity\nhelp: write `{word}(entity = {word}::Entity, ..)`");
    let (entity, many) = arguments.require("entity", errors, entity_argument, missing)?;
    // A malformed or misspelled argument is reported already.
    let names_a_relation = arguments.keys().iter().any(|key| key != "entity");
    let relation = arguments.take("relation", errors, path);
    let through = arguments.take("through", errors, through);
    let declared = match (relation, through) {
        (None, None) if names_a_relation => return Ok(Relation { name, entity, many, declared: None }),
        (Some(relation), None) => DeclaredBy::Variant(relation.value),
        (None, Some(through)) if many => DeclaredBy::Through(through.value.0, through.value.1),
        (None, Some(through)) => bail!(
            through.key,
            "a join table leads to many rows\nhelp: write `entity = [{}]`",
            entity.to_token_stream().to_string().replace(' ', "")
        ),
        (Some(_), Some(through)) => bail!(
            through.key,
            "`through` contradicts `relation`\nhelp: a relation by a foreign key is a `relation`, one by a join table is `through`"
        ),
        (None, None) => bail!(
            word,
            "`{word}` names no relation\nhelp: write `{word} = ..::Entity`, or say which relation it is: `relation = ..::Relation::..`"
        ),
    };
    Ok(Relation { name, entity, many, declared: Some(declared) })
}

/// `entity = [author::Entity]`
fn entity_argument(argument: &Argument, errors: &mut Errors) -> Result<(Path, bool)> {
    let form = "entity = author::Entity` or `entity = [author::Entity]";
    let found = list(argument.value(form)?, errors, related_entity);
    found.into_iter().next().ok_or_else(|| argument.malformed(form))
}

/// `through(book_editor::Relation::Book, book_editor::Relation::Editor)`
fn through(argument: &Argument, errors: &mut Errors) -> Result<(Path, Path)> {
    let form = "through(book_editor::Relation::Book, book_editor::Relation::Editor)";
    let variants = list(argument.items(form)?, errors, |input| Ok(input.parse::<Path>()?));
    match <[Path; 2]>::try_from(variants) {
        Ok([first, second]) => Ok((first, second)),
        Err(_) => Err(argument.malformed(form)),
    }
}
