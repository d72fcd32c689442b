use regex_syntax::ast::parse::Parser as AstParser;
use regex_syntax::ast::{self, Ast, GroupKind, Visitor};
use regex_syntax::{Error, Parser};
use syn::LitStr;

use super::arguments::Argument;
use super::values::text;
use crate::diagnostics::{Errors, Result, bail};

/// Reads `regex = "^[a-z]+$"`.
pub(crate) fn regex(argument: &Argument, errors: &mut Errors) -> Result<LitStr> {
    let pattern = text(argument, errors)?;
    check_regex(&pattern)?;
    Ok(pattern)
}

/// Checks a regular expression, so that it cannot fail when the app runs.
fn check_regex(pattern: &LitStr) -> Result<()> {
    let text = pattern.value();
    let problem = match Parser::new().parse(&text) {
        Ok(_) => return Ok(()),
        Err(Error::Parse(error)) => error.kind().to_string(),
        Err(Error::Translate(error)) => error.kind().to_string(),
        Err(other) => other.to_string(),
    };
    bail!(pattern, "invalid regular expression `{text}`: {problem}")
}

/// Returns the names of the groups: `(?P<name>..)`.
pub(crate) fn named_groups(pattern: &str) -> Vec<String> {
    let Ok(ast) = AstParser::new().parse(pattern) else { return Vec::new() };
    ast::visit(&ast, Groups(Vec::new())).unwrap_or_default()
}

struct Groups(Vec<String>);

impl Visitor for Groups {
    type Output = Vec<String>;
    type Err = ();

    fn finish(self) -> Result<Vec<String>, ()> {
        Ok(self.0)
    }

    fn visit_pre(&mut self, ast: &Ast) -> Result<(), ()> {
        if let Ast::Group(group) = ast
            && let GroupKind::CaptureName { name, .. } = &group.kind
        {
            self.0.push(name.name.clone());
        }
        Ok(())
    }
}
