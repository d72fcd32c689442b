//! How often.

use drf::prelude::*;
use drf::testing::APIClient;
use drf_tests::shop::Shop;
use drf_tests::shop::views::PublisherSerializer;
use serde_json::json;

#[tokio::test]
async fn the_fourth_anonymous_request_of_a_minute_waits() {
    let shop = Shop::new().await;
    for _ in 0..3 {
        assert_eq!(shop.client().get("/api/throttled/").await.status, 200);
    }
    let answer = shop.client().get("/api/throttled/").await;
    assert_eq!(answer.status, 429);
    let wait: u64 = answer.header("retry-after").and_then(|value| value.parse().ok()).expect("seconds");
    assert!((55..=60).contains(&wait), "{wait}");
    let detail = format!("Request was throttled. Expected available in {wait} seconds.");
    assert_eq!(answer.json()["detail"], detail);
    assert_eq!(shop.client_of("ann").await.get("/api/throttled/").await.status, 200, "ann is not anonymous");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn requests_at_once_are_counted_exactly() {
    let shop = Shop::new().await;
    let clients: Vec<_> = (0..32).map(|_| shop.client()).collect();
    let tasks: Vec<_> = clients
        .into_iter()
        .map(|client| tokio::spawn(async move { client.get("/api/throttled/").await.status.as_u16() }))
        .collect();
    let mut allowed = 0;
    for task in tasks {
        allowed += usize::from(task.await.expect("an answer") == 200);
    }
    assert_eq!(allowed, 3);
}

#[read_only_model_viewset(serializer = PublisherSerializer)]
#[permission(AllowAny)]
#[throttle(rate = "0/day")]
pub struct NeverViewSet;

#[read_only_model_viewset(serializer = PublisherSerializer)]
#[permission(AllowAny)]
#[throttle(scope = "closed")]
pub struct ClosedViewSet;

#[tokio::test]
async fn a_rate_of_zero_throttles_every_request() {
    let shop = Shop::new().await;
    let mut settings = Settings::default();
    settings.default_throttle_rates.insert("closed".to_owned(), Some("0/day".parse().expect("a rate")));
    let router = SimpleRouter::new()
        .register_as::<NeverViewSet>("never", "never")
        .register_as::<ClosedViewSet>("closed", "closed")
        .mount("", &App::new(settings, shop.app.write().clone()))
        .expect("viewsets without mistakes");
    for path in ["/never/", "/closed/", "/never/1/", "/closed/"] {
        let answer = APIClient::new(router.clone()).get(path).await;
        assert_eq!(answer.status, 429, "{path}");
        assert_eq!(answer.header("retry-after"), Some("86400"));
        let detail = "Request was throttled. Expected available in 86400 seconds.";
        assert_eq!(answer.json(), json!({ "detail": detail }));
    }
}

mod first {
    use drf::prelude::*;

    #[api_view(GET)]
    #[permission(AllowAny)]
    #[throttle(rate = "1/day")]
    pub async fn limited(_: &Request) -> Result<Response> {
        Ok(Response::no_content())
    }
}

mod second {
    use drf::prelude::*;

    #[api_view(GET)]
    #[permission(AllowAny)]
    #[throttle(rate = "1/day")]
    pub async fn limited(_: &Request) -> Result<Response> {
        Ok(Response::no_content())
    }
}

#[tokio::test]
async fn views_of_one_name_have_counts_of_their_own() {
    let shop = Shop::new().await;
    let router = SimpleRouter::new()
        .register_view::<first::limited>("first", "first")
        .register_view::<second::limited>("second", "second");
    let client = APIClient::new(router.mount("", &shop.app).expect("views without mistakes"));
    for path in ["/first/", "/second/"] {
        assert_eq!(client.get(path).await.status, 204, "{path}");
        assert_eq!(client.get(path).await.status, 429, "{path}");
    }
}
