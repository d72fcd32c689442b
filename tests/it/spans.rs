//! What a request tells `tracing`.

use std::sync::{Arc, Mutex};

use drf_tests::shop::Shop;
use tracing::Subscriber;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;

/// The spans of drf in the order in which they were opened, each with its parent, and what was recorded later.
#[derive(Clone, Default)]
struct Seen(Arc<Mutex<Vec<String>>>);

struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        self.0 += &format!(" {}={value:?}", field.name());
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Seen {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        if !attributes.metadata().name().starts_with("drf.") {
            return;
        }
        let parent = context.span(id).and_then(|span| span.parent().map(|parent| parent.name()));
        let mut text = Text(format!("{}/{}", parent.unwrap_or_default(), attributes.metadata().name()));
        attributes.record(&mut text);
        self.0.lock().expect("a lock").push(text.0);
    }

    fn on_record(&self, id: &Id, record: &Record<'_>, context: Context<'_, S>) {
        let mut text = Text(context.span(id).map_or("", |span| span.name()).to_owned());
        record.record(&mut text);
        self.0.lock().expect("a lock").push(text.0);
    }
}

#[tokio::test]
async fn a_request_is_a_span_and_so_is_each_statement_within() {
    let shop = Shop::new().await;
    let client = shop.client_of("ann").await;
    // The first request looks up the types of the columns.
    client.get("/api/publishers/1/").await;
    let seen = Seen::default();
    let _guard = tracing::subscriber::set_default(tracing_subscriber::registry().with(seen.clone()));
    assert_eq!(client.patch("/api/books/1/", r#"{"title": "Emma!", "authors": [1, 2]}"#).await.status, 200);
    let seen = seen.0.lock().expect("a lock");
    let expected = [
        r#"/drf.request method="PATCH" path="/api/books/1/" view="BookViewSet" action="partial_update""#,
        r#"drf.request/drf.sql statement="SELECT \"book\".\"id\""#,
        r#"drf.request/drf.sql statement="SELECT \"author\".\"id\""#,
        r#"drf.request/drf.sql statement="UPDATE \"book\" SET \"title\" = ?"#,
        r#"drf.request/drf.sql statement="SELECT \"author_id\""#,
        r#"drf.request/drf.sql statement="INSERT INTO \"book_author\""#,
        r#"drf.request/drf.sql statement="SELECT \"book\".\"id\""#,
        r#"drf.request/drf.sql statement="SELECT \"author\".\"id\""#,
        "drf.request status=200",
    ];
    assert_eq!(seen.len(), expected.len(), "{seen:#?}");
    for (line, expected) in seen.iter().zip(expected) {
        assert!(line.starts_with(expected), "{expected}\n{seen:#?}");
    }
}
