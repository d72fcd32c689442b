//! Pages and their links.

use drf_tests::shop::Shop;
use serde_json::json;

#[tokio::test]
async fn links_are_absolute_and_keep_the_query() {
    let shop = Shop::new().await;
    let answer = shop.client().get("/api/books/?ordering=price&x=a%20b").await;
    let json = answer.json();
    assert_eq!(json["count"], 3);
    assert_eq!(json["next"], "http://testserver/api/books/?ordering=price&page=2&x=a+b");
    assert_eq!(json["previous"], json!(null));
    let second = shop.client().get("/api/books/?ordering=price&page=2").await.json();
    assert_eq!(second["previous"], "http://testserver/api/books/?ordering=price");
    assert_eq!(second["next"], json!(null));
}

#[tokio::test]
async fn the_page_size_is_capped() {
    let shop = Shop::new().await;
    let answer = shop.client().get("/api/books/?page_size=1000000").await;
    assert_eq!(answer.json()["results"].as_array().map(Vec::len), Some(3));
    let one = shop.client().get("/api/books/?page_size=1").await;
    assert_eq!(one.json()["results"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn a_page_that_is_not_there_is_404() {
    let shop = Shop::new().await;
    for page in ["0", "3", "-1", "x", "99999999999999999999"] {
        let answer = shop.client().get(&format!("/api/books/?page={page}")).await;
        assert_eq!(
            (answer.status.as_u16(), answer.json()),
            (404, json!({"detail": "Invalid page."})),
            "{page}"
        );
    }
}
