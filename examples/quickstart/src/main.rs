//! One entity, one serializer, one viewset: a whole API on an embedded SQLite database.
//!
//! ```text
//! $ cargo run -p quickstart
//! $ curl 'http://127.0.0.1:8000/api/publishers/?search=press'
//! {"count":1,"next":null,"previous":null,"results":[{"id":2,"name":"Empty Press","address":"","created":"2024-01-05T08:00:00Z"}]}
//! $ curl -X DELETE http://127.0.0.1:8000/api/publishers/2/
//! {"detail":"Authentication credentials were not provided."}
//! ```

#![allow(
    missing_docs,
    missing_debug_implementations,
    unreachable_pub,
    reason = "an application, not a library"
)]

use std::error::Error;

use drf::prelude::*;
use drf::sea_orm::{ActiveModelTrait, ConnectionTrait, DatabaseConnection, EntityTrait, Schema};

mod publisher {
    use drf::prelude::DateTimeUtc;
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "publisher")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        #[sea_orm(unique, column_type = "String(StringLen::N(64))")]
        pub name: String,
        #[sea_orm(default_value = "", column_type = "String(StringLen::N(128))")]
        pub address: String,
        #[sea_orm(default_expr = "Expr::current_timestamp()")]
        pub created: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[serializer(entity = publisher::Entity)]
pub struct PublisherSerializer {
    pub id: i64,
    #[field(validate = no_underscores)]
    pub name: String,
    #[field(
        max_length = 40,
        error_messages(max_length = "A postal address has {max_length} characters at most.")
    )]
    pub address: String,
    #[field(read_only)]
    pub created: DateTimeUtc,
}

fn no_underscores(name: String) -> Result<String, ValidationError> {
    match name.contains('_') {
        true => Err(ValidationError::new("A name has no underscores.")),
        false => Ok(name),
    }
}

/// Publishers of books.
#[model_viewset(
    serializer = PublisherSerializer,
    search_fields(name, address),
    ordering_fields(name, created),
    filterset_fields(name(exact, icontains), created(year__gt)),
    pagination = PageNumberPagination { page_size: 5, page_size_query_param: "page_size", max_page_size: 100 },
)]
#[permission(IsAuthenticatedOrReadOnly)]
pub struct PublisherViewSet;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    let app = App::new(Settings::default(), database().await?);
    let router = DefaultRouter::new().register::<PublisherViewSet>("publishers").mount("/api", &app)?;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8000").await?;
    println!("Listening on http://127.0.0.1:8000/api/publishers/\n\n{TRY}");
    drf::serve(listener, router).await?;
    Ok(())
}

const TRY: &str = r#"curl 'http://127.0.0.1:8000/api/publishers/?search=press'
curl -X POST http://127.0.0.1:8000/api/publishers/ -H 'Authorization: Token quickstart' -H 'Content-Type: application/json' -d '{"name": "", "address": 1}'
curl -X POST http://127.0.0.1:8000/api/publishers/ -H 'Authorization: Token quickstart' -H 'Content-Type: application/json' -d '{"name": "Tiny House"}'
"#;

/// A database in memory, with Django's tables for users and tokens.
async fn database() -> Result<DatabaseConnection, Box<dyn Error>> {
    use drf::authentication::models::{token, user};

    let db = drf::connect("sqlite::memory:").await?;
    let schema = Schema::new(db.get_database_backend());
    db.execute(&schema.create_table_from_entity(user::Entity)).await?;
    db.execute(&schema.create_table_from_entity(token::Entity)).await?;
    db.execute(&schema.create_table_from_entity(publisher::Entity)).await?;

    let joined: DateTimeUtc = "2024-01-05T08:00:00Z".parse()?;
    let ann = user::ActiveModel {
        username: Set("ann".to_owned()),
        password: Set("!".to_owned()),
        is_active: Set(true),
        date_joined: Set(joined),
        ..Default::default()
    };
    let ann = ann.insert(&db).await?;
    let key =
        token::ActiveModel { key: Set("quickstart".to_owned()), created: Set(joined), user_id: Set(ann.id) };
    token::Entity::insert(key).exec(&db).await?;
    for (name, address) in [("Oak & Sons", "12 Mill Lane, London"), ("Empty Press", "")] {
        let row = publisher::ActiveModel {
            name: Set(name.to_owned()),
            address: Set(address.to_owned()),
            created: Set(joined),
            ..Default::default()
        };
        publisher::Entity::insert(row).exec(&db).await?;
    }
    Ok(db)
}
