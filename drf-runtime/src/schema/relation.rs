//! Relations between two tables.

use std::fmt;

use sea_orm::sea_query::{DynIden, ForeignKeyAction, TableRef};
use sea_orm::{Identity, RelationDef, RelationType};

use super::Entity;

/// A relation as the `Relation` enum of an entity declares it.
#[derive(Debug)]
pub(crate) struct DeclaredRelation {
    /// The name of the variant
    pub(crate) name: String,
    pub(crate) ends: RelationEnds,
    /// The rule for the rows that hold the foreign key, where the entity has one
    pub(crate) on_delete: Option<ForeignKeyAction>,
}

/// The two ends of a relation between two tables.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RelationEnds {
    pub(crate) from_table: TableRef,
    pub(crate) to_table: TableRef,
    /// The columns; `None` if there are several at each end
    pub(super) columns: Option<(DynIden, DynIden)>,
    pub(super) many: bool,
    /// True if the foreign key is in the first table
    pub(super) forward: bool,
}

/// The way from one table to another: by a foreign key, or through a join table.
#[derive(Clone)]
pub struct Relation {
    /// The name that the user gave it, and the one on the wire
    pub name: &'static str,
    /// The table at its end
    pub to: &'static Entity,
    /// True if it leads to several rows
    pub many: bool,
    /// True if the foreign key is in the table where it starts
    pub forward: bool,
    /// The column of the table where it starts (the foreign key, or what foreign keys point at)
    pub from_column: DynIden,
    /// The column of the table where it ends
    pub to_column: DynIden,
    /// The join table of a many-to-many relation
    pub through: Option<Through>,
}

/// The join table of a many-to-many relation.
#[derive(Debug, Clone)]
pub struct Through {
    /// The table
    pub table_ref: TableRef,
    /// Its column that points back at the start
    pub from_column: DynIden,
    /// Its column that points at the end
    pub to_column: DynIden,
}

impl Relation {
    /// Returns the relation of `from` to rows of `to` that a variant declares, of either of the two entities.
    ///
    /// # Errors
    /// If it leads elsewhere.
    pub(crate) fn declared(
        from: &'static Entity,
        to: &'static Entity,
        name: &'static str,
        many: bool,
        (variant, def): (String, RelationDef),
    ) -> Result<Self, String> {
        let ends = RelationEnds::from(&def);
        let reversed = RelationEnds::from(&def.rev());
        let fits = |ends: &RelationEnds| ends.from_table == from.table_ref && ends.to_table == to.table_ref;
        // The foreign key of many rows is theirs, of one row it is where the variant says.
        let ends = [ends, reversed].into_iter().find(|ends| fits(ends) && !(many && ends.forward));
        let ends = ends.ok_or_else(|| {
            format!("the relation `{variant}` does not lead from `{}` to `{}`", from.table, to.table)
        })?;
        Self::direct(name, to, many, &ends)
    }

    pub(super) fn direct(
        name: &'static str,
        to: &'static Entity,
        many: bool,
        ends: &RelationEnds,
    ) -> Result<Self, String> {
        let (from_column, to_column) = ends.columns()?;
        Ok(Self { name, to, many, forward: ends.forward, from_column, to_column, through: None })
    }

    /// Returns the many-to-many relation through the table with two foreign keys: to `from` and to `to`.
    ///
    /// # Errors
    /// If they lead elsewhere.
    pub(crate) fn through(
        name: &'static str,
        (from, to): (&'static Entity, &'static Entity),
        first: &RelationEnds,
        second: &RelationEnds,
    ) -> Result<Self, String> {
        let leads = first.to_table == from.table_ref && second.to_table == to.table_ref;
        if !leads || first.from_table != second.from_table {
            return Err(format!(
                "no join table leads from `{}` to `{}` by these relations",
                from.table, to.table
            ));
        }
        let ((back, from_column), (onwards, to_column)) = (first.columns()?, second.columns()?);
        let table_ref = first.from_table.clone();
        let through = Some(Through { table_ref, from_column: back, to_column: onwards });
        Ok(Self { name, to, many: true, forward: false, from_column, to_column, through })
    }

    /// Returns whether the foreign key is in the table where the relation starts.
    pub fn is_forward(&self) -> bool {
        self.forward
    }
}

impl RelationEnds {
    /// Returns the foreign key and the column that it references, if the first table holds it and it is one column.
    pub(crate) fn foreign_key(&self) -> Option<(&DynIden, &DynIden)> {
        self.columns.as_ref().filter(|_| self.forward).map(|(from, to)| (from, to))
    }

    pub(super) fn columns(&self) -> Result<(DynIden, DynIden), String> {
        let several = || "a relation over several columns is not supported".to_owned();
        self.columns.clone().ok_or_else(several)
    }
}

impl From<&RelationDef> for RelationEnds {
    fn from(def: &RelationDef) -> Self {
        let columns = match (&def.from_col, &def.to_col) {
            (Identity::Unary(from), Identity::Unary(to)) => Some((from.clone(), to.clone())),
            _ => None,
        };
        Self {
            from_table: def.from_tbl.clone(),
            to_table: def.to_tbl.clone(),
            columns,
            many: def.rel_type == RelationType::HasMany,
            forward: !def.is_owner,
        }
    }
}

impl fmt::Debug for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}
