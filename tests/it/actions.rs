//! `#[action]`, with policies of its own.

use drf::prelude::*;
use drf::sea_orm::Database;
use drf::testing::APIClient;
use drf_tests::shop::entities::publisher;
use drf_tests::shop::views::PublisherSerializer;
use drf_tests::shop::{Shop, settings};
use serde_json::json;

/// Publishers that do things.
#[model_viewset(serializer = PublisherSerializer)]
#[permission(AllowAny)]
struct Acting;

#[actions]
impl Acting {
    #[action(list)]
    async fn urls(request: &Request) -> Result<Response> {
        let urls = ["publisher-list", "publisher-shout", "nowhere"]
            .map(|name| request.reverse(name, &[("pk", "7")]));
        Ok(Response::ok(urls.to_vec()))
    }

    /// Says the name, loudly.
    #[action(detail)]
    async fn shout(_request: &Request, publisher: publisher::Model) -> Result<Response> {
        Ok(Response::ok(publisher.name.to_uppercase()))
    }

    #[action(list, methods(GET, POST), url_path = "count-up/(?P<to>[0-9]+)")]
    async fn count_up(request: &Request, to: i64) -> Result<Response> {
        let status = if request.method() == "POST" { StatusCode::CREATED } else { StatusCode::OK };
        Ok(Response::new(status, (1..=to).collect::<Vec<i64>>()))
    }

    #[action(detail, methods(POST), permission(IsAdminUser))]
    async fn close(_request: &Request, _publisher: publisher::Model) -> Result<Response> {
        Ok(Response::no_content())
    }

    #[action(detail, methods(POST))]
    async fn touch(_request: &Request, _publisher: publisher::Model) -> Result<Response> {
        Ok(Response::no_content())
    }
}

async fn client() -> APIClient {
    let db = Database::connect("sqlite::memory:").await.expect("a database in memory");
    let shop = Shop::on(settings(), db).await;
    let router =
        DefaultRouter::new().register::<Acting>("acting").mount("/api", &shop.app).expect("a good viewset");
    APIClient::new(router)
}

#[tokio::test]
async fn a_detail_action_gets_its_row() {
    let client = client().await;
    assert_eq!(client.get("/api/acting/1/shout/").await.json(), json!("OAK"));
    assert_eq!(client.get("/api/acting/9/shout/").await.status, 404);
    let refused = client.post("/api/acting/1/shout/", "{}").await;
    assert_eq!((refused.status.as_u16(), refused.header("allow")), (405, Some("GET, HEAD, OPTIONS")));
}

#[tokio::test]
async fn urls_are_made_from_names() {
    let urls = client().await.get("/api/acting/urls/").await.json();
    assert_eq!(urls, json!(["http://testserver/api/acting/", "http://testserver/api/acting/7/shout/", null]));
}

#[tokio::test]
async fn arguments_of_the_url_are_parsed() {
    let client = client().await;
    assert_eq!(client.get("/api/acting/count-up/3/").await.json(), json!([1, 2, 3]));
    assert_eq!(client.post("/api/acting/count-up/1/", "{}").await.status, 201);
    assert_eq!(client.get("/api/acting/count-up/x/").await.status, 404);
    assert_eq!(client.get("/api/acting/count-up/99999999999999999999/").await.status, 404);
}

#[tokio::test]
async fn an_action_may_be_stricter_than_its_viewset() {
    let client = client().await;
    assert_eq!(client.post("/api/acting/1/close/", "").await.status, 401);
    assert_eq!(client.get("/api/acting/1/close/").await.status, 401, "for every method of its URL");
    assert_eq!(client.options("/api/acting/1/close/").await.status, 401);
}

#[tokio::test]
async fn options_of_an_action_tells_about_the_action() {
    let metadata = client().await.options("/api/acting/1/shout/").await.json();
    assert_eq!(
        (metadata["name"].clone(), metadata["description"].clone()),
        (json!("Shout"), json!("Says the name, loudly."))
    );
}

#[tokio::test]
async fn what_an_action_does_not_say_in_options_its_viewset_does() {
    let metadata = client().await.options("/api/acting/1/touch/").await.json();
    assert_eq!(metadata["description"], json!("Publishers that do things."));
    assert_eq!(metadata["actions"]["POST"]["name"]["max_length"], json!(64));
}
