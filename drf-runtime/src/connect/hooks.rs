//! The set-up of each connection, and the check of one that was idle.

use super::ConnectOptions;

#[cfg(any(feature = "postgres", feature = "mysql"))]
macro_rules! before_acquire {
    () => {
        |connection, meta| {
            Box::pin(async move {
                if super::lost::is_suspect(meta.idle_for) {
                    sqlx::Connection::ping(connection).await?;
                }
                Ok(true)
            })
        }
    };
}

/// Installs what each driver needs.
#[cfg_attr(
    not(any(feature = "sqlite", feature = "postgres", feature = "mysql")),
    allow(unused_variables, reason = "there is no driver")
)]
pub(super) fn install(options: &mut sea_orm::ConnectOptions, own: &ConnectOptions) {
    #[cfg(feature = "sqlite")]
    {
        let (busy_timeout, wal) = (own.get_busy_timeout(), own.wal_mode());
        options.map_sqlx_sqlite_opts(move |sqlite| {
            use sqlx::sqlite::SqliteJournalMode;
            let sqlite = sqlite.with_regexp().busy_timeout(busy_timeout);
            match wal {
                None => sqlite,
                Some(true) => sqlite.journal_mode(SqliteJournalMode::Wal),
                Some(false) => sqlite.journal_mode(SqliteJournalMode::Delete),
            }
        });
    }
    #[cfg(feature = "postgres")]
    {
        options.map_sqlx_postgres_before_acquire(before_acquire!());
        // Not as a parameter of the start-up, which PgBouncer rejects.
        let timeout = own.get_statement_timeout();
        let sql = timeout.map(|timeout| format!("SET statement_timeout = {}", timeout.as_millis().max(1)));
        options.map_sqlx_postgres_pool_opts(move |pool| {
            let pool = pool.after_release(|connection, _| Box::pin(finish_interrupted(connection)));
            let Some(sql) = sql.clone() else { return pool };
            pool.after_connect(move |connection, _| {
                let sql = sql.clone();
                Box::pin(async move {
                    sqlx::Executor::execute(connection, sqlx::AssertSqlSafe(sql)).await.map(drop)
                })
            })
        });
    }
    #[cfg(feature = "mysql")]
    {
        options.map_sqlx_mysql_before_acquire(before_acquire!());
        let timeout = own.get_statement_timeout();
        options.map_sqlx_mysql_pool_opts(move |pool| {
            pool.after_connect(move |connection, _| Box::pin(set_up_mysql(connection, timeout)))
        });
    }
}

/// Waits for the end of a statement whose request was dropped, such as that of a client that has disconnected. Nothing is sent or
/// awaited where there is none.
///
/// sqlx's own check of a released connection fails with the error of such a statement, and then waits without end to close the
/// connection where it is encrypted, so that it is lost to the pool.
#[cfg(feature = "postgres")]
async fn finish_interrupted(connection: &mut sqlx::PgConnection) -> Result<bool, sqlx::Error> {
    use sqlx::Connection;

    if connection.flush().await.is_err() {
        connection.flush().await?;
    }
    Ok(true)
}

/// Makes the server refuse what a column cannot hold, which else it stores cut off or as another value, and sets the time-out.
#[cfg(feature = "mysql")]
async fn set_up_mysql(
    connection: &mut sqlx::MySqlConnection,
    timeout: Option<std::time::Duration>,
) -> Result<(), sqlx::Error> {
    let strict = "SET SESSION sql_mode = CONCAT(@@sql_mode, ',STRICT_TRANS_TABLES')";
    sqlx::Executor::execute(&mut *connection, strict).await?;
    match timeout {
        Some(timeout) => set_mysql_timeout(connection, timeout).await,
        None => Ok(()),
    }
}

/// Sets the time-out of MariaDB, or else that of MySQL.
#[cfg(feature = "mysql")]
async fn set_mysql_timeout(
    connection: &mut sqlx::MySqlConnection,
    timeout: std::time::Duration,
) -> Result<(), sqlx::Error> {
    use sqlx::{AssertSqlSafe, Executor};

    let mariadb = format!("SET SESSION max_statement_time = {:.3}", timeout.as_secs_f64().max(0.001));
    match connection.execute(AssertSqlSafe(mariadb)).await {
        // 1193: unknown system variable
        Err(sqlx::Error::Database(error)) if error.message().contains("max_statement_time") => {
            let mysql = format!("SET SESSION max_execution_time = {}", timeout.as_millis().max(1));
            connection.execute(AssertSqlSafe(mysql)).await.map(drop)
        }
        result => result.map(drop),
    }
}
