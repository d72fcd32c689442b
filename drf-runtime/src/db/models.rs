//! The columns of whole rows, as sea-orm reads them into models.

use sea_orm::sea_query::{Alias, DynIden, Expr, IntoIden, SelectExpr};

use super::Connection;
use crate::schema::Entity;

/// Returns all columns of a table, in the order of the model.
pub(crate) fn model_columns(
    entity: &'static Entity,
    db: &Connection,
    qualified: bool,
) -> impl Iterator<Item = SelectExpr> {
    let table = qualified.then(|| Alias::new(entity.table).into_iden());
    columns_of(entity, table, db)
}

/// Returns the same of a table under another name.
pub(crate) fn columns_of(
    entity: &'static Entity,
    table: Option<DynIden>,
    db: &Connection,
) -> impl Iterator<Item = SelectExpr> {
    entity.columns.iter().map(move |column| {
        let name = Alias::new(column.name);
        let expr = match &table {
            Some(table) => Expr::col((table.clone(), name.clone())),
            None => Expr::col(name.clone()),
        };
        let decoded = db.storage(column).decoded(&expr, &column.rust, &column.kind);
        let expr = decoded.unwrap_or(expr);
        SelectExpr { expr, alias: Some(name.into_iden()), window: None }
    })
}
