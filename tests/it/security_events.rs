//! Failed log-ins, refusals and throttled requests are events of the target `drf::security`, without secrets.

use std::sync::{Arc, Mutex};

use drf::authtoken::ObtainAuthToken;
use drf::http::Request;
use drf::http::header::AUTHORIZATION;
use drf::prelude::*;
use drf::testing::APIClient;
use drf_tests::shop::{Shop, settings};
use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};

#[derive(Clone, Default)]
struct Seen(Arc<Mutex<Vec<String>>>);

struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        self.0 += &format!(" {}={value:?}", field.name());
    }
}

impl<S: Subscriber> Layer<S> for Seen {
    fn on_event(&self, event: &Event<'_>, _context: Context<'_, S>) {
        if event.metadata().target() == "drf::security" {
            let mut text = Text(event.metadata().level().to_string());
            event.record(&mut text);
            self.0.lock().expect("a lock").push(text.0);
        }
    }
}

impl Seen {
    fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().expect("a lock"))
    }
}

async fn send(client: &APIClient, path: &str, authorization: &str) -> u16 {
    let request = Request::get(path).header(AUTHORIZATION, authorization).body("".into());
    client.send(request.expect("a request")).await.status.as_u16()
}

#[tokio::test]
async fn rejections_are_logged_without_secrets() {
    let shop = Shop::with(Settings { password_iterations: 10, ..settings() }).await;
    let client = shop.client();
    let tokens = SimpleRouter::new().register_view::<ObtainAuthToken>("token", "token").mount("/", &shop.app);
    let tokens = APIClient::new(tokens.expect("a view"));
    let seen = Seen::default();
    let _guard = tracing::subscriber::set_default(tracing_subscriber::registry().with(seen.clone()));

    assert_eq!(client.get("/api/locked/?secret=1").await.status, 401);
    let expected = r#"WARN message=request rejected status=401 code="not_authenticated" method="GET" path="/api/locked/" user="" client="""#;
    assert_eq!(seen.take(), [expected]);

    assert_eq!(send(&client, "/api/books/", "Token secret-key").await, 401);
    let expected = r#"WARN message=request rejected status=401 code="authentication_failed" method="GET" path="/api/books/" user="" client="""#;
    assert_eq!(seen.take(), [expected]);

    // ann:secret
    assert_eq!(send(&client, "/api/books/", "Basic YW5uOnNlY3JldA==").await, 401);
    let login = r#"WARN message=log-in failed login="ann" reason="wrong credentials""#;
    assert_eq!(seen.take(), [login, expected]);

    let body = r#"{"username": "ann", "password": "secret"}"#;
    assert_eq!(tokens.post("/token/", body).await.status, 400);
    assert_eq!(seen.take(), [login]);

    let ann = shop.client_of("ann").await;
    assert_eq!(ann.patch("/api/reviews/2/", r#"{"text": "secret"}"#).await.status, 403);
    let expected = r#"WARN message=request rejected status=403 code="permission_denied" method="PATCH" path="/api/reviews/2/" user="ann" client="""#;
    assert_eq!(seen.take(), [expected]);

    for _ in 0..3 {
        assert_eq!(client.get("/api/throttled/").await.status, 200);
    }
    assert_eq!(client.get("/api/throttled/").await.status, 429);
    let expected = r#"WARN message=request rejected status=429 code="throttled" method="GET" path="/api/throttled/" user="" client="""#;
    assert_eq!(seen.take(), [expected]);

    assert_eq!(client.get("/api/books/").await.status, 200);
    assert_eq!(client.get("/api/books/99/").await.status, 404);
    assert!(seen.take().is_empty(), "nothing else is an event");
}
