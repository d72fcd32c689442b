//! Writes: transactions, hooks, locks and constraints.

mod concurrency;
mod constraints;
mod contention;
mod failures;
mod hooks;
mod references;
mod transactions;

use drf::prelude::*;
use drf::sea_orm::{ConnectionTrait, DatabaseConnection, EntityTrait, Schema};
use drf::testing::{APIClient, TestResponse};
use drf_tests::engines::Database;
use serde_json::{Value as Json, json};

pub mod item {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "item")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        #[sea_orm(unique, column_type = "String(StringLen::N(64))")]
        pub name: String,
        pub quantity: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// What hooks write beside the row.
pub mod event {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "event")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        #[sea_orm(column_type = "String(StringLen::N(64))")]
        pub text: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod shelf {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "shelf")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        #[sea_orm(column_type = "String(StringLen::N(64))")]
        pub label: String,
        #[sea_orm(has_many)]
        pub parts: HasMany<super::part::Entity>,
        #[sea_orm(has_many, via = "shelf_tag")]
        pub tags: HasMany<super::tag::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod part {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "part")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        #[sea_orm(column_type = "String(StringLen::N(64))")]
        pub title: String,
        pub shelf_id: i64,
        #[sea_orm(belongs_to, from = "shelf_id", to = "id")]
        pub shelf: BelongsTo<super::shelf::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod tag {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "tag")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        #[sea_orm(column_type = "String(StringLen::N(64))")]
        pub name: String,
        #[sea_orm(has_many, via = "shelf_tag")]
        pub shelves: HasMany<super::shelf::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Links without a unique index.
pub mod shelf_tag {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "shelf_tag")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub shelf_id: i64,
        pub tag_id: i64,
        #[sea_orm(belongs_to, from = "shelf_id", to = "id")]
        pub shelf: BelongsTo<super::shelf::Entity>,
        #[sea_orm(belongs_to, from = "tag_id", to = "id")]
        pub tag: BelongsTo<super::tag::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[serializer(entity = item::Entity)]
pub struct ItemSerializer {
    pub id: i64,
    pub name: String,
    pub quantity: i32,
}

#[serializer(entity = part::Entity)]
pub struct PartItem {
    pub id: i64,
    pub title: String,
}

#[serializer(entity = shelf::Entity)]
pub struct ShelfSerializer {
    pub id: i64,
    #[field(required = false)]
    pub label: String,
    #[field(nested(write = replace), required = false)]
    pub parts: Vec<PartItem>,
}

#[serializer(entity = shelf::Entity)]
pub struct TaggedSerializer {
    pub id: i64,
    #[field(required = false)]
    pub label: String,
    #[field(allow_empty)]
    pub tags: Vec<PrimaryKeyRelated<tag::Entity>>,
}

/// Without hooks.
#[model_viewset(serializer = ItemSerializer)]
#[permission(AllowAny)]
pub struct PlainItemViewSet;

#[model_viewset(serializer = ShelfSerializer, cascade(parts, tags))]
#[permission(AllowAny)]
pub struct ShelfViewSet;

#[model_viewset(serializer = TaggedSerializer, cascade(parts, tags))]
#[permission(AllowAny)]
pub struct TaggedViewSet;

async fn create_tables(db: &DatabaseConnection) {
    let schema = Schema::new(db.get_database_backend());
    for statement in [
        schema.create_table_from_entity(item::Entity),
        schema.create_table_from_entity(event::Entity),
        schema.create_table_from_entity(shelf::Entity),
        schema.create_table_from_entity(part::Entity),
        schema.create_table_from_entity(tag::Entity),
        schema.create_table_from_entity(shelf_tag::Entity),
    ] {
        db.execute(&statement).await.expect("a table");
    }
    for sql in [
        "INSERT INTO shelf (label) VALUES ('a'), ('b')",
        "INSERT INTO tag (name) VALUES ('t1'), ('t2'), ('t3'), ('t4')",
        "INSERT INTO item (name, quantity) VALUES ('first', 5), ('second', 5)",
    ] {
        db.execute_unprepared(sql).await.expect("rows");
    }
}

async fn client(router: SimpleRouter, database: &Database) -> APIClient {
    create_tables(&database.db).await;
    client_on(router, database.db.clone())
}

fn client_on(router: SimpleRouter, db: DatabaseConnection) -> APIClient {
    let app = App::new(Settings::default(), db);
    APIClient::new(router.mount("", &app).expect("viewsets without mistakes"))
}

async fn all<E: EntityTrait<Model: Send + Sync>>(database: &Database) -> Vec<E::Model> {
    E::find().all(&database.db).await.expect("rows")
}

async fn quantity(database: &Database, id: i64) -> i32 {
    let item = item::Entity::find_by_id(id).one(&database.db).await.expect("an answer");
    item.expect("an item").quantity
}

/// Inserts an event.
async fn note(db: &impl ConnectionTrait, text: &str) -> Result<()> {
    use drf::sea_orm::ActiveModelTrait;
    let event = event::ActiveModel { text: Set(text.to_owned()), ..Default::default() };
    event.insert(db).await?;
    Ok(())
}

/// Sends requests at the same time.
async fn at_once(
    client: &APIClient,
    requests: impl IntoIterator<Item = (&'static str, String, Json)>,
) -> Vec<TestResponse> {
    let send = |(method, path, body): (&'static str, String, Json)| {
        let client = client.clone();
        tokio::spawn(async move {
            let method = method.parse().expect("a method");
            client.request(method, &path, Some(body.to_string())).await
        })
    };
    let running: Vec<_> = requests.into_iter().map(send).collect();
    let mut answers = Vec::new();
    for answer in running {
        answers.push(answer.await.expect("an answer"));
    }
    answers
}

/// How many of the answers have a status. All others must have one of the expected ones.
fn count(answers: &[TestResponse], status: u16, others: &[u16]) -> usize {
    for answer in answers {
        let expected = answer.status == status || others.contains(&answer.status.as_u16());
        assert!(expected, "{}: {}", answer.status, answer.text());
    }
    answers.iter().filter(|answer| answer.status == status).count()
}
