//! The key of the authenticated user, in the type of the column that stores it.

use drf::authentication::UserModel;
use drf::authentication::models::{token, user};
use drf::authentication::{AuthenticationClass, TokenAuthentication};
use drf::prelude::*;
use drf::sea_orm::{DatabaseConnection, EntityTrait, PrimaryKeyTrait};
use drf::testing::APIClient;
use drf_tests::engines::Database;
use drf_tests::on_each_engine;
use serde_json::json;

/// Django's users, as entities of one's own.
macro_rules! users {
    ($($module:ident: $key:ty),*) => {$(
        mod $module {
            use drf::sea_orm;
            use drf::sea_orm::entity::prelude::*;

            #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
            #[sea_orm(table_name = "auth_user")]
            pub struct Model {
                #[sea_orm(primary_key, auto_increment = false)]
                pub id: $key,
            }

            #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
            pub enum Relation {}

            impl ActiveModelBehavior for ActiveModel {}
        }
    )*};
}

users!(small: i16, big: i64, unsigned: u64, text: String, uuid: Uuid);

/// One foreign key of each type.
mod note {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "note")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        #[sea_orm(column_type = "String(StringLen::N(40))")]
        pub text: String,
        pub author_id: i32,
        pub small: i16,
        pub big: i64,
        #[sea_orm(column_type = "String(StringLen::N(40))")]
        pub written: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[serializer(entity = note::Entity, create = create_note)]
struct NoteSerializer {
    id: i64,
    text: String,
    #[field(read_only)]
    author_id: i32,
    #[field(read_only)]
    small: i16,
    #[field(read_only)]
    big: i64,
    #[field(read_only)]
    written: String,
}

async fn create_note(mut note: Create<'_, NoteSerializer>) -> Result<Saved<note::Entity>> {
    note.model.small = Set(note.request.user_id::<small::Entity>()?);
    note.model.big = Set(note.request.user_id::<big::Entity>()?);
    note.model.written = Set(note.request.user_id::<text::Entity>()?);
    note.insert().await
}

async fn set_author(request: &Request, mut note: Create<'_, NoteSerializer>) -> Result<Saved<note::Entity>> {
    note.model.author_id = Set(request.user_id::<user::Entity>()?);
    note.save().await
}

#[model_viewset(serializer = NoteSerializer, perform_create = set_author)]
#[permission(AllowAny)]
struct NoteViewSet;

#[actions]
impl NoteViewSet {
    /// Responds with the key of the user as an entity has it.
    #[action(list)]
    async fn mine(request: &Request) -> Result<Response> {
        fn id<E: EntityTrait>(request: &Request) -> Result<Response>
        where
            <E::PrimaryKey as PrimaryKeyTrait>::ValueType:
                drf::sea_orm::sea_query::ValueType + std::fmt::Display,
        {
            Ok(Response::ok(request.user_id::<E>()?.to_string()))
        }
        match request.query_params().get("as").and_then(Value::as_str) {
            Some("unsigned") => id::<unsigned::Entity>(request),
            Some("uuid") => id::<uuid::Entity>(request),
            _ => id::<user::Entity>(request),
        }
    }
}

async fn client(database: &Database) -> APIClient {
    database.create_table(user::Entity).await;
    database.create_table(token::Entity).await;
    database.create_table(note::Entity).await;
    for (id, name) in [(7, "ali"), (70_000, "bea")] {
        database
            .execute(&format!(
                "INSERT INTO auth_user (id, password, username, first_name, last_name, email, is_superuser, is_staff, \
                 is_active, date_joined) VALUES ({id}, '!', '{name}', '', '', '', false, false, true, '2024-01-01 00:00:00')"
            ))
            .await;
    }
    client_with(vec![TokenAuthentication.into()], database.db.clone())
}

fn client_with(classes: Vec<AuthenticationClass>, db: DatabaseConnection) -> APIClient {
    let classes = Classes { default_authentication_classes: classes, ..Classes::default() };
    let app = App::builder(Settings::default()).database(db).classes(classes).build();
    APIClient::new(SimpleRouter::new().register::<NoteViewSet>("notes").mount("", &app).expect("an app"))
}

async fn log_in(client: &APIClient, database: &Database, name: &str) -> APIClient {
    let user = user::Model::get_by_natural_key(&database.db, name).await.expect("a table of users");
    client.clone().force_authenticate(user.expect("a user"), None)
}

async fn notes(database: &Database) -> usize {
    note::Entity::find().all(&database.db).await.expect("rows").len()
}

on_each_engine! {
    async fn hooks_store_the_user_in_the_type_of_the_column(database: Database) {
        let client = client(&database).await;
        let ali = log_in(&client, &database, "ali").await;
        let created = ali.post("/notes/", json!({"text": "x"}).to_string()).await;
        assert_eq!(created.status, 201, "{}", created.text());
        let expected = json!({"id": 1, "text": "x", "author_id": 7, "small": 7, "big": 7, "written": "7"});
        assert_eq!(created.json(), expected);
        for (kind, text) in [("", "7"), ("unsigned", "7")] {
            let mine = ali.get(&format!("/notes/mine/?as={kind}")).await;
            assert_eq!((mine.status.as_u16(), mine.json()), (200, json!(text)), "{kind}");
        }
    }

    async fn an_anonymous_user_has_no_key(database: Database) {
        let client = client(&database).await;
        let detail = json!({"detail": "Authentication credentials were not provided."});
        let body = json!({"text": "x"}).to_string();
        for answer in [client.post("/notes/", body).await, client.get("/notes/mine/").await] {
            assert_eq!((answer.status.as_u16(), answer.json()), (401, detail.clone()));
            assert_eq!(answer.header("www-authenticate"), Some("Token"));
        }
        assert_eq!(notes(&database).await, 0);
    }

    async fn a_key_that_the_type_cannot_hold_is_never_another_users_key(database: Database) {
        let client = client(&database).await;
        let bea = log_in(&client, &database, "bea").await;
        // above the largest `i16`, and no UUID
        assert_eq!(bea.post("/notes/", json!({"text": "x"}).to_string()).await.status, 500);
        assert_eq!(bea.get("/notes/mine/?as=uuid").await.status, 500);
        assert_eq!(notes(&database).await, 0);
    }
}

/// Without an authentication class that has a challenge, as in DRF.
#[tokio::test]
async fn an_anonymous_user_gets_403_where_nothing_challenges() {
    let client = client_with(Vec::new(), drf::connect("sqlite::memory:").await.expect("a database"));
    assert_eq!(client.get("/notes/mine/").await.status, 403);
}
