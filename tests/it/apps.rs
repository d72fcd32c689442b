//! What an app is built of: databases, classes, the counts of throttles, and values of the project.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use drf::prelude::*;
use drf::sea_orm::{ConnectionTrait, DatabaseConnection, Schema};
use drf::testing::APIClient;
use drf::throttling::ThrottleStore;
use serde_json::{Value as Json, json};

mod note {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "note")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        #[sea_orm(column_type = "String(StringLen::N(20))")]
        pub text: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[serializer(entity = note::Entity)]
struct NoteSerializer {
    id: i64,
    text: String,
}

#[model_viewset(serializer = NoteSerializer)]
#[permission(AllowAny)]
struct NoteViewSet;

/// A client of another service, which a project shares among its requests.
#[derive(Debug, Clone)]
struct Mailer {
    sender: &'static str,
    sent: Arc<AtomicU64>,
}

#[api_view(POST)]
#[permission(AllowAny)]
async fn mail(request: &Request) -> Result<Response> {
    let mailer = request.state::<Mailer>()?;
    mailer.sent.fetch_add(1, Ordering::Relaxed);
    Ok(Response::ok(mailer.sender))
}

#[api_view(GET)]
#[permission(AllowAny)]
#[throttle(rate = "2/min")]
async fn limited(_request: &Request) -> Result<Response> {
    Ok(Response::no_content())
}

async fn database(texts: &[&str]) -> DatabaseConnection {
    let db = drf::connect("sqlite::memory:").await.expect("a database in memory");
    db.execute(&Schema::new(db.get_database_backend()).create_table_from_entity(note::Entity))
        .await
        .expect("a table");
    for text in texts {
        db.execute_unprepared(&format!("INSERT INTO note (text) VALUES ('{text}')")).await.expect("a row");
    }
    db
}

fn client(app: &App) -> APIClient {
    let router = SimpleRouter::new()
        .register_as::<NoteViewSet>("notes", "note")
        .register_view::<mail>("mail", "mail")
        .register_view::<limited>("limited", "limited");
    APIClient::new(router.mount("", app).expect("views without mistakes"))
}

async fn texts(client: &APIClient) -> Vec<Json> {
    let list = client.get("/notes/").await;
    assert_eq!(list.status, 200, "{}", list.text());
    list.json().as_array().expect("a list").iter().map(|note| note["text"].clone()).collect()
}

#[tokio::test]
async fn requests_share_the_state_of_the_app() {
    let mailer = Mailer { sender: "shop@example.com", sent: Arc::default() };
    let app = App::builder(Settings::default()).database(database(&[]).await).state(mailer.clone()).build();
    let client = client(&app);
    for sent in 1..=2 {
        let answer = client.post("/mail/", "{}").await;
        assert_eq!((answer.status.as_u16(), answer.json()), (200, json!("shop@example.com")));
        assert_eq!(mailer.sent.load(Ordering::Relaxed), sent);
    }
    assert_eq!(app.state::<Mailer>().map(|mailer| mailer.sender), Some("shop@example.com"));
}

#[tokio::test]
async fn state_that_the_app_does_not_have_is_a_500() {
    let client = client(&App::new(Settings::default(), database(&[]).await));
    let answer = client.post("/mail/", "{}").await;
    assert_eq!(answer.status, 500);
    assert!(!answer.text().contains("Mailer"), "{}", answer.text());
}

#[tokio::test]
async fn lists_and_rows_come_from_the_replica_and_writes_go_to_the_database() {
    let (primary, replica) = (database(&["primary"]).await, database(&["replica"]).await);
    let app = App::builder(Settings::default()).database(primary.clone()).replica(replica.clone()).build();
    let client = client(&app);
    assert_eq!(texts(&client).await, ["replica"]);
    assert_eq!(client.get("/notes/1/").await.json(), json!({"id": 1, "text": "replica"}));
    // a row that is changed is read from where it is written
    let changed = client.patch("/notes/1/", "{}").await;
    assert_eq!((changed.status.as_u16(), changed.json()), (200, json!({"id": 1, "text": "primary"})));
    let created = client.post("/notes/", r#"{"text": "new"}"#).await;
    assert_eq!((created.status.as_u16(), created.json()), (201, json!({"id": 2, "text": "new"})));
    assert_eq!(texts(&client).await, ["replica"]);
    assert_eq!(client.delete("/notes/2/").await.status, 204);
    let count = "SELECT count(*) FROM note";
    for db in [primary, replica] {
        let statement = drf::sea_orm::Statement::from_string(db.get_database_backend(), count);
        let row = db.query_one_raw(statement).await.expect("an answer").expect("a row");
        assert_eq!(row.try_get_by_index::<i64>(0).expect("a number"), 1);
    }
}

#[tokio::test]
async fn throttles_count_in_the_store_of_the_app() {
    let seconds = Arc::new(AtomicU64::new(0));
    let clock = seconds.clone();
    let store =
        ThrottleStore::in_memory_with_clock(move || Duration::from_secs(clock.load(Ordering::Relaxed)));
    let app = App::builder(Settings::default()).database(database(&[]).await).throttle_store(store).build();
    let client = client(&app);
    for (at, status) in [(0, 204), (10, 204), (20, 429), (59, 429), (60, 204), (61, 429), (70, 204)] {
        seconds.store(at, Ordering::Relaxed);
        assert_eq!(client.get("/limited/").await.status, status, "{at}");
    }
}
