//! PostgreSQL: databases of our own on a server that is there: `DRF_BENCH_POSTGRES_URL`, or the local one.

use std::time::Duration;

use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection, Executor};

use super::{rows, schema};
use crate::Result;

/// What the names of our databases begin with.
const PREFIX: &str = "drf_bench_";

pub(super) async fn database(books: u64) -> Result<String> {
    let name = format!("{PREFIX}{books}");
    if !exists(&name).await? {
        let unfinished = format!("{name}_{}", std::process::id());
        admin(&format!("CREATE DATABASE {unfinished}")).await?;
        make(&unfinished, books).await?;
        unused(&format!("ALTER DATABASE {unfinished} RENAME TO {name}")).await?;
    }
    Ok(url(&name))
}

pub(super) async fn copy(books: u64, name: &str) -> Result<String> {
    database(books).await?;
    let copy = format!("{PREFIX}{name}");
    admin(&format!("DROP DATABASE IF EXISTS {copy} WITH (FORCE)")).await?;
    unused(&format!("CREATE DATABASE {copy} TEMPLATE {PREFIX}{books}")).await?;
    Ok(url(&copy))
}

pub(super) async fn remove(url: &str) -> Result<()> {
    let (_, name) = url.rsplit_once('/').unwrap_or_default();
    admin(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await
}

pub(super) async fn clean_up() -> Result<()> {
    let mut db = connect(&server()).await?;
    let ours = sqlx::query_scalar("SELECT datname::text FROM pg_database WHERE starts_with(datname, $1)");
    let names: Vec<String> = ours.bind(PREFIX).fetch_all(&mut db).await?;
    for name in names {
        remove(&url(&name)).await?;
    }
    Ok(())
}

fn server() -> String {
    let default = "postgres://postgres@127.0.0.1:5432/test".to_owned();
    std::env::var("DRF_BENCH_POSTGRES_URL").unwrap_or(default)
}

fn url(database: &str) -> String {
    let server = server();
    let base = server.rsplit_once('/').map_or(server.as_str(), |(base, _)| base);
    format!("{base}/{database}")
}

async fn connect(url: &str) -> Result<PgConnection> {
    let connected = PgConnection::connect(url).await;
    Ok(connected.map_err(|error| format!("no PostgreSQL at {url} (`DRF_BENCH_POSTGRES_URL`): {error}"))?)
}

async fn exists(name: &str) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)";
    Ok(sqlx::query_scalar(sql).bind(name).fetch_one(&mut connect(&server()).await?).await?)
}

async fn admin(sql: &str) -> Result<()> {
    connect(&server()).await?.execute(AssertSqlSafe(sql)).await?;
    Ok(())
}

/// Runs a statement for which nobody may use the database; who just left it may count for a moment still.
async fn unused(sql: &str) -> Result<()> {
    for _ in 0..100 {
        match admin(sql).await {
            Err(error) if error.to_string().contains("being accessed by other users") => {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            done => return done,
        }
    }
    admin(sql).await
}

async fn make(name: &str, books: u64) -> Result<()> {
    let mut db = connect(&url(name)).await?;
    db.execute(schema::POSTGRES).await?;
    db.execute("SET TIME ZONE 'UTC'").await?;
    let mut transaction = db.begin().await?;
    for sql in rows::inserts(books) {
        transaction.execute(AssertSqlSafe(sql)).await?;
    }
    transaction.commit().await?;
    db.execute(schema::POSTGRES_SEQUENCES).await?;
    db.execute("VACUUM ANALYZE").await?;
    Ok(db.close().await?)
}
