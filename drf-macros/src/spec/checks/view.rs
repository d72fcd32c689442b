use syn::{FnArg, Signature};

use crate::diagnostics::{Errors, Result, bail};

/// Checks the signature of a view that is a function.
pub(crate) fn function(signature: &Signature, errors: &mut Errors) {
    for rule in [is_async, has_one_request, is_not_generic] {
        errors.handle(rule(signature));
    }
}

/// `#[api_view] fn hello(request: &Request) -> Result<Response>`
fn is_async(signature: &Signature) -> Result<()> {
    match signature.asyncness {
        Some(_) => Ok(()),
        None => {
            bail!(signature.fn_token, "a view is an `async fn`\nhelp: write `async fn {}`", signature.ident)
        }
    }
}

/// `#[api_view] async fn hello() -> Result<Response>`
fn has_one_request(signature: &Signature) -> Result<()> {
    let help = format!("write `async fn {}(request: &Request) -> Result<Response>`", signature.ident);
    match signature.inputs.iter().collect::<Vec<_>>().as_slice() {
        [FnArg::Typed(_)] => Ok(()),
        [] => bail!(signature.ident, "the parameter of a view is the request\nhelp: {help}"),
        [FnArg::Receiver(receiver), ..] => {
            bail!(receiver.self_token, "a view has no `self`\nhelp: {help}")
        }
        [_, second, ..] => bail!(
            second,
            "the request is the only parameter of a view\nhelp: parts of the URL are `request.kwarg(\"..\")`"
        ),
    }
}

/// `#[api_view] async fn hello<T>(request: &Request)`
fn is_not_generic(signature: &Signature) -> Result<()> {
    match signature.generics.params.first() {
        None => Ok(()),
        Some(parameter) => bail!(parameter, "a view cannot be generic"),
    }
}
