use proc_macro2::Ident;
use syn::LitStr;
use syn::ext::IdentExt;
use syn::parse::ParseStream;

use super::arguments::Argument;
use super::list::list;
use crate::diagnostics::{Errors, Result, bail, help};

const METHODS: &[&str] = &["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE"];

/// `methods(GET, POST)`
pub(crate) fn methods(argument: &Argument, errors: &mut Errors) -> Result<Vec<Ident>> {
    let items = argument.items("methods(GET, POST)")?;
    if items.is_empty() {
        bail!(
            argument.key,
            "`methods` is empty: no request would reach this action\nhelp: write `methods(GET)`"
        );
    }
    Ok(list(items, errors, method))
}

pub(super) fn method(input: ParseStream<'_>) -> Result<Ident> {
    if let Ok(text) = input.fork().parse::<LitStr>() {
        let name = text.value().to_uppercase();
        bail!(text, "expected an HTTP method, not a string\nhelp: write `{name}` without quotes");
    }
    let name = input.call(Ident::parse_any)?;
    match METHODS.contains(&name.to_string().as_str()) {
        true => Ok(name),
        false => bail!(name, "unknown HTTP method `{name}`\n{}", help(&name.to_string(), METHODS)),
    }
}
