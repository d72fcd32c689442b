//! Many to many: the rows of the table between.

use futures_util::future::BoxFuture;
use sea_orm::Value;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};

use crate::db::{Connection, Row};
use crate::entity::{Relation, Through};
use crate::exceptions::Result;

/// The rows that a row is linked to through a table between.
#[derive(Debug)]
pub(super) struct Link {
    pub(super) relation: Relation,
    pub(super) keys: Vec<Value>,
}

/// Makes a row be linked to exactly these rows. Boxed, so that it is compiled here and not for each serializer.
pub(super) fn link<'a>(key: &'a Value, links: Vec<Link>, db: &'a Connection) -> BoxFuture<'a, Result<()>> {
    Box::pin(link_all(key, links, db))
}

async fn link_all(key: &Value, links: Vec<Link>, db: &Connection) -> Result<()> {
    for Link { relation, keys } in links {
        let Some(through) = relation.through else { continue };
        let mut delete = Query::delete();
        let from = Expr::col(through.from_column.clone());
        delete.from_table(through.table_ref.clone()).and_where(from.eq(key.clone()));
        if !keys.is_empty() {
            delete.and_where(Expr::col(through.to_column.clone()).is_not_in(keys.clone()));
        }
        db.run(&delete).await?;
        let linked = linked_keys(&through, key, db).await?;
        let mut insert = Query::insert();
        insert
            .into_table(through.table_ref.clone())
            .columns([through.from_column.clone(), through.to_column.clone()]);
        let mut new: Vec<Value> = Vec::new();
        for other in keys {
            if !linked.contains(&other.to_string()) && !new.contains(&other) {
                insert.values_panic([Expr::val(key.clone()), Expr::val(other.clone())]);
                new.push(other);
            }
        }
        if !new.is_empty() {
            db.run(&insert).await?;
        }
    }
    Ok(())
}

/// The rows that are linked already, so that their links keep their ids.
async fn linked_keys(through: &Through, key: &Value, db: &Connection) -> Result<Vec<String>> {
    let mut statement = SelectStatement::new();
    statement.expr(Expr::col(through.to_column.clone())).from(through.table_ref.clone());
    statement.and_where(Expr::col(through.from_column.clone()).eq(key.clone()));
    let mut keys = Vec::new();
    for row in db.all(&statement).await? {
        keys.extend(Row::new(&row).key(0)?.map(|key| key.to_value().to_string()));
    }
    Ok(keys)
}
