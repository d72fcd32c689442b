//! A panic in any class of the user's is a logged 500, and the server and the connection go on.

use drf::authentication::Auth;
use drf::axum::{self, Router};
use drf::db::QuerySet;
use drf::parsers::{Data, ParseError, Parser, ParserContext};
use drf::prelude::*;
use drf::renderers::{Renderer, RendererContext};
use drf::sea_orm::EntityTrait;
use drf::testing::APIClient;
use drf::views::ExceptionContext;
use drf_tests::shop::entities::publisher;
use drf_tests::shop::views::PublisherSerializer;
use drf_tests::shop::{Shop, settings};

/// Panics, whatever it is asked.
#[derive(Debug, Clone, Copy)]
struct Panicking;

impl Authentication for Panicking {
    async fn authenticate(&self, _request: &Request) -> Result<Option<(User, Option<Auth>)>> {
        panic!("in an authentication class")
    }
}

impl<M: ?Sized + Sync> Permission<M> for Panicking {
    async fn has_permission(&self, _request: &Request) -> Result<bool> {
        panic!("in a permission")
    }
}

/// Panics when it is asked about an object.
#[derive(Debug, Clone, Copy)]
struct PanickingForObjects;

impl<M: ?Sized + Sync> Permission<M> for PanickingForObjects {
    async fn has_object_permission(&self, _request: &Request, _object: &M) -> Result<bool> {
        panic!("in an object permission")
    }
}

impl Throttle for Panicking {
    async fn allow_request(&self, _request: &Request) -> Result<Verdict> {
        panic!("in a throttle")
    }
}

impl FilterBackend for Panicking {
    async fn filter_queryset(&self, _request: &Request, _queryset: QuerySet) -> Result<QuerySet> {
        panic!("in a filter backend")
    }
}

impl Renderer for Panicking {
    fn media_type(&self) -> &str {
        "application/json"
    }

    fn format(&self) -> &str {
        "json"
    }

    fn render(&self, _data: &Value, _context: &RendererContext<'_>) -> Vec<u8> {
        panic!("in a renderer")
    }
}

impl Parser for Panicking {
    fn media_type(&self) -> &str {
        "*/*"
    }

    fn parse(
        &self,
        _body: axum::body::Bytes,
        _context: &ParserContext<'_>,
    ) -> std::result::Result<Data, ParseError> {
        panic!("in a parser")
    }
}

fn panicking_handler(_error: &Error, _context: &ExceptionContext<'_>) -> Option<Response> {
    panic!("in an exception handler")
}

#[model_viewset(serializer = PublisherSerializer)]
#[authentication(Panicking)]
#[permission(AllowAny)]
struct WithAuthentication;

#[model_viewset(serializer = PublisherSerializer)]
#[permission(Panicking)]
struct WithPermission;

#[model_viewset(serializer = PublisherSerializer)]
#[permission(PanickingForObjects)]
struct WithObjectPermission;

#[model_viewset(serializer = PublisherSerializer)]
#[permission(AllowAny)]
#[throttle(Panicking)]
struct WithThrottle;

#[model_viewset(serializer = PublisherSerializer, filter_backends(Panicking))]
#[permission(AllowAny)]
struct WithFilterBackend;

#[model_viewset(serializer = PublisherSerializer, renderers(Panicking))]
#[permission(AllowAny)]
struct WithRenderer;

#[model_viewset(serializer = PublisherSerializer, parsers(Panicking))]
#[permission(AllowAny)]
struct WithParser;

#[model_viewset(serializer = PublisherSerializer, exception_handler = panicking_handler)]
#[permission(AllowAny)]
struct WithExceptionHandler;

async fn router() -> (Shop, Router) {
    let shop = Shop::with(settings()).await;
    let router = SimpleRouter::new()
        .register_as::<WithAuthentication>("authentication", "a")
        .register_as::<WithPermission>("permission", "b")
        .register_as::<WithObjectPermission>("object-permission", "c")
        .register_as::<WithThrottle>("throttle", "d")
        .register_as::<WithFilterBackend>("filter-backend", "e")
        .register_as::<WithRenderer>("renderer", "f")
        .register_as::<WithParser>("parser", "g")
        .register_as::<WithExceptionHandler>("exception-handler", "h")
        .mount("/", &shop.app);
    (shop, router.expect("viewsets without mistakes"))
}

#[tokio::test]
async fn a_panic_in_any_class_is_a_500() {
    let (shop, router) = router().await;
    let client = APIClient::new(router);
    let large = format!("{{{}}}", " ".repeat(100_000));
    for (method, path, body) in [
        ("GET", "/authentication/", ""),
        ("OPTIONS", "/authentication/", ""),
        ("GET", "/permission/", ""),
        ("PUT", "/permission/1/", "{}"),
        ("GET", "/object-permission/1/", ""),
        ("DELETE", "/object-permission/1/", ""),
        ("GET", "/throttle/", ""),
        ("GET", "/filter-backend/", ""),
        ("GET", "/renderer/", ""),
        ("GET", "/renderer/99/", ""),
        ("POST", "/parser/", "{}"),
        ("POST", "/parser/", &large),
        ("GET", "/exception-handler/99/", ""),
        ("POST", "/exception-handler/", "{}"),
    ] {
        let method = method.parse().expect("a method");
        let answer = client.request(method, path, (!body.is_empty()).then(|| body.to_owned())).await;
        assert_eq!(answer.status, 500, "{path}: {}", answer.text());
        assert!(answer.text().contains("<h1>Server Error (500)</h1>"), "{path}: {}", answer.text());
        assert!(!answer.text().contains(" in a"), "the reason is in the log only");
    }
    assert_eq!(publisher::Entity::find().all(shop.app.read()).await.expect("a table").len(), 2);
}
