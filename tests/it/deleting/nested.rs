//! Nested rows that are replaced, and links that serializers write.

use drf_tests::on_each_engine;
use serde_json::json;

use super::*;

#[serializer(entity = book::Entity)]
struct BookItem {
    title: String,
}

#[serializer(entity = author::Entity)]
struct WritingAuthorSerializer {
    id: i64,
    name: String,
    #[field(nested(write = replace))]
    books: Vec<BookItem>,
}

#[model_viewset(serializer = WritingAuthorSerializer)]
#[permission(AllowAny)]
pub struct WritingAuthorViewSet;

/// Names the join table.
#[serializer(entity = book::Entity)]
struct TaggedBookSerializer {
    id: i64,
    title: String,
    tags: Vec<PrimaryKeyRelated<tag::Entity>>,
}

#[model_viewset(serializer = TaggedBookSerializer, actions(list, retrieve, partial_update, destroy))]
#[permission(AllowAny)]
pub struct TaggedBookViewSet;

on_each_engine! {
    async fn replaced_rows_go_by_the_same_rules(database: Database) {
        with_each_guard(&database, async |client, guard| {
            let body = json!({"name": "a", "books": [{"title": "new"}]}).to_string();
            let answer = client.put("/writing-authors/1/", body).await;
            assert_eq!(answer.status, 200, "{guard:?}: {}", answer.text());
            assert_eq!(answer.json()["books"], json!([{"title": "new"}]));
            assert_eq!(numbers(&database, "SELECT count(*) FROM book WHERE author_id = 1").await, [Some(1)]);
            assert_eq!(ids(&database, "review").await, [3]);
            assert_eq!(ids(&database, "book_tag").await, [3]);
            let set = numbers(&database, "SELECT review_id FROM quote ORDER BY id").await;
            assert_eq!(set, [None, Some(3), None]);
        }).await;
    }

    async fn replaced_rows_that_are_protected_stay(database: Database) {
        with_each_guard(&database, async |client, guard| {
            database.execute("INSERT INTO loan (id, reader, book_id) VALUES (1, 'm', 2)").await;
            let body = json!({"name": "new", "books": []}).to_string();
            let answer = client.patch("/writing-authors/1/", body).await;
            let detail = "Cannot delete this Book because other objects reference it.";
            assert_eq!((answer.status.as_u16(), answer.json()), (409, json!({"detail": detail})), "{guard:?}");
            assert_eq!(ids(&database, "book").await, [1, 2, 3]);
            assert_eq!(ids(&database, "review").await, [1, 2, 3]);
            assert_eq!(client.get("/authors/1/").await.json()["name"], json!("a"));
        }).await;
    }

    async fn links_that_a_serializer_writes_go_with_either_row(database: Database) {
        with_each_guard(&database, async |client, guard| {
            assert_eq!(client.delete("/tagged-books/1/").await.status, 204, "{guard:?}");
            assert_eq!(ids(&database, "book_tag").await, [3]);
            assert_eq!(ids(&database, "review").await, [3]);
        }).await;
    }
}
