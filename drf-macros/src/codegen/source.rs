use std::collections::HashSet;

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;

use super::{code, code_at};
use crate::ident::unraw;
use crate::paths;
use crate::spec::{DeclaredBy, Relation, Source, Step};

/// The sources that an attribute mentions, each looked up once.
///
/// expands to: `let name = column::<book::Entity, _>(|model| &model.name).named("name");`
pub(super) fn sources<'a>(entity: &TokenStream, mentioned: impl Iterator<Item = &'a Source>) -> TokenStream {
    let mut known = HashSet::new();
    let sources = mentioned.filter(|source| known.insert(variable(source).to_string()));
    let sources = sources.map(|place| {
        let (name, source) = (variable(place), source(entity, place));
        code_at!(place.span()=> let #name = #source;)
    });
    code!(#(#sources)*)
}

/// expands to: `&name`, `&publisher__name`
pub(super) fn mention(source: &Source) -> TokenStream {
    let name = variable(source);
    code_at!(source.span()=> &#name)
}

/// Returns the variable of a source: a column by its own name, what is behind a relation as Django writes it.
fn variable(source: &Source) -> Ident {
    let span = crate::codegen::at(source.span());
    match &source.steps[..] {
        [Step { name, .. }] => {
            let mut name = name.clone();
            name.set_span(span);
            name
        }
        steps => {
            let names: Vec<_> = steps.iter().map(|step| unraw(&step.name)).collect();
            Ident::new(&names.join("__"), span)
        }
    }
}

/// A place of the model that a field, a filter or an order is about.
///
/// expands to:
/// ```ignore
/// ::drf::__private::column::<book::Entity, _>(|model| &model.publisher).named("publisher")
/// ```
/// or, through relations:
/// ```ignore
/// {
///     let path = ::drf::__private::column::<book::Entity, _>(|model| &model.publisher).named("publisher");
///     let next = ::drf::__private::column_through(&path, |model| &model.name).named("name");
///     ::drf::__private::through(path, next)
/// }
/// ```
pub(super) fn source(entity: &TokenStream, source: &Source) -> TokenStream {
    let Some((Step { name, relation }, rest)) = source.steps.split_first() else { return TokenStream::new() };
    let first = match relation {
        Some(declared) => related(entity, name, declared),
        None => column(entity, name),
    };
    path(first, rest)
}

/// expands to: `column::<book::Entity, _>(|model| &model.title).named("title")`
fn column(entity: &TokenStream, name: &Ident) -> TokenStream {
    let column = paths::column.at(name.span());
    let named = named(name);
    code_at!(name.span()=> #column::<#entity, _>(|model| &model.#name) #named)
}

/// expands to: `related_one::<book::Entity, publisher::Entity>().named("publisher")`
fn related(entity: &TokenStream, name: &Ident, relation: &Relation) -> TokenStream {
    let related = if relation.many { paths::related_many } else { paths::related_one }.at(name.span());
    let (other, declared) = (&relation.entity, declared(name, relation));
    code_at!(name.span()=> #related::<#entity, #other>() #declared)
}

/// expands to: `related_through::<_, publisher::Entity>(&path).named("publisher")`
fn related_through(name: &Ident, relation: &Relation) -> TokenStream {
    let related = if relation.many { paths::related_many_through } else { paths::related_through };
    let (related, other, declared) = (related.at(name.span()), &relation.entity, declared(name, relation));
    code_at!(name.span()=> #related::<_, #other>(&path) #declared)
}

/// expands to: `.named("publisher")`, `.declared("home", game::Relation::Home)`,
/// `.through("editors", book_editor::Relation::Book, book_editor::Relation::Editor)`
fn declared(name: &Ident, relation: &Relation) -> TokenStream {
    let text = unraw(name);
    match &relation.declared {
        None => named(name),
        Some(DeclaredBy::Variant(variant)) => code_at!(name.span()=> .declared(#text, #variant)),
        Some(DeclaredBy::Through(first, second)) => code_at!(name.span()=> .through(#text, #first, #second)),
    }
}

/// expands to: `{ let path = ..; let next = column_through(&path, |model| &model.name).named("name"); through(path, next) }`
fn path(first: TokenStream, rest: &[Step]) -> TokenStream {
    let Some((Step { name, relation }, rest)) = rest.split_first() else { return first };
    let (column_through, through) = (paths::column_through.at(name.span()), paths::through.at(name.span()));
    let next = match relation {
        Some(declared) => related_through(name, declared),
        None => {
            let named = named(name);
            code_at!(name.span()=> #column_through(&path, |model| &model.#name) #named)
        }
    };
    let next = path(next, rest);
    code_at!(name.span()=> { let path = #first; let next = #next; #through(path, next) })
}

fn named(name: &Ident) -> TokenStream {
    let text = unraw(name);
    code_at!(name.span()=> .named(#text)).into_token_stream()
}
