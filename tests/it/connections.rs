//! Connections to the database: lost ones, exhausted pools, locks, time-outs, clients that disconnect.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use drf::ConnectOptions;
use drf::axum::Router;
use drf::prelude::*;
use drf::sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement, TransactionTrait};
use drf::testing::{APIClient, TestResponse};
use drf_tests::engines::{Database, Engine};
use drf_tests::shop::{self, Shop};
use serde_json::json;

/// A query that takes five seconds.
#[api_view(GET)]
#[permission(AllowAny)]
async fn slow(request: &Request) -> Result<Response> {
    let db = request.db();
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => "SELECT pg_sleep(5)",
        _ => "SELECT SLEEP(5)",
    };
    db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    Ok(Response::no_content())
}

fn with_slow_view(shop: &Shop) -> Router {
    let slow = SimpleRouter::new().register_view::<slow>("slow", "slow").mount("/", &shop.app);
    slow.expect("a view without mistakes")
}

/// The shop of a database, with other connections than those of the test.
async fn shop(database: &Database, options: ConnectOptions) -> Shop {
    Shop::on(shop::settings(), database.db.clone()).await;
    let db = drf::connect(options).await.expect("a pool");
    let app = App::new(shop::settings(), db);
    let urls = Urls::new().include("/api", shop::views::router());
    let router = urls.build(&app).expect("viewsets without mistakes");
    Shop { app, router }
}

#[track_caller]
fn assert_unavailable(answer: &TestResponse) {
    assert_eq!(answer.status, 503, "{}", answer.text());
    assert_eq!(answer.json(), json!({"detail": "Service temporarily unavailable, try again later."}));
    let seconds = answer.header("retry-after").and_then(|value| value.parse::<u64>().ok());
    assert!(seconds.is_some_and(|seconds| seconds > 0), "{:?}", answer.headers);
}

/// Opens all connections of a pool.
async fn fill_pool(client: &APIClient) {
    let requests: Vec<_> = (0..20)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.get("/api/books/").await.status })
        })
        .collect();
    for request in requests {
        assert_eq!(request.await.expect("no panic"), 200);
    }
}

/// Ends all connections of a database but one.
async fn kill_connections(db: &DatabaseConnection, engine: Engine) {
    if engine == Engine::Postgres {
        let sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                   WHERE datname = current_database() AND pid <> pg_backend_pid()";
        db.execute_unprepared(sql).await.expect("a superuser");
        return;
    }
    let sql = "SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()";
    let rows = db.query_all_raw(Statement::from_string(DbBackend::MySql, sql)).await.expect("a process list");
    for row in rows {
        let id: i64 = row.try_get_by_index(0).expect("an id");
        let _ = db.execute_unprepared(&format!("KILL {id}")).await;
    }
}

drf_tests::on_each_engine! {
    /// SQLite has no server that could close a connection.
    async fn connections_that_the_server_closed_are_replaced(database: Database) {
        if database.engine == Engine::Sqlite {
            return;
        }
        let shop = shop(&database, ConnectOptions::new(&database.url).max_connections(5)).await;
        let client = shop.client_of("ann").await;
        let token = shop.client().header(drf::http::header::AUTHORIZATION, "Token ann-key");
        let killer = drf::connect(ConnectOptions::new(&database.url).max_connections(1)).await.expect("a connection");
        for _ in 0..3 {
            fill_pool(&client).await;
            kill_connections(&killer, database.engine).await;
            for path in ["/api/books/", "/api/books/1/", "/api/publishers/?search=oak"] {
                for _ in 0..4 {
                    assert_eq!(client.get(path).await.status, 200, "{path}");
                }
            }
            fill_pool(&client).await;
            kill_connections(&killer, database.engine).await;
            let created = token.post("/api/publishers/", format!("{{\"name\": \"{}\"}}", rand())).await;
            assert_eq!(created.status, 201, "the look-up of the token found the lost connection: {}", created.text());
        }
    }

    async fn an_exhausted_pool_is_503(database: Database) {
        let options = ConnectOptions::new(&database.url).max_connections(1);
        let shop = shop(&database, options.acquire_timeout(Duration::from_millis(300))).await;
        let client = shop.client_of("ann").await;
        let busy = shop.app.write().begin().await.expect("the only connection");
        for answer in [
            client.get("/api/books/").await,
            client.get("/api/books/1/").await,
            client.post("/api/publishers/", r#"{"name": "New"}"#).await,
            client.patch("/api/books/1/", r#"{"authors": [1]}"#).await,
            client.delete("/api/books/1/").await,
            shop.client().header(drf::http::header::AUTHORIZATION, "Token ann-key").get("/api/locked/").await,
        ] {
            assert_unavailable(&answer);
        }
        busy.rollback().await.expect("a connection");
        assert_eq!(client.get("/api/books/").await.status, 200);
    }

    async fn a_statement_that_takes_too_long_is_503(database: Database) {
        if database.engine == Engine::Sqlite {
            return;
        }
        let options = ConnectOptions::new(&database.url).statement_timeout(Duration::from_millis(300));
        let shop = shop(&database, options).await;
        let client = APIClient::new(with_slow_view(&shop));
        let start = Instant::now();
        assert_unavailable(&client.get("/slow/").await);
        assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
        assert_eq!(shop.client().get("/api/books/").await.status, 200);
    }

    /// The query of a client that has disconnected ends, and its connection is used again.
    async fn a_client_that_disconnects_frees_its_connection(database: Database) {
        if database.engine == Engine::Sqlite {
            return;
        }
        let options = ConnectOptions::new(&database.url).max_connections(1).statement_timeout(Duration::from_millis(500));
        let shop = shop(&database, options).await;
        let client = APIClient::new(with_slow_view(&shop));
        let request = tokio::spawn(async move { client.get("/slow/").await });
        tokio::time::sleep(Duration::from_millis(100)).await;
        request.abort();
        let start = Instant::now();
        assert_eq!(shop.client().get("/api/books/").await.status, 200);
        assert!(start.elapsed() < Duration::from_secs(4), "{:?}", start.elapsed());
    }
}

fn rand() -> String {
    static COUNT: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
    format!("New {}", COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed))
}

fn temporary(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("drf_connections_{}_{name}", std::process::id()))
}

async fn pragma(db: &DatabaseConnection, name: &str) -> String {
    let sql = format!("PRAGMA {name}");
    let row = db.query_one_raw(Statement::from_string(DbBackend::Sqlite, sql)).await.expect("a pragma");
    let row = row.expect("a row");
    row.try_get_by_index::<String>(0)
        .unwrap_or_else(|_| row.try_get_by_index::<i32>(0).expect("a number").to_string())
}

#[tokio::test]
async fn files_that_are_created_have_a_write_ahead_log_and_locks_are_waited_for() {
    let file = temporary("wal.sqlite3");
    let url = format!("sqlite://{}", file.display());
    let create = || format!("{url}?mode=rwc");
    let _ = std::fs::remove_file(&file);
    assert!(drf::connect(&url).await.is_err(), "the file is not there");
    let plain = drf::connect(ConnectOptions::new(create()).wal(false)).await.expect("a file");
    assert_eq!(pragma(&plain, "journal_mode").await, "delete");
    assert_eq!(pragma(&plain, "busy_timeout").await, "5000");
    plain.close().await.expect("a pool");
    let kept = drf::connect(create()).await.expect("a file");
    assert_eq!(pragma(&kept, "journal_mode").await, "delete", "the mode of a file that is there is kept");
    kept.close().await.expect("a pool");
    let asked = drf::connect(ConnectOptions::new(&url).wal(true).busy_timeout(Duration::from_secs(2)))
        .await
        .expect("a file");
    assert_eq!(pragma(&asked, "journal_mode").await, "wal");
    assert_eq!(pragma(&asked, "busy_timeout").await, "2000");
    asked.close().await.expect("a pool");
    std::fs::remove_file(&file).expect("a file");
    let created = drf::connect(create()).await.expect("a file");
    assert_eq!(pragma(&created, "journal_mode").await, "wal");
    created.close().await.expect("a pool");
    std::fs::remove_file(&file).expect("a file");
}

#[tokio::test]
async fn a_file_that_another_process_has_locked_is_503() {
    let file = temporary("locked.sqlite3");
    let _ = std::fs::remove_file(&file);
    let url = format!("sqlite://{}?mode=rwc", file.display());
    let options = || ConnectOptions::new(&url).wal(false).busy_timeout(Duration::from_millis(100));
    let shop = Shop::on(shop::settings(), drf::connect(options()).await.expect("a file")).await;
    let client = shop.client_of("ann").await;
    let other = drf::connect(options().max_connections(1)).await.expect("a file");
    other.execute_unprepared("BEGIN EXCLUSIVE").await.expect("a lock");
    assert_unavailable(&client.get("/api/books/").await);
    assert_unavailable(&client.post("/api/publishers/", r#"{"name": "New"}"#).await);
    assert_unavailable(&client.patch("/api/books/1/", r#"{"authors": [1]}"#).await);
    assert_unavailable(&client.delete("/api/books/1/").await);
    other.execute_unprepared("COMMIT").await.expect("the lock");
    assert_eq!(client.get("/api/books/").await.status, 200);
    std::fs::remove_file(&file).expect("a file");
}

/// A database server of the test's own, which it may stop.
struct Server {
    directory: PathBuf,
    engine: Engine,
    port: u16,
}

impl Server {
    fn new(engine: Engine) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        drop(listener);
        let directory = temporary(&format!("server_{port}"));
        std::fs::create_dir_all(&directory).expect("a directory");
        let server = Self { directory, engine, port };
        let path = server.directory.display();
        match engine {
            Engine::Postgres => {
                sh(&format!("chown postgres {path} 2>/dev/null; chmod 700 {path}"));
                server.postgres(&format!("initdb -D {path}/data -A trust -U postgres --no-sync"));
            }
            _ => sh(&format!(
                "mariadb-install-db --no-defaults --user=$(id -un) --datadir={path}/data --auth-root-authentication-method=normal"
            )),
        }
        server.start();
        server
    }

    fn url(&self) -> String {
        match self.engine {
            Engine::Postgres => format!("postgres://postgres@127.0.0.1:{}/postgres", self.port),
            _ => format!("mysql://root@127.0.0.1:{}/test", self.port),
        }
    }

    /// Runs one of PostgreSQL's programs, which refuse to be run by root.
    fn postgres(&self, command: &str) {
        let command = format!("PATH=$(pg_config --bindir):$PATH {command}");
        sh(&format!(
            "if [ $(id -u) = 0 ]; then runuser -u postgres -- sh -c '{command}'; else {command}; fi"
        ));
    }

    fn start(&self) {
        let (path, port) = (self.directory.display(), self.port);
        match self.engine {
            Engine::Postgres => self.postgres(&format!(
                "pg_ctl -D {path}/data -w -t 60 -l {path}/log -o \"-p {port} -k {path} -c fsync=off -c listen_addresses=127.0.0.1\" start"
            )),
            _ => sh(&format!(
                "mariadbd --no-defaults --user=$(id -un) --datadir={path}/data --port={port} --bind-address=127.0.0.1 --sql-mode= \
                 --socket={path}/socket --pid-file={path}/pid --innodb-flush-log-at-trx-commit=0 >{path}/log 2>&1 & \
                 for _ in $(seq 600); do mariadb-admin --no-defaults -uroot --socket={path}/socket ping >/dev/null 2>&1 && exit 0; sleep 0.1; done; exit 1"
            )),
        }
        if self.engine == Engine::Mysql {
            sh(&format!(
                "mariadb --no-defaults -uroot --socket={path}/socket -e 'CREATE DATABASE IF NOT EXISTS test'"
            ));
        }
    }

    fn stop(&self) {
        let path = self.directory.display();
        match self.engine {
            Engine::Postgres => self.postgres(&format!("pg_ctl -D {path}/data -w -m fast stop")),
            _ => sh(&format!(
                "pid=$(cat {path}/pid); mariadb-admin --no-defaults -uroot --socket={path}/socket shutdown; \
                 for _ in $(seq 600); do kill -0 $pid 2>/dev/null || exit 0; sleep 0.1; done; exit 1"
            )),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.stop();
        } else {
            let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| self.stop()));
        }
        let _ = std::fs::remove_dir_all(&self.directory);
    }
}

#[track_caller]
fn sh(command: &str) {
    let status = Command::new("sh")
        .args(["-c", command])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    assert!(status.is_ok_and(|status| status.success()), "{command}");
}

async fn a_server_may_be_restarted(engine: Engine) {
    let server = tokio::task::spawn_blocking(move || Server::new(engine)).await.expect("a server");
    let options =
        ConnectOptions::new(server.url()).max_connections(10).acquire_timeout(Duration::from_secs(2));
    let shop = Shop::on(shop::settings(), drf::connect(options).await.expect("a pool")).await;
    let client = shop.client_of("ann").await;
    fill_pool(&client).await;
    server.stop();
    assert_unavailable(&client.get("/api/books/").await);
    assert_unavailable(&client.post("/api/publishers/", r#"{"name": "New"}"#).await);
    server.start();
    for _ in 0..5 {
        assert_eq!(client.get("/api/books/").await.status, 200);
    }
    fill_pool(&client).await;
    server.stop();
    server.start();
    // The connections have been idle for a second at least, as at every restart that is not that of a test.
    tokio::time::sleep(Duration::from_secs(1)).await;
    let created = client.post("/api/publishers/", r#"{"name": "New"}"#).await;
    assert_eq!(created.status, 201, "{}", created.text());
    let mut requests: Vec<_> = Vec::new();
    for _ in 0..10 {
        requests.push(client.get("/api/books/").await.status.as_u16());
    }
    assert_eq!(requests, [200; 10]);
}

#[tokio::test]
#[ignore = "needs PostgreSQL's programs"]
async fn postgresql_may_be_restarted() {
    a_server_may_be_restarted(Engine::Postgres).await;
}

/// MariaDB and MySQL store what fits of a value where they are not told to be strict.
#[tokio::test]
#[ignore = "needs MariaDB's programs"]
async fn a_server_that_is_not_strict_cuts_nothing_off() {
    let server = tokio::task::spawn_blocking(|| Server::new(Engine::Mysql)).await.expect("a server");
    let without_timeout = ConnectOptions::new(server.url()).statement_timeout(None);
    for options in [ConnectOptions::new(server.url()), without_timeout] {
        let db = drf::connect(options).await.expect("a pool");
        db.execute_unprepared("CREATE OR REPLACE TABLE narrow (label varchar(3), size enum('s', 'm'))")
            .await
            .expect("a table");
        for values in ["('long', 's')", "('ok', 'xl')"] {
            let stored = db.execute_unprepared(&format!("INSERT INTO narrow VALUES {values}")).await;
            assert!(stored.is_err(), "{values}");
        }
    }
}

#[tokio::test]
#[ignore = "needs MariaDB's programs"]
async fn mariadb_may_be_restarted() {
    a_server_may_be_restarted(Engine::Mysql).await;
}
