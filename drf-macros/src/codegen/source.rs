use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;

use super::code_at;
use crate::args::{DeclaredBy, Relation, unraw};
use crate::paths;
use crate::spec::Source;

/// A place of the model that a field, a filter or an order is about.
///
/// expands to:
/// ```ignore
/// ::drf::__private::word::<book::Entity, _>(|model| &model.publisher).named("publisher")
/// ```
/// or, behind relations:
/// ```ignore
/// {
///     let path = ::drf::__private::word::<book::Entity, _>(|model| &model.publisher).named("publisher");
///     let next = ::drf::__private::word_behind(&path, |model| &model.name).named("name");
///     ::drf::__private::behind(path, next)
/// }
/// ```
pub(crate) fn source(entity: &TokenStream, source: &Source) -> TokenStream {
    let mut words = source.words.0.iter().zip(&source.relations);
    let Some((first, declared)) = words.next() else { return TokenStream::new() };
    let first = match declared {
        Some(declared) => relation(entity, first, declared),
        None => word(entity, first),
    };
    path(first, &words.collect::<Vec<_>>())
}

/// expands to: `word::<book::Entity, _>(|model| &model.title).named("title")`
fn word(entity: &TokenStream, word: &Ident) -> TokenStream {
    let first = paths::word.at(word.span());
    let named = named(word);
    code_at!(word.span()=> #first::<#entity, _>(|model| &model.#word) #named)
}

/// expands to: `relation::<book::Entity, publisher::Entity>().named("publisher")`
fn relation(entity: &TokenStream, word: &Ident, relation: &Relation) -> TokenStream {
    let function = if relation.many { paths::many_relation } else { paths::relation }.at(word.span());
    let (other, found) = (&relation.entity, found(word, relation));
    code_at!(word.span()=> #function::<#entity, #other>() #found)
}

/// expands to: `relation_behind::<_, publisher::Entity>(&path).named("publisher")`
fn relation_behind(word: &Ident, relation: &Relation) -> TokenStream {
    let function = if relation.many { paths::many_relation_behind } else { paths::relation_behind };
    let (function, other, found) = (function.at(word.span()), &relation.entity, found(word, relation));
    code_at!(word.span()=> #function::<_, #other>(&path) #found)
}

/// expands to: `.named("publisher")`, `.declared("home", game::Relation::Home)`,
/// `.through("editors", book_editor::Relation::Book, book_editor::Relation::Editor)`
fn found(word: &Ident, relation: &Relation) -> TokenStream {
    let name = unraw(word);
    match &relation.declared {
        None => named(word),
        Some(DeclaredBy::Variant(variant)) => code_at!(word.span()=> .declared(#name, #variant)),
        Some(DeclaredBy::Through(first, second)) => code_at!(word.span()=> .through(#name, #first, #second)),
    }
}

/// expands to: `{ let path = ..; let next = word_behind(&path, |model| &model.name).named("name"); behind(path, next) }`
fn path(first: TokenStream, rest: &[(&Ident, &Option<Relation>)]) -> TokenStream {
    let Some(((word, declared), rest)) = rest.split_first() else { return first };
    let (word_behind, behind) = (paths::word_behind.at(word.span()), paths::behind.at(word.span()));
    let next = match declared {
        Some(declared) => relation_behind(word, declared),
        None => {
            let named = named(word);
            code_at!(word.span()=> #word_behind(&path, |model| &model.#word) #named)
        }
    };
    let next = path(next, rest);
    code_at!(word.span()=> { let path = #first; let next = #next; #behind(path, next) })
}

fn named(word: &Ident) -> TokenStream {
    let name = unraw(word);
    code_at!(word.span()=> .named(#name)).into_token_stream()
}
