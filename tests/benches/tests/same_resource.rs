//! The two resources that the compiler is measured with do the same.

use axum::Router;
use axum::body::Body;
use drf::authentication::models::{token, user};
use drf::prelude::*;
use drf::sea_orm::{ActiveModelTrait, ConnectionTrait, DatabaseConnection, EntityTrait, Schema};
use drf_benches::Result;
use drf_benches::compile::subject::{by_hand, entity, shared, with_drf};
use http::{Request, StatusCode};
use http_body_util::BodyExt;
use tower::ServiceExt;

const READS: [&str; 8] = [
    "",
    "?search=river",
    "?ordering=-price&in_stock=true",
    "?name__icontains=OAK",
    "?price__gt=10&price__lt=20",
    "?published__year=2020",
    "?page=9",
    "2/",
];

const WRITES: [(&str, &str, &str); 7] = [
    ("POST", "", r#"{"name": "", "isbn": "12345678901234", "price": "-1.00", "pages": 0, "rating": 9}"#),
    ("POST", "", r#"{"isbn": "1"}"#),
    ("POST", "", r#"{"name": "New", "isbn": "978-0", "price": "1.00", "pages": 1}"#),
    (
        "PUT",
        "1/",
        r#"{"name": "Put", "isbn": "978-1", "price": "2.50", "pages": 2, "published": "2021-01-01"}"#,
    ),
    ("PATCH", "2/", r#"{"price": "99.90", "rating": null}"#),
    ("PATCH", "9/", "{}"),
    ("DELETE", "3/", ""),
];

#[tokio::test]
async fn both_resources_answer_alike() -> Result<()> {
    let routers = [with_drf().await?, by_hand().await?];
    for path in READS {
        let [drf, hand] = answers(&routers, "GET", path, "").await?;
        assert_eq!(drf, hand, "GET {path}");
    }
    for (method, path, body) in WRITES {
        let [drf, hand] = answers(&routers, method, path, body).await?;
        assert_eq!(drf, hand, "{method} {path} {body}");
    }
    Ok(())
}

async fn with_drf() -> Result<Router> {
    let app = App::new(Settings::default(), database().await?);
    Ok(SimpleRouter::new().register::<with_drf::BookViewSet>("books").mount("/api", &app)?)
}

async fn by_hand() -> Result<Router> {
    let shared = shared::Shared::new(database().await?);
    let guard = axum::middleware::from_fn_with_state(shared.clone(), shared::guard);
    Ok(by_hand::routes("/api/books/").layer(guard).with_state(shared))
}

async fn answers(
    routers: &[Router; 2],
    method: &str,
    path: &str,
    body: &'static str,
) -> Result<[(StatusCode, serde_json::Value); 2]> {
    let [drf, hand] = routers;
    Ok([answer(drf, method, path, body).await?, answer(hand, method, path, body).await?])
}

/// What both must agree on: not when a row was made.
async fn answer(
    router: &Router,
    method: &str,
    path: &str,
    body: &'static str,
) -> Result<(StatusCode, serde_json::Value)> {
    let request = Request::builder().method(method).uri(format!("/api/books/{path}"));
    let request = request.header("authorization", "Token key").header("content-type", "application/json");
    let answer = router.clone().oneshot(request.body(Body::from(body))?).await?;
    let (status, body) = (answer.status(), answer.into_body().collect().await?.to_bytes());
    let mut data: serde_json::Value = serde_json::from_slice(&body).unwrap_or(serde_json::Value::Null);
    if let Some(data) = data.as_object_mut() {
        data.remove("created");
    }
    Ok((status, data))
}

async fn database() -> Result<DatabaseConnection> {
    let db = drf::connect("sqlite::memory:").await?;
    let schema = Schema::new(db.get_database_backend());
    db.execute(&schema.create_table_from_entity(user::Entity)).await?;
    db.execute(&schema.create_table_from_entity(token::Entity)).await?;
    db.execute(&schema.create_table_from_entity(entity::Entity)).await?;
    let created: DateTimeUtc = "2024-01-05T08:00:00Z".parse()?;
    let ann = user::ActiveModel {
        username: Set("ann".to_owned()),
        password: Set("!".to_owned()),
        is_active: Set(true),
        date_joined: Set(created),
        ..Default::default()
    };
    let user_id = Set(ann.insert(&db).await?.id);
    let token = token::ActiveModel { key: Set("key".to_owned()), created: Set(created), user_id };
    token::Entity::insert(token).exec(&db).await?;
    for (name, price, published) in [
        ("Oak and ash", "12.50", Some("2020-02-29")),
        ("The river", "30.00", Some("2019-12-31")),
        ("Rivers of oak", "15.25", None),
    ] {
        let book = entity::ActiveModel {
            name: Set(name.to_owned()),
            isbn: Set(name[..3].to_owned() + price),
            price: Set(price.parse()?),
            in_stock: Set(published.is_some()),
            pages: Set(100),
            rating: Set(published.map(|_| 4.5)),
            published: Set(published.map(str::parse).transpose()?),
            notes: Set(String::new()),
            created: Set(created),
            ..Default::default()
        };
        entity::Entity::insert(book).exec(&db).await?;
    }
    Ok(db)
}
