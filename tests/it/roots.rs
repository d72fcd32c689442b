//! The root view, pages for errors outside of views, and arguments of the URL.

use drf::authentication::UserModel;
use drf::authentication::models::user;
use drf::authtoken::ObtainAuthToken;
use drf::browsable::BrowsableAPIRenderer;
use drf::parsers::FormParser;
use drf::prelude::*;
use drf::renderers::JSONRenderer;
use drf::testing::APIClient;
use drf_tests::shop::Shop;
use drf_tests::shop::views::PublisherSerializer;
use serde_json::json;

#[model_viewset(serializer = PublisherSerializer)]
#[permission(AllowAny)]
struct Publishers;

/// There is no list.
#[model_viewset(serializer = PublisherSerializer, actions(retrieve))]
#[permission(AllowAny)]
struct OnlyOne;

#[viewset(lookup_url_kwarg = "username", lookup_value_regex = "[a-z]+")]
#[permission(AllowAny)]
struct Users;

#[actions]
impl Users {
    #[action]
    async fn retrieve(_request: &Request, username: String) -> Result<Response> {
        Ok(Response::ok(username))
    }

    #[action(detail, methods(POST), parsers(FormParser), renderers(JSONRenderer))]
    async fn follow(request: &Request, username: String) -> Result<Response> {
        let name = request.data().await?.get("as").and_then(Value::as_str).unwrap_or("").to_owned();
        Ok(Response::ok(format!("{name} follows {username}")))
    }

    #[action(detail, url_path = "posts/(?P<year>[0-9]+)", renderers(JSONRenderer, BrowsableAPIRenderer))]
    async fn posts(_request: &Request, year: i32, username: String) -> Result<Response> {
        Ok(Response::ok(format!("{username} in {year}")))
    }
}

#[model_viewset(serializer = PublisherSerializer, lookup_field = name)]
#[permission(AllowAny)]
struct ByName;

#[actions]
impl ByName {
    #[action(detail)]
    async fn shout(_request: &Request, name: String) -> Result<Response> {
        Ok(Response::ok(name.to_uppercase()))
    }
}

async fn client(router: DefaultRouter, path: &str) -> APIClient {
    let shop = Shop::new().await;
    let classes = Classes { default_renderer_classes: vec![JSONRenderer.into()], ..Classes::default() };
    let app = App::builder(Settings::default()).database(shop.app.read().clone()).classes(classes).build();
    APIClient::new(router.mount(path, &app).expect("an app"))
}

#[tokio::test]
async fn the_root_leaves_out_lists_without_a_url_of_their_own() {
    let router = DefaultRouter::new()
        .register_as::<Publishers>("publishers", "publisher")
        .register_as::<Publishers>("countries/(?P<country>[a-z]+)/publishers", "country-publisher")
        .register_as::<OnlyOne>("one", "one");
    let client = client(router, "/api").await.force_authenticate(User::anonymous(), None);
    let shop = Shop::new().await;
    let client = client.force_authenticate(
        user::Model::get_by_natural_key(shop.app.read(), "ann").await.expect("a table").expect("ann"),
        None,
    );
    assert_eq!(client.get("/api/").await.json(), json!({"publishers": "http://testserver/api/publishers/"}));
    assert_eq!(
        client.get("/api/.json").await.json(),
        json!({"publishers": "http://testserver/api/publishers.json"})
    );
    assert_eq!(client.get("/api/countries/fr/publishers/").await.status, 200);
}

#[tokio::test]
async fn a_root_below_a_pattern_links_to_its_own_lists() {
    let router = DefaultRouter::new().register_as::<Publishers>("publishers", "publisher");
    let client = client(router, "/countries/(?P<country>[a-z]+)").await;
    let shop = Shop::new().await;
    let client = client.force_authenticate(
        user::Model::get_by_natural_key(shop.app.read(), "ann").await.expect("a table").expect("ann"),
        None,
    );
    assert_eq!(
        client.get("/countries/fr/").await.json(),
        json!({"publishers": "http://testserver/countries/fr/publishers/"})
    );
}

#[tokio::test]
async fn an_unknown_url_is_answered_with_the_page_of_django() {
    let shop = Shop::new().await;
    let answer = shop.client().get("/nowhere/").await;
    assert_eq!(answer.status, 404);
    assert_eq!(
        answer.text(),
        "\n<!doctype html>\n<html lang=\"en\">\n<head>\n  <title>Not Found</title>\n</head>\n<body>\n  <h1>Not Found</h1><p>The requested resource was not found on this server.</p>\n</body>\n</html>\n"
    );
}

#[tokio::test]
async fn options_of_the_token_view_lists_the_token() {
    let shop = Shop::new().await;
    let router = SimpleRouter::new().register_view::<ObtainAuthToken>("token", "token").mount("", &shop.app);
    let answer = APIClient::new(router.expect("an app")).options("/token/").await.json();
    let token = json!({"type": "string", "required": false, "read_only": true, "label": "Token"});
    assert_eq!(answer["actions"]["POST"]["token"], token);
    let names: Vec<_> = answer["actions"]["POST"].as_object().expect("fields").keys().collect();
    assert_eq!(names, ["username", "password", "token"]);
}

#[tokio::test]
async fn the_part_of_the_url_is_called_as_the_viewset_says() {
    let router =
        DefaultRouter::new().register_as::<Users>("users", "user").register_as::<ByName>("names", "name");
    let client = client(router, "/api").await;
    assert_eq!(client.get("/api/users/ann/").await.json(), json!("ann"));
    assert_eq!(client.get("/api/users/ann/posts/2024/").await.json(), json!("ann in 2024"));
    assert_eq!(client.get("/api/names/Oak/shout/").await.json(), json!("OAK"));
    let form = |content_type: &str| {
        let request = drf::http::Request::post("/api/users/bob/follow/").header("content-type", content_type);
        request.body("as=ann".into()).expect("a request")
    };
    let answer = client.send(form("application/x-www-form-urlencoded")).await;
    assert_eq!((answer.status.as_u16(), answer.json()), (200, json!("ann follows bob")));
    assert_eq!(client.send(form("application/json")).await.status, 415, "the action has a parser of its own");
    let options = client.options("/api/users/ann/posts/1/").await.json();
    assert_eq!(options["renders"], json!(["application/json", "text/html"]));
}

#[tokio::test]
async fn a_search_may_have_as_many_terms_as_settings_allow() {
    let shop = Shop::new().await;
    let search = async |text: &str| {
        shop.client().get(&format!("/api/publishers/?search={text}")).await.status.as_u16()
    };
    assert_eq!(search(&vec!["a"; 128].join("+")).await, 200);
    assert_eq!(search(&"a".repeat(1000)).await, 200);
    assert_eq!(search(&vec!["a"; 129].join("+")).await, 400);
    assert_eq!(search(&"a".repeat(1001)).await, 400);
}
