//! A small app for the tests: one viewset for each way of declaring one.

pub mod entities;
pub mod nested;
pub mod views;

use drf::authentication::{UserModel, models};
use drf::axum::Router;
use drf::prelude::*;
use drf::sea_orm::{ConnectionTrait, DatabaseConnection, EntityTrait, Schema, Statement};
use drf::testing::APIClient;

use entities::{author, book, book_author, publisher, review};

/// An app with its database, and a client of it.
pub struct Shop {
    pub app: App,
    pub router: Router,
}

impl Shop {
    /// On a SQLite database in memory, with the settings of the tests.
    pub async fn new() -> Self {
        Self::with(settings()).await
    }

    /// On a SQLite database in memory.
    pub async fn with(settings: Settings) -> Self {
        Self::on(settings, drf::connect("sqlite::memory:").await.expect("a database in memory")).await
    }

    /// On the database of an environment variable, in tables that nobody else uses.
    pub async fn on_env(variable: &str) -> Self {
        let url = std::env::var(variable).unwrap_or_else(|_| panic!("{variable} is not set"));
        Self::on(settings(), drf::connect(url).await.expect("a database")).await
    }

    /// On a database.
    pub async fn on(settings: Settings, db: DatabaseConnection) -> Self {
        Self::with_classes(settings, Classes::default(), db).await
    }

    /// On a database, with classes for all views that name none of their own.
    pub async fn with_classes(settings: Settings, classes: Classes, db: DatabaseConnection) -> Self {
        create_tables(&db).await;
        fill(&db).await;
        let app = App::builder(settings).database(db).classes(classes).build();
        let urls = Urls::new().include("/api", views::router()).include("/nested", nested::router());
        let router = urls.build(&app).expect("viewsets without mistakes");
        Self { app, router }
    }

    /// A client without credentials.
    pub fn client(&self) -> APIClient {
        APIClient::new(self.router.clone())
    }

    /// A client with a user of the table.
    pub async fn client_of(&self, username: &str) -> APIClient {
        let user = models::user::Model::get_by_natural_key(self.app.read(), username)
            .await
            .expect("a table of users");
        self.client().force_authenticate(user.expect("a user"), None)
    }
}

/// Settings that change something: the rates of the throttles.
pub fn settings() -> Settings {
    let mut settings = Settings::default();
    for (scope, rate) in [("anon", "3/min"), ("burst", "2/min")] {
        settings.default_throttle_rates.insert(scope.to_owned(), Some(rate.parse().expect("a rate")));
    }
    settings
}

async fn create_tables(db: &DatabaseConnection) {
    use drf::authentication::models::{token, user};
    let schema = Schema::new(db.get_database_backend());
    for table in ["review", "book_author", "book", "author", "publisher", "authtoken_token", "auth_user"] {
        let sql = format!("DROP TABLE IF EXISTS {table}");
        db.execute_unprepared(&sql).await.expect("a table that can be dropped");
    }
    let statements = [
        schema.create_table_from_entity(user::Entity),
        schema.create_table_from_entity(token::Entity),
        schema.create_table_from_entity(publisher::Entity),
        schema.create_table_from_entity(author::Entity),
        schema.create_table_from_entity(book::Entity),
        schema.create_table_from_entity(book_author::Entity),
        schema.create_table_from_entity(review::Entity),
    ];
    for statement in &statements {
        db.execute(statement).await.expect("a table");
    }
}

async fn fill(db: &DatabaseConnection) {
    let rows = [
        "INSERT INTO auth_user (id, password, is_superuser, username, last_name, email, is_staff, is_active, date_joined, first_name) VALUES \
         (1, 'md5$salt$' , TRUE, 'admin', '', '', TRUE, TRUE, '2024-01-01 08:00:00', ''), \
         (2, '!', FALSE, 'ann', '', '', FALSE, TRUE, '2024-01-01 08:00:00', ''), \
         (3, '!', FALSE, 'bob', '', '', FALSE, TRUE, '2024-01-01 08:00:00', ''), \
         (4, '!', FALSE, 'gone', '', '', FALSE, FALSE, '2024-01-01 08:00:00', '')",
        "INSERT INTO authtoken_token (\"key\", created, user_id) VALUES ('ann-key', '2024-01-01 08:00:00', 2), ('gone-key', '2024-01-01 08:00:00', 4)",
        "INSERT INTO publisher (name, address) VALUES ('Oak', '12 Mill Lane'), ('Penguin', '')",
        "INSERT INTO author (name) VALUES ('Austen'), ('Turing'), ('Hopper')",
        "INSERT INTO book (title, price, category, in_stock, rating, published, created, publisher_id) VALUES \
         ('Emma', 9.99, 'fiction', TRUE, 4.5, '1815-12-23', '2024-01-01 08:00:00', 1), \
         ('Machines', 45, 'tech', FALSE, NULL, NULL, '2024-02-01 08:00:00', 2), \
         ('Persuasion', 8.5, 'fiction', TRUE, 4, '1817-12-20', '2024-03-01 08:00:00', 1)",
        "INSERT INTO book_author (book_id, author_id) VALUES (1, 1), (2, 2), (2, 3), (3, 1)",
        "INSERT INTO review (text, stars, book_id, owner_id) VALUES ('fine', 4, 1, 2), ('hm', 2, 2, 3)",
    ];
    let backend = db.get_database_backend();
    for row in rows {
        let row =
            if backend == drf::sea_orm::DbBackend::MySql { row.replace('"', "`") } else { row.to_owned() };
        db.execute_raw(Statement::from_string(backend, row)).await.expect("rows");
    }
}

/// How many rows a table has.
pub async fn count<E: EntityTrait>(db: &DatabaseConnection) -> usize
where
    E::Model: Send + Sync,
{
    E::find().all(db).await.expect("rows").len()
}
