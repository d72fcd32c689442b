//! The unique keys of several columns: `#[sea_orm(unique_key = "place")]`.

use std::collections::BTreeMap;

use sea_orm::ColumnDef;

/// Returns the columns of each unique key, in the order of the names of the keys.
pub(super) fn unique_keys<'a>(
    columns: impl Iterator<Item = (&'static str, &'a ColumnDef)>,
) -> Vec<Vec<&'static str>> {
    let mut keys: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for (column, def) in columns {
        if let Some(key) = unique_key(def) {
            keys.entry(key).or_default().push(column);
        }
    }
    keys.into_values().collect()
}

/// Returns the name of the unique key that a column belongs to.
///
/// sea-orm tells it to its own schema builder only, which would be compiled for every entity. So the name is taken out of what
/// `Debug` writes, and confirmed: a definition with this name is equal to the one that is there.
fn unique_key(def: &ColumnDef) -> Option<String> {
    let text = format!("{def:?}");
    let mut names =
        text.split("unique_key: Some(\"").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0));
    let name = names.find(|name| def.clone().unique_key(name) == *def);
    name.map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use sea_orm::{ColumnType, ColumnTypeTrait};

    use super::unique_key;

    #[test]
    fn a_key_is_read_and_texts_that_look_like_one_are_not() {
        let def = ColumnType::Text.def();
        assert_eq!(unique_key(&def), None);
        assert_eq!(unique_key(&def.clone().unique_key("place")), Some("place".to_owned()));
        let comment = def.comment("unique_key: Some(\"no\")").default_value("unique_key: Some(\"no\")");
        assert_eq!(unique_key(&comment), None);
        assert_eq!(unique_key(&comment.unique_key("place")), Some("place".to_owned()));
    }
}
