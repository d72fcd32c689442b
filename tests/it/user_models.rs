//! Users of the project's own: rows with a UUID and a mail address, and users that are no rows.

use std::collections::HashSet;

use drf::authentication::{
    AbstractBaseUser, Auth, PasswordHasher, TokenKey, UserModel, credentials, get_user,
};
use drf::authtoken::ObtainAuthToken;
use drf::axum::Router;
use drf::http::header::AUTHORIZATION;
use drf::prelude::*;
use drf::sea_orm::{ConnectionTrait, Statement, Value as DbValue};
use drf::testing::APIClient;
use drf_tests::engines::{Database, Engine};
use drf_tests::{Statements, on_each_engine};
use serde_json::{Value as Json, json};

mod account {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "account")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        #[sea_orm(unique, column_type = "String(StringLen::N(100))")]
        pub email: String,
        #[sea_orm(column_type = "String(StringLen::N(128))")]
        pub password: Option<String>,
        pub active: bool,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

mod note {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "note")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        #[sea_orm(column_type = "String(StringLen::N(100))")]
        pub text: String,
        pub author_id: Uuid,
        #[sea_orm(belongs_to, from = "author_id", to = "id", on_delete = "Cascade")]
        pub author: BelongsTo<super::account::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

impl AbstractBaseUser for account::Model {
    fn pk(&self) -> DbValue {
        self.id.into()
    }

    fn get_username(&self) -> &str {
        &self.email
    }

    fn is_active(&self) -> bool {
        self.active
    }
}

impl UserModel for account::Model {
    const USERNAME_FIELD: account::Column = account::Column::Email;
    const PASSWORD_FIELD: account::Column = account::Column::Password;
}

/// What a signed token says. (The signature is left out here.)
#[derive(Debug)]
struct Claims {
    subject: Uuid,
    scope: String,
}

/// `Authorization: Jwt <account>.<scope>`
#[derive(Debug)]
struct JwtAuthentication;

impl Authentication for JwtAuthentication {
    async fn authenticate(&self, request: &Request) -> Result<Option<(User, Option<Auth>)>> {
        let Some(token) = credentials(request.headers(), "Jwt", "token")? else { return Ok(None) };
        let invalid = || APIException::authentication_failed("Invalid token.");
        let (subject, scope) = token.split_once('.').ok_or_else(invalid)?;
        let subject: Uuid = subject.parse().map_err(|_| invalid())?;
        let account: account::Model = get_user(request.db(), subject).await?.ok_or_else(invalid)?;
        Ok(Some((account.into(), Some(Auth::new(Claims { subject, scope: scope.to_owned() })))))
    }

    fn authenticate_header(&self, _request: &Request) -> Option<String> {
        Some("Jwt".to_owned())
    }
}

/// `X-Employee: <number>`, which another service vouches for.
#[derive(Debug)]
struct EmployeeAuthentication;

struct Employee(String);

impl AbstractBaseUser for Employee {
    fn pk(&self) -> DbValue {
        self.0.as_str().into()
    }

    fn get_username(&self) -> &str {
        &self.0
    }

    fn is_staff(&self) -> bool {
        self.0 == "E1"
    }
}

impl Authentication for EmployeeAuthentication {
    async fn authenticate(&self, request: &Request) -> Result<Option<(User, Option<Auth>)>> {
        let number = request.headers().get("x-employee").and_then(|number| number.to_str().ok());
        Ok(number.map(|number| (Employee(number.to_owned()).into(), None)))
    }
}

#[serializer]
struct LogIn {
    email: String,
    password: String,
}

#[api_view(POST)]
#[permission(AllowAny)]
async fn log_in(request: &Request) -> Result<Response> {
    let data = generics::is_valid::<LogIn>(request).await?;
    let (email, password) = (data.email.unwrap_or_default(), data.password.unwrap_or_default());
    let hasher = request.settings().password_hasher();
    let account = hasher.authenticate::<account::Model>(request.db_for_write(), &email, &password).await?;
    let account = account.ok_or_else(|| ValidationError::new("email or password is invalid"))?;
    Ok(Response::ok(Value::from([("token", format!("{}.all", account.id))])))
}

#[api_view(GET)]
#[authentication(TokenAuthentication, JwtAuthentication, BasicAuthentication)]
#[permission(IsAuthenticated)]
async fn whoami(request: &Request) -> Result<Response> {
    let account = request.user_as::<account::Model>().await?;
    let again = request.user_as::<account::Model>().await?;
    let claims = request.auth::<Claims>();
    let by_jwt = request.successful_authenticator::<JwtAuthentication>().is_some();
    let by_token = request.successful_authenticator::<TokenAuthentication>().is_some();
    Ok(Response::ok(Value::from([
        ("email", Value::from(account.email.as_str())),
        ("same", (*account == *again).into()),
        ("id", request.user_id::<account::Entity>()?.to_string().into()),
        ("own", request.user().has_pk(account.id).into()),
        ("scope", claims.map(|claims| claims.scope.clone()).into()),
        ("subject", claims.map(|claims| claims.subject == account.id).into()),
        ("key", request.auth::<TokenKey>().map(|key| key.as_str().len() as i64).into()),
        ("jwt", by_jwt.into()),
        ("token", by_token.into()),
    ])))
}

#[api_view(GET)]
#[authentication(EmployeeAuthentication)]
#[permission(IsAdminUser)]
async fn employees(request: &Request) -> Result<Response> {
    assert!(request.user_as::<account::Model>().await.is_err(), "an employee is no account");
    let number = request.user().downcast_ref::<Employee>().map(|employee| employee.0.clone());
    Ok(Response::ok(number))
}

/// A log-in in a transaction, as in a viewset with `atomic`.
#[api_view(POST)]
#[permission(AllowAny)]
async fn log_in_together(request: &Request) -> Result<Response> {
    let transaction = request.begin_transaction().await?;
    let account: account::Model = get_user(request.db(), ann()).await?.ok_or_else(APIException::not_found)?;
    let token = drf::authtoken::get_or_create(request, &account).await?;
    assert!(get_user::<account::Model>(request.db(), ann()).await?.is_some(), "the transaction goes on");
    transaction.commit().await?;
    Ok(Response::ok(token))
}

#[serializer(entity = note::Entity)]
struct NoteSerializer {
    id: i64,
    text: String,
    #[field(read_only)]
    author: PrimaryKeyRelated<account::Entity>,
    #[field(source = author.email)]
    email: ReadOnly<String>,
}

async fn own(request: &Request, mut note: Create<'_, NoteSerializer>) -> Result<Saved<note::Entity>> {
    note.model.author_id = Set(request.user_id::<account::Entity>()?);
    note.save().await
}

#[derive(Debug)]
struct IsAuthor;

impl Permission<note::Model> for IsAuthor {
    async fn has_object_permission(&self, request: &Request, note: &note::Model) -> Result<bool> {
        Ok(request.is_safe() || request.user().has_pk(note.author_id))
    }
}

#[model_viewset(serializer = NoteSerializer, perform_create = own, ordering(id))]
#[authentication(TokenAuthentication)]
#[permission(IsAuthenticated, IsAuthor)]
#[throttle(rate = "6/day")]
struct NoteViewSet;

#[serializer(entity = account::Entity)]
struct AccountSerializer {
    id: Uuid,
    email: String,
}

#[model_viewset(serializer = AccountSerializer, actions(list, destroy))]
#[permission(AllowAny)]
struct AccountViewSet;

fn router(app: &App) -> Router {
    let router = SimpleRouter::new()
        .register_view::<ObtainAuthToken>("token", "token")
        .register_view::<log_in>("log-in", "log-in")
        .register_view::<log_in_together>("log-in-together", "log-in-together")
        .register_view::<whoami>("me", "me")
        .register_view::<employees>("employees", "employees")
        .register::<NoteViewSet>("notes")
        .register::<AccountViewSet>("accounts");
    router.mount("", app).expect("viewsets without mistakes")
}

/// Tables as Django's migrations make them: the key is `char(32)` where there is no type for UUIDs.
async fn app(database: &Database) -> (App, Statements) {
    let (uuid, boolean, moment, id) = match database.engine {
        Engine::Sqlite => ("char(32)", "bool", "datetime", "integer PRIMARY KEY AUTOINCREMENT"),
        Engine::Postgres => ("uuid", "boolean", "timestamp with time zone", "bigserial PRIMARY KEY"),
        Engine::Mysql => ("char(32)", "bool", "datetime(6)", "bigint PRIMARY KEY AUTO_INCREMENT"),
    };
    for table in [
        format!(
            "account (id {uuid} PRIMARY KEY, email varchar(100) NOT NULL UNIQUE, password varchar(128), active {boolean} NOT NULL)"
        ),
        format!(
            "authtoken_token (\"key\" varchar(40) PRIMARY KEY, created {moment} NOT NULL, user_id {uuid} NOT NULL UNIQUE, FOREIGN KEY (user_id) REFERENCES account (id))"
        ),
        format!(
            "note (id {id}, text varchar(100) NOT NULL, author_id {uuid} NOT NULL, FOREIGN KEY (author_id) REFERENCES account (id))"
        ),
    ] {
        database.execute(&format!("CREATE TABLE {table}")).await;
    }
    let mut db = database.db.clone();
    let statements = Statements::of(&mut db);
    let settings = Settings { password_iterations: 10, ..Settings::default() };
    let app = App::builder(settings).database(db).auth_user_model::<account::Model>().build();
    // as Django stores them: with the hexadecimal digits only
    let password = PasswordHasher::new(10).make_password("secret").await.expect("a password");
    let weak = "md5$salt$d42a0f742ffc1be4e1cc0845c2429c97".to_owned();
    for (number, email, password, active) in [
        (1_u128, "ann@example.com", Some(password.clone()), true),
        (2, "bob@example.com", Some(password), false),
        (3, "cyd@example.com", None, true),
        (4, "dan@example.com", Some(weak), true),
    ] {
        let id = Uuid::from_u128(number);
        let id = if database.engine == Engine::Postgres { id.to_string() } else { id.simple().to_string() };
        let password = password.map_or("NULL".to_owned(), |password| format!("'{password}'"));
        let active = match database.engine {
            Engine::Postgres => active.to_string(),
            _ => i32::from(active).to_string(),
        };
        let values = format!("('{id}', '{email}', {password}, {active})");
        database.execute(&format!("INSERT INTO account (id, email, password, active) VALUES {values}")).await;
    }
    (app, statements)
}

fn ann() -> Uuid {
    Uuid::from_u128(1)
}

async fn token_of(client: &APIClient, email: &str) -> Json {
    let body = json!({"username": email, "password": "secret"}).to_string();
    let answer = client.post("/token/", body).await;
    json!([answer.status.as_u16(), answer.json()])
}

on_each_engine! {
    async fn users_of_the_project_log_in_by_their_mail_address(database: Database) {
        let (app, statements) = app(&database).await;
        let client = APIClient::new(router(&app));
        let answer = token_of(&client, "ann@example.com").await;
        assert_eq!(answer[0], 200, "{answer}");
        let key = answer[1]["token"].as_str().expect("a key").to_owned();
        assert_eq!(token_of(&client, "ann@example.com").await, answer, "the same token again");
        let refused = json!([400, {"non_field_errors": ["Unable to log in with provided credentials."]}]);
        for email in ["bob@example.com", "cyd@example.com", "nobody@example.com", "ann@example.com\0"] {
            assert_eq!(token_of(&client, email).await[0], refused[0], "{email}");
        }
        assert_eq!(token_of(&client, "bob@example.com").await, refused);

        // a weak encoding is upgraded
        assert_eq!(token_of(&client, "dan@example.com").await[0], 200);
        let sql = "SELECT password FROM account WHERE email = 'dan@example.com'";
        let statement = Statement::from_string(database.db.get_database_backend(), sql);
        let row = database.db.query_one_raw(statement).await.expect("an answer").expect("a row");
        let stored: String = row.try_get_by_index(0).expect("a password");
        assert!(stored.starts_with("pbkdf2_sha256$10$"), "{stored}");

        let me = |header: String| client.clone().header(AUTHORIZATION, &header);
        let expected = |scope: Json, key: Json, jwt: bool, token: bool| {
            let subject = if jwt { json!(true) } else { json!(null) };
            json!({"email": "ann@example.com", "same": true, "id": ann().to_string(), "own": true, "scope": scope,
                "subject": subject, "key": key, "jwt": jwt, "token": token})
        };
        statements.reset();
        let shown = me(format!("Token {key}")).get("/me/").await;
        assert_eq!(shown.json(), expected(json!(null), json!(40), false, true));
        assert_eq!(statements.count(), 1, "the row is read with the token");
        let shown = me(format!("Jwt {}.read", ann())).get("/me/").await;
        assert_eq!(shown.json(), expected(json!("read"), json!(null), true, false));
        let basic = "Basic YW5uQGV4YW1wbGUuY29tOnNlY3JldA==".to_owned();
        assert_eq!(me(basic).get("/me/").await.json(), expected(json!(null), json!(null), false, false));
        let inactive = "INSERT INTO authtoken_token (\"key\", created, user_id) SELECT 'bobs', '2024-01-01 00:00:00', id FROM account WHERE email = 'bob@example.com'";
        database.execute(inactive).await;
        for (header, detail) in [
            ("Token wrong", "Invalid token."),
            ("Token bobs", "User inactive or deleted."),
            ("Jwt x", "Invalid token."),
            ("Basic eDp5", "Invalid username/password."),
        ] {
            let answer = me(header.to_owned()).get("/me/").await;
            assert_eq!((answer.status.as_u16(), answer.json()), (401, json!({"detail": detail})), "{header}");
        }
        let body = |password: &str| json!({"email": "ann@example.com", "password": password}).to_string();
        let logged_in = client.post("/log-in/", body("secret")).await;
        assert_eq!(logged_in.json(), json!({"token": format!("{}.all", ann())}));
        let refused = client.post("/log-in/", body("wrong")).await;
        assert_eq!((refused.status.as_u16(), refused.json()), (400, json!(["email or password is invalid"])));
    }

    async fn of_many_log_ins_at_once_each_gets_the_same_token(database: Database) {
        let (app, _) = app(&database).await;
        let client = APIClient::new(router(&app));
        for _ in 0..5 {
            let requests = (0..8).map(|_| {
                let client = client.clone();
                tokio::spawn(async move { client.post("/log-in-together/", "{}").await })
            });
            let mut tokens = HashSet::new();
            for request in requests.collect::<Vec<_>>() {
                let answer = request.await.expect("an answer");
                assert_eq!(answer.status, 200, "{}", answer.text());
                tokens.insert(answer.text());
            }
            assert_eq!(tokens.len(), 1);
            database.execute("DELETE FROM authtoken_token").await;
        }
    }

    async fn rows_belong_to_users_of_the_project(database: Database) {
        let (app, _) = app(&database).await;
        let client = APIClient::new(router(&app));
        let key = token_of(&client, "ann@example.com").await[1]["token"].as_str().expect("a key").to_owned();
        let owner = client.clone().header(AUTHORIZATION, &format!("Token {key}"));
        let created = owner.post("/notes/", json!({"text": "mine"}).to_string()).await;
        let expected = json!({"id": 1, "text": "mine", "author": ann(), "email": "ann@example.com"});
        assert_eq!((created.status.as_u16(), created.json()), (201, expected));
        let patch = json!({"text": "changed"}).to_string();
        assert_eq!(owner.patch("/notes/1/", patch.clone()).await.status, 200);
        let other = account::Model { id: Uuid::from_u128(3), email: "cyd@example.com".to_owned(), password: None, active: true };
        let other = client.clone().force_authenticate(other, Auth::new(1_u8));
        assert_eq!(other.patch("/notes/1/", patch).await.status, 403);
        // each user has a count of their own
        for _ in 0..4 {
            assert_eq!(owner.get("/notes/").await.status, 200);
        }
        assert_eq!(owner.get("/notes/").await.status, 429);
        assert_eq!(other.get("/notes/").await.status, 200);
        // tokens and notes go with their user
        let deleted = client.delete(&format!("/accounts/{}/", ann())).await;
        assert_eq!(deleted.status, 204, "{}", deleted.text());
        assert_eq!(owner.get("/me/").await.status, 401);
    }
}

#[tokio::test]
async fn users_may_be_no_rows() {
    let db = drf::connect("sqlite::memory:").await.expect("a database in memory");
    db.execute_unprepared(
        "CREATE TABLE account (id char(32) PRIMARY KEY, email text, password text, active bool)",
    )
    .await
    .expect("a table");
    let client = APIClient::new(router(&App::new(Settings::default(), db)));
    let employee = |number: &str| client.clone().header("x-employee".parse().expect("a name"), number);
    assert_eq!(employee("E1").get("/employees/").await.json(), json!("E1"));
    assert_eq!(employee("E2").get("/employees/").await.status, 403);
    assert_eq!(client.get("/employees/").await.status, 403);
}
