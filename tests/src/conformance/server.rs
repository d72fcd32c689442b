//! The server under test: a router in this process, or any program that opens the same database.

use std::error::Error;
use std::fmt;
use std::fs::File;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::pin::Pin;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use super::scratch::Scratch;

/// Why a router could not be made.
pub type StartError = Box<dyn Error + Send + Sync>;
type Starting = Pin<Box<dyn Future<Output = Result<Router, StartError>> + Send>>;

/// A server that does not start ends here, however busy the machine is.
const START_TIMEOUT: Duration = Duration::from_secs(300);

/// A way to start a server on a database; used anew for every scenario.
pub enum Server {
    /// In this process
    Router(Box<dyn Fn(String) -> Starting + Send + Sync>),
    /// A program and its arguments, separated by spaces, with `{db}` (a SQLite file, or the URL on other engines) or `{url}`,
    /// and `{port}`
    Command(String),
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Router(_) => f.write_str("Router(..)"),
            Self::Command(command) => f.debug_tuple("Command").field(command).finish(),
        }
    }
}

impl Server {
    /// A server in this process; `app` makes its router from a database, the path of a SQLite file or a URL.
    pub fn router<F, R>(app: F) -> Self
    where
        F: Fn(String) -> R + Send + Sync + 'static,
        R: Future<Output = Result<Router, StartError>> + Send + 'static,
    {
        Self::Router(Box::new(move |db| Box::pin(app(db))))
    }

    /// The program that the environment variable `DRF_CONFORMANCE_CMD` names.
    pub fn from_env() -> Option<Self> {
        std::env::var("DRF_CONFORMANCE_CMD").ok().map(Self::Command)
    }

    /// Starts it on a free port of the loopback interface.
    pub async fn start(&self, scratch: &Scratch) -> Result<Running, String> {
        match self {
            Self::Router(app) => serve(app(scratch.database())).await,
            Self::Command(command) => spawn(command, scratch).await,
        }
    }
}

/// A started server, stopped when the value is dropped.
#[derive(Debug)]
pub struct Running {
    /// Where it listens
    pub address: SocketAddr,
    host: Host,
}

#[derive(Debug)]
enum Host {
    Task(JoinHandle<()>),
    Process(Child),
}

impl Running {
    /// How it ended, if it did so by itself.
    pub fn ended(&mut self) -> Option<String> {
        match &mut self.host {
            Host::Task(task) => task.is_finished().then(|| "server ended".to_owned()),
            Host::Process(child) => {
                child.try_wait().ok()?.map(|status| format!("server exited with {status}"))
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        match &mut self.host {
            Host::Task(task) => task.abort(),
            Host::Process(child) => {
                // both fail only if it has ended already
                let _ = child.kill();
                let _ = child.wait();
            }
        }
    }
}

async fn serve(starting: Starting) -> Result<Running, String> {
    // a task of its own, so that a panic is a failure of this scenario only
    let router = tokio::spawn(starting).await.map_err(|panic| panic.to_string())?;
    let service =
        router.map_err(|error| error.to_string())?.into_make_service_with_connect_info::<SocketAddr>();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.map_err(|error| error.to_string())?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    let task = tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, service).await {
            eprintln!("server on {address} ended: {error}");
        }
    });
    Ok(Running { address, host: Host::Task(task) })
}

async fn spawn(command: &str, scratch: &Scratch) -> Result<Running, String> {
    let (port, log) = (free_port(), scratch.folder().join("server.log"));
    let child = launch(command, scratch, port, &log).map_err(|error| format!("{command}: {error}"))?;
    let mut running = Running { address: (Ipv4Addr::LOCALHOST, port).into(), host: Host::Process(child) };
    let deadline = Instant::now() + START_TIMEOUT;
    while TcpStream::connect(running.address).await.is_err() {
        let late = (Instant::now() > deadline).then(|| format!("port not open after {START_TIMEOUT:?}"));
        if let Some(problem) = running.ended().or(late) {
            return Err(format!("{problem}: {}", std::fs::read_to_string(&log).unwrap_or_default().trim()));
        }
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
    Ok(running)
}

fn launch(command: &str, scratch: &Scratch, port: u16, log: &Path) -> io::Result<Child> {
    let log = File::create(log)?;
    let (database, url, port) = (scratch.database(), scratch.url(), port.to_string());
    let mut words = command
        .split_whitespace()
        .map(|word| word.replace("{db}", &database).replace("{url}", &url).replace("{port}", &port));
    Command::new(words.next().unwrap_or_default())
        .args(words)
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log)
        .spawn()
}

/// A port below the range from which the system takes the ports of clients: another scenario's client could take
/// such a port before the program opens it.
fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let first = std::process::id() % 10_000;
    loop {
        let port = 20_000 + ((first + u32::from(NEXT.fetch_add(1, Ordering::Relaxed))) % 12_000) as u16;
        if std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return port;
        }
    }
}
