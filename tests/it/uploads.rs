//! Files in bodies: their own limit, and on disk above a size.

use drf::UploadedFile;
use drf::axum::body::Body;
use drf::http::Request as HttpRequest;
use drf::parsers::FileUploadParser;
use drf::prelude::*;
use drf::testing::{APIClient, TestResponse};
use serde_json::json;

/// Says what came, and whether the temporary file holds it.
async fn describe(file: &UploadedFile) -> Result<Value> {
    let content = file.read().await.map_err(|error| Error::internal(error.to_string()))?;
    assert_eq!(content.len() as u64, file.size());
    let path = file.temporary_file_path().map(|path| path.display().to_string());
    Ok(Value::from([
        ("name", Value::from(file.name.as_str())),
        ("size", Value::from(file.size())),
        ("last", Value::from(content.last().map(|byte| u32::from(*byte)))),
        ("path", Value::from(path)),
    ]))
}

async fn described(request: &Request) -> Result<Response> {
    match request.data().await?.get(if request.kwarg("filename").is_some() { "file" } else { "f" }) {
        Some(Value::File(file)) => Ok(Response::ok(describe(file).await?)),
        other => Ok(Response::ok(other.cloned().unwrap_or_default())),
    }
}

#[api_view(POST)]
#[permission(AllowAny)]
async fn form(request: &Request) -> Result<Response> {
    described(request).await
}

#[viewset]
#[permission(AllowAny)]
struct Raw;

#[actions]
impl Raw {
    #[action(list, methods(POST), url_path = "(?P<filename>[^/]+)")]
    async fn store(request: &Request) -> Result<Response> {
        described(request).await
    }
}

async fn client(settings: Settings) -> APIClient {
    client_with(settings, Classes::default()).await
}

async fn client_with(settings: Settings, classes: Classes) -> APIClient {
    let db = drf::connect("sqlite::memory:").await.expect("a database in memory");
    let router = SimpleRouter::new().register_view::<form>("form", "form").register_as::<Raw>("raw", "raw");
    let app = App::builder(settings).database(db).classes(classes).build();
    APIClient::new(router.mount("/", &app).expect("views without mistakes"))
}

async fn send(client: &APIClient, path: &str, content_type: &str, body: impl Into<Body>) -> TestResponse {
    let request = HttpRequest::post(path).header("content-type", content_type).body(body.into());
    client.send(request.expect("a request")).await
}

fn part(head: &str, content: &[u8]) -> Vec<u8> {
    [b"--x\r\nContent-Disposition: form-data; ", head.as_bytes(), b"\r\n\r\n", content, b"\r\n"].concat()
}

const FORM: &str = "multipart/form-data; boundary=x";

#[tokio::test]
async fn a_large_file_is_on_disk_while_the_request_lasts() {
    let client = client(Settings::default()).await;
    let file = |size: usize| {
        [part("name=\"f\"; filename=\"a.bin\"", &vec![7; size]), b"--x--\r\n".to_vec()].concat()
    };
    let small = send(&client, "/form/", FORM, file(1000)).await;
    assert_eq!(small.json(), json!({"name": "a.bin", "size": 1000, "last": 7, "path": null}));
    let large = send(&client, "/form/", FORM, file(5_000_000)).await;
    assert_eq!(
        (large.status.as_u16(), &large.json()["size"], &large.json()["last"]),
        (200, &json!(5_000_000), &json!(7))
    );
    let path = large.json()["path"].as_str().expect("a file on disk").to_owned();
    assert!(!std::path::Path::new(&path).exists(), "the temporary file is gone: {path}");
}

#[tokio::test]
async fn the_files_of_a_body_share_the_memory() {
    let settings = Settings { file_upload_max_memory_size: 1000, ..Settings::default() };
    let client = client(settings).await;
    let file = |name: &str| part(&format!("name=\"{name}\"; filename=\"a\""), &[7; 600]);
    let end = || b"--x--\r\n".to_vec();
    let first = send(&client, "/form/", FORM, [file("f"), file("g"), end()].concat()).await;
    assert_eq!((&first.json()["size"], &first.json()["path"]), (&json!(600), &json!(null)));
    let second = send(&client, "/form/", FORM, [file("g"), file("f"), end()].concat()).await;
    assert_eq!((&second.json()["size"], &second.json()["last"]), (&json!(600), &json!(7)));
    assert!(second.json()["path"].is_string(), "{}", second.text());
}

#[tokio::test]
async fn files_and_data_have_limits_of_their_own() {
    let settings = Settings { max_body_size: 1000, max_upload_size: 2_000_000, ..Settings::default() };
    let client = client(settings).await;
    let file = |size: usize| part("name=\"f\"; filename=\"a\"", &vec![7; size]);
    let field = |size: usize| part("name=\"a\"", &vec![b'x'; size]);
    let end = b"--x--\r\n".to_vec();
    let cases = [
        ([file(2_000_000), end.clone()].concat(), None),
        ([file(2_000_001), end.clone()].concat(), Some(2_000_000)),
        ([file(1_500_000), file(1_500_000), end.clone()].concat(), Some(2_000_000)),
        ([field(1000), file(10), end.clone()].concat(), None),
        ([field(1001), file(10), end.clone()].concat(), Some(1000)),
        ([field(600), field(600), file(10), end.clone()].concat(), Some(1000)),
        (part("name=\"f\"; filename=\"a\"\r\nContent-Transfer-Encoding: base64", &[b'A'; 1001]), Some(1000)),
        // a head of a part, and what stands before the parts
        (
            [part(&format!("name=\"f\"; x=\"{}\"", "x".repeat(1_900_000)), b""), end.clone()].concat(),
            Some(1000),
        ),
        ([vec![b'x'; 1_900_000], b"\r\n".to_vec(), file(10), end.clone()].concat(), Some(1000)),
    ];
    for (index, (body, limit)) in cases.into_iter().enumerate() {
        // in chunks, as it comes from a socket
        let chunks: Vec<_> =
            body.chunks(50_000).map(|chunk| Ok::<_, std::io::Error>(chunk.to_vec())).collect();
        let answer = send(&client, "/form/", FORM, Body::from_stream(Chunks(chunks.into_iter()))).await;
        match limit {
            None => assert_eq!(answer.status, 200, "{index}: {}", answer.text()),
            Some(limit) => {
                let detail = json!({"detail": format!("Request body exceeded the limit of {limit} bytes.")});
                assert_eq!((answer.status.as_u16(), answer.json()), (413, detail), "{index}");
            }
        }
    }
}

#[tokio::test]
async fn a_raw_upload_is_a_file_too() {
    let settings = Settings { max_body_size: 10, max_upload_size: 4_000_000, ..Settings::default() };
    let classes = Classes { default_parser_classes: vec![FileUploadParser.into()], ..Classes::default() };
    let client = client_with(settings, classes).await;
    let answer = send(&client, "/raw/a.bin/", "application/pdf", vec![7; 3_000_000]).await;
    assert_eq!((answer.status.as_u16(), &answer.json()["size"]), (200, &json!(3_000_000)));
    assert!(answer.json()["path"].is_string(), "{}", answer.text());
    assert_eq!(send(&client, "/raw/a.bin/", "application/pdf", vec![7; 4_000_001]).await.status, 413);
    assert_eq!(send(&client, "/raw/a.bin/", "application/pdf", "").await.text(), "");
}

/// A stream of chunks.
struct Chunks(std::vec::IntoIter<std::result::Result<Vec<u8>, std::io::Error>>);

impl futures_util::Stream for Chunks {
    type Item = std::result::Result<Vec<u8>, std::io::Error>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(self.0.next())
    }
}
