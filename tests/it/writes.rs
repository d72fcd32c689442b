//! What a write costs, and that it means the same where it costs less.

use drf::prelude::*;
use drf::sea_orm::{ConnectionTrait, DatabaseConnection};
use drf::testing::APIClient;
use drf_tests::Statements;
use drf_tests::shop::entities::{book, review};
use drf_tests::shop::{Shop, settings};
use serde_json::json;

#[serializer(entity = review::Entity, relations(book = book::Entity))]
pub struct NoteSerializer {
    pub id: i64,
    #[field(max_length = 10)]
    pub text: String,
    pub stars: i32,
    pub book: PrimaryKeyRelated<book::Entity>,
    pub owner_id: i64,
}

#[model_viewset(serializer = NoteSerializer)]
#[permission(AllowAny)]
pub struct NoteViewSet;

async fn client(settings: Settings) -> (APIClient, Statements, DatabaseConnection) {
    let mut db = drf::connect("sqlite::memory:").await.expect("a database in memory");
    let statements = Statements::of(&mut db);
    let shop = Shop::on(settings, db.clone()).await;
    let notes = SimpleRouter::new().register_as::<NoteViewSet>("notes", "note");
    let router = notes.mount("/api", &shop.app).expect("a viewset without mistakes");
    (APIClient::new(router), statements, db)
}

fn in_place() -> Settings {
    Settings { update_in_place: true, ..settings() }
}

const NEW: &str = r#"{"text": "new", "stars": 1, "book": 1, "owner_id": 2}"#;

#[tokio::test]
async fn a_new_row_costs_one_statement() {
    let (client, statements, _) = client(settings()).await;
    let first = client.post("/api/notes/", NEW).await;
    assert_eq!(first.status, 201, "{}", first.text());
    statements.reset();
    assert_eq!(client.post("/api/notes/", NEW).await.status, 201);
    assert_eq!(statements.count(), 1, "foreign keys are known by now");
}

#[tokio::test]
async fn a_missing_row_is_told_in_the_same_words_whoever_finds_out() {
    let body = |book: &str| format!(r#"{{"text": "new", "stars": 1, "book": {book}, "owner_id": 2}}"#);
    let (client, _, db) = client(settings()).await;
    for book in ["99", "\"99\"", "99.5"] {
        let answer = client.post("/api/notes/", body(book)).await;
        let shown = book.trim_matches('"');
        let message = format!("Invalid pk \"{shown}\" - object does not exist.");
        assert_eq!((answer.status.as_u16(), answer.json()), (400, json!({"book": [message]})), "{book}");
    }
    let unguarded = "PRAGMA foreign_keys = OFF";
    db.execute_unprepared(unguarded).await.expect("a switch");
    let unguarded = Shop::on(settings(), db).await;
    let notes = SimpleRouter::new().register_as::<NoteViewSet>("notes", "note");
    let client = APIClient::new(notes.mount("/api", &unguarded.app).expect("a viewset without mistakes"));
    assert_eq!(client.post("/api/notes/", body("99")).await.status, 400, "nobody else would find out");
    assert_eq!(client.post("/api/notes/", body("1")).await.status, 201);
}

#[tokio::test]
async fn all_that_is_wrong_is_told_at_once() {
    let (client, _, _) = client(settings()).await;
    let answer = client
        .post("/api/notes/", r#"{"text": "far too long", "stars": 1, "book": 99, "owner_id": 2}"#)
        .await;
    let expected = json!({
        "text": ["Ensure this field has no more than 10 characters."],
        "book": ["Invalid pk \"99\" - object does not exist."],
    });
    assert_eq!(answer.json(), expected);
}

#[tokio::test]
async fn a_change_costs_two_statements_or_one() {
    for (settings, expected) in [(settings(), 2), (in_place(), 1)] {
        let (client, statements, _) = client(settings).await;
        // The first request looks up the types of the columns.
        client.get("/api/notes/1/").await;
        statements.reset();
        let answer = client.patch("/api/notes/1/", r#"{"text": "other"}"#).await;
        let shown = json!({"id": 1, "text": "other", "stars": 4, "book": 1, "owner_id": 2});
        assert_eq!((answer.status.as_u16(), answer.json()), (200, shown));
        assert_eq!(statements.count(), expected);
    }
}

#[tokio::test]
async fn in_place_a_missing_row_goes_before_a_wrong_body() {
    let (client, _, _) = client(in_place()).await;
    for body in [r#"{"text": "fine"}"#, r#"{"text": "far too long"}"#, "{}", "{"] {
        let answer = client.patch("/api/notes/99/", body).await;
        assert_eq!(answer.status, 404, "{body}");
        assert_eq!(answer.json(), json!({"detail": "No Review matches the given query."}));
    }
    assert_eq!(client.patch("/api/notes/1/", r#"{"text": "far too long"}"#).await.status, 400);
    assert_eq!(client.patch("/api/notes/1/", r#"{"book": 99}"#).await.status, 400);
    assert_eq!(client.patch("/api/notes/1/", "{}").await.json()["text"], "fine");
    assert_eq!(client.put("/api/notes/1/", r#"{"text": "fine"}"#).await.status, 400, "fields are missing");
    assert_eq!(client.put("/api/notes/1/", NEW).await.json()["id"], 1);
}
