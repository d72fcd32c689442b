//! URLs.

use drf::axum::body::Body;
use drf_tests::shop::Shop;
use serde_json::json;

#[tokio::test]
async fn the_root_lists_the_viewsets() {
    let shop = Shop::new().await;
    let answer = shop.client_of("ann").await.get("/api/").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json()["stocked-books"], "http://testserver/api/stocked-books/");
    assert_eq!(shop.client().get("/api/").await.status, 401, "the root is as locked as everything else");
}

#[tokio::test]
async fn a_missing_slash_is_redirected() {
    let shop = Shop::new().await;
    let answer = shop.client().get("/api/publishers?page=2&x=%20y").await;
    assert_eq!(answer.status, 301);
    assert_eq!(answer.header("location"), Some("/api/publishers/?page=2&x=%20y"));
    assert_eq!(shop.client().get("/api/nowhere").await.status, 404);
}

#[tokio::test]
async fn a_suffix_chooses_the_renderer() {
    let shop = Shop::new().await;
    let client = shop.client();
    assert_eq!(client.get("/api/publishers/1.json").await.json()["name"], "Oak");
    assert_eq!(client.get("/api/publishers.json").await.status, 200);
    let unknown = client.get("/api/publishers/1.xml").await;
    assert_eq!((unknown.status.as_u16(), unknown.json()), (404, json!({"detail": "Not found."})));
    assert_eq!(client.get("/api/publishers/?format=xml").await.status, 404);
}

#[tokio::test]
async fn the_accept_header_is_heard() {
    let shop = Shop::new().await;
    let request = |accept: &str| {
        drf::http::Request::get("/api/publishers/1/")
            .header("accept", accept)
            .body("".into())
            .expect("a request")
    };
    let refused = shop.client().send(request("application/xml")).await;
    assert_eq!(refused.status, 406);
    assert_eq!(refused.json(), json!({"detail": "Could not satisfy the request Accept header."}));
    let indented = shop.client().send(request("application/json; indent=2")).await;
    assert!(indented.text().starts_with("{\n  \"id\": 1,\n"), "{}", indented.text());
}

#[tokio::test]
async fn head_is_get_without_a_body() {
    let shop = Shop::new().await;
    let answer =
        shop.client().request("HEAD".parse().expect("a method"), "/api/publishers/1/", None::<&str>).await;
    assert_eq!((answer.status.as_u16(), answer.body.len()), (200, 0));
    assert_eq!(answer.header("content-type"), Some("application/json"));
    let length = shop.client().get("/api/publishers/1/").await.body.len().to_string();
    assert_eq!(answer.header("content-length"), Some(&*length));
}

#[tokio::test]
async fn options_tells_what_may_be_sent() {
    let shop = Shop::new().await;
    let anonymous = shop.client().options("/api/books/").await.json();
    assert_eq!((anonymous["name"].clone(), anonymous.get("actions").is_some()), (json!("Book List"), false));
    let ann = shop.client_of("ann").await.options("/api/books/1/").await.json();
    assert_eq!(ann["name"], "Book Instance");
    let price = json!({"type": "decimal", "required": true, "read_only": false, "label": "Price", "min_value": 0, "max_digits": 8, "decimal_places": 2});
    assert_eq!(ann["actions"]["PUT"]["price"], price);
    assert_eq!(ann["actions"]["PUT"]["created"]["read_only"], json!(true));
    for field in ["category", "category_label", "publisher_name"] {
        assert_eq!(ann["actions"]["PUT"][field]["max_length"], json!(null), "{field} has no limit to tell");
    }
    let missing = shop.client_of("ann").await.options("/api/books/99/").await.json();
    assert!(missing.get("actions").is_none(), "there is nothing to put");
}

fn asking(target: &str, accept: &[u8]) -> drf::http::Request<Body> {
    let request = drf::http::Request::get(target).header("host", "testserver").header("accept", accept);
    request.body("".into()).expect("a request")
}

#[tokio::test]
async fn indent_is_a_number_of_python() {
    let shop = Shop::new().await;
    let second_line = async |accept: &str| {
        let answer = shop.client().send(asking("/api/publishers/1/", accept.as_bytes())).await;
        answer.text().lines().nth(1).unwrap_or_default().to_owned()
    };
    assert_eq!(second_line("application/json; INDENT=2").await, "  \"id\": 1,");
    assert_eq!(second_line("application/json; indent=1_0").await, "        \"id\": 1,");
    assert_eq!(second_line("application/json; indent=٤").await, "", "headers are Latin-1");
}

#[tokio::test]
async fn long_accept_headers_are_cut_and_long_media_types_passed_over() {
    let shop = Shop::new().await;
    let status = async |accept: String| {
        shop.client().send(asking("/api/publishers/1/", accept.as_bytes())).await.status.as_u16()
    };
    assert_eq!(status(format!("application/json,{}", "a/b,".repeat(3000))).await, 200);
    assert_eq!(status(format!("{}application/json", "a/b,".repeat(100))).await, 406);
    assert_eq!(status(format!("application/json{}", "; a=b".repeat(100))).await, 406);
    assert_eq!(status(format!("{}, application/json", "x".repeat(300))).await, 200);
}

#[tokio::test]
async fn methods_and_slashes_are_read_as_wsgi_reads_them() {
    let shop = Shop::new().await;
    let lower = "get".parse().expect("a method");
    assert_eq!(shop.client().request(lower, "/api/publishers/1/", None::<&str>).await.status, 200);
    let page = shop.client().send(asking("//api/books/?page_size=1", b"*/*")).await;
    assert_eq!(page.json()["next"], json!("http://testserver/api/books/?page=2&page_size=1"));
}

#[tokio::test]
async fn the_page_for_people_varies_on_cookies_and_has_always_content() {
    let classes = drf::Classes {
        default_renderer_classes: vec![
            drf::renderers::JSONRenderer.into(),
            drf::browsable::BrowsableAPIRenderer.into(),
        ],
        ..drf::Classes::default()
    };
    let db = drf::connect("sqlite::memory:").await.expect("a database in memory");
    let shop = Shop::with_classes(drf_tests::shop::settings(), classes, db).await;
    let page = shop.client().send(asking("/api/publishers/1/", b"text/html")).await;
    assert_eq!(page.header("vary"), Some("Accept, Cookie"));
    let mut delete = asking("/api/reviews/1/", b"text/html");
    *delete.method_mut() = drf::http::Method::DELETE;
    let deleted = shop.client_of("ann").await.send(delete).await;
    assert_eq!((deleted.status.as_u16(), deleted.body.is_empty()), (200, false));
}

#[tokio::test]
async fn a_generic_view_is_called_by_its_name_only() {
    let shop = Shop::new().await;
    let router = drf::prelude::SimpleRouter::new()
        .register_view::<drf_tests::shop::views::TitleViewSet>("titles", "titles")
        .mount("/api", &shop.app);
    let client = drf::testing::APIClient::new(router.expect("a good viewset"));
    assert_eq!(client.options("/api/titles/").await.json()["name"], json!("Title"));
}
