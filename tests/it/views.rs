//! Views without a serializer of rows: bare viewsets and functions.

use drf::authentication::PasswordHasher;
use drf::authentication::UserModel;
use drf::authentication::models::user;
use drf::authtoken::ObtainAuthToken;
use drf::http::StatusCode;
use drf::prelude::*;
use drf::testing::APIClient;
use drf_tests::shop::Shop;
use serde_json::json;

/// Says hello.
#[api_view(GET, POST)]
#[permission(AllowAny)]
async fn hello(request: &Request) -> Result<Response> {
    Ok(Response::ok(Value::from([("hello", request.kwarg("name").unwrap_or("world"))])))
}

#[permission(IsAdminUser)]
#[api_view]
async fn secret(_request: &Request) -> Result<Response> {
    Ok(Response::no_content())
}

#[derive(serde::Serialize)]
struct Load {
    name: &'static str,
    load: [f64; 3],
    least: f32,
    none: Option<u8>,
}

#[api_view]
#[permission(AllowAny)]
async fn load(request: &Request) -> Result<Response> {
    if request.query_params().get("broken").is_some() {
        return Response::serialize(StatusCode::OK, &std::collections::HashMap::from([((1, 2), 3)]));
    }
    let load =
        Load { name: "a\u{2028}\u{20ac}\"\u{1}\u{2029}", load: [0.5, 1e16, 1e-7], least: 0.1, none: None };
    Response::serialize(StatusCode::ACCEPTED, &load)
}

/// Things without a table.
#[viewset(lookup_value_regex = "[0-9]+")]
#[permission(AllowAny)]
struct ThingViewSet;

#[actions]
impl ThingViewSet {
    #[action]
    async fn list(_request: &Request) -> Result<Response> {
        Ok(Response::ok(vec!["a thing"]))
    }

    #[action]
    async fn retrieve(_request: &Request, pk: i64) -> Result<Response> {
        Ok(Response::ok(pk))
    }

    #[action(detail, methods(POST))]
    async fn shout(request: &Request) -> Result<Response> {
        Ok(Response::ok(request.kwarg("pk").unwrap_or_default().to_owned() + "!"))
    }
}

async fn client() -> (Shop, APIClient) {
    let shop = Shop::new().await;
    let router = DefaultRouter::new()
        .register_view::<hello>("hello", "hello")
        .register_view::<hello>("hello/(?P<name>[a-z]+)", "hello-name")
        .register_view::<secret>("secret", "secret")
        .register_view::<load>("load", "load")
        .register::<ThingViewSet>("things")
        .register_view::<ObtainAuthToken>("token", "token");
    let client = APIClient::new(router.mount("/", &shop.app).expect("views without mistakes"));
    (shop, client)
}

#[tokio::test]
async fn data_of_serde_looks_as_other_data() {
    let (_shop, client) = client().await;
    let answer = client.get("/load/").await;
    assert_eq!(answer.status, 202);
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(
        answer.text(),
        "{\"name\":\"a\\u2028\u{20ac}\\\"\\u0001\\u2029\",\"load\":[0.5,1e+16,1e-07],\"least\":0.1,\"none\":null}"
    );
    assert_eq!(client.get("/load/?broken=1").await.status, 500);
}

#[tokio::test]
async fn a_function_is_a_view() {
    let (_shop, client) = client().await;
    assert_eq!(client.get("/hello/").await.json(), json!({"hello": "world"}));
    assert_eq!(client.post("/hello/ann/", "{}").await.json(), json!({"hello": "ann"}));
    let refused = client.delete("/hello/").await;
    assert_eq!(refused.status, 405);
    assert_eq!(refused.header("allow"), Some("GET, POST, HEAD, OPTIONS"));
    assert_eq!(refused.json(), json!({"detail": "Method \"DELETE\" not allowed."}));
}

#[tokio::test]
async fn a_function_has_policies_and_metadata() {
    let (shop, client) = client().await;
    assert_eq!(client.get("/secret/").await.status, 401);
    let admin =
        user::Model::get_by_natural_key(shop.app.read(), "admin").await.expect("a table").expect("a user");
    assert_eq!(client.clone().force_authenticate(admin, None).get("/secret/").await.status, 204);
    let metadata = client.options("/hello/").await.json();
    assert_eq!((&metadata["name"], &metadata["description"]), (&json!("Hello"), &json!("Says hello.")));
}

#[tokio::test]
async fn a_bare_viewset_has_the_actions_that_are_written() {
    let (_shop, client) = client().await;
    assert_eq!(client.get("/things/").await.json(), json!(["a thing"]));
    assert_eq!(client.get("/things/7/").await.json(), json!(7));
    assert_eq!(client.get("/things/x/").await.status, 404);
    assert_eq!(client.post("/things/7/shout/", "").await.json(), json!("7!"));
    let refused = client.post("/things/", "{}").await;
    assert_eq!((refused.status.as_u16(), refused.header("allow")), (405, Some("GET, HEAD, OPTIONS")));
}

#[tokio::test]
async fn a_name_and_a_password_give_a_token() {
    let (shop, client) = client().await;
    use drf::sea_orm::ConnectionTrait;
    let password = PasswordHasher::new(100).make_password("secret-1").await;
    let password = password.expect("a password");
    let sql =
        format!("UPDATE auth_user SET password = '{password}' WHERE username IN ('ann', 'bob', 'gone')");
    shop.app.write().execute_unprepared(&sql).await.expect("passwords");
    let log_in = async |name: &str, password: &str| {
        client.post("/token/", json!({"username": name, "password": password}).to_string()).await
    };
    // ann has a token, bob gets one and keeps it
    assert_eq!(log_in("ann", "secret-1").await.json(), json!({"token": "ann-key"}));
    let token = log_in("bob", "secret-1").await.json();
    assert_eq!(token["token"].as_str().map(str::len), Some(40));
    assert_eq!(log_in("bob", "secret-1").await.json(), token);
    let refused = json!({"non_field_errors": ["Unable to log in with provided credentials."]});
    for (name, password) in [("ann", "wrong"), ("nobody", "secret-1"), ("gone", "secret-1")] {
        let answer = log_in(name, password).await;
        assert_eq!((answer.status.as_u16(), answer.json()), (400, refused.clone()));
    }
    let missing = client.post("/token/", "{}").await.json();
    let required = json!(["This field is required."]);
    assert_eq!(missing, json!({"username": required, "password": required}));
}
