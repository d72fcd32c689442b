//! How many statements an answer costs.

use drf::sea_orm::ConnectionTrait;
use drf::testing::APIClient;
use drf_tests::Statements;
use drf_tests::shop::{Shop, settings};

/// The statements of a `GET` on a shop with this many more books.
async fn statements(books: usize, path: &str) -> usize {
    let mut db = drf::connect("sqlite::memory:").await.expect("a database in memory");
    let statements = Statements::of(&mut db);
    let shop = Shop::on(settings(), db).await;
    for id in 10..10 + books {
        let sql = format!(
            "INSERT INTO book (id, title, price, category, in_stock, created, publisher_id) VALUES ({id}, 'Book {id}', 1, 'tech', 1, '2024-01-01 08:00:00', 1); INSERT INTO book_author (book_id, author_id) VALUES ({id}, 1), ({id}, 2)"
        );
        shop.app.write().execute_unprepared(&sql).await.expect("rows");
    }
    // The first request looks up the types of the columns.
    shop.client().get("/api/publishers/1/").await;
    statements.reset();
    let answer = shop.client().get(path).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    statements.count()
}

#[tokio::test]
async fn a_page_costs_the_same_whatever_its_size() {
    // the page with its publishers, the count, and the authors of all books of the page
    assert_eq!(statements(0, "/api/books/?page_size=1").await, 3);
    assert_eq!(statements(20, "/api/books/?page_size=20").await, 3);
    assert_eq!(statements(50, "/api/books/?page_size=50").await, 3);
}

#[tokio::test]
async fn one_row_costs_one_statement_and_one_for_each_relation_to_many() {
    assert_eq!(statements(0, "/api/publishers/1/").await, 1);
    assert_eq!(statements(0, "/api/books/1/").await, 2);
}

#[tokio::test]
async fn nested_rows_cost_one_statement_for_each_relation_to_many() {
    // the page with its publishers, the count, the books of the publishers, the authors of those books
    for books in [0, 20, 200] {
        assert_eq!(statements(books, "/nested/listings/?page_size=500").await, 4);
    }
}

/// The statements of a `POST` of this many books, each with two authors.
async fn statements_of_new(books: usize) -> usize {
    let mut db = drf::connect("sqlite::memory:").await.expect("a database in memory");
    let statements = Statements::of(&mut db);
    let shop = Shop::on(settings(), db).await;
    statements.reset();
    let book = |number| format!(r#"{{"title": "Book {number}", "publisher": 2, "authors": [3, 1]}}"#);
    let body = format!("[{}]", (0..books).map(book).collect::<Vec<_>>().join(", "));
    let answer = shop.client().post("/nested/many-books/", body).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    let shown = answer.json();
    for (index, book) in shown.as_array().expect("a list").iter().enumerate() {
        assert_eq!(book["title"], format!("Book {index}"));
        assert_eq!(book["publisher_name"], "Penguin");
        assert_eq!(book["authors"], serde_json::json!([1, 3]));
    }
    statements.count()
}

#[tokio::test]
async fn new_rows_are_shown_together() {
    let one = statements_of_new(1).await;
    // the links of each row are a statement of their own
    assert_eq!(statements_of_new(20).await, one + 19);
    assert_eq!(statements_of_new(200).await, one + 199);
}

#[tokio::test]
async fn links_cost_what_they_change() {
    let mut db = drf::connect("sqlite::memory:").await.expect("a database in memory");
    let statements = Statements::of(&mut db);
    let shop = Shop::on(settings(), db).await;
    let client = shop.client_of("ann").await;
    // The first request looks up the types of the columns.
    client.get("/api/publishers/1/").await;
    let cost = async |authors: &str| {
        statements.reset();
        let patched = client.patch("/api/books/1/", format!(r#"{{"authors": {authors}}}"#)).await;
        assert_eq!(patched.status, 200, "{}", patched.text());
        statements.count()
    };
    let unchanged = cost("[1]").await;
    assert_eq!(cost("[1, 2]").await, unchanged + 1, "one is added");
    assert_eq!(cost("[2, 3]").await, unchanged + 2, "one is added, one is removed");
    assert_eq!(cost("[3, 2, 2]").await, unchanged);
}

#[tokio::test]
async fn unique_values_of_a_list_are_looked_for_together() {
    let mut db = drf::connect("sqlite::memory:").await.expect("a database in memory");
    let statements = Statements::of(&mut db);
    let client = APIClient::new(drf_tests::uuids::router(db).await);
    let badge = |number: u32| format!(r#"{{"id": "00000000-0000-4000-8000-{number:012}"}}"#);
    let post = async |numbers: std::ops::Range<u32>| {
        let body = format!("[{}]", numbers.map(badge).collect::<Vec<_>>().join(", "));
        statements.reset();
        let answer = client.post("/badges/", body).await;
        (answer.status, answer.json(), statements.count())
    };
    // The first request looks up the types of the columns.
    client.get("/badges/").await;
    let (status, _, few) = post(0..2).await;
    assert_eq!(status, 201);
    let (status, _, many) = post(100..300).await;
    assert_eq!((status.as_u16(), many), (201, few));
    let (status, errors, _) = post(298..301).await;
    assert_eq!(status, 400);
    let taken = serde_json::json!({"id": ["badge with this id already exists."]});
    assert_eq!(errors, serde_json::json!({"0": taken, "1": taken}));
}
