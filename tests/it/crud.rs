//! The standard actions, from request to row and back.

use drf::sea_orm::EntityTrait;
use drf_tests::shop::Shop;
use drf_tests::shop::entities::{book, book_author, publisher, review};
use serde_json::json;

#[tokio::test]
async fn a_publisher_lives_through_all_actions() {
    let shop = Shop::new().await;
    let client = shop.client();

    let created =
        client.post("/api/publishers/", r#"{"name": " Tiny House ", "address": "Paris", "id": 77}"#).await;
    assert_eq!(created.status, 201, "{}", created.text());
    assert_eq!(created.json(), json!({"id": 3, "name": "Tiny House", "address": "Paris"}));
    assert_eq!(created.header("content-type"), Some("application/json"));
    assert_eq!(created.header("allow"), Some("GET, POST, HEAD, OPTIONS"));

    let replaced = client.put("/api/publishers/3/", r#"{"name": "Tiny"}"#).await;
    assert_eq!((replaced.status.as_u16(), replaced.json()["address"].clone()), (200, json!("Paris")));

    let patched = client.patch("/api/publishers/3/", r#"{"address": ""}"#).await;
    assert_eq!(patched.json(), json!({"id": 3, "name": "Tiny", "address": ""}));

    assert_eq!(client.delete("/api/publishers/3/").await.status, 204);
    let gone = client.get("/api/publishers/3/").await;
    assert_eq!(gone.status, 404);
    assert_eq!(gone.json(), json!({"detail": "No Publisher matches the given query."}));
}

#[tokio::test]
async fn what_the_column_says_is_not_repeated() {
    let shop = Shop::new().await;
    let client = shop.client();
    let long = json!({"name": "x".repeat(65)}).to_string();
    let answer = client.post("/api/publishers/", long).await;
    assert_eq!(answer.json(), json!({"name": ["Ensure this field has no more than 64 characters."]}));
    let taken = client.post("/api/publishers/", r#"{"name": "Oak"}"#).await;
    assert_eq!(taken.json(), json!({"name": ["publisher with this name already exists."]}));
    let kept = client.patch("/api/publishers/1/", r#"{"name": "Oak"}"#).await;
    assert_eq!(kept.status, 200, "a row may keep its own value");
}

#[tokio::test]
async fn a_book_shows_columns_relations_choices_and_computed_fields() {
    let shop = Shop::new().await;
    let answer = shop.client().get("/api/books/2/").await;
    assert_eq!(
        answer.text(),
        r#"{"id":2,"title":"Machines","price":"45.00","category":"tech","category_label":"Technology","in_stock":false,"rating":null,"published":null,"created":"2024-02-01T08:00:00Z","publisher":2,"publisher_name":"Penguin","authors":[2,3],"author_names":["Turing","Hopper"],"shouted":"MACHINES"}"#
    );
}

#[tokio::test]
async fn many_to_many_is_written_and_replaced() {
    let shop = Shop::new().await;
    let client = shop.client_of("ann").await;
    let new = r#"{"title": "New", "price": "1.5", "publisher": 1, "authors": [3, "1"], "note": "hi"}"#;
    let created = client.post("/api/books/", new).await;
    assert_eq!(created.status, 201, "{}", created.text());
    assert_eq!(created.json()["authors"], json!([1, 3]));
    assert_eq!(created.json()["category"], json!("fiction"), "the default of the column");
    assert!(created.json().get("note").is_none(), "input only");

    let changed = client.patch("/api/books/4/", r#"{"authors": [2]}"#).await;
    assert_eq!(
        (changed.json()["authors"].clone(), changed.json()["title"].clone()),
        (json!([2]), json!("New"))
    );
}

#[tokio::test]
async fn a_failed_write_of_links_leaves_no_row_behind() {
    let shop = Shop::new().await;
    let db = shop.app.write();
    use drf::sea_orm::ConnectionTrait;
    let trigger = "CREATE TRIGGER refuse BEFORE INSERT ON book_author BEGIN SELECT RAISE(ABORT, 'no'); END";
    db.execute_unprepared(trigger).await.expect("a trigger");
    let client = shop.client_of("ann").await;
    let answer =
        client.post("/api/books/", r#"{"title": "New", "price": "1", "publisher": 1, "authors": [1]}"#).await;
    assert_eq!(answer.status, 409);
    assert_eq!(book::Entity::find().all(db).await.expect("books").len(), 3);
}

#[tokio::test]
async fn deleting_follows_the_relations() {
    let shop = Shop::new().await;
    let client = shop.client_of("ann").await;
    let db = shop.app.read();
    assert_eq!(client.delete("/api/books/2/").await.status, 204);
    assert_eq!(book_author::Entity::find().all(db).await.expect("links").len(), 2);
    assert_eq!(review::Entity::find().all(db).await.expect("reviews").len(), 1);

    let refused = client.delete("/api/publishers/1/").await;
    assert_eq!(refused.status, 409);
    let detail = "Cannot delete this Publisher because other objects reference it.";
    assert_eq!(refused.json(), json!({"detail": detail}));
    assert_eq!(publisher::Entity::find().all(db).await.expect("publishers").len(), 2);
}

#[tokio::test]
async fn rows_out_of_scope_do_not_exist() {
    let shop = Shop::new().await;
    let client = shop.client();
    assert_eq!(client.get("/api/stocked-books/").await.json().as_array().map(Vec::len), Some(2));
    for (method, body) in [("GET", None), ("PUT", Some("{}")), ("PATCH", Some("{}")), ("DELETE", None)] {
        let answer = client.request(method.parse().expect("a method"), "/api/stocked-books/2/", body).await;
        assert_eq!(answer.status, 404, "{method}");
        assert_eq!(answer.json(), json!({"detail": "No Book matches the given query."}));
    }
    assert_eq!(client.patch("/api/stocked-books/1/", r#"{"in_stock": false}"#).await.status, 200);
    assert_eq!(client.get("/api/stocked-books/1/").await.status, 404);
}

#[tokio::test]
async fn a_row_is_looked_up_by_another_column() {
    let shop = Shop::new().await;
    let answer = shop.client().get("/api/titles/Emma/").await;
    assert_eq!(answer.json(), json!({"title": "Emma"}));
    let missing = shop.client().get("/api/titles/emma%20/").await;
    assert_eq!(missing.status, 404);
}

#[tokio::test]
async fn an_entity_in_the_old_format_works_the_same() {
    let shop = Shop::new().await;
    let client = shop.client_of("bob").await;
    let created =
        client.post("/api/reviews/", r#"{"text": "good", "stars": 5, "book": 1, "owner_id": 1}"#).await;
    assert_eq!(created.status, 201, "{}", created.text());
    let expected =
        json!({"id": 3, "text": "good", "stars": 5, "book": 1, "book_title": "Emma", "owner_id": 3});
    assert_eq!(created.json(), expected, "the hook sets the owner, input cannot");
}

#[tokio::test]
async fn a_read_only_viewset_refuses_writes() {
    let shop = Shop::new().await;
    let answer = shop.client().post("/api/titles/", "{}").await;
    assert_eq!(answer.status, 405);
    assert_eq!(answer.header("allow"), Some("GET, HEAD, OPTIONS"));
    assert_eq!(answer.json(), json!({"detail": "Method \"POST\" not allowed."}));
}

#[tokio::test]
async fn a_form_is_as_good_as_json() {
    let shop = Shop::new().await;
    let form = drf::http::Request::post("/api/publishers/")
        .header("content-type", "application/x-www-form-urlencoded")
        .body("name=From+a+form&address=".into())
        .expect("a request");
    let answer = shop.client().send(form).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    assert_eq!(answer.json()["name"], "From a form");
}
