//! A server in a process of its own, and a client of it that costs the server nothing.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;

use tokio::net::TcpListener;

use super::WARM_UP;
use crate::Result;
use crate::stack::Stack;
use crate::workload::{Asked, Workload};

/// Serves a stack on a free port, which it prints, until its standard input ends.
///
/// # Errors
/// If the database cannot be opened.
pub async fn serve(stack: Stack, url: &str) -> Result<()> {
    let router = stack.router(url).await?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?.port());
    let ended = tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new()));
    tokio::select! {
        served = stack.serve(listener, router) => served,
        _ = ended => Ok(()),
    }
}

/// Sends requests to a server over one connection.
///
/// # Errors
/// If one is not answered well.
pub fn knock(port: u16, workload: Workload, count: u64) -> Result<()> {
    let mut socket = TcpStream::connect(("127.0.0.1", port))?;
    socket.set_nodelay(true)?;
    let mut answers = BufReader::new(socket.try_clone()?);
    for number in 0..WARM_UP + count {
        socket.write_all(workload.ask(number).text().as_bytes())?;
        read_answer(&mut answers).map_err(|error| format!("{workload}: {error}"))?;
    }
    Ok(())
}

impl Asked {
    /// As HTTP/1.1.
    pub(crate) fn text(&self) -> String {
        let mut text = format!("{} {} HTTP/1.1\r\nHost: bench.local\r\n", self.method, self.path);
        if let Some(token) = self.token {
            text += &format!("Authorization: Token {token}\r\n");
        }
        if let Some(json) = &self.json {
            text += &format!("Content-Type: application/json\r\nContent-Length: {}\r\n", json.len());
        }
        text += "\r\n";
        text += self.json.as_deref().unwrap_or_default();
        text
    }
}

fn read_answer(answers: &mut BufReader<TcpStream>) -> Result<()> {
    let mut line = String::new();
    answers.read_line(&mut line)?;
    if !line.starts_with("HTTP/1.1 2") {
        return Err(format!("answered with {}", line.trim()).into());
    }
    let mut length = 0;
    while !line.trim().is_empty() {
        line.clear();
        answers.read_line(&mut line)?;
        if let Some(text) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = text.trim().parse()?;
        }
    }
    answers.read_exact(&mut vec![0; length])?;
    Ok(())
}
