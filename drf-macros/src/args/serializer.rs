use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{LitBool, LitInt, LitStr, Path, Token, parse_quote, token};

use super::arguments::Argument;
use super::field_path::FieldPath;
use super::list::{bracketed, list, parenthesized};
use super::signature::{ArgumentsOf, arguments};
use super::values::{boolean, depth, fallible, length, path, text};
use crate::diagnostics::{Errors, Result, bail, err};
use crate::ident::unraw;

arguments! {
    /// The arguments of `#[serializer(..)]`.
    SerializerArgs of "#[serializer]" {
        entity: Result<Path> = fallible(path),
        validate: Path = path,
        create: Path = path,
        update: Path = path,
        relations: Vec<Relation> = relations,
        list: ListArgs = list_args,
        depth: LitInt = depth,
        /// `provided(slug)`
        provided: Vec<Ident> = provided,
    }
    repeated {
        unique_together: UniqueTogether = unique_together,
        unique_for_date: FieldAndDate = field_and_date,
        unique_for_month: FieldAndDate = field_and_date,
        unique_for_year: FieldAndDate = field_and_date,
    }
    hints {
        "model" => "write `entity = some_module::Entity`",
        "many" => "the code that reads the data decides: `request.is_valid_many::<..>()`",
    }
}

arguments! {
    /// `list(max_length = 100, allow_empty = false, validate = no_duplicates)`
    ListArgs of "list" {
        allow_empty: LitBool = boolean,
        min_length: LitInt = length,
        max_length: LitInt = length,
        validate: Path = path,
    }
}

arguments! {
    /// `unique_together(fields(a, b), message = "..")`
    UniqueTogetherArgs of "unique_together" {
        fields: Vec<Ident> = field_names,
        message: LitStr = text,
    }
}

arguments! {
    /// `(entity = team::Entity, relation = game::Relation::Home)`,
    /// `(entity = [author::Entity], through(book_editor::Relation::Book, book_editor::Relation::Editor))`
    ExplicitRelation of "relations" {
        entity: Result<(Path, bool)> = fallible(entity_argument),
        relation: Path = path,
        through: (Path, Path) = through,
    }
}

/// `unique_for_date(title, published)`
pub(crate) struct FieldAndDate {
    pub(crate) field: Ident,
    pub(crate) date: Ident,
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
    pub(crate) name: FieldPath,
    pub(crate) entity: Path,
    pub(crate) many: bool,
    /// The variants that declare it, if its name does not say it
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
    /// Tells whether it has this path.
    pub(crate) fn is_at(&self, names: &[Ident]) -> bool {
        self.name.0.iter().map(unraw).eq(names.iter().map(unraw))
    }
}

/// `provided(slug)`
fn provided(argument: &Argument, errors: &mut Errors) -> Result<Vec<Ident>> {
    Ok(list(argument.items("provided(slug)")?, errors, field_name))
}

/// `unique_for_date(title, published)`
fn field_and_date(argument: &Argument, errors: &mut Errors) -> Result<FieldAndDate> {
    let form = format!("{}(title, published)", argument.key);
    let names = list(argument.items(&form)?, errors, field_name);
    match <[Ident; 2]>::try_from(names) {
        Ok([field, date]) => Ok(FieldAndDate { field, date }),
        Err(_) => Err(argument.malformed(&form)),
    }
}

/// `list(max_length = 100)`
fn list_args(argument: &Argument, errors: &mut Errors) -> Result<ListArgs> {
    Ok(ListArgs::read(argument.items("list(max_length = 100)")?, errors))
}

/// `unique_together(a, b)`, `unique_together(fields(a, b), message = "..")`
fn unique_together(argument: &Argument, errors: &mut Errors) -> Result<UniqueTogether> {
    let form = "unique_together(a, b)";
    let items = argument.items(form)?;
    if !starts_with_fields(&items) {
        return Ok(UniqueTogether { fields: list(items, errors, field_name), message: None });
    }
    let UniqueTogetherArgs { fields, message, .. } = UniqueTogetherArgs::read(items, errors);
    Ok(UniqueTogether {
        fields: fields.map(|given| given.value).unwrap_or_default(),
        message: message.map(|given| given.value),
    })
}

/// `fields(a, b)`
fn field_names(argument: &Argument, errors: &mut Errors) -> Result<Vec<Ident>> {
    Ok(list(argument.items("fields(a, b)")?, errors, field_name))
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
    let name = FieldPath::parse(input)?;
    if input.is_empty() || input.peek(Token![,]) {
        // Most likely it is called so, and then this is the only error.
        let last = name.last();
        errors.push(err!(last, "expected the entity of `{name}`\nhelp: write `{name} = {last}::Entity`"));
        return Ok(Relation { entity: parse_quote!(#last::Entity), name, many: false, declared: None });
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

fn explicit_relation(name: FieldPath, arguments: TokenStream, errors: &mut Errors) -> Result<Relation> {
    let ExplicitRelation { keys, entity, relation, through } = ExplicitRelation::read(arguments, errors);
    let last = name.last().clone();
    let missing =
        || Err(err!(last, "`{last}` names no entity\nhelp: write `{last}(entity = {last}::Entity, ..)`"));
    let (entity, many) = entity.map_or_else(missing, |given| given.value)?;
    // A malformed or misspelled argument is reported already.
    let names_a_relation = keys.iter().any(|key| key != "entity");
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
            last,
            "`{last}` names no relation\nhelp: write `{last} = ..::Entity`, or name the relation: `relation = ..::Relation::..`"
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
