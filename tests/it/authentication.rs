//! Who sends a request.

use drf::http::Request;
use drf::http::header::AUTHORIZATION;
use drf::prelude::*;
use drf::sea_orm::ConnectionTrait;
use drf_tests::shop::{Shop, settings};
use serde_json::json;

#[tokio::test]
async fn a_token_of_djangos_table_is_accepted() {
    let shop = Shop::new().await;
    let client = shop.client().header(AUTHORIZATION, "Token ann-key");
    assert_eq!(client.get("/api/locked/").await.status, 200);
}

#[tokio::test]
async fn a_token_is_believed_for_as_long_as_the_settings_say() {
    for (seconds, expected) in [(0, 401), (60, 200)] {
        let shop = Shop::with(Settings { token_cache_seconds: seconds, ..settings() }).await;
        let client = shop.client().header(AUTHORIZATION, "Token ann-key");
        assert_eq!(client.get("/api/locked/").await.status, 200);
        shop.app.write().execute_unprepared("DELETE FROM authtoken_token").await.expect("no tokens");
        assert_eq!(client.get("/api/locked/").await.status, expected, "{seconds}");
        let other = shop.client().header(AUTHORIZATION, "Token gone-key");
        assert_eq!(other.get("/api/locked/").await.status, 401, "what was refused is not remembered");
    }
}

#[tokio::test]
async fn bad_credentials_are_refused_with_a_challenge() {
    let shop = Shop::new().await;
    let cases = [
        ("Token nope", "Invalid token."),
        ("Token gone-key", "User inactive or deleted."),
        ("Token", "Invalid token header. No credentials provided."),
        ("Token é", "Invalid token."),
        ("Token a b", "Invalid token header. Token string should not contain spaces."),
        ("Basic !!!", "Invalid basic header. Credentials not correctly base64 encoded."),
        ("Basic bm9ib2R5OnB3", "Invalid username/password."),
    ];
    for (header, detail) in cases {
        let request = Request::get("/api/publishers/").header(AUTHORIZATION, header.as_bytes());
        let answer = shop.client().send(request.body("".into()).expect("a request")).await;
        assert_eq!(answer.status, 401, "{header}");
        assert_eq!(answer.json(), json!({"detail": detail}));
        assert_eq!(answer.header("www-authenticate"), Some("Token"));
    }
}

#[tokio::test]
async fn credentials_of_another_kind_are_not_looked_at() {
    let shop = Shop::new().await;
    let answer = shop.client().header(AUTHORIZATION, "Bearer x").get("/api/publishers/").await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn base64_is_read_as_python_reads_it() {
    let shop = Shop::new().await;
    let detail = async |encoded: &str| {
        let client = shop.client().header(AUTHORIZATION, &format!("Basic {encoded}"));
        client.get("/api/publishers/").await.json()["detail"].as_str().unwrap_or_default().to_owned()
    };
    for encoded in ["bm9ib2R5OnB3", "bm9ib2R5OnB3=", "bm9i-b2R5OnB3", "YTpi=", "YTo=", "YTo=YTo", "YTp="] {
        assert_eq!(detail(encoded).await, "Invalid username/password.", "{encoded}");
    }
    for encoded in ["YTo", "Y", "====", "bm9ib2R5"] {
        let expected = "Invalid basic header. Credentials not correctly base64 encoded.";
        assert_eq!(detail(encoded).await, expected, "{encoded}");
    }
}
