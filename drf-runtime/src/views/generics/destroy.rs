//! Deletion of rows. DRF's `DestroyModelMixin`.

use futures_util::future::BoxFuture;

use super::transaction::{Atomicity, begin_write, commit};
use crate::db::Transaction;
use crate::exceptions::Result;
use crate::request::Request;
use crate::response::Response;
use crate::serializers::deletion_plan;
use crate::views::ResponseFuture;

/// Returns the connection on which a row is deleted: a transaction if others depend on it.
///
/// # Errors
/// Those of the database.
pub fn begin_destroy(request: &Request) -> BoxFuture<'_, Result<Transaction>> {
    Box::pin(async {
        let db = request.db_for_write();
        let one_statement = match request.view().description.entity {
            Some(entity) => {
                deletion_plan(request, entity, db).await?.is_one_statement(request.in_transaction())
            }
            None => true,
        };
        begin_write(request, if one_statement { Atomicity::Statement } else { Atomicity::Transaction }).await
    })
}

/// 204.
///
/// # Errors
/// Those of the database.
pub fn destroyed(request: &Request, db: Transaction) -> ResponseFuture<'_> {
    Box::pin(async move {
        commit(request, db).await?;
        Ok(Response::no_content())
    })
}
