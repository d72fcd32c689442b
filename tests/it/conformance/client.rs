//! What the client makes of the bytes that a server sends.

use std::io::{ErrorKind, Result};

use drf_tests::conformance::answer::TestResponse;
use drf_tests::conformance::client::send;
use drf_tests::conformance::request::Request;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// Sends a request to a server that answers with these bytes and closes the connection.
async fn received(method: &str, bytes: &'static str) -> Result<TestResponse> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let server = tokio::spawn(async move {
        let (mut connection, _) = listener.accept().await?;
        let mut request = [0; 1024];
        assert_ne!(connection.read(&mut request).await?, 0);
        connection.write_all(bytes.as_bytes()).await
    });
    let headers = vec![("Host".to_owned(), "testserver".to_owned())];
    let request = Request { method: method.to_owned(), target: "/".to_owned(), headers, body: None };
    let answer = send(address, &request).await;
    server.await??;
    answer
}

#[tokio::test]
async fn a_body_has_the_announced_length() -> Result<()> {
    let answer =
        received("GET", "HTTP/1.1 201 Created\r\nX-A:  1 \r\nx-a: 2\r\nContent-Length: 2\r\n\r\nabc").await?;
    assert_eq!((answer.status, answer.text().as_str()), (201, "ab"));
    assert_eq!(answer.header("x-a").as_deref(), Some("1 , 2"));
    Ok(())
}

#[tokio::test]
async fn a_body_without_a_length_ends_with_the_connection() -> Result<()> {
    assert_eq!(received("GET", "HTTP/1.0 200 OK\r\n\r\nabc").await?.text(), "abc");
    Ok(())
}

#[tokio::test]
async fn chunks_are_joined() -> Result<()> {
    let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\na\r\n\r\nA\r\n0123456789\r\n0\r\nX-T: 1\r\n\r\n";
    assert_eq!(received("GET", head).await?.text(), "a\r\n0123456789");
    Ok(())
}

#[tokio::test]
async fn some_answers_have_no_body() -> Result<()> {
    assert_eq!(received("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n").await?.text(), "");
    assert_eq!(received("GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n").await?.text(), "");
    Ok(())
}

#[tokio::test]
async fn an_interim_answer_is_skipped() -> Result<()> {
    let answer = received("GET", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n").await?;
    assert_eq!(answer.status, 204);
    Ok(())
}

#[tokio::test]
async fn half_an_answer_is_none() {
    let halves = [
        "",
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
    ];
    for half in halves {
        let error = received("GET", half).await.expect_err(half);
        assert_eq!(error.kind(), ErrorKind::UnexpectedEof, "{half:?}");
    }
}

#[tokio::test]
async fn nonsense_is_an_error() {
    for bytes in [
        "hello\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
    ] {
        let error = received("GET", bytes).await.expect_err(bytes);
        assert_eq!(error.kind(), ErrorKind::InvalidData, "{bytes:?}");
    }
}
