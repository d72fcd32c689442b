//! Who may do what.

use drf_tests::shop::Shop;
use serde_json::json;

#[tokio::test]
async fn nothing_is_public_unless_the_user_wrote_so() {
    let shop = Shop::new().await;
    for (method, path) in [("GET", "/api/locked/"), ("POST", "/api/locked/"), ("DELETE", "/api/locked/1/")] {
        let answer = shop.client().request(method.parse().expect("a method"), path, Some("{}")).await;
        assert_eq!(answer.status, 401, "{method} {path}");
        assert_eq!(answer.json(), json!({"detail": "Authentication credentials were not provided."}));
    }
    assert_eq!(shop.client_of("bob").await.get("/api/locked/").await.status, 200);
}

#[tokio::test]
async fn objects_are_checked_on_every_action() {
    let shop = Shop::new().await;
    let (ann, bob) = (shop.client_of("ann").await, shop.client_of("bob").await);
    let denied = json!({"detail": "You do not have permission to perform this action."});
    assert_eq!(bob.get("/api/reviews/1/").await.status, 200);
    for (method, body) in
        [("PUT", r#"{"text": "x", "stars": 1, "book": 1}"#), ("PATCH", "{}"), ("DELETE", "")]
    {
        let answer = bob.request(method.parse().expect("a method"), "/api/reviews/1/", Some(body)).await;
        assert_eq!((answer.status.as_u16(), answer.json()), (403, denied.clone()), "{method}");
    }
    assert_eq!(ann.patch("/api/reviews/1/", r#"{"stars": 1}"#).await.status, 200);
    assert_eq!(ann.delete("/api/reviews/1/").await.status, 204);
}

#[tokio::test]
async fn an_unknown_method_does_not_go_around_permissions() {
    let shop = Shop::new().await;
    let answer = shop.client().put("/api/locked/", "{}").await;
    assert_eq!(answer.status, 401, "permissions come before the 405");
}
