//! Unique values in lists: the statements that their validation costs, and whose errors are whose.

use drf::prelude::*;
use drf::sea_orm::{ConnectionTrait, Schema};
use drf::testing::APIClient;
use drf_tests::Statements;
use drf_tests::engines::{Database, Engine};
use drf_tests::on_each_engine;
use serde_json::{Value as Json, json};

mod ticket {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "ticket")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        #[sea_orm(unique, column_type = "String(StringLen::N(20))")]
        pub code: String,
        #[sea_orm(unique_key = "seat")]
        pub row: i32,
        #[sea_orm(unique_key = "seat")]
        pub seat: i32,
        #[sea_orm(column_type = "String(StringLen::N(20))")]
        pub owner: String,
        pub order_id: Option<i64>,
        #[sea_orm(belongs_to, from = "order_id", to = "id")]
        pub order: BelongsTo<Option<super::order::Entity>>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

mod order {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "orders")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        #[sea_orm(has_many)]
        pub tickets: HasMany<super::ticket::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[serializer(entity = ticket::Entity)]
struct TicketSerializer {
    id: i64,
    code: String,
    row: i32,
    seat: i32,
    #[field(unique(lookup = iexact))]
    owner: String,
}

#[serializer(entity = order::Entity)]
struct OrderSerializer {
    id: i64,
    #[field(nested(write = replace))]
    tickets: Vec<TicketSerializer>,
}

#[model_viewset(serializer = TicketSerializer, bulk_create)]
#[permission(AllowAny)]
struct TicketViewSet;

#[model_viewset(serializer = OrderSerializer, bulk_create)]
#[permission(AllowAny)]
struct OrderViewSet;

async fn create(_: &Request, order: Create<'_, OrderSerializer>) -> Result<Saved<order::Entity>> {
    order.save().await
}

async fn update(_: &Request, order: Update<'_, OrderSerializer>) -> Result<Saved<order::Entity>> {
    order.save().await
}

#[model_viewset(serializer = OrderSerializer, perform_create = create, perform_update = update)]
#[permission(AllowAny)]
struct HookedOrderViewSet;

async fn client(database: &Database) -> (APIClient, Statements) {
    let mut db = database.db.clone();
    let schema = Schema::new(db.get_database_backend());
    for statement in
        [schema.create_table_from_entity(order::Entity), schema.create_table_from_entity(ticket::Entity)]
    {
        db.execute(&statement).await.expect("a table");
    }
    for statement in schema.create_index_from_entity(ticket::Entity) {
        db.execute(&statement).await.expect("an index");
    }
    let statements = Statements::of(&mut db);
    let app = App::new(Settings::default(), db);
    let router = SimpleRouter::new()
        .register::<TicketViewSet>("tickets")
        .register::<OrderViewSet>("orders")
        .register_as::<HookedOrderViewSet>("hooked-orders", "hooked-order");
    let client = APIClient::new(router.mount("", &app).expect("viewsets without mistakes"));
    client.get("/tickets/").await;
    (client, statements)
}

fn ticket(number: usize) -> Json {
    json!({"code": format!("code {number}"), "row": number / 20, "seat": number % 20, "owner": format!("Owner {number}")})
}

fn list(numbers: impl Iterator<Item = usize>) -> Json {
    numbers.map(ticket).collect()
}

/// The most statements that a list may cost which is saved: MySQL gives the rows back one by one.
fn few(database: &Database, rows: usize) -> usize {
    20 + if database.engine == Engine::Mysql { 2 * rows } else { 0 }
}

on_each_engine! {
    async fn a_list_is_looked_up_by_few_statements(database: Database) {
        let (client, statements) = client(&database).await;
        statements.reset();
        let saved = client.post("/tickets/", list(0..500).to_string()).await;
        assert_eq!(saved.status, 201, "{}", saved.text());
        assert!(statements.count() <= few(&database, 500), "{} statements", statements.count());

        // one of them is taken, in three ways
        let mut taken = list(500..1000);
        taken[7] = json!({"code": "code 3", "row": 0, "seat": 3, "owner": "OWNER 3"});
        statements.reset();
        let rejected = client.post("/tickets/", taken.to_string()).await;
        assert_eq!(rejected.status, 400);
        assert!(statements.count() <= 30, "{} statements", statements.count());
        let errors = json!({
            "code": ["ticket with this code already exists."],
            "owner": ["ticket with this owner already exists."]
        });
        assert_eq!(rejected.json(), json!({"7": errors}));

        // the fields are checked before the set
        taken[7] = json!({"code": "new", "row": 0, "seat": 3, "owner": "new"});
        let rejected = client.post("/tickets/", taken.to_string()).await;
        let errors = json!({"non_field_errors": ["The fields row, seat must make a unique set."]});
        assert_eq!((rejected.status.as_u16(), rejected.json()), (400, json!({"7": errors})));
    }

    async fn more_errors_than_are_reported_end_the_look_up(database: Database) {
        let (client, statements) = client(&database).await;
        assert_eq!(client.post("/tickets/", list(0..1500).to_string()).await.status, 201);
        statements.reset();
        let rejected = client.post("/tickets/", list(0..1500).to_string()).await;
        assert_eq!(rejected.json(), json!({"detail": "The request body has more than 1000 errors."}));
        assert!(statements.count() <= 1100, "{} statements", statements.count());
    }

    async fn nested_lists_are_looked_up_by_few_statements(database: Database) {
        let (client, statements) = client(&database).await;
        statements.reset();
        let saved = client.post("/orders/", json!({"tickets": list(0..300)}).to_string()).await;
        assert_eq!(saved.status, 201, "{}", saved.text());
        assert!(statements.count() <= few(&database, 300), "{} statements", statements.count());

        let mut taken = list(300..600);
        taken[2] = json!({"code": "new", "row": 0, "seat": 3, "owner": "owner 4"});
        taken[3] = json!({"code": "other", "row": 0, "seat": 4, "owner": "new"});
        statements.reset();
        let rejected = client.post("/orders/", json!({"tickets": taken}).to_string()).await;
        assert!(statements.count() <= 20, "{} statements", statements.count());
        let expected = json!({
            "2": {"owner": ["ticket with this owner already exists."]},
            "3": {"non_field_errors": ["The fields row, seat must make a unique set."]},
        });
        assert_eq!((rejected.status.as_u16(), rejected.json()), (400, json!({"tickets": expected})));
    }

    async fn a_list_that_a_constraint_refuses_is_looked_up_by_few_statements(database: Database) {
        let (client, statements) = client(&database).await;
        let mut equal = list(0..1000);
        equal[999]["code"] = equal[0]["code"].clone();
        statements.reset();
        let refused = client.post("/tickets/", equal.to_string()).await;
        assert_eq!(refused.status, 409, "{}", refused.text());
        // those of the validation and of the rows, and once more what is unique
        assert!(statements.count() <= few(&database, 1000) + 40, "{} statements", statements.count());
        assert_eq!(client.get("/tickets/").await.json(), json!([]));
    }

    async fn nested_rows_have_the_same_errors_with_hooks(database: Database) {
        let (client, _) = client(&database).await;
        for (round, path) in ["/orders/", "/hooked-orders/"].into_iter().enumerate() {
            let first = 10 * round;
            let saved = client.post(path, json!({"tickets": list(first..first + 3)}).to_string()).await;
            assert_eq!(saved.status, 201, "{}", saved.text());
            let url = format!("{path}{}/", saved.json()["id"]);
            let taken = json!({"2": {
                "code": ["ticket with this code already exists."], "owner": ["ticket with this owner already exists."]
            }});
            let twice = json!({"tickets": [ticket(first + 5), ticket(first + 6), ticket(first)]});
            let rejected = client.post(path, twice.to_string()).await;
            assert_eq!((rejected.status.as_u16(), rejected.json()), (400, json!({"tickets": taken})), "{path}");
            // known to the constraint only
            let mut equal = json!([ticket(first + 5), ticket(first + 6), ticket(first + 7)]);
            equal[2]["code"] = equal[0]["code"].clone();
            let body = json!({"tickets": equal}).to_string();
            for rejected in [client.post(path, body.clone()).await, client.put(&url, body.clone()).await] {
                let detail = json!({"detail": "The change conflicts with existing data."});
                assert_eq!((rejected.status.as_u16(), rejected.json()), (409, detail), "{path}");
            }
            assert_eq!(client.get(path).await.json()[round]["tickets"].as_array().map(Vec::len), Some(3), "{path}");
        }
        let orders = json!([{"tickets": [ticket(50)]}, {"tickets": [ticket(51), ticket(1)]}]);
        let rejected = client.post("/orders/", orders.to_string()).await;
        let taken = json!({
            "code": ["ticket with this code already exists."], "owner": ["ticket with this owner already exists."]
        });
        assert_eq!((rejected.status.as_u16(), rejected.json()), (400, json!({"1": {"tickets": {"1": taken}}})));
    }
}
