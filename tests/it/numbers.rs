//! Integers of 64 bits, decimal numbers that are numbers in JSON, and the limits of integer columns in `OPTIONS`.

use drf::prelude::*;
use drf::testing::APIClient;
use drf_tests::engines::Database;
use drf_tests::on_each_engine;
use serde_json::{Value as Json, json};

mod stock {
    use drf::prelude::*;
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "stock")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub bytes: i64,
        pub spare: Option<i64>,
        pub count: i32,
        #[sea_orm(column_type = "Decimal(Some((8, 3)))")]
        pub price: Decimal,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

mod shelf {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "shelf")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub stock_id: i64,
        #[sea_orm(belongs_to, from = "stock_id", to = "id")]
        pub stock: BelongsTo<super::stock::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[serializer(entity = stock::Entity)]
struct StockSerializer {
    id: i64,
    bytes: i64,
    #[field(coerce_to_string = false)]
    spare: Option<i64>,
    count: i32,
    #[field(coerce_to_string = false, normalize_output)]
    price: Decimal,
    #[field(method = doubled)]
    doubled: i64,
}

fn doubled(stock: &stock::Model) -> i64 {
    2 * i64::from(stock.count)
}

#[model_viewset(serializer = StockSerializer, pagination = none)]
#[permission(AllowAny)]
struct StockViewSet;

#[serializer]
struct Plain {
    big: i64,
    #[field(coerce_to_string = true)]
    text: Option<i64>,
    list: Vec<i64>,
    #[field(coerce_to_string = false)]
    ratio: Decimal,
}

#[api_view(POST)]
#[permission(AllowAny)]
async fn plain(request: &Request) -> Result<Response> {
    let data = generics::is_valid::<Plain>(request).await?;
    Ok(Response::ok(Plain::data(&data)))
}

/// Serializes the row of `stock` whole.
#[serializer(entity = shelf::Entity, depth = 1)]
struct Deep {
    id: i64,
    stock: PrimaryKeyRelated<stock::Entity>,
}

#[read_only_model_viewset(serializer = Deep, pagination = none)]
#[permission(AllowAny)]
struct DeepViewSet;

async fn client(database: &Database, coerce_bigint_to_string: bool) -> APIClient {
    let settings = Settings { coerce_bigint_to_string, ..Settings::default() };
    let app = App::new(settings, database.db.clone());
    let router = SimpleRouter::new()
        .register::<StockViewSet>("stock")
        .register::<DeepViewSet>("deep")
        .register_view::<plain>("plain", "plain");
    APIClient::new(router.mount("/api", &app).expect("an app"))
}

fn body(bytes: &Json) -> String {
    json!({"bytes": bytes, "spare": 7, "count": 5, "price": "1.000"}).to_string()
}

on_each_engine! {
    async fn integers_of_64_bits_are_text_where_the_setting_says_so(database: Database) {
        database.create_table(stock::Entity).await;
        let (numbers, texts) = (client(&database, false).await, client(&database, true).await);
        let created = texts.post("/api/stock/", body(&json!("9007199254740993"))).await;
        assert_eq!(created.status, 201, "{}", created.text());
        let as_text = r#"{"id":"1","bytes":"9007199254740993","spare":7,"count":5,"price":1.0,"doubled":10}"#;
        let as_number = r#"{"id":1,"bytes":9007199254740993,"spare":7,"count":5,"price":1.0,"doubled":10}"#;
        assert_eq!(created.text(), as_text);
        assert_eq!(texts.get("/api/stock/1/").await.text(), as_text);
        assert_eq!(texts.get("/api/stock/").await.text(), format!("[{as_text}]"));
        assert_eq!(texts.patch("/api/stock/1/", r#"{"count": 5}"#).await.text(), as_text);
        assert_eq!(texts.put("/api/stock/1/", body(&json!(9007199254740993_i64))).await.text(), as_text);
        assert_eq!(numbers.get("/api/stock/1/").await.text(), as_number);
        assert_eq!(numbers.get("/api/stock/").await.text(), format!("[{as_number}]"));
        database.create_table(shelf::Entity).await;
        database.execute(r#"INSERT INTO "shelf" ("stock_id") VALUES (1)"#).await;
        let deep = texts.get("/api/deep/1/").await.json();
        let stock = json!({"id": "1", "bytes": "9007199254740993", "spare": "7", "count": 5, "price": "1.000"});
        assert_eq!(deep, json!({"id": "1", "stock": stock}));
    }

    async fn an_integer_of_64_bits_has_messages_of_its_own(database: Database) {
        database.create_table(stock::Entity).await;
        let client = client(&database, false).await;
        let answer = client.post("/api/stock/", r#"{"bytes": "x", "count": "x", "price": 1}"#).await;
        let expected = json!({"bytes": ["A valid biginteger is required."], "count": ["A valid integer is required."]});
        assert_eq!((answer.status.as_u16(), answer.json()), (400, expected));
        let too_large = client.post("/api/stock/", body(&json!("9223372036854775808"))).await;
        let expected = json!({"bytes": ["Ensure this value is less than or equal to 9223372036854775807."]});
        assert_eq!((too_large.status.as_u16(), too_large.json()), (400, expected));
    }
}

#[tokio::test]
async fn plain_serializers_follow_the_setting_too() {
    let db = drf::connect("sqlite::memory:").await.expect("a database in memory");
    for (setting, big) in [(false, json!(7)), (true, json!("7"))] {
        let settings = Settings { coerce_bigint_to_string: setting, ..Settings::default() };
        let router = SimpleRouter::new().register_view::<plain>("plain", "plain");
        let router = router.mount("/api", &App::new(settings, db.clone())).expect("an app");
        let input = r#"{"big": 7, "text": 8, "list": [9], "ratio": "12.50"}"#;
        let answer = APIClient::new(router.clone()).post("/api/plain/", input).await;
        assert_eq!(answer.json(), json!({"big": big, "text": "8", "list": [9], "ratio": 12.5}));
        let wrong = r#"{"big": 1.5, "text": "", "list": ["x"], "ratio": 1}"#;
        let answer = APIClient::new(router).post("/api/plain/", wrong).await;
        let big = json!(["A valid biginteger is required."]);
        let list = json!({"0": ["A valid integer is required."]});
        assert_eq!(answer.json(), json!({"big": big, "text": big, "list": list}));
    }
}

#[tokio::test]
async fn options_lists_the_limits_of_integer_columns() {
    let db = drf::connect("sqlite::memory:").await.expect("a database in memory");
    let router = SimpleRouter::new().register::<StockViewSet>("stock");
    let router = router.mount("/api", &App::new(Settings::default(), db)).expect("an app");
    let fields = &APIClient::new(router).options("/api/stock/").await.json()["actions"]["POST"];
    let limits = |name: &str| (fields[name]["min_value"].clone(), fields[name]["max_value"].clone());
    assert_eq!(limits("bytes"), (json!(i64::MIN), json!(i64::MAX)));
    assert_eq!(limits("count"), (json!(i32::MIN), json!(i32::MAX)));
    for unlimited in ["id", "price", "doubled"] {
        assert_eq!(limits(unlimited), (Json::Null, Json::Null), "{unlimited}");
    }
}
