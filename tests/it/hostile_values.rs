//! Values at and beyond the ends of every type, written to columns as wide as the entity's and to narrower ones: each is
//! stored and read back, or refused with 400.

use drf::axum::Router;
use drf::chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use drf::prelude::*;
use drf::testing::APIClient;
use drf_tests::engines::{Database, Engine};
use serde_json::{Value as JsonValue, json};

mod probe {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "probe")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub truth: bool,
        pub small: i16,
        pub whole: i32,
        pub big: i64,
        pub single: f32,
        pub double: f64,
        #[sea_orm(column_type = "Decimal(Some((12, 2)))")]
        pub price: Decimal,
        #[sea_orm(column_type = "String(StringLen::N(20))")]
        pub name: String,
        #[sea_orm(column_type = "Text")]
        pub note: String,
        pub token: Uuid,
        pub day: Date,
        pub clock: Time,
        #[sea_orm(column_type = "DateTime")]
        pub moment: DateTime,
        pub instant: DateTimeUtc,
        pub document: Json,
        pub span: i64,
        /// An `enum` where the database has such a type
        pub state: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[serializer(entity = probe::Entity)]
pub struct ProbeSerializer {
    pub id: i64,
    pub truth: bool,
    pub small: i16,
    pub whole: i32,
    pub big: i64,
    pub single: f32,
    pub double: f64,
    pub price: Decimal,
    pub name: String,
    pub note: String,
    pub token: Uuid,
    pub day: NaiveDate,
    pub clock: NaiveTime,
    pub moment: NaiveDateTime,
    pub instant: DateTimeUtc,
    pub document: Json,
    pub span: TimeDelta,
    pub state: String,
}

#[model_viewset(
    serializer = ProbeSerializer,
    bulk_create,
    filterset_fields(
        truth, small, whole, big, single, double, price(gt), name, token, day, clock, moment, instant, span, state
    )
)]
#[permission(AllowAny)]
pub struct ProbeViewSet;

const COLUMNS: [&str; 17] = [
    "truth", "small", "whole", "big", "single", "double", "price", "name", "note", "token", "day", "clock",
    "moment", "instant", "document", "span", "state",
];

fn row() -> JsonValue {
    json!({
        "truth": true, "small": 1, "whole": 1, "big": 1, "single": 1.5, "double": 1.5, "price": "1.5", "name": "a",
        "note": "n", "token": "00000000-0000-0000-0000-000000000001", "day": "2024-01-01", "clock": "10:00:00",
        "moment": "2024-01-01T10:00:00Z", "instant": "2024-01-01T10:00:00Z", "document": {"a": 1}, "span": "00:00:01",
        "state": "new",
    })
}

/// Returns values of all kinds; a field refuses most of those of other types.
fn values() -> Vec<JsonValue> {
    let mut values: Vec<_> = [
        "",
        " ",
        "a",
        "abcde",
        "abcdefghijklmnopqrst",
        "éééééé",
        "😀😀😀😀😀😀",
        "a\u{0}b",
        "\u{feff}",
        "\u{202e}x",
        "'; --",
        "\\",
        "%_",
        "nan",
        "NaN",
        "inf",
        "-Infinity",
        "1e400",
        "-0",
        "0x10",
        "1_000",
        "٣",
        "1.005",
        "0.05",
        "9999.94",
        "9999.95",
        "9999.99",
        "-9999.99",
        "99999.99",
        "9999999999.99",
        "99999999999",
        "1e-30",
        "12:00",
        "23:59:59.999999",
        "24:00",
        "10:00:00+02:00",
        "0001-01-01",
        "1000-01-01",
        "1969-12-31",
        "9999-12-31",
        "10000-01-01",
        "0000-00-00",
        "0001-01-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "1970-01-01T00:00:00Z",
        "1970-01-01T00:00:01Z",
        "2038-01-19T03:14:07Z",
        "2038-01-19T03:14:08Z",
        "9999-12-31T23:59:59.999999Z",
        "9999-12-31T23:59:59-12:00",
        "24855 03:14:08",
        "106751991 04:00:54.775807",
        "106751991 04:00:54.775808",
        "-106751991 00:00:00",
        "-106751992 00:00:00",
        "00000000-0000-0000-0000-000000000000",
        "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF",
        "new",
        "old",
    ]
    .map(JsonValue::from)
    .to_vec();
    values.extend(
        [
            0_i64,
            -1,
            127,
            128,
            255,
            256,
            32_767,
            32_768,
            -32_768,
            -32_769,
            65_536,
            8_388_608,
            16_777_217,
            2_147_483_647,
            2_147_483_648,
            -2_147_483_648,
            -2_147_483_649,
            4_294_967_296,
            9_007_199_254_740_993,
            i64::MAX,
            i64::MIN,
        ]
        .map(JsonValue::from),
    );
    values.extend(
        [
            0.1,
            99.995,
            999.994,
            9_999.994,
            9_999.995,
            9_999.5,
            -9_999.995,
            32_767.0,
            65_504.0,
            1e7,
            123_456_789.0,
            1e10,
            1e20,
            7.9e28,
            8e28,
            3.4e38,
            3.402_823_4e38,
            3.402_823_5e38,
            3.5e38,
            -3.5e38,
            1e-38,
            1e-45,
            1e-46,
            1e300,
            f64::MAX,
            f64::MIN,
            5e-324,
        ]
        .map(JsonValue::from),
    );
    values.extend([
        json!(null),
        json!(true),
        json!(false),
        json!([]),
        json!({}),
        json!([1, null, "x"]),
        json!({"a\u{0}": 1}),
        json!("x".repeat(300)),
        json!("é".repeat(32_767)),
        json!("é".repeat(32_768)),
        json!(["x".repeat(65_531)]),
        json!(["x".repeat(65_532)]),
        json!(["😀".repeat(6_000)]),
        json!((0..31).fold(json!(1), |inner, _| json!([inner]))),
        json!((0..32).fold(json!(1), |inner, _| json!([inner]))),
        json!(u64::MAX),
    ]);
    values
}

/// Returns the columns of a table that holds less than the entity does.
fn narrow(engine: Engine) -> String {
    let columns = match engine {
        Engine::Sqlite => [
            "bool",
            "smallint",
            "integer",
            "bigint",
            "real",
            "real",
            "decimal",
            "char(4)",
            "text",
            "char(36)",
            "date",
            "time",
            "datetime",
            "datetime",
            "text",
            "bigint",
            "varchar(3)",
        ],
        Engine::Postgres => [
            "smallint",
            "smallint",
            "smallint",
            "integer",
            "numeric(6,2)",
            "real",
            "numeric(5,1)",
            "char(4)",
            "varchar(6)",
            "char(36)",
            "date",
            "time(0)",
            "timestamp(3)",
            "timestamp(0) with time zone",
            "varchar(40)",
            "interval",
            "probe_state",
        ],
        Engine::Mysql => [
            "tinyint(1)",
            "tinyint",
            "mediumint",
            "int unsigned",
            "decimal(6,2)",
            "float",
            "decimal(5,1)",
            "char(4)",
            "tinytext",
            "char(36)",
            "date",
            "time",
            "datetime",
            "timestamp(3)",
            "text",
            "int",
            "enum('new','old')",
        ],
    };
    columns_of(engine, columns)
}

fn columns_of(engine: Engine, types: [&str; 17]) -> String {
    let id = match engine {
        Engine::Sqlite => "integer NOT NULL PRIMARY KEY AUTOINCREMENT",
        Engine::Postgres => "bigint NOT NULL PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY",
        Engine::Mysql => "bigint AUTO_INCREMENT NOT NULL PRIMARY KEY",
    };
    let columns = COLUMNS.iter().zip(types).map(|(name, kind)| format!(r#", "{name}" {kind} NOT NULL"#));
    let charset = if engine == Engine::Mysql { " DEFAULT CHARSET=utf8mb4" } else { "" };
    format!(r#"CREATE TABLE "probe" ("id" {id}{}){charset}"#, columns.collect::<String>())
}

fn router(database: &Database) -> Router {
    let app = App::new(Settings::default(), database.db.clone());
    let routes = SimpleRouter::new().register_as::<ProbeViewSet>("probes", "probe");
    routes.mount("", &app).expect("a viewset without mistakes")
}

/// Sends each value to each column, by each verb that writes and as a filter.
async fn attack(database: &Database) {
    let client = APIClient::new(router(database));
    let created = client.post("/probes/", row().to_string()).await;
    assert_eq!(created.status, 201, "{}", created.text());
    let url = format!("/probes/{}/", created.json()["id"]);
    let mut wrong = Vec::new();
    for column in COLUMNS {
        for value in values() {
            let mut changed = row();
            changed[column] = value.clone();
            let patched = client.patch(&url, json!({ column: value }).to_string()).await;
            let listed = client.post("/probes/", json!([row(), changed]).to_string()).await;
            let mut statuses = vec![patched.status.as_u16(), listed.status.as_u16()];
            if patched.status == 200 {
                let shown = client.get(&url).await;
                statuses.push(shown.status.as_u16());
                if shown.json()[column] != patched.json()[column] {
                    wrong.push(format!(
                        "{column}: answered {}, stored {}",
                        patched.json()[column],
                        shown.json()[column]
                    ));
                }
            }
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            if text.len() < 1_000 {
                let encoded: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
                statuses.push(client.get(&format!("/probes/?{column}={encoded}")).await.status.as_u16());
            }
            let same = (patched.status == 200) == (listed.status == 201);
            if !same || statuses.iter().any(|status| !matches!(status, 200 | 201 | 400)) {
                let shown: String = text.chars().take(40).collect();
                let answer: String = patched.text().chars().take(30).collect();
                wrong.push(format!("{column} = {shown}: {statuses:?} {answer}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), database.engine.name(), wrong.join("\n"));
}

drf_tests::on_each_engine! {
    async fn columns_as_wide_as_the_entity_s(database: Database) {
        database.create_table(probe::Entity).await;
        attack(&database).await;
    }

    async fn columns_that_hold_less(database: Database) {
        if database.engine == Engine::Postgres {
            database.execute("CREATE TYPE probe_state AS ENUM ('new', 'old')").await;
        }
        database.execute(&narrow(database.engine)).await;
        attack(&database).await;
    }
}
