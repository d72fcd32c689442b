//! Password hashing: Django's encodings, equal time, and upgrades at log-in.

use std::time::{Duration, Instant};

use drf::authentication::models::user;
use drf::authentication::{PasswordHasher, check_password, make_password};
use drf::authtoken::{self, ObtainAuthToken};
use drf::http::header::AUTHORIZATION;
use drf::prelude::*;
use drf::sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use drf::testing::APIClient;
use drf_tests::engines::{Database, Engine};
use drf_tests::shop::{self, Shop};
use serde_json::json;

#[api_view(GET)]
async fn whoami(request: &Request) -> Result<Response> {
    Ok(Response::ok(request.user().username()))
}

#[serializer(entity = user::Entity, create = create_user)]
struct UserSerializer {
    id: i32,
    username: String,
    #[field(write_only)]
    password: String,
    #[field(read_only)]
    date_joined: DateTimeUtc,
}

async fn create_user(mut user: Create<'_, UserSerializer>) -> Result<Saved<user::Entity>> {
    let password = user.data.password.take().ok_or_else(|| Error::internal("no password"))?;
    user.model.password = Set(user.request.settings().password_hasher().make_password(&password).await?);
    user.insert().await
}

#[model_viewset(serializer = UserSerializer, actions(create))]
#[permission(AllowAny)]
struct UserViewSet;

#[serializer]
struct LogIn {
    username: String,
    password: String,
}

/// A log-in view of a project, with a throttle.
#[api_view(POST)]
#[permission(AllowAny)]
#[throttle(rate = "2/min")]
async fn throttled_log_in(request: &Request) -> Result<Response> {
    let data = generics::is_valid::<LogIn>(request).await?;
    let (username, password) = (data.username.expect("a name"), data.password.expect("a password"));
    let hasher = request.settings().password_hasher();
    let user = hasher.authenticate::<user::Model>(request.db_for_write(), &username, &password).await?;
    let user = user.ok_or_else(|| ValidationError::new("Unable to log in with provided credentials."))?;
    Ok(Response::ok(Value::from([("token", authtoken::get_or_create(request, &user).await?)])))
}

/// A client of an app with few iterations, so that no test takes long.
async fn client(database: &Database, iterations: u32) -> APIClient {
    let settings = Settings { password_iterations: iterations, ..shop::settings() };
    let shop = Shop::on(settings, database.db.clone()).await;
    let router = SimpleRouter::new()
        .register_view::<whoami>("whoami", "whoami")
        .register_view::<ObtainAuthToken>("token", "token")
        .register_as::<UserViewSet>("users", "user")
        .register_view::<throttled_log_in>("log-in", "log-in");
    APIClient::new(router.mount("/", &shop.app).expect("views without mistakes"))
}

async fn store(database: &Database, username: &str, encoded: &str) {
    database
        .execute(&format!("UPDATE auth_user SET password = '{encoded}' WHERE username = '{username}'"))
        .await;
}

async fn stored(database: &Database, username: &str) -> String {
    let found = user::Entity::find().filter(user::Column::Username.eq(username)).one(&database.db).await;
    found.expect("a table").expect("a user").password
}

async fn log_in(client: &APIClient, username: &str, password: &str) -> u16 {
    use base64::Engine;
    let credentials = base64::prelude::BASE64_STANDARD.encode(format!("{username}:{password}"));
    client
        .clone()
        .header(AUTHORIZATION, &format!("Basic {credentials}"))
        .get("/whoami/")
        .await
        .status
        .as_u16()
}

drf_tests::on_each_engine! {
    async fn a_new_user_can_log_in(database: Database) {
        let client = client(&database, 50).await;
        if database.engine == Engine::Postgres {
            // the users of the shop have keys that the sequence has not given
            database.execute("ALTER SEQUENCE auth_user_id_seq RESTART WITH 100").await;
        }
        let body = json!({"username": "new", "password": "secret"}).to_string();
        let created = client.post("/users/", body.clone()).await;
        assert_eq!(created.status, 201, "{}", created.text());
        let joined: DateTimeUtc = created.json()["date_joined"].as_str().expect("a time").parse().expect("a time");
        assert!((Utc::now() - joined).num_minutes() < 10, "{joined}");
        let token = client.post("/log-in/", body.clone()).await;
        assert_eq!(token.status, 200, "{}", token.text());
        let token = token.json()["token"].as_str().expect("a token").to_owned();
        let again = client.post("/token/", body.clone()).await;
        assert_eq!(again.json(), json!({"token": token}), "one for each user");
        let authenticated = client.clone().header(AUTHORIZATION, &format!("Token {token}"));
        assert_eq!(authenticated.get("/whoami/").await.json(), json!("new"));
        let wrong = json!({"username": "new", "password": "wrong"}).to_string();
        let rejected = client.post("/log-in/", wrong).await;
        let expected = json!(["Unable to log in with provided credentials."]);
        assert_eq!((rejected.status.as_u16(), rejected.json()), (400, expected));
        assert_eq!(client.post("/log-in/", body).await.status, 429);
    }

    async fn weak_encodings_are_upgraded_at_log_in(database: Database) {
        let client = client(&database, 50).await;
        let strong = PasswordHasher::new(60).make_password("secret").await.expect("a password");
        let weak = [
            // md5("salt" + "secret"), sha1("salt" + "secret"), md5("secret")
            format!("md5$salt${MD5}"),
            format!("sha1$salt${SHA1}"),
            MD5_UNSALTED.to_owned(),
            PasswordHasher::new(49).make_password("secret").await.expect("a password"),
        ];
        for encoded in weak {
            store(&database, "ann", &encoded).await;
            assert_eq!(log_in(&client, "ann", "wrong").await, 401);
            assert_eq!(stored(&database, "ann").await, encoded, "a wrong password upgrades nothing");
            assert_eq!(log_in(&client, "ann", "secret").await, 200, "{encoded}");
            let upgraded = stored(&database, "ann").await;
            assert!(upgraded.starts_with("pbkdf2_sha256$50$"), "{encoded}: {upgraded}");
            assert_eq!(upgraded.split('$').nth(2).map(str::len), Some(22), "a salt of 128 bits");
            assert_eq!(log_in(&client, "ann", "secret").await, 200);
            assert_eq!(stored(&database, "ann").await, upgraded, "once is enough");
        }
        store(&database, "ann", &strong).await;
        assert_eq!(log_in(&client, "ann", "secret").await, 200);
        assert_eq!(stored(&database, "ann").await, strong, "a stronger encoding stays");
    }

    async fn the_token_view_upgrades_too(database: Database) {
        let client = client(&database, 50).await;
        store(&database, "ann", &format!("md5$salt${MD5}")).await;
        let answer = client.post("/token/", json!({"username": "ann", "password": "secret"}).to_string()).await;
        assert_eq!(answer.json(), json!({"token": "ann-key"}));
        assert!(stored(&database, "ann").await.starts_with("pbkdf2_sha256$50$"));
    }

    async fn users_log_in_by_any_column(database: Database) {
        let client = client(&database, 50).await;
        drop(client);
        let hasher = PasswordHasher::new(50);
        let encoded = hasher.make_password("secret").await.expect("a password");
        store(&database, "ann", &encoded).await;
        database.execute("UPDATE auth_user SET email = 'ann@example.org' WHERE username = 'ann'").await;
        let db = Connection::new(&database.db).await.expect("a table");
        let by = async |column, value: &str, password: &str| {
            let user = hasher.authenticate_by::<user::Model>(&db, column, value, password).await.expect("a table");
            user.map(|user| user.username)
        };
        assert_eq!(by(user::Column::Email, "ann@example.org", "secret").await.as_deref(), Some("ann"));
        assert_eq!(by(user::Column::Username, "ann", "secret").await.as_deref(), Some("ann"));
        assert_eq!(by(user::Column::Email, "ann@example.org", "wrong").await, None);
        assert_eq!(by(user::Column::Email, "", "secret").await, None, "several users have it");
        assert_eq!(by(user::Column::Username, "a\0nn", "secret").await, None);
        store(&database, "gone", &encoded).await;
        assert_eq!(by(user::Column::Username, "gone", "secret").await, None, "inactive");
    }
}

const MD5: &str = "d42a0f742ffc1be4e1cc0845c2429c97";
const SHA1: &str = "da00ec2e6ff9ed4d342b24a16e262c82f3c8b10b";
const MD5_UNSALTED: &str = "5ebe2294ecd0e0f08eab7690d2a6ee69";

#[tokio::test]
async fn passwords_of_more_iterations_than_any_release_of_django_are_accepted() {
    let encoded = PasswordHasher::new(1_600_000).make_password("secret").await.expect("a password");
    assert!(check_password("secret", encoded.as_str()).await.expect("a check"));
    assert!(!check_password("wrong", encoded.as_str()).await.expect("a check"));
    assert!(make_password("secret").await.expect("a password").starts_with("pbkdf2_sha256$1200000$"));
}

drf_tests::on_each_engine! {
    /// The times are compared with each other, so that the speed of the machine does not matter.
    async fn no_user_is_found_out_by_the_clock(database: Database) {
        const ITERATIONS: u32 = 10_000;
        let client = client(&database, ITERATIONS).await;
        let hasher = PasswordHasher::new(ITERATIONS);
        store(&database, "ann", &hasher.make_password("secret").await.expect("a password")).await;
        let time = async |name: &str| {
            let mut best = Duration::MAX;
            for _ in 0..3 {
                let start = Instant::now();
                assert_eq!(log_in(&client, name, "wrong").await, 401);
                best = best.min(start.elapsed());
            }
            best
        };
        let good = time("ann").await;
        for encoded in ["!", "!unusable", "", "nope$1$x$y", "pbkdf2_sha256$x$y$z", "scrypt$a$b$c$d$e", "md5$salt$x", "pbkdf2_sha256$1$salt$x"] {
            store(&database, "bob", encoded).await;
            let other = time("bob").await;
            assert!(other * 5 > good && good * 5 > other, "{encoded:?}: {other:?} beside {good:?}");
        }
        let unknown = time("nobody").await;
        assert!(unknown * 5 > good && good * 5 > unknown, "nobody: {unknown:?} beside {good:?}");
    }
}

/// 40 clients log in at once; those that disconnect while they wait never cost any hashing, and other requests go on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_that_disconnects_gives_its_place_back() {
    let hasher = PasswordHasher::new(200_000);
    let encoded = hasher.make_password("secret").await.expect("a password");
    let start = Instant::now();
    assert!(hasher.check_password("secret", encoded.as_str()).await.expect("a check"));
    let one = start.elapsed();
    let mut waiting = Vec::new();
    for _ in 0..40 {
        let encoded = encoded.clone();
        waiting.push(tokio::spawn(async move { hasher.check_password("secret", encoded.as_str()).await }));
    }
    tokio::task::yield_now().await;
    waiting.iter().for_each(tokio::task::JoinHandle::abort);
    let start = Instant::now();
    assert!(hasher.check_password("secret", encoded.as_str()).await.expect("a check"));
    let last = start.elapsed();
    assert!(last < one * 10, "{last:?} for one after those that left, {one:?} alone");
}
