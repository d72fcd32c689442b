//! The audit log and the stars of the bookstore.

use std::net::SocketAddr;

use drf::sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use drf_tests::conformance::client::send;
use drf_tests::conformance::request::Request;
use drf_tests::conformance::scratch::{Scratch, Template};
use drf_tests::conformance::suite::Suite;
use drf_tests::engines::Engine;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

struct Store {
    address: SocketAddr,
    db: DatabaseConnection,
    server: JoinHandle<std::io::Result<()>>,
    scratch: Scratch,
}

impl Store {
    async fn new(engine: Engine) -> Self {
        let suite = Suite::bookstore().expect("the recorded suite");
        let template = Template::new(&suite, engine).await.expect("a database");
        let scratch = template.copy().await.expect("a copy");
        template.drop().await;
        let app = bookstore::app(&scratch.database()).await.expect("an app");
        let db = drf::connect(scratch.url()).await.expect("a database");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let server = drf::serve(listener, app);
        Self { address, db, server: tokio::spawn(async move { server.await }), scratch }
    }

    async fn end(self) {
        self.server.abort();
        self.db.close().await.expect("a pool");
        self.scratch.drop().await;
    }

    async fn post(&self, target: &str, body: impl Into<Vec<u8>>) -> u16 {
        self.send("POST", target, Some(body.into())).await
    }

    async fn send(&self, method: &str, target: &str, body: Option<Vec<u8>>) -> u16 {
        let headers = [("Host", "localhost"), ("Content-Type", "application/json")];
        let mut headers: Vec<_> = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        headers.extend(body.as_ref().map(|body| ("Content-Length".to_owned(), body.len().to_string())));
        let request = Request { method: method.to_owned(), target: target.to_owned(), headers, body };
        send(self.address, &request).await.expect("an answer").status
    }

    /// The last row of the log: the URI, the address of the client and the body.
    async fn logged(&self) -> (String, String, Option<String>) {
        let backend = self.db.get_database_backend();
        let text = if backend == DbBackend::MySql { "char" } else { "text" };
        let sql = format!(
            "SELECT uri, CAST(remote_ip AS {text}), CAST(body AS {text}) FROM store_auditlog ORDER BY id DESC LIMIT 1"
        );
        let row = self.db.query_one_raw(Statement::from_string(backend, sql)).await.expect("a table");
        let row = row.expect("a row");
        let text = |index| row.try_get_by_index::<Option<String>>(index).expect("text");
        (text(0).expect("a URI"), text(1).expect("an address"), text(2))
    }
}

async fn the_audit_log_says_what_was_sent_and_no_secrets(engine: Engine) {
    let store = Store::new(engine).await;
    let number = "123456789012345678901234567890";
    let body = format!(
        r#"{{"username": "new", "password": "secret-12", "nested": [{{"Password2": "x"}}], "number": {number}}}"#
    );
    assert_eq!(store.post("/api/users/", body).await, 201);
    let (uri, ip, body) = store.logged().await;
    // PostgreSQL adds the size of the network.
    assert_eq!((uri.as_str(), ip.trim_end_matches("/32")), ("/api/users/", "127.0.0.1"));
    let body = body.expect("JSON").replace(": ", ":");
    for expected in [r#""username":"new""#, r#""password":"********""#, r#""Password2":"********""#, number] {
        assert!(body.contains(expected), "{body}");
    }
    assert!(!body.contains("secret-12") && !body.contains("\"x\""), "{body}");
    assert_eq!(store.send("GET", "/api/caf%C3%A9/%FF/?x=%C3%A9", None).await, 404);
    assert_eq!(store.logged().await.0, "/api/café/%FF/");
    store.end().await;
}

#[tokio::test]
async fn the_audit_log_on_sqlite() {
    the_audit_log_says_what_was_sent_and_no_secrets(Engine::Sqlite).await;
}

#[tokio::test]
#[ignore = "needs PostgreSQL at TEST_POSTGRES_URL"]
async fn the_audit_log_on_postgresql() {
    the_audit_log_says_what_was_sent_and_no_secrets(Engine::Postgres).await;
}

#[tokio::test]
#[ignore = "needs MariaDB at TEST_MYSQL_URL"]
async fn the_audit_log_on_mariadb() {
    the_audit_log_says_what_was_sent_and_no_secrets(Engine::Mysql).await;
}

#[tokio::test]
async fn long_bodies_reach_the_api_as_they_are() {
    let store = Store::new(Engine::Sqlite).await;
    // The API itself rejects it: not an empty body, which would be another error.
    let long = format!(r#"{{"name": "{}"}}"#, "x".repeat(11 * 1024 * 1024));
    assert_eq!(store.post("/api/publishers/", long).await, 413);
    let (uri, _, body) = store.logged().await;
    assert_eq!((uri.as_str(), body), ("/api/publishers/", None));
    assert_eq!(store.post("/api/publishers/", "{bad").await, 400);
    assert_eq!(store.logged().await.2, None);
    store.end().await;
}

#[tokio::test]
async fn stars_are_bounded() {
    let store = Store::new(Engine::Sqlite).await;
    for stars in [
        "1e18",
        "101",
        "\"*****************************************************************************************************\"",
    ] {
        let body = format!(
            r#"{{"isbn": "9790000000009", "name": "Many", "price": "1.00", "publisher": "Empty Press", "authors": ["turing"], "stars": {stars}}}"#
        );
        assert_eq!(store.post("/api/books-by-isbn/", body).await, 400, "{stars}");
    }
    store.db.execute_unprepared("UPDATE store_book SET rating = 1e18").await.expect("a table");
    assert_eq!(store.send("GET", "/api/books-by-isbn/", None).await, 200, "what is stored is bounded too");
    store.end().await;
}
