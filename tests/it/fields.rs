//! Field types and their options, through HTTP.

use drf::fields::{IPAddress, IPv4Address, IPv6Address, Rounding, UnicodeSlug};
use drf::prelude::*;
use drf::sea_orm::{ConnectionTrait, Schema};
use drf::testing::APIClient;
use serde_json::{Value as Json, json};

mod sample {
    use drf::prelude::*;
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "sample")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub email: Option<String>,
        pub url: Option<String>,
        pub slug: Option<String>,
        pub unicode_slug: Option<String>,
        pub ip: Option<String>,
        pub ipv4: Option<String>,
        pub ipv6: Option<String>,
        pub uuid: Option<Uuid>,
        pub small: Option<i16>,
        pub unsigned: Option<u32>,
        pub float: Option<f64>,
        #[sea_orm(column_type = "Decimal(Some((8, 4)))", nullable)]
        pub ratio: Option<Decimal>,
        #[sea_orm(column_type = "Decimal(Some((8, 2)))", nullable)]
        pub rounded: Option<Decimal>,
        pub flag: Option<bool>,
        pub day: Option<Date>,
        pub eu_day: Option<Date>,
        pub clock: Option<Time>,
        pub moment: Option<DateTimeUtc>,
        pub local: Option<DateTime>,
        pub lasts: Option<i64>,
        #[sea_orm(default_value = "")]
        pub raw: String,
        #[sea_orm(default_value = 1)]
        pub quantity: i32,
        #[sea_orm(default_value = "")]
        pub secret: String,
        #[sea_orm(default_value = "", column_type = "String(StringLen::N(9))")]
        pub code: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[serializer(entity = sample::Entity)]
pub struct SampleSerializer {
    pub id: i64,
    pub email: Option<Email>,
    pub url: Option<Url>,
    pub slug: Option<Slug>,
    pub unicode_slug: Option<UnicodeSlug>,
    pub ip: Option<IPAddress>,
    pub ipv4: Option<IPv4Address>,
    pub ipv6: Option<IPv6Address>,
    #[field(format = "hex")]
    pub uuid: Option<Uuid>,
    pub small: Option<i16>,
    pub unsigned: Option<u32>,
    #[field(min_value = 0.5, max_value = 2.5)]
    pub float: Option<f64>,
    #[field(normalize_output, coerce_to_string = false)]
    pub ratio: Option<Decimal>,
    #[field(rounding = Rounding::Down)]
    pub rounded: Option<Decimal>,
    pub flag: Option<bool>,
    pub day: Option<Date>,
    #[field(format = "%d/%m/%Y", input_formats("%d.%m.%Y", "iso-8601"))]
    pub eu_day: Option<Date>,
    pub clock: Option<Time>,
    #[field(format = "%Y-%m-%d %H:%M")]
    pub moment: Option<DateTimeUtc>,
    pub local: Option<chrono::NaiveDateTime>,
    #[field(min_value = 60, max_value = 7200)]
    pub lasts: Option<chrono::TimeDelta>,
    #[field(trim_whitespace = false, allow_blank = false)]
    pub raw: String,
    #[field(default = 7)]
    pub quantity: i32,
    #[field(write_only, min_length = 3)]
    pub secret: String,
    #[field(regex = r"^\d+$")]
    pub code: String,
}

#[model_viewset(serializer = SampleSerializer)]
#[permission(AllowAny)]
pub struct SampleViewSet;

async fn client() -> APIClient {
    let db = drf::connect("sqlite::memory:").await.expect("a database in memory");
    let schema = Schema::new(db.get_database_backend());
    db.execute(&schema.create_table_from_entity(sample::Entity)).await.expect("a table");
    let app = App::new(Settings::default(), db);
    let router = DefaultRouter::new().register::<SampleViewSet>("samples").mount("/api", &app);
    APIClient::new(router.expect("a good viewset"))
}

/// What a value comes back as, from the answer to the `POST` and from a `GET` after it.
async fn shown(client: &APIClient, field: &str, value: Json) -> Json {
    let answer = client.post("/api/samples/", json!({ field: value }).to_string()).await;
    assert_eq!(answer.status, 201, "{field}: {}", answer.text());
    let read = client.get(&format!("/api/samples/{}/", answer.json()["id"])).await;
    assert_eq!(read.json(), answer.json(), "{field}");
    read.json()[field].clone()
}

#[tokio::test]
async fn accepted_values_come_back_in_their_form() {
    let client = client().await;
    let id = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";
    let cases = [
        ("email", json!(" a@example.com "), json!("a@example.com")),
        ("url", json!("https://example.com/x?y"), json!("https://example.com/x?y")),
        ("slug", json!("a-b_1"), json!("a-b_1")),
        ("unicode_slug", json!("日本-1"), json!("日本-1")),
        ("ip", json!("::ffff:192.0.2.1"), json!("192.0.2.1")),
        ("ipv4", json!("192.0.2.1"), json!("192.0.2.1")),
        ("ipv6", json!("2001:0DB8::0:1"), json!("2001:db8::1")),
        ("uuid", json!(id), json!(id.replace('-', ""))),
        ("small", json!("-5"), json!(-5)),
        ("unsigned", json!(4294967295u32), json!(4294967295u32)),
        ("float", json!("1e0"), json!(1.0)),
        ("ratio", json!("1.5000"), json!(1.5)),
        ("rounded", json!("1.25"), json!("1.25")),
        ("flag", json!("off"), json!(false)),
        ("flag", json!("null"), json!(null)),
        ("day", json!("2024-02-29"), json!("2024-02-29")),
        ("eu_day", json!("29.02.2024"), json!("29/02/2024")),
        ("eu_day", json!("2024-02-29"), json!("29/02/2024")),
        ("clock", json!("01:02:03.5"), json!("01:02:03.500000")),
        ("moment", json!("2024-02-29T12:30:00+02:00"), json!("2024-02-29 10:30")),
        ("local", json!("2024-02-29T12:30:00.000001"), json!("2024-02-29T12:30:00.000001")),
        ("lasts", json!("90"), json!("00:01:30")),
        ("raw", json!("  x "), json!("  x ")),
    ];
    for (field, value, expected) in cases {
        assert_eq!(shown(&client, field, value).await, expected, "{field}");
    }
}

#[tokio::test]
async fn wrong_values_get_djangos_words() {
    let client = client().await;
    let cases = [
        ("email", json!("a@b"), "Enter a valid email address."),
        ("url", json!("example.com"), "Enter a valid URL."),
        (
            "slug",
            json!("a b"),
            "Enter a valid \"slug\" consisting of letters, numbers, underscores or hyphens.",
        ),
        (
            "unicode_slug",
            json!("a b"),
            "Enter a valid \"slug\" consisting of Unicode letters, numbers, underscores, or hyphens.",
        ),
        ("ip", json!("1.2.3"), "Enter a valid IPv4 or IPv6 address."),
        ("ipv4", json!("::1"), "Enter a valid IPv4 address."),
        ("ipv6", json!("1.2.3.4"), "Enter a valid IPv6 address."),
        ("uuid", json!("x"), "Must be a valid UUID."),
        ("small", json!(40000), "Ensure this value is less than or equal to 32767."),
        ("unsigned", json!(-1), "Ensure this value is greater than or equal to 0."),
        ("float", json!(0.25), "Ensure this value is greater than or equal to 0.5."),
        ("ratio", json!("1.00001"), "Ensure that there are no more than 4 decimal places."),
        ("flag", json!("perhaps"), "Must be a valid boolean."),
        ("day", json!("29.02.2024"), "Date has wrong format. Use one of these formats instead: YYYY-MM-DD."),
        (
            "eu_day",
            json!("02/29/2024"),
            "Date has wrong format. Use one of these formats instead: DD.MM.YYYY, YYYY-MM-DD.",
        ),
        (
            "clock",
            json!("25:00"),
            "Time has wrong format. Use one of these formats instead: hh:mm[:ss[.uuuuuu]].",
        ),
        (
            "moment",
            json!("now"),
            "Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].",
        ),
        ("lasts", json!("59"), "Ensure this value is greater than or equal to 0:01:00."),
        ("lasts", json!("3:00:00"), "Ensure this value is less than or equal to 2:00:00."),
        (
            "lasts",
            json!("long"),
            "Duration has wrong format. Use one of these formats instead: [DD] [HH:[MM:]]ss[.uuuuuu].",
        ),
        ("raw", json!(""), "This field may not be blank."),
        ("secret", json!("ab"), "Ensure this field has at least 3 characters."),
    ];
    for (field, value, message) in cases {
        let answer = client.post("/api/samples/", json!({ field: value }).to_string()).await;
        assert_eq!((answer.status.as_u16(), answer.json()), (400, json!({ field: [message] })), "{field}");
    }
}

#[tokio::test]
async fn defaults_and_write_only_fields() {
    let client = client().await;
    let created = client.post("/api/samples/", r#"{"secret": "hidden"}"#).await.json();
    assert_eq!(created["quantity"], 7, "the serializer's default goes before the column's");
    assert!(created.get("secret").is_none());
    let patched = client.patch("/api/samples/1/", r#"{"small": 3}"#).await.json();
    assert_eq!(patched["quantity"], 7, "a default is not for a patch");
}

#[tokio::test]
async fn what_is_no_text_is_refused_in_the_words_of_the_field() {
    let client = client().await;
    let cases = [
        ("email", "Enter a valid email address."),
        ("url", "Enter a valid URL."),
        ("slug", "Enter a valid \"slug\" consisting of letters, numbers, underscores or hyphens."),
        ("unicode_slug", "Enter a valid \"slug\" consisting of letters, numbers, underscores or hyphens."),
        ("raw", "Not a valid string."),
        ("code", "This value does not match the required pattern."),
    ];
    for (field, message) in cases {
        for value in [json!(true), json!([1]), json!({"a": 1})] {
            let answer = client.post("/api/samples/", json!({ field: value }).to_string()).await;
            assert_eq!(answer.json()[field], json!([message]), "{field}");
        }
    }
    let answer = client.post("/api/samples/", json!({"code": "a\0"}).to_string()).await;
    let both = ["Null characters are not allowed.", "This value does not match the required pattern."];
    assert_eq!(answer.json()["code"], json!(both));
}
