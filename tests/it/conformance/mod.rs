//! The bookstore answers like the Django REST framework application of which it is a copy.

mod client;
mod comparison;
mod json;
mod masks;
mod requests;
mod scenarios;
mod variables;

use drf_tests::conformance::{self, Server, Suite, Topics};
use drf_tests::engines::Engine;

async fn bookstore_responds_like_django_rest_framework(engine: Engine) -> Result<(), String> {
    let router = || Server::router(|database| async move { bookstore::app(&database).await });
    let suite = Suite::bookstore()?;
    let topics = Topics::from_env_or_list(suite.folder(), &suite.name, engine)?;
    let report = conformance::run(suite, engine, &topics, Server::from_env().unwrap_or_else(router)).await?;
    println!("{report}");
    match (report.passed(), report.failed()) {
        (1.., 0) => Ok(()),
        _ => Err("the responses differ, see the report above".to_owned()),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn bookstore_on_sqlite() -> Result<(), String> {
    bookstore_responds_like_django_rest_framework(Engine::Sqlite).await
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL at TEST_POSTGRES_URL"]
async fn bookstore_on_postgresql() -> Result<(), String> {
    bookstore_responds_like_django_rest_framework(Engine::Postgres).await
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs MariaDB at TEST_MYSQL_URL"]
async fn bookstore_on_mariadb() -> Result<(), String> {
    bookstore_responds_like_django_rest_framework(Engine::Mysql).await
}
