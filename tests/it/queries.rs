//! How many statements an answer costs.

use drf::sea_orm::ConnectionTrait;
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
