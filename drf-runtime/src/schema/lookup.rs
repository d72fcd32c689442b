//! Relations by name.

use heck::ToUpperCamelCase;
use sea_orm::RelationDef;

use super::{DeclaredRelation, Entity, Relation, RelationEnds};

impl Relation {
    /// Returns the relation of `from` to rows of `to` that has a name: the only one that leads there, else the one whose
    /// variant or foreign key has that name. `related` is sea-orm's `Related`, where it is implemented.
    ///
    /// # Errors
    /// If there is none, or several among which the name does not decide.
    pub(crate) fn find(
        from: &'static Entity,
        to: &'static Entity,
        name: &'static str,
        many: bool,
        related: Option<(RelationDef, Option<RelationDef>)>,
    ) -> Result<Self, String> {
        let mut candidates: Vec<(Option<&str>, Candidate)> = Vec::new();
        for DeclaredRelation { name, ends, .. } in &from.relations {
            if ends.to_table == to.table_ref && ends.many == many {
                candidates.push((Some(name), Candidate::Direct(Box::new(ends.clone()))));
            }
        }
        match related {
            Some((second, Some(first))) if many => {
                candidates
                    .push((None, Candidate::Through(Box::new([(&first.rev()).into(), (&second).into()]))));
            }
            Some((direct, None)) => {
                let direct = RelationEnds::from(&direct);
                let known = |declared: &DeclaredRelation| declared.ends.columns == direct.columns;
                // A foreign key that is reversed with `rev()` does not say whether it leads to one row or to many.
                let fits = if many { !direct.forward } else { !direct.many };
                if fits && !from.relations.iter().any(known) {
                    candidates.push((None, Candidate::Direct(Box::new(direct))));
                }
            }
            _ => {}
        }
        let found =
            choose(from, &candidates, name).ok_or_else(|| undecided(from, to, name, many, &candidates))?;
        match found {
            Candidate::Direct(ends) => Self::direct(name, to, many, ends),
            Candidate::Through(keys) => Self::through(name, (from, to), &keys[0], &keys[1]),
        }
    }
}

/// A relation that a name may stand for.
enum Candidate {
    Direct(Box<RelationEnds>),
    /// The two foreign keys of the join table
    Through(Box<[RelationEnds; 2]>),
}

/// Returns the candidate with a name: that of its variant, or of its foreign key. A single candidate needs no name, unless
/// another column has it: that column is then a foreign key whose relation is not declared.
fn choose<'a>(
    from: &Entity,
    candidates: &'a [(Option<&str>, Candidate)],
    name: &str,
) -> Option<&'a Candidate> {
    fn only<'a>(mut found: impl Iterator<Item = &'a Candidate>) -> Option<&'a Candidate> {
        found.next().filter(|_| found.next().is_none())
    }
    let variant = name.to_upper_camel_case();
    let is_key = |column: &str| column == name || column.strip_suffix("_id") == Some(name);
    let has_key = |candidate: &Candidate| match candidate {
        Candidate::Direct(ends) => {
            ends.forward && ends.columns.as_ref().is_some_and(|(key, _)| is_key(&key.to_string()))
        }
        Candidate::Through(_) => false,
    };
    let all = || candidates.iter().map(|(_, candidate)| candidate);
    let named = candidates.iter().filter(|(name, _)| *name == Some(&variant)).map(|(_, candidate)| candidate);
    only(named)
        .or_else(|| only(all().filter(|candidate| has_key(candidate))))
        .or_else(|| only(all()).filter(|_| !from.columns.iter().any(|column| is_key(column.name))))
}

/// Returns the message for a name that stands for no relation, or for one of several.
fn undecided(
    from: &Entity,
    to: &Entity,
    name: &str,
    many: bool,
    candidates: &[(Option<&str>, Candidate)],
) -> String {
    let (module, other) = (from.module(), to.module());
    let entity = if many { format!("[{other}::Entity]") } else { format!("{other}::Entity") };
    let explicit = |relation: &str| format!("`relations({name}(entity = {entity}, {relation}))`");
    let (from, to) = (from.table, to.table);
    if candidates.is_empty() {
        let variant = explicit(&format!("relation = {module}::Relation::.."));
        let through = explicit("through(join_table::Relation::.., join_table::Relation::..)");
        let also = if many { format!(", or its join table: {through}") } else { String::new() };
        return format!(
            "`{from}` declares no relation to {} of `{to}` for `{name}`: name it: {variant}{also}",
            if many { "many rows" } else { "one row" }
        );
    }
    let names: Vec<_> =
        candidates.iter().map(|(name, _)| format!("`{}`", name.unwrap_or("Related"))).collect();
    let variant = explicit(&format!("relation = {module}::Relation::.."));
    format!(
        "several relations of `{from}` lead to `{to}` ({}) and none has the name `{name}`: name the one: {variant}",
        names.join(", ")
    )
}
