//! Nothing is measured that is not the same.

use drf_benches::agree::agree;
use drf_benches::data::Engine;
use drf_benches::workload::Workload;

#[tokio::test]
async fn all_stacks_answer_the_same_bytes() {
    if let Err(error) = agree(&Workload::ALL, Engine::Sqlite, 10_000).await {
        panic!("{error}");
    }
}
