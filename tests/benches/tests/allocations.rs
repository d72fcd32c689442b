//! What a row of a list costs in allocations, on the thread that answers.

use allocation_counter::measure;
use axum::Router;
use drf_benches::data::{Engine, TOKEN};
use drf_benches::drive::send;
use drf_benches::stack::Stack;
use http::Request;
use http::header::{AUTHORIZATION, HOST};
use tokio::runtime::Runtime;

/// The allocations of a list of all books: the fewest of several times, since waiting for the driver's thread allocates.
fn allocations(runtime: &Runtime, books: u64) -> u64 {
    let url = runtime.block_on(Engine::Sqlite.database(books)).expect("a database");
    let router = runtime.block_on(Stack::Drf.router(&url)).expect("an API");
    list(runtime, &router, books);
    let times = (0..5).map(|_| measure(|| list(runtime, &router, books)).count_total);
    times.min().expect("five times")
}

fn list(runtime: &Runtime, router: &Router, books: u64) {
    let request = Request::get("/api/guarded-books/").header(HOST, "bench.local");
    let request = request.header(AUTHORIZATION, format!("Token {TOKEN}"));
    let request = request.body(axum::body::Body::empty()).expect("a request");
    let answer = runtime.block_on(send(router, request)).expect("an answer");
    assert_eq!(answer.body.matches("\"isbn\"").count() as u64, books);
}

#[test]
fn a_cell_is_written_without_an_intermediate_value() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let (few, many) = (allocations(&runtime, 1000), allocations(&runtime, 2000));
    let per_row = (many as f64 - few as f64) / 1000.0;
    // A row has ten cells. The row itself is made by the thread of the driver; what is left are queues of rows.
    assert!(per_row < 1.0, "{per_row} allocations per row");
    println!("{few} allocations for 1,000 rows, {per_row} for each further one");
}
