use proc_macro2::{Ident, TokenStream};

use super::Class;
use crate::args::classes;
use crate::diagnostics::{Errors, Result};

/// Reads `TokenAuthentication, SessionAuthentication`.
pub(crate) fn read(_: &Ident, tokens: TokenStream, errors: &mut Errors) -> Result<Vec<Class>> {
    Ok(classes(tokens, errors))
}
