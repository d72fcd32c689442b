//! The server: time-outs, limits and shutdown, through real sockets.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use drf::axum::Router;
use drf::axum::extract::Request as AxumRequest;
use drf::axum::middleware::map_request;
use drf::prelude::*;
use drf::{Server, serve};
use drf_tests::shop::Shop;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// Much longer than any time-out of the tests, so that a slow machine does not matter.
const LONG: Duration = Duration::from_secs(20);

const SHORT: Duration = Duration::from_millis(300);

#[api_view(GET)]
#[permission(AllowAny)]
async fn slow(_request: &Request) -> Result<Response> {
    tokio::time::sleep(Duration::from_secs(1)).await;
    Ok(Response::ok("done"))
}

#[api_view(GET)]
#[permission(AllowAny)]
async fn address(request: &Request) -> Result<Response> {
    Ok(Response::ok(vec![
        request.build_absolute_uri("/x"),
        request.peer_addr().map(|address| address.to_string()).unwrap_or_default(),
    ]))
}

/// A server that runs until it is told to end.
struct Running {
    address: SocketAddr,
    end: oneshot::Sender<()>,
    ended: JoinHandle<std::io::Result<()>>,
}

impl Running {
    async fn start(options: impl FnOnce(Server) -> Server) -> Self {
        let shop = Shop::new().await;
        let views = SimpleRouter::new()
            .register_view::<slow>("slow", "slow")
            .register_view::<address>("address", "address");
        let router = Router::new().nest_service("/views", views.mount("/", &shop.app).expect("views"));
        let router = router.fallback_service(shop.router).layer(map_request(|request: AxumRequest| async {
            assert_ne!(request.uri().path(), "/panic/", "a layer that panics");
            request
        }));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let (end, ends) = oneshot::channel();
        let server = serve(listener, router).with_graceful_shutdown(async { drop(ends.await) });
        let server = options(server);
        Self { address, end, ended: tokio::spawn(async move { server.await }) }
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.expect("a connection")
    }

    /// Sends text on a new connection, and reads until the server closes it.
    async fn send(&self, text: &str) -> String {
        let mut stream = self.connect().await;
        stream.write_all(text.as_bytes()).await.expect("a connection");
        read_to_end(&mut stream).await
    }
}

async fn read_to_end(stream: &mut TcpStream) -> String {
    let mut text = Vec::new();
    let read = tokio::time::timeout(LONG, stream.read_to_end(&mut text)).await.expect("the server closes");
    // A connection that is closed with bytes unread is reset.
    drop(read);
    String::from_utf8(text).expect("text")
}

/// Reads until some text has come.
async fn read_until(stream: &mut TcpStream, end: &str) -> String {
    let mut text = String::new();
    let mut bytes = [0; 1024];
    while !text.contains(end) {
        let read = tokio::time::timeout(LONG, stream.read(&mut bytes))
            .await
            .expect("an answer")
            .expect("a connection");
        assert!(read > 0, "{end:?} did not come: {text}");
        text.push_str(std::str::from_utf8(&bytes[..read]).expect("text"));
    }
    text
}

fn status(answer: &str) -> &str {
    answer.get(9..12).unwrap_or("none")
}

const GET: &str = "GET /api/publishers/ HTTP/1.1\r\nHost: localhost\r\n\r\n";

#[tokio::test]
async fn a_head_that_does_not_end_closes_the_connection() {
    let server = Running::start(|server| server.head_timeout(SHORT)).await;
    for text in ["", "GET /api/publi", "GET /api/publishers/ HTTP/1.1\r\nHost: localhost\r\n"] {
        assert_eq!(server.send(text).await, "", "{text:?}");
    }
}

#[tokio::test]
async fn an_idle_connection_is_closed() {
    let server = Running::start(|server| server.head_timeout(SHORT)).await;
    let mut stream = server.connect().await;
    for _ in 0..2 {
        stream.write_all(GET.as_bytes()).await.expect("a connection");
        assert_eq!(status(&read_until(&mut stream, "Penguin").await), "200");
    }
    read_to_end(&mut stream).await;
}

#[tokio::test]
async fn a_body_that_does_not_end_is_408() {
    let server = Running::start(|server| server.body_timeout(SHORT)).await;
    let head = "POST /api/publishers/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    for rest in [
        "Content-Length: 100\r\n\r\n",
        "Content-Length: 100\r\n\r\n{\"name\"",
        "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"nam",
    ] {
        let answer = server.send(&format!("{head}{rest}")).await;
        assert_eq!(status(&answer), "408", "{rest:?}: {answer}");
        assert!(answer.ends_with("{\"detail\":\"The request body was not received in time.\"}"), "{answer}");
    }
}

#[tokio::test]
async fn a_body_in_small_parts_is_408_too() {
    let server = Running::start(|server| server.body_timeout(SHORT)).await;
    let (mut read, mut write) = server.connect().await.into_split();
    let head = "POST /api/publishers/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 400\r\n\r\n";
    write.write_all(head.as_bytes()).await.expect("a connection");
    let writing = tokio::spawn(async move {
        for _ in 0..400 {
            tokio::time::sleep(SHORT / 6).await;
            if write.write_all(b" ").await.is_err() {
                break;
            }
        }
    });
    let mut bytes = [0; 12];
    tokio::time::timeout(LONG, read.read_exact(&mut bytes)).await.expect("an answer").expect("a connection");
    assert_eq!(&bytes, b"HTTP/1.1 408");
    writing.abort();
}

#[tokio::test]
async fn connections_above_the_limit_wait() {
    let server = Running::start(|server| server.max_connections(1)).await;
    let mut first = server.connect().await;
    first.write_all(GET.as_bytes()).await.expect("a connection");
    read_until(&mut first, "Penguin").await;
    let mut second = server.connect().await;
    second.write_all(GET.as_bytes()).await.expect("a connection");
    let waiting = tokio::time::timeout(SHORT, second.read_u8()).await;
    assert!(waiting.is_err(), "the first connection is open");
    drop(first);
    assert_eq!(status(&read_until(&mut second, "Penguin").await), "200");
}

#[tokio::test]
async fn running_requests_finish_at_shutdown() {
    let server = Running::start(|server| server.grace(LONG)).await;
    let mut running = server.connect().await;
    running.write_all(b"GET /views/slow/ HTTP/1.1\r\nHost: localhost\r\n\r\n").await.expect("a connection");
    let mut idle = server.connect().await;
    idle.write_all(GET.as_bytes()).await.expect("a connection");
    read_until(&mut idle, "Penguin").await;
    server.end.send(()).expect("a server");
    assert_eq!(read_to_end(&mut idle).await, "", "idle connections are closed");
    let answer = read_to_end(&mut running).await;
    assert_eq!(status(&answer), "200", "{answer}");
    tokio::time::timeout(LONG, server.ended).await.expect("an end").expect("no panic").expect("no error");
    assert!(TcpStream::connect(server.address).await.is_err());
}

#[tokio::test]
async fn a_half_sent_request_does_not_hold_up_the_shutdown() {
    let server = Running::start(|server| server.grace(SHORT)).await;
    let mut half = server.connect().await;
    half.write_all(b"GET /api/publish").await.expect("a connection");
    let mut body = server.connect().await;
    body.write_all(b"POST /api/publishers/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{")
        .await
        .expect("a connection");
    tokio::time::sleep(Duration::from_millis(100)).await;
    let start = Instant::now();
    server.end.send(()).expect("a server");
    tokio::time::timeout(LONG, server.ended).await.expect("an end").expect("no panic").expect("no error");
    assert!(start.elapsed() < LONG);
    assert_eq!(read_to_end(&mut half).await, "");
}

#[tokio::test]
async fn a_request_has_one_host() {
    let server = Running::start(|server| server).await;
    let cases = [
        ("GET /views/address/ HTTP/1.1\r\nConnection: close\r\n\r\n", "400", "Bad Request (400)"),
        (
            "GET /views/address/ HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            "400",
            "Bad Request (400)",
        ),
        ("GET /views/address/ HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n", "400", "Bad Request (400)"),
        (
            "GET /views/address/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            "200",
            "\"http://localhost/x\",\"127.0.0.1\"",
        ),
        (
            "GET http://localhost:81/views/address/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            "200",
            "\"http://localhost:81/x\"",
        ),
        ("GET /views/address/ HTTP/1.0\r\n\r\n", "200", "http://"),
    ];
    for (request, expected, body) in cases {
        let answer = server.send(request).await;
        assert_eq!(status(&answer), expected, "{request}: {answer}");
        assert!(answer.contains(body), "{request}: {answer}");
    }
}

#[tokio::test]
async fn a_body_above_the_limit_is_rejected_before_it_is_sent() {
    let server = Running::start(|server| server).await;
    let head = |length: usize| {
        format!(
            "POST /api/publishers/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nExpect: 100-continue\r\n\r\n"
        )
    };
    let answer = server.send(&head(10_000_000)).await;
    assert_eq!(status(&answer), "413", "{answer}");
    let body = "{\"name\": \"New\"}";
    let mut stream = server.connect().await;
    stream.write_all(head(body.len()).as_bytes()).await.expect("a connection");
    assert_eq!(status(&read_until(&mut stream, "\r\n\r\n").await), "100");
    stream.write_all(body.as_bytes()).await.expect("a connection");
    assert_eq!(status(&read_until(&mut stream, "New").await), "201");
}

#[tokio::test]
async fn a_panic_in_a_layer_is_500_and_the_connection_stays() {
    let server = Running::start(|server| server).await;
    let mut stream = server.connect().await;
    for _ in 0..2 {
        stream.write_all(b"GET /panic/ HTTP/1.1\r\nHost: localhost\r\n\r\n").await.expect("a connection");
        let answer = read_until(&mut stream, "</html>").await;
        assert_eq!(status(&answer), "500", "{answer}");
        assert!(answer.contains("<h1>Server Error (500)</h1>"), "{answer}");
    }
}
