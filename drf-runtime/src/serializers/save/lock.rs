//! Locks of rows whose related rows are about to change.

use futures_util::future::BoxFuture;
use sea_orm::sea_query::{Alias, Expr, LockType, SelectStatement};
use sea_orm::{ConnectionTrait, DbBackend, Value};

use crate::db::Connection;
use crate::exceptions::Result;
use crate::fields::FieldDescription;
use crate::request::Request;
use crate::schema::Entity;
use crate::serializers::SerializerDescription;

/// Locks a row until the end of the transaction if its links or nested rows are about to change, so that requests about one row
/// come one after the other. A statement that changes the row itself locks it as well, so this is for a row without changes of
/// its own.
///
/// # Errors
/// 404 if another request has deleted the row.
pub(super) fn lock_parent<'a>(
    description: &'static SerializerDescription,
    key: &'a Value,
    request: &'a Request,
    db: &'a Connection,
) -> BoxFuture<'a, Result<()>> {
    Box::pin(async move {
        let several_tables = description.fields.iter().any(FieldDescription::writes_other_tables);
        match description.entity.filter(|_| several_tables && request.in_transaction()) {
            Some(entity) if !lock(entity, key, parent_lock(db), db).await? => Err(entity.not_found().into()),
            _ => Ok(()),
        }
    })
}

/// Returns the lock of a row whose key does not change. With it, PostgreSQL lets others reference the row meanwhile: requests that
/// link two rows from both sides do not deadlock.
fn parent_lock(db: &Connection) -> LockType {
    match db.get_database_backend() {
        DbBackend::Postgres => LockType::NoKeyUpdate,
        _ => LockType::Update,
    }
}

/// Locks the row with a key until the end of the transaction; returns whether it is there.
pub(crate) async fn lock_row(entity: &'static Entity, key: &Value, db: &Connection) -> Result<bool> {
    lock(entity, key, LockType::Update, db).await
}

async fn lock(entity: &'static Entity, key: &Value, lock: LockType, db: &Connection) -> Result<bool> {
    let mut statement = SelectStatement::new();
    statement.expr(Expr::val(1)).from(entity.table_ref.clone());
    let own = Expr::col(Alias::new(entity.primary_key().name));
    statement.and_where(db.storage(entity.primary_key()).has(own, key.clone()));
    // A transaction of SQLite locks the whole database.
    if db.get_database_backend() != DbBackend::Sqlite {
        statement.lock(lock);
    }
    Ok(db.one(&statement).await?.is_some())
}
