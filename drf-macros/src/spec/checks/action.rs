use proc_macro2::Ident;
use quote::ToTokens;
use syn::{FnArg, ImplItemFn, Pat, PatType};

use super::contradiction;
use super::lists::duplicates;
use crate::args::ActionArgs;
use crate::diagnostics::{Error, Errors, Result, bail, err, nearest, one_of};
use crate::spec::{ExtraAction, Verb};

/// Checks one action.
pub(crate) fn check(args: &ActionArgs, function: &ImplItemFn, verb: Option<Verb>, errors: &mut Errors) {
    match args.keys.is_empty() && verb.is_none() {
        true => errors.push(no_standard_action(function)),
        false => detail_or_list(args, function, errors),
    }
    for rule in [is_async, has_no_self, has_a_request, is_not_generic] {
        errors.handle(rule(function));
    }
    if verb.is_none() {
        errors.handle(is_not_standard(function));
        errors.handle(has_a_path(args));
    }
    let methods = args.methods.iter().flat_map(|given| &given.value);
    duplicates(methods, "method", "methods", errors);
}

/// `#[action] async fn lst(request: &Request)`
fn no_standard_action(function: &ImplItemFn) -> Error {
    let name = &function.sig.ident;
    let help = match nearest(&name.to_string(), &Verb::NAMES) {
        Some(other) => format!("did you mean `{other}`?"),
        None => {
            "write `#[action(detail)]` for an action on one row, `#[action(list)]` for one on all".to_owned()
        }
    };
    err!(name, "`{name}` is not a standard action\nhelp: {help}")
}

/// `#[action] async fn list(request: &Request, pk: i64)`
fn no_part_of_the_url(name: &str, pattern: &Pat) -> Error {
    let help = "help: an action on all rows has no parameter but the request";
    err!(pattern, "`{name}` is not part of the URL\n{help}")
}

/// `#[action(list, url_path = "")]`
fn has_a_path(args: &ActionArgs) -> Result<()> {
    match &args.url_path {
        Some(given) if given.value.value().is_empty() => {
            bail!(
                given.value,
                "an empty `url_path` hides the standard actions\nhelp: leave it out to take the function's name"
            )
        }
        _ => Ok(()),
    }
}

/// `#[action(methods(POST))]`, `#[action(detail, list)]`
fn detail_or_list(args: &ActionArgs, function: &ImplItemFn, errors: &mut Errors) {
    match (&args.detail, &args.list) {
        (None, None) => {
            let help =
                "help: write `#[action(detail)]` for an action on one row, `#[action(list)]` for one on all";
            errors.push(err!(
                function.sig.ident,
                "`{}` is neither `detail` nor `list`\n{help}",
                function.sig.ident
            ));
        }
        (Some(detail), Some(list)) => contradiction(&list.key, &detail.key, "remove one of the two", errors),
        _ => {}
    }
}

/// `fn books(request: &Request) -> Result<Response>`
fn is_async(function: &ImplItemFn) -> Result<()> {
    match function.sig.asyncness {
        Some(_) => Ok(()),
        None => bail!(
            function.sig.fn_token,
            "an action is an `async fn`\nhelp: write `async fn {}`",
            function.sig.ident
        ),
    }
}

/// `async fn books(&self, request: &Request)`
fn has_no_self(function: &ImplItemFn) -> Result<()> {
    match function.sig.inputs.first() {
        Some(FnArg::Receiver(receiver)) => {
            bail!(
                receiver.self_token,
                "an action has no `self`\nhelp: a viewset is a description, and has no values"
            )
        }
        _ => Ok(()),
    }
}

/// `async fn books() -> Result<Response>`
fn has_a_request(function: &ImplItemFn) -> Result<()> {
    match function.sig.inputs.is_empty() {
        false => Ok(()),
        true => bail!(
            function.sig.ident,
            "the first parameter of an action is the request\nhelp: write `async fn {}(request: &Request)`",
            function.sig.ident
        ),
    }
}

/// `async fn books<T>(request: &Request)`
fn is_not_generic(function: &ImplItemFn) -> Result<()> {
    match function.sig.generics.params.first() {
        None => Ok(()),
        Some(parameter) => bail!(parameter, "an action cannot be generic"),
    }
}

/// `#[action(list)] async fn list(request: &Request)`
fn is_not_standard(function: &ImplItemFn) -> Result<()> {
    let name = &function.sig.ident;
    match Verb::named(&name.to_string()) {
        None => Ok(()),
        Some(_) => {
            bail!(
                name,
                "an action called `{name}` hides the standard one\nhelp: give it another name, or write `#[action]` alone if it is the \
                 standard one, written by yourself"
            )
        }
    }
}

/// `#[action(list)] async fn by_author(request: &Request, author: i64)`
pub(crate) fn unknown_parameter(parameter: &PatType, args: &ActionArgs, groups: &[String]) -> Error {
    let pattern = &parameter.pat;
    let name = pattern.to_token_stream().to_string();
    if args.detail.is_some() {
        return err!(
            pattern,
            "unexpected second object parameter `{name}`\nhelp: parts of the URL are groups of `url_path`: `(?P<{name}>..)`"
        );
    }
    if args.is_standard() {
        return no_part_of_the_url(&name, pattern);
    }
    let known = groups.iter().map(String::as_str).collect::<Vec<_>>();
    let help = match known.is_empty() {
        true => format!("write `url_path = \"..(?P<{name}>[^/.]+)\"`, or `detail` for an action on one row"),
        false => format!("the groups are {}", one_of(&known)),
    };
    err!(pattern, "`{name}` is not a group of `url_path`\nhelp: {help}")
}

/// Two actions with the same `url_path` and method
pub(crate) fn routes(actions: &[ExtraAction], errors: &mut Errors) {
    for (index, second) in actions.iter().enumerate() {
        let first = actions[..index].iter().find_map(|first| Some((first, same_route(first, second)?)));
        if let Some((first, method)) = first {
            let (path, first) = (second.url_path.value(), &first.ident);
            errors.push(err!(
                second.ident,
                "`{first}` handles `{method}` on `{path}` already\nhelp: change `url_path`"
            ));
        }
    }
}

fn same_route<'a>(first: &ExtraAction, second: &'a ExtraAction) -> Option<&'a Ident> {
    if first.verb.is_some() || second.verb.is_some() {
        return None;
    }
    if first.detail != second.detail || first.url_path.value() != second.url_path.value() {
        return None;
    }
    second.methods.iter().find(|method| first.methods.contains(method))
}
