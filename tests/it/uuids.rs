//! Keys that are UUIDs: as foreign keys, in links, behind relations, in lists.

use drf::axum::Router;
use drf::prelude::*;
use drf::testing::APIClient;
use drf_tests::engines::Engine;
use drf_tests::uuids::router;
use serde_json::{Value, json};

fn id(number: u32) -> String {
    format!("00000000-0000-4000-8000-{number:012}")
}

pub(crate) async fn related_rows_are_told_apart(router: Router) {
    let client = APIClient::new(router);
    for (number, name) in [(1, "Oak"), (2, "Elm")] {
        let team = client.post("/teams/", json!({"id": id(number), "name": name}).to_string()).await;
        assert_eq!(team.status, 201, "{}", team.text());
        assert_eq!(team.json(), json!({"id": id(number), "name": name, "members": []}));
    }
    let badges =
        client.post("/badges/", json!([{"id": id(7)}, {"id": id(8)}, {"id": id(9)}]).to_string()).await;
    assert_eq!(badges.status, 201, "{}", badges.text());

    let member = |number: u32, team: Option<u32>, badges: &[u32]| {
        let badges: Vec<_> = badges.iter().copied().map(id).collect();
        json!({"id": id(number), "name": format!("m{number}"), "team": team.map(id), "badges": badges})
    };
    let sent = [member(23, Some(2), &[8, 7]), member(21, Some(1), &[9]), member(22, None, &[])];
    let members = client.post("/members/", json!(sent).to_string()).await;
    assert_eq!(members.status, 201, "{}", members.text());
    let shown =
        |member: &Value| (member["id"].clone(), member["team_name"].clone(), member["badges"].clone());
    let rows = members.json();
    let rows: Vec<_> = rows.as_array().expect("a list").iter().map(shown).collect();
    assert_eq!(
        rows,
        [
            (json!(id(23)), json!("Elm"), json!([id(7), id(8)])),
            (json!(id(21)), json!("Oak"), json!([id(9)])),
            (json!(id(22)), json!(null), json!([])),
        ],
        "in the order of the body"
    );

    let teams = client.get("/teams/").await.json();
    assert_eq!(
        teams,
        json!([
            {"id": id(1), "name": "Oak", "members": [{"id": id(21), "badges": [id(9)]}]},
            {"id": id(2), "name": "Elm", "members": [{"id": id(23), "badges": [id(7), id(8)]}]},
        ])
    );
    let patched =
        client.patch(&format!("/members/{}/", id(23)), json!({"badges": [id(8), id(9)]}).to_string()).await;
    assert_eq!(patched.json()["badges"], json!([id(8), id(9)]), "{}", patched.text());
    let of_badge = client.get(&format!("/members/?badges={}", id(9))).await.json();
    assert_eq!(of_badge.as_array().map(Vec::len), Some(2), "{of_badge}");

    let nobody = json!({"team": id(77), "badges": [id(9), id(78)]}).to_string();
    let refused = client.patch(&format!("/members/{}/", id(21)), nobody).await;
    assert_eq!(refused.status, 400, "{}", refused.text());
    assert_eq!(
        refused.json(),
        json!({
            "team": [format!("Invalid pk \"{}\" - object does not exist.", id(77))],
            "badges": [format!("Invalid pk \"{}\" - object does not exist.", id(78))],
        })
    );
    assert_eq!(client.delete(&format!("/members/{}/", id(23))).await.status, 204);
}

/// Recorded from DRF 3.18 with Django 5.2 and django-filter 26.2.
async fn keys_that_are_no_uuids_get_the_error_of_django(router: Router) {
    let client = APIClient::new(router);
    let team = format!("00000000-0000-0000-0000-{:012}", 5);
    assert_eq!(client.post("/teams/", json!({"id": team, "name": "Five"}).to_string()).await.status, 201);
    let error = |text: &str| json!([format!("\u{201c}{text}\u{201d} is not a valid UUID.")]);
    for (sent, shown) in [
        (json!("nope"), "nope"),
        (json!("5"), "5"),
        (json!(5.5), "5.5"),
        (json!([]), "[]"),
        (json!({}), "{}"),
        (json!(-1), "-1"),
    ] {
        let body = json!({"id": id(1), "name": "m", "team": sent, "badges": [sent]}).to_string();
        let refused = client.post("/members/", body).await;
        assert_eq!(refused.status, 400, "{sent}");
        assert_eq!(refused.json(), json!({"team": error(shown), "badges": error(shown)}), "{sent}");
    }
    let body = json!({"id": id(1), "name": "m", "team": true, "badges": [null]}).to_string();
    let refused = client.post("/members/", body).await.json();
    let expected = json!({
        "team": ["Incorrect type. Expected pk value, received bool."],
        "badges": ["Invalid pk \"None\" - object does not exist."],
    });
    assert_eq!(refused, expected);

    // an integer is one too
    let body = json!({"id": id(1), "name": "m", "team": 5, "badges": []}).to_string();
    let saved = client.post("/members/", body).await;
    assert_eq!((saved.status.as_u16(), saved.json()["team"].clone()), (201, json!(team)));

    let filtered = client.get("/members/?badges=nope").await;
    assert_eq!((filtered.status.as_u16(), filtered.json()), (400, json!({"badges": error("nope")})));
}

drf_tests::on_each_engine! {
    async fn related_rows_with_uuids(database: Database) {
        related_rows_are_told_apart(router(database.db.clone()).await).await;
    }

    async fn malformed_uuids_as_related_keys(database: Database) {
        keys_that_are_no_uuids_get_the_error_of_django(router(database.db.clone()).await).await;
    }
}

#[tokio::test]
async fn more_keys_than_a_statement_takes() {
    let client = APIClient::new(router(drf::connect("sqlite::memory:").await.expect("a database")).await);
    let badges: Vec<_> = (0..33_000).map(|number| json!({"id": id(number)})).collect();
    let made = client.post("/badges/", json!(badges).to_string()).await;
    assert_eq!(made.status, 201, "{:.300}", made.text());
    assert_eq!(made.json().as_array().map(Vec::len), Some(33_000));

    let all: Vec<_> = (0..33_000).map(id).collect();
    let member = json!({"id": id(1), "name": "all", "team": null, "badges": all});
    let member = client.post("/members/", member.to_string()).await;
    assert_eq!(member.status, 201, "{:.300}", member.text());
    assert_eq!(member.json()["badges"].as_array().map(Vec::len), Some(33_000));

    let none = client.patch(&format!("/members/{}/", id(1)), json!({"badges": []}).to_string()).await;
    assert_eq!(none.json()["badges"], json!([]));

    let mut beyond = all;
    beyond.push(id(40_000));
    let refused = client.patch(&format!("/members/{}/", id(1)), json!({"badges": beyond}).to_string()).await;
    assert_eq!(refused.status, 400);
    assert_eq!(
        refused.json()["badges"],
        json!([format!("Invalid pk \"{}\" - object does not exist.", id(40_000))])
    );
}

mod ticket {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "ticket")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false, default_expr = "Expr::cust(\"uuid()\")")]
        pub id: Uuid,
        pub name: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[serializer(entity = ticket::Entity)]
struct TicketSerializer {
    #[field(read_only)]
    id: Uuid,
    name: String,
}

#[model_viewset(serializer = TicketSerializer, bulk_create)]
#[permission(AllowAny)]
struct TicketViewSet;

/// MariaDB and MySQL do not give a row back that is inserted, so its key must be known.
#[tokio::test]
#[ignore = "needs MariaDB at TEST_MYSQL_URL"]
async fn keys_that_the_database_computes() {
    drf_tests::engines::run(Engine::Mysql, |database| async move {
        database.execute("CREATE TABLE ticket (id char(36) PRIMARY KEY, name varchar(40) NOT NULL)").await;
        let app = App::new(Settings::default(), database.db.clone());
        let router = SimpleRouter::new().register::<TicketViewSet>("tickets");
        let client = APIClient::new(router.mount("", &app).expect("a viewset without mistakes"));
        let created = client.post("/tickets/", r#"{"name": "one"}"#).await;
        assert_eq!(created.status, 201, "{}", created.text());
        let url = format!("/tickets/{}/", created.json()["id"].as_str().expect("a key"));
        assert_eq!(client.get(&url).await.json(), created.json());
        let listed = client.post("/tickets/", r#"[{"name": "two"}, {"name": "three"}]"#).await;
        assert_eq!(listed.status, 201, "{}", listed.text());
        assert_eq!(client.get("/tickets/").await.json().as_array().map(Vec::len), Some(3));
    })
    .await;
}
