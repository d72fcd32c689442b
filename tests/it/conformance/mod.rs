//! The bookstore answers like the Django REST framework application of which it is a copy.

mod client;
mod comparison;
mod json;
mod masks;
mod requests;
mod scenarios;
mod variables;

use std::path::Path;

use drf_tests::conformance::{self, Server, Topics};

#[tokio::test(flavor = "multi_thread")]
async fn bookstore_answers_like_django_rest_framework() -> Result<(), String> {
    let server =
        Server::from_env().unwrap_or_else(|| Server::router(|db| async move { bookstore::app(&db).await }));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("conformance");
    let topics = Topics::from_env_or(include_str!("../../conformance/topics.txt"));
    let report = conformance::run(&folder, &topics, server).await?;
    println!("{report}");
    match (report.passed(), report.failed()) {
        (1.., 0) => Ok(()),
        _ => Err("the answers differ, see the report above".to_owned()),
    }
}
