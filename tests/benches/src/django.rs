//! What the same requests cost in Django: the project of the conformance suite under gunicorn, and the bookstore in its
//! place, on the same rows and with the same bytes.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, Executor};

use crate::Result;
use crate::data::folder;
use crate::load::{Round, knock, write_script};
use crate::table::{median, spread};

const ROWS: &str = include_str!("../../conformance/bookstore.sql");

/// Alice's, of the suite's `users.json`.
const TOKEN: &str = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

/// The project's settings without its audit log: a row for each request costs more than the request.
const QUIET: &str = "from bookstore.settings import *\n\
    MIDDLEWARE = [name for name in MIDDLEWARE if 'audit' not in name]\n";

/// Serves the bookstore without its audit log.
///
/// # Errors
/// If the database cannot be opened, or the port is taken.
pub async fn serve_bookstore(db: &str, port: u16) -> Result<()> {
    let db = drf::connect(format!("sqlite://{db}?mode=rw")).await?;
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    Ok(drf::serve(listener, bookstore::api(db)?).await?)
}

/// What is asked, and with a token or without.
const ASKED: [(&str, &str, bool); 5] = [
    ("one row", "/api/publishers/1/", false),
    ("one row, related to others", "/api/books/1/", false),
    ("a page of 10 rows, related to others", "/api/books/", false),
    ("rows in rows", "/api/nested-publishers/1/", false),
    ("token", "/api/purchases/", true),
];

/// How it is measured.
#[derive(Debug)]
pub struct Django {
    /// A Python that has gunicorn and what the project needs
    pub python: PathBuf,
    /// The folder `reference` of the conformance suite
    pub project: PathBuf,
    pub rounds: u32,
    pub seconds: u32,
}

impl Django {
    /// Prints the table.
    ///
    /// # Errors
    /// If a server does not start, or the two do not answer the same.
    pub async fn print(&self) -> Result<()> {
        let settings = folder()?.join("django");
        std::fs::create_dir_all(&settings)?;
        std::fs::write(settings.join("quiet.py"), QUIET)?;
        let program = std::env::current_exe()?;
        let ours = self.start("bookstore", |db, port| {
            let mut command = Command::new(&program);
            command.arg("bookstore").arg(db).arg(port.to_string());
            command
        });
        let ours = ours.await?;
        let theirs = self.start("django", |db, port| {
            let mut command = Command::new(&self.python);
            command.args(["-m", "gunicorn", "--workers", "2", "--log-level", "error", "--chdir"]);
            command.arg(&self.project).arg("--bind").arg(format!("127.0.0.1:{port}")).arg("bookstore.wsgi");
            command
                .env("BOOKSTORE_DB", db)
                .env("DJANGO_SETTINGS_MODULE", "quiet")
                .env("PYTHONPATH", &settings);
            command
        });
        let theirs = theirs.await?;
        println!(
            "| request | req/s drf | Django | CPU µs/req drf | Django | CPU Django/drf | p99 ms drf | Django | MB drf | Django |"
        );
        println!("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        for (name, path, with_token) in ASKED {
            let (mine, other) = (ours.ask(path, with_token)?, theirs.ask(path, with_token)?);
            if mine != other {
                return Err(format!("{path} is not answered the same\n{mine}\n{other}").into());
            }
            let (a, b) = self.measure(&ours, &theirs, path, with_token)?;
            let each = |of: fn(&Round) -> f64, digits: usize| {
                [&a, &b].map(|rounds| format!("{:.digits$}", median(rounds.iter().map(of)))).join(" | ")
            };
            println!(
                "| {name} | {} | {} | {} | {} | {} |",
                each(|round| round.requests_per_second, 0),
                each(|round| round.cpu, 0),
                spread(&b, &a),
                each(|round| round.p99, 1),
                each(|round| round.memory, 0),
            );
        }
        Ok(())
    }

    fn measure(
        &self,
        ours: &Running,
        theirs: &Running,
        path: &str,
        token: bool,
    ) -> Result<(Vec<Round>, Vec<Round>)> {
        let script = write_script("django", std::iter::once(request(path, token, "keep-alive")))?;
        let (mut a, mut b) = (Vec::new(), Vec::new());
        for _ in 0..self.rounds {
            a.push(knock(&ours.processes()?, ours.port, &script, self.seconds)?);
            b.push(knock(&theirs.processes()?, theirs.port, &script, self.seconds)?);
        }
        Ok((a, b))
    }

    async fn start(&self, name: &str, command: impl Fn(&Path, u16) -> Command) -> Result<Running> {
        let db = folder()?.join(format!("{name}-{}.sqlite3", std::process::id()));
        // the rows stand in an order that keys do not care for
        let options = SqliteConnectOptions::new().filename(&db).create_if_missing(true).foreign_keys(false);
        let mut rows = options.connect().await?;
        rows.execute(ROWS).await?;
        rows.close().await?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut command = command(&db, port);
        let process = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn();
        let process = process.map_err(|error| format!("{command:?} does not start: {error}"))?;
        let running = Running { process, port, db };
        for _ in 0..100 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return Ok(running);
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Err(format!("{command:?} does not listen").into())
    }
}

fn request(path: &str, with_token: bool, connection: &str) -> String {
    let token = if with_token { format!("Authorization: Token {TOKEN}\r\n") } else { String::new() };
    format!(
        "GET {path} HTTP/1.1\r\nHost: testserver\r\nAccept: */*\r\nConnection: {connection}\r\n{token}\r\n"
    )
}

/// A server, which ends with this value.
#[derive(Debug)]
struct Running {
    process: Child,
    port: u16,
    db: PathBuf,
}

impl Running {
    /// The body of an answer, behind its status.
    fn ask(&self, path: &str, with_token: bool) -> Result<String> {
        let mut socket = TcpStream::connect(("127.0.0.1", self.port))?;
        socket.write_all(request(path, with_token, "close").as_bytes())?;
        let mut answer = String::new();
        socket.read_to_string(&mut answer)?;
        let (head, body) = answer.split_once("\r\n\r\n").ok_or("an answer without a head")?;
        Ok(format!("{}\n{body}", head.split(' ').nth(1).unwrap_or_default()))
    }

    /// The process and those that it started.
    fn processes(&self) -> Result<Vec<u32>> {
        let parent = self.process.id();
        let children = std::fs::read_to_string(format!("/proc/{parent}/task/{parent}/children"))?;
        let children = children.split_whitespace().map(str::parse).collect::<Result<Vec<u32>, _>>()?;
        Ok([parent].into_iter().chain(children).collect())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // gunicorn ends its workers when it is asked to end, not when it is killed
        let _ = Command::new("kill").arg(self.process.id().to_string()).status();
        let _ = self.process.wait();
        let _ = std::fs::remove_file(&self.db);
    }
}
