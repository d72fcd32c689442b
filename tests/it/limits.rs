//! Limits on what a request may hold. They never widen a result, and what exceeds them gets a small 400.

use std::time::Duration;

use drf::axum::Router;
use drf::fields::IndexMap;
use drf::http::Method;
use drf::prelude::*;
use drf::sea_orm::DatabaseConnection;
use drf::testing::APIClient;
use drf_tests::shop::{self, Shop};
use serde_json::json;

mod box_entity {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "limits_box")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        #[sea_orm(column_type = "String(StringLen::N(20))")]
        pub name: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[serializer(entity = box_entity::Entity)]
pub struct BoxSerializer {
    pub id: i64,
    pub name: String,
}

#[model_viewset(
    serializer = BoxSerializer,
    bulk_create,
    filterset_fields(name(exact, in), id(in)),
    ordering_fields(name, id),
    ordering(id)
)]
#[permission(AllowAny)]
pub struct BoxViewSet;

#[serializer]
pub struct Item {
    pub name: String,
}

#[serializer]
pub struct Parcel {
    #[field(nested, required = false)]
    pub items: Vec<Item>,
    #[field(required = false)]
    pub numbers: Vec<i64>,
    #[field(required = false)]
    pub prices: IndexMap<String, Decimal>,
}

#[api_view(POST)]
#[permission(AllowAny)]
async fn parcel(request: &Request) -> Result<Response> {
    generics::is_valid::<Parcel>(request).await?;
    Ok(Response::no_content())
}

#[api_view(POST)]
#[permission(AllowAny)]
async fn parcels(request: &Request) -> Result<Response> {
    let parcels = generics::is_valid_many::<Item>(request).await?;
    Ok(Response::ok(parcels.len() as u64))
}

/// Gives up the body, as a time-out of the handler's own does.
#[api_view(POST)]
#[permission(AllowAny)]
async fn impatient(request: &Request) -> Result<Response> {
    let given_up = tokio::time::timeout(Duration::ZERO, request.data()).await.is_err();
    let has_data = request.data().await?.get("a").is_some();
    Ok(Response::ok(Value::from([("given_up", given_up), ("has_data", has_data)])))
}

fn router(settings: Settings, db: DatabaseConnection) -> Router {
    let router = DefaultRouter::new()
        .register::<BoxViewSet>("boxes")
        .register_view::<parcel>("parcel", "parcel")
        .register_view::<parcels>("parcels", "parcels")
        .register_view::<impatient>("impatient", "impatient");
    router.mount("/", &App::new(settings, db)).expect("viewsets without mistakes")
}

async fn client(settings: Settings) -> APIClient {
    let db = drf::connect("sqlite::memory:").await.expect("a database in memory");
    APIClient::new(router(settings, db))
}

fn list_of(item: &str, count: usize) -> String {
    format!("[{}]", vec![item; count].join(","))
}

drf_tests::on_each_engine! {
    async fn a_filter_among_too_many_parameters_is_not_dropped(database: Database) {
        let shop = Shop::on(shop::settings(), database.db.clone()).await;
        let client = shop.client_of("ann").await;
        let few = client.get(&format!("/api/books/?category=tech{}", "&x=1".repeat(999))).await;
        assert_eq!((few.status.as_u16(), &few.json()["count"]), (200, &json!(1)));
        let many = "&x=1".repeat(1000);
        for path in ["/api/books/", "/api/books.json", "/api/books/1/", "/api/publishers/", "/api/", "/nested/contacts/"] {
            for method in [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS] {
                let answer = client.request(method.clone(), &format!("{path}?category=tech{many}"), None::<&str>).await;
                assert_eq!(answer.status, 400, "{method} {path}");
                if method != Method::HEAD {
                    let detail = json!({"detail": "The number of GET/POST parameters exceeded 1000."});
                    assert_eq!(answer.json(), detail, "{method} {path}");
                }
            }
        }
        assert_eq!(client.get("/api/books/1/").await.status, 200, "nothing was deleted");
    }

    async fn a_list_of_as_many_items_as_allowed_is_saved(database: Database) {
        database.create_table(box_entity::Entity).await;
        let client = APIClient::new(router(Settings { max_list_items: 20, ..Settings::default() }, database.db.clone()));
        let created = client.post("/boxes/", list_of(r#"{"name": "a"}"#, 20)).await;
        assert_eq!((created.status.as_u16(), created.json().as_array().map(Vec::len)), (201, Some(20)));
        let refused = client.post("/boxes/", list_of(r#"{"name": "a"}"#, 21)).await;
        assert_eq!(refused.status, 400);
        assert_eq!(refused.json(), json!({"detail": "A list in the request body has more than 20 items."}));
        assert_eq!(client.get("/boxes/").await.json().as_array().map(Vec::len), Some(20));
    }
}

drf_tests::on_each_engine! {
    async fn repeated_columns_of_an_ordering_count_once(database: Database) {
        database.create_table(box_entity::Entity).await;
        let client = APIClient::new(router(Settings::default(), database.db.clone()));
        client.post("/boxes/", r#"[{"name": "b"}, {"name": "a"}, {"name": "b"}]"#).await;
        let ids = async |ordering: String| {
            let answer = client.get(&format!("/boxes/?ordering={ordering}")).await;
            assert_eq!(answer.status, 200, "{}", answer.text());
            answer.json().as_array().expect("a list").iter().map(|row| row["id"].as_i64()).map(|id| id.expect("an id")).collect::<Vec<_>>()
        };
        assert_eq!(ids(["name"; 2001].join(",")).await.first(), Some(&2));
        assert_eq!(ids(["-id"; 2001].join(",")).await, [3, 2, 1]);
        assert_eq!(ids("name,-name,-id,id".to_owned()).await, [2, 3, 1], "the first term of a column counts");
    }

    async fn a_filter_takes_as_many_values_as_a_list_of_a_body(database: Database) {
        database.create_table(box_entity::Entity).await;
        let client = APIClient::new(router(Settings::default(), database.db.clone()));
        client.post("/boxes/", r#"[{"name": "b"}, {"name": "a"}]"#).await;
        let numbers = |count: u32| (2..count + 2).map(|number| number.to_string()).collect::<Vec<_>>().join(",");
        let most = client.get(&format!("/boxes/?id__in={}", numbers(10_000))).await;
        assert_eq!(most.json().as_array().map(Vec::len), Some(1), "{}", most.text());
        for query in [format!("id__in={}", numbers(10_001)), format!("id__in={0}&name__in={0}", numbers(5_001))] {
            let answer = client.get(&format!("/boxes/?{query}")).await;
            let detail = json!({"detail": "The query has too many values to filter by."});
            assert_eq!((answer.status.as_u16(), answer.json()), (400, detail));
        }
    }
}

#[tokio::test]
async fn lists_of_any_depth_and_all_values_are_counted() {
    let client = client(Settings { max_list_items: 5, max_body_values: 20, ..Settings::default() }).await;
    let cases = [
        ("/parcel/", json!({"numbers": [1, 2, 3, 4, 5]}), None),
        (
            "/parcel/",
            json!({"numbers": [1, 2, 3, 4, 5, 6]}),
            Some("A list in the request body has more than 5 items."),
        ),
        (
            "/parcel/",
            json!({"items": [{}, {}, {}, {}, {}, {}]}),
            Some("A list in the request body has more than 5 items."),
        ),
        (
            "/parcel/",
            json!({"unknown": [[1, 2, 3, 4, 5, 6]]}),
            Some("A list in the request body has more than 5 items."),
        ),
        (
            "/parcels/",
            json!([{}, {}, {}, {}, {}, {}]),
            Some("A list in the request body has more than 5 items."),
        ),
        (
            "/parcel/",
            json!({"a": [1, 2, 3, 4], "b": [1, 2, 3, 4], "c": [1, 2, 3, 4], "d": {"e": 1, "f": 2, "g": 3, "h": 4}}),
            Some("The request body has more than 20 values."),
        ),
    ];
    for (path, body, refused) in cases {
        let answer = client.post(path, body.to_string()).await;
        match refused {
            None => assert_eq!(answer.status, 204, "{body}"),
            Some(detail) => assert_eq!(
                (answer.status.as_u16(), answer.json()),
                (400, json!({"detail": detail})),
                "{body}"
            ),
        }
    }
}

#[tokio::test]
async fn by_default_a_list_has_at_most_ten_thousand_items() {
    let client = client(Settings::default()).await;
    let valid = client.post("/parcels/", list_of(r#"{"name":"a"}"#, 10_000)).await;
    assert_eq!((valid.status.as_u16(), valid.text().as_str()), (200, "10000"));
    let refused = client.post("/parcels/", list_of("{}", 860_000)).await;
    assert_eq!(refused.status, 400);
    assert_eq!(refused.json(), json!({"detail": "A list in the request body has more than 10000 items."}));
}

#[tokio::test]
async fn errors_are_reported_up_to_a_limit() {
    let client = client(Settings { max_errors: 3, ..Settings::default() }).await;
    let too_many = json!({"detail": "The request body has more than 3 errors."});
    let required = json!(["This field is required."]);
    let three = client.post("/parcels/", "[{}, {}, {}]").await;
    assert_eq!(three.json()["2"], json!({"name": required}), "{}", three.text());
    let objects = "{}, ".repeat(3);
    for (path, body) in [
        ("/parcels/", format!("[{objects}{{}}]")),
        ("/parcels/", format!("[{objects}{{}}, {objects}{{\"name\": \"a\"}}]")),
        ("/parcel/", format!("{{\"items\": [{objects}{{}}]}}")),
        ("/parcel/", format!("{{\"items\": [{objects}{{\"name\": 1}}], \"numbers\": [\"x\"]}}")),
        ("/parcel/", r#"{"numbers": ["a", "b", "c", "d", "e"]}"#.to_owned()),
        ("/parcel/", r#"{"prices": {"a": "x", "b": "x", "c": "x", "d": "x"}}"#.to_owned()),
        ("/parcel/", r#"{"prices": {"a": "x", "b": "x"}, "numbers": ["a", "b"]}"#.to_owned()),
        ("/boxes/", r#"[{}, {"name": ""}, {"name": []}, 1, null, {"name": "a"}]"#.to_owned()),
    ] {
        let answer = client.post(path, body.clone()).await;
        assert_eq!((answer.status.as_u16(), answer.json()), (400, too_many.clone()), "{body}");
    }
}

#[tokio::test]
async fn a_large_body_is_parsed_as_a_small_one_is() {
    let client = client(Settings::default()).await;
    let padding = " ".repeat(100_000);
    let answer = client.post("/parcels/", format!("[{padding}{{\"name\": \"a\"}}]")).await;
    assert_eq!((answer.status.as_u16(), answer.text().as_str()), (200, "1"));
    let answer = client.post("/parcels/", format!("[{padding}")).await;
    assert_eq!(answer.status, 400);
    let detail = "JSON parse error - EOF while parsing a list at line 1 column 100001";
    assert_eq!(answer.json(), json!({"detail": detail}));
}

#[tokio::test]
async fn a_body_that_was_given_up_is_not_an_empty_one() {
    let client = client(Settings::default()).await;
    // parsed at once
    let small = client.post("/impatient/", r#"{"a": 1}"#).await;
    assert_eq!((small.status.as_u16(), &small.json()["given_up"]), (200, &json!(false)), "{}", small.text());
    // parsed on a thread of its own
    let large = format!(r#"{{"a": {}}}"#, list_of("1", 100_000));
    let settings = Settings { max_list_items: 200_000, ..Settings::default() };
    let answer = self::client(settings).await.post("/impatient/", large).await;
    assert_eq!(answer.status, 500, "{}", answer.text());
    assert_eq!(answer.json(), json!({"detail": "The request body was given up before its end."}));
}
