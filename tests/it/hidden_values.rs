//! Values that used to become NULL, or nothing, where an error is due.

use drf::authentication::UserModel;
use drf::authentication::models::user;
use drf::axum::Router;
use drf::db::Row;
use drf::fields::{DbValue, Field, FieldDescription, SlugRelated};
use drf::prelude::*;
use drf::sea_orm::{DbErr, EntityTrait};
use drf::serializers::Serializer;
use drf::testing::APIClient;
use drf::views::ViewSet;
use drf_tests::engines::{Database, Engine};
use drf_tests::on_each_engine;
use serde_json::json;

fn client<V: ViewSet>(database: &Database) -> APIClient {
    let app = App::new(Settings::default(), database.db.clone());
    let router: Router = SimpleRouter::new()
        .register_as::<V>("rows", "row")
        .mount("", &app)
        .expect("a viewset without mistakes");
    APIClient::new(router)
}

mod weight {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "weight")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i32,
        pub grams: Option<f64>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A field of one's own that does not say what its NULL is.
#[derive(Debug, Clone)]
pub struct Grams(f64);

impl Field for Grams {
    type Source = f64;

    fn to_internal_value(input: &Value, field: &FieldDescription) -> Result<Self, ValidationError> {
        f64::to_internal_value(input, field).map(Self)
    }

    fn to_representation(&self, field: &FieldDescription, out: &mut Vec<u8>) {
        self.0.to_representation(field, out);
    }

    fn read(row: &Row<'_>, index: usize) -> Result<Option<Self>, DbErr> {
        Ok(row.float(index)?.map(Self))
    }

    fn to_db_value(&self) -> DbValue {
        DbValue::Value(self.0.into())
    }
}

#[serializer(entity = weight::Entity)]
pub struct WeightSerializer {
    pub id: i32,
    pub grams: Option<Grams>,
}

async fn save(_: &Request, weight: Create<'_, WeightSerializer>) -> Result<Saved<weight::Entity>> {
    weight.save().await
}

#[model_viewset(serializer = WeightSerializer)]
#[permission(AllowAny)]
pub struct WeightViewSet;

#[model_viewset(serializer = WeightSerializer, perform_create = save)]
#[permission(AllowAny)]
pub struct HookedWeightViewSet;

async fn null_is_null<V: ViewSet>(database: &Database) {
    let client = client::<V>(database);
    for _ in 0..2 {
        for grams in [json!(1.5), json!(null), json!(2.5)] {
            let created = client.post("/rows/", json!({ "grams": grams }).to_string()).await;
            assert_eq!(
                (created.status.as_u16(), &created.json()["grams"]),
                (201, &grams),
                "{}",
                created.text()
            );
            let url = format!("/rows/{}/", created.json()["id"]);
            for grams in [json!(null), json!(0.5), json!(null)] {
                let changed = client.patch(&url, json!({ "grams": grams }).to_string()).await;
                assert_eq!(
                    (changed.status.as_u16(), &changed.json()["grams"]),
                    (200, &grams),
                    "{}",
                    changed.text()
                );
            }
        }
    }
}

/// The users as an entity with keys of a type, and rows that belong to them.
macro_rules! owned {
    ($($module:ident: $key:ty, $serializer:ident, $viewset:ident;)*) => {$(
        #[allow(dead_code, reason = "sea-orm's macro makes more than is used")]
        mod $module {
            use drf::sea_orm;
            use drf::sea_orm::entity::prelude::*;

            #[sea_orm::model]
            #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
            #[sea_orm(table_name = "memo")]
            pub struct Model {
                #[sea_orm(primary_key)]
                pub id: i32,
                #[sea_orm(column_type = "String(StringLen::N(20))")]
                pub text: String,
                pub owner_id: Option<$key>,
                #[sea_orm(belongs_to, from = "owner_id", to = "id")]
                pub owner: BelongsTo<Option<user::Entity>>,
            }

            impl ActiveModelBehavior for ActiveModel {}

            pub mod user {
                use drf::sea_orm;
                use drf::sea_orm::entity::prelude::*;

                #[sea_orm::model]
                #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
                #[sea_orm(table_name = "owner")]
                pub struct Model {
                    #[sea_orm(primary_key, auto_increment = false)]
                    pub id: $key,
                }

                impl ActiveModelBehavior for ActiveModel {}
            }
        }

        #[serializer(entity = $module::Entity)]
        pub struct $serializer {
            pub id: i32,
            pub text: String,
            #[field(hidden, default_with = CurrentUserDefault)]
            pub owner: Option<PrimaryKeyRelated<$module::user::Entity>>,
        }

        #[model_viewset(serializer = $serializer, bulk_create)]
        #[permission(AllowAny)]
        pub struct $viewset;
    )*};
}
owned! {
    of_small: i16, SmallOwnedSerializer, SmallOwnedViewSet;
    of_text: String, TextOwnedSerializer, TextOwnedViewSet;
    of_uuid: Uuid, UuidOwnedSerializer, UuidOwnedViewSet;
}

mod shelf {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "shelf")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i32,
        pub room_id: Option<i32>,
        #[sea_orm(belongs_to, from = "room_id", to = "id")]
        pub room: BelongsTo<Option<super::room::Entity>>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

mod room {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "room")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i32,
        #[sea_orm(unique, column_type = "String(StringLen::N(20))")]
        pub name: String,
        #[sea_orm(has_many)]
        pub shelves: HasMany<super::shelf::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[serializer(entity = shelf::Entity, validate = move_elsewhere)]
pub struct ShelfSerializer {
    pub id: i32,
    #[field(slug_field = name)]
    pub room: Option<SlugRelated<room::Entity>>,
}

/// Replaces the room by one that nobody looks for.
async fn move_elsewhere(
    mut shelf: Validated<ShelfSerializer>,
    _: &Context<'_, ShelfSerializer>,
) -> Result<Validated<ShelfSerializer>> {
    let description = <ShelfSerializer as Serializer>::description();
    let field = description.fields.iter().find(|field| field.name == "room").expect("the room");
    shelf.room = Some(Some(SlugRelated::to_internal_value(&Value::from("elsewhere"), field)?));
    Ok(shelf)
}

#[model_viewset(serializer = ShelfSerializer)]
#[permission(AllowAny)]
pub struct ShelfViewSet;

mod price {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "price")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i32,
        #[sea_orm(column_type = "Decimal(Some((12, 2)))")]
        pub amount: Option<Decimal>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[serializer(entity = price::Entity)]
pub struct PriceSerializer {
    pub id: i32,
    pub amount: Option<Decimal>,
}

#[model_viewset(serializer = PriceSerializer)]
#[permission(AllowAny)]
pub struct PriceViewSet;

on_each_engine! {
    async fn a_field_that_does_not_know_its_null_stores_null(database: Database) {
        database.create_table(weight::Entity).await;
        null_is_null::<WeightViewSet>(&database).await;
        null_is_null::<HookedWeightViewSet>(&database).await;
    }

    async fn a_float_that_a_decimal_column_cannot_hold_is_not_null(database: Database) {
        let id = match database.engine {
            Engine::Sqlite => "integer NOT NULL PRIMARY KEY AUTOINCREMENT",
            Engine::Postgres => "integer NOT NULL PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY",
            Engine::Mysql => "integer AUTO_INCREMENT NOT NULL PRIMARY KEY",
        };
        database.execute(&format!(r#"CREATE TABLE "weight" ("id" {id}, "grams" decimal(30, 2) NULL)"#)).await;
        let client = client::<WeightViewSet>(&database);
        let stored = client.post("/rows/", r#"{"grams": 1e20}"#).await;
        assert_eq!((stored.status.as_u16(), &stored.json()["grams"]), (201, &json!(1e20)), "{}", stored.text());
        for grams in ["1e300", "-1e300"] {
            let created = client.post("/rows/", format!(r#"{{"grams": {grams}}}"#)).await;
            if database.engine == Engine::Sqlite {
                assert_eq!(created.status, 201, "{}", created.text());
                continue;
            }
            let bound = if grams.starts_with('-') { "greater than or equal to -" } else { "less than or equal to " };
            let message = format!("Ensure this value is {bound}79228162514264337593543950335.");
            assert_eq!((created.status.as_u16(), created.json()), (400, json!({ "grams": [message] })));
        }
    }

    async fn a_row_that_nobody_looked_for_is_not_stored_as_null(database: Database) {
        database.create_table(room::Entity).await;
        database.create_table(shelf::Entity).await;
        database.execute(r#"INSERT INTO "room" ("id", "name") VALUES (1, 'hall')"#).await;
        let created = client::<ShelfViewSet>(&database).post("/rows/", r#"{"room": "hall"}"#).await;
        assert_eq!(created.status, 500, "{}", created.text());
        assert!(shelf::Entity::find().all(&database.db).await.expect("rows").is_empty());
    }

    async fn text_in_a_decimal_column_of_sqlite_is_an_error(database: Database) {
        database.create_table(price::Entity).await;
        if database.engine != Engine::Sqlite {
            return;
        }
        database.execute(r#"INSERT INTO "price" ("id", "amount") VALUES (1, NULL), (2, '1e2'), (3, 'abc')"#).await;
        let client = client::<PriceViewSet>(&database);
        for (id, amount) in [(1, json!(null)), (2, json!("100.00"))] {
            assert_eq!(client.get(&format!("/rows/{id}/")).await.json(), json!({"id": id, "amount": amount}));
        }
        for path in ["/rows/3/", "/rows/"] {
            assert_eq!(client.get(path).await.status, 500, "{path}");
        }
        assert_eq!(client.patch("/rows/3/", r#"{"amount": "2"}"#).await.json()["amount"], "2.00");
    }
}

/// A client for rows with an owner, in a column of a type, and the users 7 and 70000.
async fn memos<V: ViewSet>(database: &Database, kind: &str) -> (APIClient, [User; 2], Database) {
    let id = match database.engine {
        Engine::Sqlite => "integer NOT NULL PRIMARY KEY AUTOINCREMENT",
        Engine::Postgres => "integer NOT NULL PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY",
        Engine::Mysql => "integer AUTO_INCREMENT NOT NULL PRIMARY KEY",
    };
    database.execute(r#"DROP TABLE IF EXISTS "memo""#).await;
    let columns = format!(r#""id" {id}, "text" varchar(20) NOT NULL, "owner_id" {kind} NULL"#);
    database.execute(&format!(r#"CREATE TABLE "memo" ({columns})"#)).await;
    let user = async |name| {
        user::Model::get_by_natural_key(&database.db, name).await.expect("users").expect("a user")
    };
    // Connections of their own: PostgreSQL keeps prepared statements, and the type of the owner has changed since.
    let own = Database {
        engine: database.engine,
        url: database.url.clone(),
        db: drf::connect(&database.url).await.expect("a connection"),
    };
    (client::<V>(&own), [user("ali").await.into(), user("bea").await.into()], own)
}

on_each_engine! {
    async fn the_current_user_is_the_default_or_an_error(database: Database) {
        database.create_table(user::Entity).await;
        for (id, name) in [(7, "ali"), (70_000, "bea")] {
            database
                .execute(&format!(
                    "INSERT INTO auth_user (id, password, username, first_name, last_name, email, is_superuser, is_staff, \
                     is_active, date_joined) VALUES ({id}, '!', '{name}', '', '', '', false, false, true, '2024-01-01 00:00:00')"
                ))
                .await;
        }
        let one = r#"{"text": "x"}"#;
        let (client, [ali, _], own) = memos::<TextOwnedViewSet>(&database, "varchar(20)").await;
        for client in [client.clone().force_authenticate(ali.clone(), None), client] {
            let created = client.post("/rows/", one).await;
            assert_eq!(created.status, 201, "{}", created.text());
        }
        let rows = of_text::Entity::find().all(&own.db).await.expect("rows");
        let owners: Vec<_> = rows.into_iter().map(|row| row.owner_id).collect();
        assert_eq!(owners, [Some("7".to_owned()), None]);

        let uuid = if database.engine == Engine::Postgres { "uuid" } else { "char(32)" };
        for body in [one, r#"[{"text": "x"}, {"text": "y"}]"#] {
            let (client, [ali, _], own) = memos::<UuidOwnedViewSet>(&database, uuid).await;
            let refused = client.force_authenticate(ali.clone(), None).post("/rows/", body).await;
            assert_eq!(refused.status, 500, "{body}: {}", refused.text());
            assert!(of_uuid::Entity::find().all(&own.db).await.expect("rows").is_empty());

            let (client, [ali, bea], own) = memos::<SmallOwnedViewSet>(&database, "smallint").await;
            let refused = client.clone().force_authenticate(bea, None).post("/rows/", body).await;
            assert_eq!(refused.status, 500, "{body}: {}", refused.text());
            assert!(of_small::Entity::find().all(&own.db).await.expect("rows").is_empty());
            let accepted = client.force_authenticate(ali, None).post("/rows/", body).await;
            assert_eq!(accepted.status, 201, "{body}: {}", accepted.text());
        }
    }
}
