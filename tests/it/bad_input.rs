//! Whatever is sent, the answer is a 4xx in DRF's form and the server goes on.

use drf::http::{Method, Request};
use drf_tests::shop::Shop;
use serde_json::json;

#[tokio::test]
async fn malformed_bodies_are_400() {
    let shop = Shop::new().await;
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let bodies: [Vec<u8>; 6] = [
        b"{\"name\": ".to_vec(),
        b"{name: 1}".to_vec(),
        b"{\"name\": NaN}".to_vec(),
        b"{\"name\": \"\xff\xfe\"}".to_vec(),
        deep.into_bytes(),
        b"\xef\xbb\xbf{}".to_vec(),
    ];
    for body in bodies {
        let answer = shop.client().post("/api/publishers/", body).await;
        assert_eq!(answer.status, 400);
        let detail = answer.json()["detail"].as_str().expect("a detail").to_owned();
        assert!(detail.starts_with("JSON parse error - "), "{detail}");
    }
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_413() {
    let shop = Shop::new().await;
    let body = format!("{{\"name\": \"{}\"}}", "x".repeat(10 * 1024 * 1024));
    let answer = shop.client().post("/api/publishers/", body).await;
    assert_eq!(answer.status, 413);
    assert_eq!(answer.json(), json!({"detail": "Request body exceeded the limit of 2621440 bytes."}));
}

#[tokio::test]
async fn an_unknown_content_type_is_415() {
    let shop = Shop::new().await;
    let request = Request::post("/api/publishers/").header("content-type", "text/x-thing").body("x".into());
    let answer = shop.client().send(request.expect("a request")).await;
    assert_eq!(answer.status, 415);
    assert_eq!(answer.json(), json!({"detail": "Unsupported media type \"text/x-thing\" in request."}));
}

#[tokio::test]
async fn nul_bytes_and_huge_numbers_in_the_query_are_no_500() {
    let shop = Shop::new().await;
    let queries = [
        "page=99999999999999999999",
        "page=-1",
        "page=%00",
        "page_size=99999999999999999999",
        "page_size=-5",
        "publisher=99999999999999999999",
        "publisher=%00",
        "authors=1e400",
        "category=%00",
        "title__icontains=%00",
        "price__lt=1e999999",
        "price__gte=NaN",
        "created__year__gt=99999999999",
        "created__year__gt=-1",
        "in_stock=%F0%28%8C%28",
        "search=%00",
        "search=%FF%FE",
        "ordering=%00,-price,--price,;drop",
    ];
    for query in queries {
        let answer = shop.client().get(&format!("/api/books/?{query}")).await;
        assert!(answer.status.as_u16() < 500, "{query}: {} {}", answer.status, answer.text());
        assert_eq!(answer.header("content-type"), Some("application/json"), "{query}");
    }
}

#[tokio::test]
async fn wrong_types_everywhere_are_400() {
    let shop = Shop::new().await;
    let client = shop.client_of("ann").await;
    let fields =
        ["title", "price", "category", "in_stock", "rating", "published", "publisher", "authors", "note"];
    let long = "9".repeat(400);
    let values = [
        "true",
        "[]",
        "{}",
        "[[1]]",
        "{\"a\": 1}",
        "\"\\u0000\"",
        "1e308",
        "-1e308",
        &long,
        "[null]",
        "\"\"",
    ];
    for field in fields {
        for value in values {
            let answer = client.patch("/api/books/1/", format!("{{\"{field}\": {value}}}")).await;
            assert!(
                answer.status == 200 || answer.status == 400,
                "{field}={value}: {} {}",
                answer.status,
                answer.text()
            );
        }
    }
}

#[tokio::test]
async fn odd_arguments_in_the_url_are_404() {
    let shop = Shop::new().await;
    for id in ["abc", "0x1", "99999999999999999999", "-1", "%00", "1.5", "1%2F2", "%FF", "１"] {
        let answer = shop.client().get(&format!("/api/publishers/{id}/")).await;
        let expected = if id == "１" { 200 } else { 404 };
        assert_eq!(answer.status, expected, "{id}: {}", answer.text());
    }
}

#[tokio::test]
async fn a_panic_in_a_hook_is_a_500_and_the_server_goes_on() {
    let shop = Shop::new().await;
    let client = shop.client();
    let answer = client.get("/api/panicking/").await;
    assert_eq!(answer.status, 500);
    assert!(!answer.text().contains("bug of the user's"), "the client learns nothing about it");
    assert_eq!(client.get("/api/publishers/").await.status, 200);
}

#[tokio::test]
async fn unknown_methods_are_405() {
    let shop = Shop::new().await;
    for method in ["TRACE", "PROPFIND", "CONNECT"] {
        let method: Method = method.parse().expect("a method");
        let answer = shop.client().request(method.clone(), "/api/publishers/", None::<&str>).await;
        assert_eq!(answer.status, 405);
        assert_eq!(answer.json(), json!({"detail": format!("Method \"{method}\" not allowed.")}));
    }
}

#[tokio::test]
async fn a_number_beyond_all_rows_is_a_row_that_is_not_there() {
    let shop = Shop::new().await;
    let detail =
        async |id: &str| shop.client().get(&format!("/api/publishers/{id}/")).await.json()["detail"].clone();
    assert_eq!(detail("99999999999999999999").await, json!("No Publisher matches the given query."));
    assert_eq!(detail("abc").await, json!("Not found."));
    assert_eq!(detail("1%FF").await, json!("Not found."), "what is no UTF-8 is an argument all the same");
}
