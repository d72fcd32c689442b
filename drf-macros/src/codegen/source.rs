use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;

use super::code_at;
use crate::args::{Relation, unraw};
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
    let Some((first, rest)) = source.words.0.split_first() else { return TokenStream::new() };
    let first = match &source.relation {
        Some(declared) => relation(entity, first, declared),
        None => word(entity, first),
    };
    path(first, rest)
}

/// Whether the trait that gives columns their `named` is needed.
pub(super) fn has_words<'a>(mut sources: impl Iterator<Item = &'a Source>) -> bool {
    sources.any(|source| source.relation.is_none() || source.is_dotted())
}

/// expands to: `word::<book::Entity, _>(|model| &model.title).named("title")`
fn word(entity: &TokenStream, word: &Ident) -> TokenStream {
    let first = paths::word.at(word.span());
    let named = named(word);
    code_at!(word.span()=> #first::<#entity, _>(|model| &model.#word) #named)
}

/// expands to: `relation::<book::Entity, publisher::Entity>("publisher")`
fn relation(entity: &TokenStream, word: &Ident, declared: &Relation) -> TokenStream {
    let function = if declared.many { paths::many_relation } else { paths::relation }.at(word.span());
    let (other, name) = (&declared.entity, unraw(word));
    code_at!(word.span()=> #function::<#entity, #other>(#name))
}

/// expands to: `{ let path = ..; let next = word_behind(&path, |model| &model.name).named("name"); behind(path, next) }`
fn path(first: TokenStream, rest: &[Ident]) -> TokenStream {
    let Some((word, rest)) = rest.split_first() else { return first };
    let named = named(word);
    let (word_behind, behind) = (paths::word_behind.at(word.span()), paths::behind.at(word.span()));
    let next = path(code_at!(word.span()=> #word_behind(&path, |model| &model.#word) #named), rest);
    code_at!(word.span()=> { let path = #first; let next = #next; #behind(path, next) })
}

fn named(word: &Ident) -> TokenStream {
    let name = unraw(word);
    code_at!(word.span()=> .named(#name)).into_token_stream()
}
