//! The smallest HTTP/1.1 client that sends exactly the given headers and understands every well-formed answer.

use std::io::{Error, ErrorKind, Result};
use std::net::SocketAddr;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use super::answer::TestResponse;
use super::request::Request;

/// Sends one request over a connection of its own.
pub async fn send(server: SocketAddr, request: &Request) -> Result<TestResponse> {
    let mut connection = TcpStream::connect(server).await?;
    connection.write_all(&request.to_bytes()).await?;
    let mut reader = BufReader::new(connection);
    let mut answer = head(&mut reader).await?;
    while answer.status == 100 {
        answer = head(&mut reader).await?;
    }
    answer.body = body(&mut reader, &request.method, &answer).await?;
    Ok(answer)
}

type Reader = BufReader<TcpStream>;

async fn head(reader: &mut Reader) -> Result<TestResponse> {
    let line = line(reader).await?;
    let status = line.strip_prefix("HTTP/1.").and_then(|rest| rest.split(' ').nth(1)?.parse().ok());
    let status = status.ok_or_else(|| malformed(&format!("status line {line:?}")))?;
    Ok(TestResponse { status, headers: headers(reader).await?, body: Vec::new() })
}

async fn headers(reader: &mut Reader) -> Result<Vec<(String, String)>> {
    let mut headers = Vec::new();
    loop {
        let line = line(reader).await?;
        if line.is_empty() {
            return Ok(headers);
        }
        let (name, value) = line.split_once(':').ok_or_else(|| malformed(&format!("header {line:?}")))?;
        headers.push((name.to_ascii_lowercase(), value.trim_start_matches([' ', '\t']).to_owned()));
    }
}

async fn body(reader: &mut Reader, method: &str, answer: &TestResponse) -> Result<Vec<u8>> {
    if method == "HEAD" || matches!(answer.status, 100..200 | 204 | 304) {
        return Ok(Vec::new());
    }
    if answer.header("transfer-encoding").is_some_and(|coding| coding.eq_ignore_ascii_case("chunked")) {
        return chunks(reader).await;
    }
    match answer.header("content-length") {
        Some(length) => exactly(reader, length.parse().map_err(|_| malformed("content-length"))?).await,
        None => {
            let mut body = Vec::new();
            reader.read_to_end(&mut body).await?;
            Ok(body)
        }
    }
}

async fn chunks(reader: &mut Reader) -> Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let line = line(reader).await?;
        let size = line.split(';').next().unwrap_or_default().trim();
        match usize::from_str_radix(size, 16).map_err(|_| malformed("chunk size"))? {
            0 => {
                headers(reader).await?; // the trailers
                return Ok(body);
            }
            size => body.append(&mut exactly(reader, size).await?),
        }
        if !self::line(reader).await?.is_empty() {
            return Err(malformed("chunk"));
        }
    }
}

async fn exactly(reader: &mut Reader, length: usize) -> Result<Vec<u8>> {
    let mut bytes = vec![0; length];
    reader.read_exact(&mut bytes).await?;
    Ok(bytes)
}

/// A line without its end, in Latin-1 as Python's `http.client` reads headers.
async fn line(reader: &mut Reader) -> Result<String> {
    let mut bytes = Vec::new();
    reader.read_until(b'\n', &mut bytes).await?;
    let Some(line) = bytes.strip_suffix(b"\n") else {
        return Err(Error::new(ErrorKind::UnexpectedEof, "the server closed the connection"));
    };
    Ok(line.strip_suffix(b"\r").unwrap_or(line).iter().copied().map(char::from).collect())
}

fn malformed(what: &str) -> Error {
    Error::new(ErrorKind::InvalidData, format!("malformed {what}"))
}
