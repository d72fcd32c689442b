use syn::{Attribute, Expr, ExprLit, Lit, Meta};

/// The doc comment: its lines joined, without the space after `///`.
pub(crate) fn doc_comment(attributes: &[Attribute]) -> String {
    let lines: Vec<String> = attributes.iter().filter_map(doc_line).collect();
    let text = lines.iter().map(|line| line.strip_prefix(' ').unwrap_or(line).trim_end());
    text.collect::<Vec<_>>().join("\n").trim().to_owned()
}

fn doc_line(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(meta) = &attribute.meta else { return None };
    match &meta.value {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) if meta.path.is_ident("doc") => Some(text.value()),
        _ => None,
    }
}
