//! Instructions per request, by callgrind. They are the same every time, whatever else the machine does.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::Result;
use crate::data;
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
        Ok((total - base) / many)
    }

    async fn count(self, send: u64, made: u64) -> Result<u64> {
        let name = format!("{}-{}", self.stack, self.workload);
        let db = match self.workload.writes() {
            true => data::copy(self.books, &name).await?,
            false => data::database(self.books).await?,
        };
        let profile = data::folder()?.join(format!("{name}-{:?}.callgrind", self.way));
        let mut command = callgrind(&profile)?;
        match self.way {
            Way::Oneshot => self.oneshot(&mut command, &db, send, made)?,
            Way::Socket => self.socket(&mut command, &db, send)?,
        }
        if self.workload.writes() {
            data::remove(&db);
        }
        total(&profile)
    }

    fn oneshot(self, command: &mut Command, db: &Path, send: u64, made: u64) -> Result<()> {
        command.args(["drive", self.stack.name(), self.workload.name()]).arg(db);
        let status = command.args([send.to_string(), made.to_string()]).status()?;
        if status.success() { Ok(()) } else { Err(format!("{self:?}: {status}").into()) }
    }

    fn socket(self, command: &mut Command, db: &Path, send: u64) -> Result<()> {
        command.args(["serve", self.stack.name()]).arg(db);
        let mut server = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let mut port = String::new();
        BufReader::new(server.stdout.take().ok_or("no output")?).read_line(&mut port)?;
        let knocked = knock(port.trim().parse()?, self.workload, send);
        drop(server.stdin.take());
        server.wait()?;
        knocked
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
