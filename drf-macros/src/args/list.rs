use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::discouraged::Speculative;
use syn::parse::{ParseBuffer, ParseStream, Parser};
use syn::{Token, token};

use crate::diagnostics::{Errors, Result, err};

/// Reads a list, item by item. One that cannot be read is reported and left out.
pub(crate) fn list<T>(
    tokens: TokenStream,
    errors: &mut Errors,
    mut item: impl FnMut(ParseStream<'_>) -> Result<T>,
) -> Vec<T> {
    let mut items = Vec::new();
    let read_all = |input: ParseStream<'_>| {
        while !input.is_empty() {
            let ahead = input.fork();
            if let Some(read) = errors.handle(item(&ahead)) {
                input.advance_to(&ahead);
                items.push(read);
                // Where only the comma is missing, what follows is the next item.
                if errors.handle(expect_end(input)).is_none() && input.peek(Ident::peek_any) {
                    continue;
                }
            }
            skip_comma(input);
        }
        Ok(())
    };
    // It reads to the end whatever there is, so it cannot fail.
    let _ = read_all.parse2(tokens);
    items
}

/// Checks that the item ends here.
fn expect_end(input: ParseStream<'_>) -> Result<()> {
    match input.is_empty() || input.peek(Token![,]) {
        true => Ok(()),
        false => Err(err!(input.span(), "expected `,`")),
    }
}

fn skip_comma(input: ParseStream<'_>) {
    until_comma(input);
    let _ = input.parse::<Token![,]>();
}

/// Reads the content of `(..)`.
pub(crate) fn parenthesized(input: ParseStream<'_>) -> syn::Result<(token::Paren, ParseBuffer<'_>)> {
    let content;
    let parentheses = syn::parenthesized!(content in input);
    Ok((parentheses, content))
}

/// Reads the content of `[..]`.
pub(crate) fn bracketed(input: ParseStream<'_>) -> syn::Result<ParseBuffer<'_>> {
    let content;
    syn::bracketed!(content in input);
    Ok(content)
}

/// Reads the tokens up to the next comma.
pub(crate) fn until_comma(input: ParseStream<'_>) -> TokenStream {
    let mut tokens = TokenStream::new();
    while !input.is_empty() && !input.peek(Token![,]) {
        tokens.extend(input.parse::<TokenTree>());
    }
    tokens
}
