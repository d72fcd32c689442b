//! Instructions per request, by callgrind. They are the same every time, whatever else the machine does.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::Result;
use crate::data::{Engine, folder};
use crate::drive::knock;
use crate::stack::Stack;
use crate::workload::Workload;

/// How requests reach a stack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// `Router::oneshot` within the process: the stack without HTTP
    Oneshot,
    /// A server and a client on a loopback socket, of which only the server counts
    Socket,
}

/// What is measured.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    pub stack: Stack,
    pub workload: Workload,
    pub way: Way,
    pub engine: Engine,
    pub books: u64,
}

impl Case {
    /// The instructions of one request, in user space: what many requests cost beyond a few.
    ///
    /// # Errors
    /// If valgrind is not there, or a request is not answered well.
    pub async fn instructions(self) -> Result<u64> {
        let many = self.workload.requests(self.books);
        let few = many / 10;
        let (base, total) = (self.count(few, many).await?, self.count(few + many, few + many).await?);
        Ok(total.saturating_sub(base) / many)
    }

    async fn count(self, send: u64, made: u64) -> Result<u64> {
        let name = format!("{}-{}", self.stack, self.workload);
        let url = match self.workload.writes() {
            true => self.engine.copy(self.books, &name).await?,
            false => self.engine.database(self.books).await?,
        };
        let profile = folder()?.join(format!("{name}-{:?}.callgrind", self.way));
        match self.way {
            Way::Oneshot => self.oneshot(&mut callgrind(&profile)?, &url, send, made)?,
            Way::Socket => self.socket(callgrind(&profile)?, &url, send)?,
        }
        if self.workload.writes() {
            self.engine.remove(&url).await?;
        }
        total(&profile)
    }

    fn oneshot(self, command: &mut Command, url: &str, send: u64, made: u64) -> Result<()> {
        command.args(["drive", self.stack.name(), self.workload.name(), url]);
        let status = command.args([send.to_string(), made.to_string()]).status();
        let status = status.map_err(|error| format!("valgrind does not start: {error}"))?;
        if status.success() { Ok(()) } else { Err(format!("{self:?}: {status}").into()) }
    }

    fn socket(self, command: Command, url: &str, send: u64) -> Result<()> {
        let server = Server::start(command, self.stack, url)?;
        knock(server.port, self.workload, send)?;
        server.stop()
    }
}

/// A server in a process of its own.
#[derive(Debug)]
pub struct Server {
    process: Child,
    pub port: u16,
}

impl Server {
    /// Starts `serve` by a command that runs this program.
    ///
    /// # Errors
    /// If it does not say its port.
    pub fn start(mut command: Command, stack: Stack, url: &str) -> Result<Self> {
        command.args(["serve", stack.name(), url]);
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let mut port = String::new();
        BufReader::new(process.stdout.take().ok_or("no output")?).read_line(&mut port)?;
        let port = port.trim().parse().map_err(|_| format!("the server of {stack} did not start"))?;
        Ok(Self { process, port })
    }

    /// The number of the process.
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// Ends it.
    ///
    /// # Errors
    /// If it cannot be waited for.
    pub fn stop(mut self) -> Result<()> {
        drop(self.process.stdin.take());
        self.process.wait()?;
        Ok(())
    }
}

fn callgrind(profile: &Path) -> Result<Command> {
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--quiet"]);
    command.arg(format!("--callgrind-out-file={}", profile.display()));
    command.arg(std::env::current_exe()?);
    Ok(command)
}

/// The instructions of all threads.
fn total(profile: &PathBuf) -> Result<u64> {
    let text = std::fs::read_to_string(profile)?;
    let totals = text.lines().rev().find_map(|line| line.strip_prefix("totals: "));
    Ok(totals.ok_or("a profile without a total")?.trim().parse()?)
}
