//! Lists, dicts, documents, choices and files: through HTTP, in JSON and in forms, and in columns.

use drf::axum::body::Body;
use drf::fields::{HStore, Integer, JsonText};
use drf::http::Request as HttpRequest;
use drf::prelude::*;
use drf::sea_orm::{ConnectionTrait, Schema};
use drf::testing::{APIClient, TestResponse};
use serde_json::json;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Choices)]
pub enum Size {
    #[choice(value = "s")]
    Small,
    #[choice(value = "l")]
    Large,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Choices)]
#[repr(i32)]
pub enum Stars {
    One = 1,
    Two,
    Three,
}

mod parcel {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "parcel")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub tags: Json,
        pub prices: Option<Json>,
        pub matrix: Option<Json>,
        pub extra: Option<Json>,
        pub raw: Option<Json>,
        pub sizes: Option<Json>,
        #[sea_orm(default_value = "")]
        pub size: String,
        pub stars: Option<i32>,
        pub label: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[serializer(entity = parcel::Entity)]
pub struct ParcelSerializer {
    pub id: i64,
    #[field(allow_empty = false, max_length = 3, child(max_length = 5))]
    pub tags: Vec<String>,
    #[field(child(max_digits = 5, decimal_places = 2))]
    pub prices: Option<IndexMap<String, Decimal>>,
    pub matrix: Option<Vec<Vec<Option<i64>>>>,
    pub extra: Option<Json>,
    pub raw: Option<JsonText>,
    pub sizes: Option<MultipleChoice<Size>>,
    #[field(required = false)]
    pub size: OrBlank<Size>,
    pub stars: Option<Stars>,
    #[field(source = stars, display)]
    pub stars_label: Option<Stars>,
    #[field(use_url = false)]
    pub label: Option<File>,
}

#[model_viewset(serializer = ParcelSerializer, filterset_fields(stars, size))]
#[permission(AllowAny)]
pub struct ParcelViewSet;

#[serializer]
pub struct Letter {
    #[field(required = false)]
    pub matrix: Vec<Vec<i64>>,
    #[field(required = false)]
    pub any: Vec<Value>,
    #[field(required = false)]
    pub document: Value,
    #[field(required = false)]
    pub texts: HStore,
    #[field(required = false)]
    pub sizes: MultipleChoice<Size>,
    #[field(required = false)]
    pub sure: Option<bool>,
    #[field(required = false)]
    pub number: Integer,
    #[field(required = false, default_timezone = "Asia/Shanghai")]
    pub sent: DateTimeUtc,
}

/// Reads a letter.
#[api_view(POST)]
#[permission(AllowAny)]
pub async fn letter(request: &Request) -> Result<Response> {
    let letter = generics::is_valid::<Letter>(request).await?;
    Ok(Response::ok(Letter::data(&letter)))
}

async fn client() -> APIClient {
    let db = drf::connect("sqlite::memory:").await.expect("a database in memory");
    let schema = Schema::new(db.get_database_backend());
    db.execute(&schema.create_table_from_entity(parcel::Entity)).await.expect("a table");
    let app = App::new(Settings::default(), db);
    let router = DefaultRouter::new().register::<ParcelViewSet>("parcels");
    APIClient::new(
        router.register_view::<letter>("letter", "letter").mount("/api", &app).expect("good views"),
    )
}

async fn form(client: &APIClient, body: &'static str) -> TestResponse {
    let request =
        HttpRequest::post("/api/letter/").header("content-type", "application/x-www-form-urlencoded");
    client.send(request.body(Body::from(body)).expect("a request")).await
}

#[tokio::test]
async fn values_come_back_from_columns() {
    let client = client().await;
    let parcel = json!({
        "tags": ["a", " b "],
        "prices": {"x": 1, "a": "2.5"},
        "matrix": [[1, null], []],
        "extra": {"b": [1, 2.5, null], "a": "é"},
        "raw": "{\"a\":[1]}",
        "sizes": ["l", "s", "l"],
        "size": "",
        "stars": "2",
    });
    let answer = client.post("/api/parcels/", parcel.to_string()).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    let expected = json!({
        "id": 1,
        "tags": ["a", "b"],
        "prices": {"x": "1.00", "a": "2.50"},
        "matrix": [[1, null], []],
        "extra": {"b": [1, 2.5, null], "a": "é"},
        "raw": "{\"a\": [1]}",
        "sizes": ["l", "s"],
        "size": "",
        "stars": 2,
        "stars_label": "Two",
        "label": null,
    });
    assert_eq!(answer.json(), expected);
    assert_eq!(client.get("/api/parcels/1/").await.text(), answer.text());
    assert_eq!(client.get("/api/parcels/?stars=2").await.json(), json!([expected]));
}

#[tokio::test]
async fn null_and_absent_are_two_things() {
    let client = client().await;
    let created =
        client.post("/api/parcels/", r#"{"tags": ["a"], "sizes": [], "extra": {"a": 1}}"#).await.json();
    assert_eq!(
        (&created["sizes"], &created["prices"], &created["size"]),
        (&json!([]), &json!(null), &json!(""))
    );
    let changed = client.patch("/api/parcels/1/", r#"{"extra": null, "prices": {}}"#).await.json();
    assert_eq!(
        (&changed["extra"], &changed["prices"], &changed["tags"]),
        (&json!(null), &json!({}), &json!(["a"]))
    );
    assert_eq!(client.get("/api/parcels/1/").await.json(), changed);
}

#[tokio::test]
async fn mistakes_are_told_by_index_and_key() {
    let client = client().await;
    let cases = [
        (json!({"tags": []}), json!({"tags": ["This list may not be empty."]})),
        (
            json!({"tags": ["a", "long text", null]}),
            json!({"tags": {"1": ["Ensure this field has no more than 5 characters."], "2": ["This field may not be null."]}}),
        ),
        (
            json!({"tags": ["a"], "prices": {"x": "1.555"}, "matrix": [[1], ["x"], 3]}),
            json!({
                "prices": {"x": ["Ensure that there are no more than 2 decimal places."]},
                "matrix": {
                    "1": {"0": ["A valid integer is required."]},
                    "2": ["Expected a list of items but got type \"int\"."],
                },
            }),
        ),
        (
            json!({"tags": ["a"], "raw": "{", "sizes": ["m"], "size": "m", "stars": 4, "label": "x"}),
            json!({
                "raw": ["Value must be valid JSON."],
                "sizes": ["\"m\" is not a valid choice."],
                "size": ["\"m\" is not a valid choice."],
                "stars": ["\"4\" is not a valid choice."],
                "label": ["The submitted data was not a file. Check the encoding type on the form."],
            }),
        ),
    ];
    for (input, expected) in cases {
        let answer = client.post("/api/parcels/", input.to_string()).await;
        assert_eq!((answer.status.as_u16(), answer.json()), (400, expected));
    }
}

#[tokio::test]
async fn forms_say_lists_dicts_and_documents() {
    let client = client().await;
    let cases = [
        ("matrix[0][0]=1&matrix[0][1]=2&matrix[1][0]=3", json!({"matrix": [[1, 2], [3]]})),
        ("any=1&any=x", json!({"any": ["1", "x"]})),
        ("document={\"a\": [1, null]}", json!({"document": {"a": [1, null]}})),
        ("document=null", json!({"document": null})),
        ("texts.a=1&texts.b=", json!({"texts": {"a": "1", "b": ""}})),
        ("sizes=l&sizes=s&sizes=l", json!({"sizes": ["l", "s"]})),
        (
            "number=123456789012345678901234567890",
            json!({"number": 123456789012345678901234567890_u128 as f64}),
        ),
        ("sent=2024-01-01T10:00", json!({"sent": "2024-01-01T10:00:00+08:00"})),
    ];
    for (body, expected) in cases {
        let answer = form(&client, body).await;
        assert_eq!(answer.status, 200, "{body}: {}", answer.text());
        let mut found = answer.json();
        let data = found.as_object_mut().expect("an object");
        // Of a form, an empty selection and nothing about a checkbox are something.
        data.retain(|name, _| body.starts_with(name.as_str()));
        assert_eq!(found, expected, "{body}");
    }
    let answer = form(&client, "other=1").await;
    assert_eq!(answer.json(), json!({"sizes": [], "sure": null}));
    let answer = form(&client, "document={bad&matrix[0][0]=x").await;
    let expected = json!({
        "matrix": {"0": {"0": ["A valid integer is required."]}},
        "document": ["Value must be valid JSON."],
    });
    assert_eq!((answer.status.as_u16(), answer.json()), (400, expected));
}
