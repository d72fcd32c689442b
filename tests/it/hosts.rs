//! `allowed_hosts`: no other host comes back in a link.

use drf::axum::body::Body;
use drf::http::{Method, Request};
use drf::prelude::*;
use drf::testing::TestResponse;
use drf_tests::shop::{Shop, settings};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

async fn shop(hosts: &[&str]) -> Shop {
    Shop::with(Settings {
        allowed_hosts: hosts.iter().map(|host| (*host).to_owned()).collect(),
        ..settings()
    })
    .await
}

async fn send(shop: &Shop, method: Method, path: &str, host: &str) -> TestResponse {
    let request = Request::builder().method(method).uri(path).header("host", host).body(Body::empty());
    shop.client().send(request.expect("a request")).await
}

#[tokio::test]
async fn a_host_that_is_not_allowed_is_400_at_every_url() {
    let shop = shop(&["api.example.com"]).await;
    let before_links = [
        (Method::GET, "/api/publishers/"),
        (Method::GET, "/api/books/?page=1&page_size=1"),
        (Method::POST, "/api/publishers/"),
        (Method::OPTIONS, "/api/publishers/1/"),
        (Method::HEAD, "/api/"),
        (Method::GET, "/api/publishers"),
        (Method::GET, "/api/publishers/1.json"),
        (Method::GET, "/nowhere/"),
    ];
    for (method, path) in before_links {
        let answer = send(&shop, method.clone(), path, "evil.example").await;
        assert_eq!(answer.status, 400, "{method} {path}");
        assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"));
        assert!(!answer.text().contains("evil"), "{}", answer.text());
        assert!(answer.headers.get("location").is_none());
    }
    let page = send(&shop, Method::GET, "/api/publishers/", "evil.example").await.text();
    assert_eq!(
        page,
        "\n<!doctype html>\n<html lang=\"en\">\n<head>\n  <title>Bad Request (400)</title>\n</head>\n<body>\n  <h1>Bad Request (400)</h1><p></p>\n</body>\n</html>\n"
    );
    let page = send(&shop, Method::GET, "/api/books/?page_size=1", "API.example.com.:8000").await;
    assert_eq!(page.status, 200);
    assert_eq!(page.json()["next"], "http://API.example.com.:8000/api/books/?page=2&page_size=1");
}

#[tokio::test]
async fn only_the_local_machine_is_allowed_by_default() {
    let shop = Shop::new().await;
    for host in ["localhost", "127.0.0.1:8000", "[::1]:80", "testserver"] {
        assert_eq!(send(&shop, Method::GET, "/api/publishers/", host).await.status, 200, "{host}");
    }
    for host in ["example.com", "app.localhost", "127.0.0.2", "0.0.0.0"] {
        assert_eq!(send(&shop, Method::GET, "/api/publishers/", host).await.status, 400, "{host}");
    }
    // `testserver` is for the client of `drf::testing`: a request from elsewhere may not name it.
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let server = tokio::spawn(async move { axum::serve(listener, shop.router).await });
    let mut socket = TcpStream::connect(address).await.expect("a connection");
    let request = b"GET /api/publishers/ HTTP/1.1\r\nHost: testserver\r\nConnection: close\r\n\r\n";
    socket.write_all(request).await.expect("a request");
    let mut response = String::new();
    socket.read_to_string(&mut response).await.expect("a response");
    assert!(response.starts_with("HTTP/1.1 400 "), "{response}");
    server.abort();
}

#[tokio::test]
async fn a_forwarded_host_is_not_trusted() {
    let shop = Shop::new().await;
    let request = Request::get("/api/books/?page_size=1").header("x-forwarded-host", "evil.example");
    let answer = shop.client().send(request.body(Body::empty()).expect("a request")).await;
    assert_eq!(answer.json()["next"], "http://testserver/api/books/?page=2&page_size=1");
}

#[tokio::test]
async fn a_malformed_host_is_400_even_where_every_host_is_allowed() {
    let shop = shop(&["*"]).await;
    for host in ["a_b.com", "", "bad host", "a/b", "a@b", "a.com:", "a.com:x", "[::1", "[::1]x", "[a:]"] {
        assert_eq!(send(&shop, Method::GET, "/api/publishers/", host).await.status, 400, "{host}");
    }
    for host in ["a.com", "A.COM.", "a.com:80", "1.2.3.4:99999", "[::1]:80"] {
        assert_eq!(send(&shop, Method::GET, "/api/publishers/", host).await.status, 200, "{host}");
    }
}

#[tokio::test]
async fn a_domain_with_a_dot_stands_for_all_below_it() {
    let shop = shop(&[".example.com"]).await;
    for (host, status) in [("example.com", 200), ("a.b.Example.com:1", 200), ("evilexample.com", 400)] {
        assert_eq!(
            send(&shop, Method::GET, "/api/publishers/", host).await.status.as_u16(),
            status,
            "{host}"
        );
    }
}

#[tokio::test]
async fn a_pattern_that_matches_no_host_is_an_error_when_the_app_is_built() {
    let shop = Shop::new().await;
    let hosts = vec!["https://example.com".to_owned(), "example.com:80".to_owned()];
    let app = App::new(Settings { allowed_hosts: hosts, ..settings() }, shop.app.read().clone());
    let errors = Urls::new().include("/api", SimpleRouter::new()).build(&app).expect_err("two patterns");
    assert_eq!(errors.iter().count(), 2);
    assert!(errors.iter().all(|error| error.starts_with("`allowed_hosts`: `")), "{errors}");
}
