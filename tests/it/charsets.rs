//! The charset of a body, as DRF reads it.

use drf::http::Request as HttpRequest;
use drf::prelude::*;
use drf::testing::{APIClient, TestResponse};
use serde_json::json;

#[api_view(POST)]
#[permission(AllowAny)]
async fn echo(request: &Request) -> Result<Response> {
    Ok(Response::ok(request.data().await?.get("a").cloned().unwrap_or(Value::Null)))
}

async fn client() -> APIClient {
    let db = drf::connect("sqlite::memory:").await.expect("a database in memory");
    let router = SimpleRouter::new().register_view::<echo>("echo", "echo");
    APIClient::new(router.mount("", &App::new(Settings::default(), db)).expect("an app"))
}

async fn post(client: &APIClient, content_type: &str, body: Vec<u8>) -> TestResponse {
    let request = HttpRequest::post("/echo/").header("content-type", content_type);
    client.send(request.body(body.into()).expect("a request")).await
}

const DOCUMENT: &str = "{\"a\": \"é€𐍈\"}";

fn utf16(bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    DOCUMENT.encode_utf16().flat_map(bytes).collect()
}

fn utf32(bytes: fn(u32) -> [u8; 4]) -> Vec<u8> {
    DOCUMENT.chars().flat_map(|character| bytes(character.into())).collect()
}

#[tokio::test]
async fn json_in_utf16_and_utf32_is_read() {
    let client = client().await;
    let marked = |mark: &[u8], body: Vec<u8>| [mark.to_vec(), body].concat();
    for (charset, body) in [
        ("utf-16", marked(b"\xff\xfe", utf16(u16::to_le_bytes))),
        ("UTF-16", marked(b"\xfe\xff", utf16(u16::to_be_bytes))),
        ("utf-16-le", utf16(u16::to_le_bytes)),
        ("utf-16be", utf16(u16::to_be_bytes)),
        ("utf-32", marked(b"\xff\xfe\0\0", utf32(u32::to_le_bytes))),
        ("utf-32-be", utf32(u32::to_be_bytes)),
        ("utf-8-sig", marked(b"\xef\xbb\xbf", DOCUMENT.into())),
    ] {
        let answer = post(&client, &format!("application/json; charset={charset}"), body).await;
        assert_eq!((answer.status.as_u16(), answer.json()), (200, json!("é€𐍈")), "{charset}");
    }
    for (content_type, body) in [
        ("application/json", marked(b"\xff\xfe", utf16(u16::to_le_bytes))),
        ("application/json; charset=utf-16", utf16(u16::to_le_bytes)),
        ("application/json; charset=utf-32", utf32(u32::to_le_bytes)),
    ] {
        let answer = post(&client, content_type, body).await;
        assert_eq!(answer.status, 400, "{content_type}: DRF cannot read it either");
    }
}

#[tokio::test]
async fn a_charset_that_is_none_of_text_is_400() {
    let client = client().await;
    let multipart = b"--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\ny\r\n--x--\r\n".to_vec();
    for (media_type, body) in [
        ("application/json", b"{\"a\": \"y\"}".to_vec()),
        ("application/x-www-form-urlencoded", b"a=y".to_vec()),
        ("multipart/form-data; boundary=x", multipart),
    ] {
        let answer = post(&client, &format!("{media_type}; charset=bz2_codec"), body.clone()).await;
        let expected = json!({"detail": "Unsupported charset \"bz2_codec\" in request Content-Type header."});
        assert_eq!((answer.status.as_u16(), answer.json()), (400, expected), "{media_type}");
        let answer = post(&client, &format!("{media_type}; charset=bogus"), body).await;
        assert_eq!((answer.status.as_u16(), answer.json()), (200, json!("y")), "Django takes it for UTF-8");
    }
}
