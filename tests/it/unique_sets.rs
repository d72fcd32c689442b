//! Unique keys of several columns, and values that are unique for a period. The responses are those of the same models and
//! serializers with DRF.

use drf::prelude::*;
use drf::sea_orm::{ConnectionTrait, EntityTrait, Schema};
use drf::testing::APIClient;
use drf_tests::engines::Database;
use drf_tests::on_each_engine;
use serde_json::{Value as Json, json};

mod shelf {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "shelf")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        #[sea_orm(unique_key = "one", column_type = "String(StringLen::N(20))")]
        pub name: String,
        #[sea_orm(has_many)]
        pub books: HasMany<super::book::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

mod book {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "book")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        #[sea_orm(unique_key = "place")]
        pub shelf_id: i64,
        #[sea_orm(unique_key = "place", column_type = "String(StringLen::N(20))")]
        pub title: String,
        #[sea_orm(unique_key = "place", default_value = 1)]
        pub edition: i32,
        #[sea_orm(unique_key = "part", column_type = "String(StringLen::N(20))", nullable)]
        pub series: Option<String>,
        #[sea_orm(unique_key = "part")]
        pub volume: Option<i32>,
        #[sea_orm(belongs_to, from = "shelf_id", to = "id")]
        pub shelf: BelongsTo<super::shelf::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// In sea-orm's older format.
mod tag {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "tag")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        #[sea_orm(unique_key = "name_in_book")]
        pub book_id: i64,
        #[sea_orm(unique_key = "name_in_book", column_type = "String(StringLen::N(20))")]
        pub name: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod post {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "post")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        #[sea_orm(column_type = "String(StringLen::N(20))")]
        pub title: String,
        #[sea_orm(column_type = "String(StringLen::N(20))", nullable)]
        pub slug: Option<String>,
        pub rank: Option<i32>,
        pub published: Option<Date>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[serializer(entity = shelf::Entity)]
struct ShelfSerializer {
    id: i64,
    name: String,
}

#[serializer(entity = book::Entity)]
struct BookSerializer {
    id: i64,
    shelf: PrimaryKeyRelated<shelf::Entity>,
    title: String,
    edition: i32,
    series: Option<String>,
    volume: Option<i32>,
}

/// The rule is written as well, under other names.
#[serializer(entity = book::Entity, unique_together(fields(name, edition, shelf), message = "There is such a book."))]
struct NamedSerializer {
    id: i64,
    shelf: PrimaryKeyRelated<shelf::Entity>,
    #[field(source = title)]
    name: String,
    edition: i32,
}

/// Not all columns are input.
#[serializer(entity = book::Entity)]
struct OptionalSerializer {
    id: i64,
    shelf: PrimaryKeyRelated<shelf::Entity>,
    #[field(required = false)]
    title: String,
    #[field(read_only)]
    edition: i32,
}

/// Without the column of the shelf, there is no rule.
#[serializer(entity = book::Entity)]
struct PartSerializer {
    id: i64,
    title: String,
    edition: i32,
}

#[serializer(entity = tag::Entity)]
struct TagSerializer {
    id: i64,
    book_id: i64,
    name: String,
}

#[serializer(
    entity = post::Entity,
    unique_for_date(title, published),
    unique_for_year(slug, published),
    unique_for_month(rank, published)
)]
struct PostSerializer {
    id: i64,
    title: String,
    slug: Option<String>,
    rank: Option<i32>,
    published: Option<Date>,
}

#[model_viewset(serializer = ShelfSerializer)]
#[permission(AllowAny)]
struct ShelfViewSet;

#[model_viewset(serializer = BookSerializer, bulk_create)]
#[permission(AllowAny)]
struct BookViewSet;

#[model_viewset(serializer = NamedSerializer)]
#[permission(AllowAny)]
struct NamedViewSet;

#[model_viewset(serializer = OptionalSerializer)]
#[permission(AllowAny)]
struct OptionalViewSet;

#[model_viewset(serializer = PartSerializer, actions(list, partial_update))]
#[permission(AllowAny)]
struct PartViewSet;

#[model_viewset(serializer = TagSerializer)]
#[permission(AllowAny)]
struct TagViewSet;

#[model_viewset(serializer = PostSerializer)]
#[permission(AllowAny)]
struct PostViewSet;

async fn create<E: EntityTrait>(database: &Database, entity: E) {
    database.create_table(entity).await;
    for index in Schema::new(database.db.get_database_backend()).create_index_from_entity(entity) {
        database.db.execute(&index).await.expect("an index");
    }
}

async fn client(database: &Database) -> APIClient {
    create(database, shelf::Entity).await;
    create(database, book::Entity).await;
    create(database, tag::Entity).await;
    create(database, post::Entity).await;
    database.execute("INSERT INTO shelf (id, name) VALUES (1, 's'), (2, 't')").await;
    let app = App::new(Settings::default(), database.db.clone());
    let router = SimpleRouter::new()
        .register_as::<ShelfViewSet>("shelves", "shelf")
        .register_as::<BookViewSet>("books", "book")
        .register_as::<NamedViewSet>("names", "name")
        .register_as::<OptionalViewSet>("optional", "optional")
        .register_as::<PartViewSet>("parts", "part")
        .register_as::<TagViewSet>("tags", "tag")
        .register_as::<PostViewSet>("posts", "post");
    APIClient::new(router.mount("", &app).expect("viewsets without mistakes"))
}

/// Sends requests one after the other and compares the status and the body of each response.
async fn check(client: &APIClient, exchanges: &[(&str, &str, Json, u16, Json)]) {
    for (method, path, body, status, expected) in exchanges {
        let answer = client.request(method.parse().expect("a method"), path, Some(body.to_string())).await;
        let found = (answer.status.as_u16(), answer.json());
        assert_eq!(found, (*status, expected.clone()), "{method} {path} {body}");
    }
}

fn together(fields: &str) -> Json {
    json!({"non_field_errors": [format!("The fields {fields} must make a unique set.")]})
}

fn required(fields: &[&str]) -> Json {
    fields
        .iter()
        .map(|field| ((*field).to_owned(), json!(["This field is required."])))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

const PLACE: &str = "shelf, title, edition";

on_each_engine! {
    async fn unique_keys_of_an_entity_are_validated(database: Database) {
        let client = client(&database).await;
        let book = |id: i64, shelf: i64, title: &str, edition: i64, series: Json, volume: Json| {
            json!({"id": id, "shelf": shelf, "title": title, "edition": edition, "series": series, "volume": volume})
        };
        check(&client, &[
            ("POST", "/books/", json!({"shelf": 1, "title": "x", "series": "s", "volume": 1}), 201, book(1, 1, "x", 1, json!("s"), json!(1))),
            ("POST", "/books/", json!({"shelf": 1, "title": "x"}), 400, together(PLACE)),
            ("POST", "/books/", json!({"shelf": 1, "title": "x", "edition": 1}), 400, together(PLACE)),
            ("POST", "/books/", json!({"shelf": 1, "title": "x", "edition": 2, "series": "s", "volume": 1}), 400, together("series, volume")),
            ("POST", "/books/", json!({"shelf": 1, "title": "y", "edition": 2, "series": "s"}), 201, book(2, 1, "y", 2, json!("s"), Json::Null)),
            ("POST", "/books/", json!({"shelf": 2, "title": "y", "edition": 2, "series": "s"}), 201, book(3, 2, "y", 2, json!("s"), Json::Null)),
            ("POST", "/books/", json!({"title": "x"}), 400, required(&["shelf"])),
            ("POST", "/books/", json!({"shelf": 9, "title": "x"}), 400, json!({"shelf": ["Invalid pk \"9\" - object does not exist."]})),
            ("POST", "/shelves/", json!({"name": "s"}), 400, json!({"name": ["shelf with this name already exists."]})),
            ("PATCH", "/books/2/", json!({"title": "x", "edition": 1}), 400, together(PLACE)),
            ("PATCH", "/books/2/", json!({"volume": 1}), 400, together("series, volume")),
            ("PATCH", "/books/2/", json!({"shelf": 1, "title": "y"}), 200, book(2, 1, "y", 2, json!("s"), Json::Null)),
        ]).await;
        let list = json!([{"shelf": 2, "title": "new"}, {"shelf": 1, "title": "x"}]);
        let answer = client.post("/books/", list.to_string()).await;
        assert_eq!((answer.status.as_u16(), answer.json()), (400, json!({"1": together(PLACE)})));
    }

    async fn put_writes_the_default_of_a_column_of_a_set(database: Database) {
        let client = client(&database).await;
        database.execute("INSERT INTO book (id, shelf_id, title, edition, series, volume) VALUES (1, 1, 'x', 1, 's', 1), (2, 1, 'y', 3, 's', 2), (3, 1, 'x', 2, NULL, NULL)").await;
        check(&client, &[
            ("PUT", "/books/2/", json!({"shelf": 1, "title": "x"}), 400, together(PLACE)),
            ("PUT", "/books/2/", json!({"shelf": 1, "title": "y", "series": "s"}), 200,
                json!({"id": 2, "shelf": 1, "title": "y", "edition": 1, "series": "s", "volume": null})),
            ("PUT", "/books/2/", json!({"shelf": 2, "title": "y"}), 200,
                json!({"id": 2, "shelf": 2, "title": "y", "edition": 1, "series": null, "volume": null})),
            // a change of other columns keeps them
            ("PATCH", "/books/1/", json!({"title": "z"}), 200,
                json!({"id": 1, "shelf": 1, "title": "z", "edition": 1, "series": "s", "volume": 1})),
        ]).await;
    }

    async fn a_rule_that_is_written_too_is_validated_once(database: Database) {
        let client = client(&database).await;
        let taken = json!({"non_field_errors": ["There is such a book."]});
        check(&client, &[
            ("POST", "/names/", json!({"shelf": 1, "name": "x"}), 201, json!({"id": 1, "shelf": 1, "name": "x", "edition": 1})),
            ("POST", "/names/", json!({"shelf": 1, "name": "x"}), 400, taken.clone()),
            ("POST", "/names/", json!({"shelf": 1, "name": "x", "edition": 2}), 201, json!({"id": 2, "shelf": 1, "name": "x", "edition": 2})),
            ("PUT", "/names/2/", json!({"shelf": 1, "name": "x"}), 400, taken),
        ]).await;
    }

    async fn fields_of_a_set_are_required_for_a_new_row(database: Database) {
        let client = client(&database).await;
        check(&client, &[
            ("POST", "/optional/", json!({"shelf": 1}), 400, required(&["title"])),
            ("POST", "/optional/", json!({"shelf": 1, "title": "x"}), 201, json!({"id": 1, "shelf": 1, "title": "x", "edition": 1})),
            ("POST", "/optional/", json!({"shelf": 1, "title": "x"}), 400, together(PLACE)),
            ("PUT", "/optional/1/", json!({"shelf": 1}), 200, json!({"id": 1, "shelf": 1, "title": "x", "edition": 1})),
        ]).await;
        // what no validator sees is a conflict
        database.execute("INSERT INTO book (id, shelf_id, title, edition) VALUES (5, 1, 'other', 1)").await;
        let answer = client.patch("/parts/5/", json!({"title": "x"}).to_string()).await;
        assert_eq!(answer.status, 409, "{}", answer.text());
    }

    async fn the_older_format_of_entities_has_them_too(database: Database) {
        let client = client(&database).await;
        check(&client, &[
            ("POST", "/tags/", json!({"book_id": 1, "name": "a"}), 201, json!({"id": 1, "book_id": 1, "name": "a"})),
            ("POST", "/tags/", json!({"book_id": 1, "name": "a"}), 400, together("book_id, name")),
            ("POST", "/tags/", json!({"book_id": 1, "name": "b"}), 201, json!({"id": 2, "book_id": 1, "name": "b"})),
            ("PATCH", "/tags/2/", json!({"name": "a"}), 400, together("book_id, name")),
        ]).await;
    }

    async fn of_equal_sets_at_once_one_is_stored(database: Database) {
        let client = client(&database).await;
        for round in 0..3 {
            let send = |_: usize| {
                let (client, body) = (client.clone(), json!({"shelf": 1, "title": format!("equal {round}")}));
                tokio::spawn(async move { client.post("/books/", body.to_string()).await })
            };
            let running: Vec<_> = (0..6).map(send).collect();
            let mut statuses = Vec::new();
            for answer in running {
                let answer = answer.await.expect("an answer");
                statuses.push(answer.status.as_u16());
                if answer.status != 201 {
                    assert_eq!((answer.status.as_u16(), answer.json()), (400, together(PLACE)));
                }
            }
            assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
        }
    }

    async fn of_changes_to_equal_sets_at_once_one_is_stored(database: Database) {
        let client = client(&database).await;
        for id in 1..=6 {
            database.execute(&format!("INSERT INTO book (id, shelf_id, title, edition) VALUES ({id}, 1, 'own {id}', 1)")).await;
        }
        for round in 0..4 {
            let title = format!("equal {round}");
            let send = |id: usize| {
                let (client, body) = (client.clone(), json!({"title": title}));
                tokio::spawn(async move { client.patch(&format!("/books/{id}/"), body.to_string()).await })
            };
            let running: Vec<_> = (1..=6).map(send).collect();
            for answer in running {
                let answer = answer.await.expect("an answer");
                if answer.status != 200 {
                    assert_eq!((answer.status.as_u16(), answer.json()), (400, together(PLACE)));
                }
            }
            let stored = book::Entity::find().all(&database.db).await.expect("rows");
            assert_eq!(stored.iter().filter(|book| book.title == title).count(), 1);
        }
    }

    async fn a_value_that_is_unique_for_a_period_requires_the_date(database: Database) {
        let client = client(&database).await;
        let unique = |field: &str, period: &str| json!({field: [format!("This field must be unique for the \"published\" {period}.")]});
        let post = |id: i64, title: &str, slug: Json, rank: i64, published: &str| {
            json!({"id": id, "title": title, "slug": slug, "rank": rank, "published": published})
        };
        let b = json!({"title": "b", "slug": null, "rank": 3, "published": "2024-05-07"});
        let zz = json!({"title": "zz", "slug": "q", "rank": 9, "published": "2024-01-01"});
        check(&client, &[
            ("POST", "/posts/", json!({"title": "a", "slug": "a", "rank": 1, "published": "2024-05-06"}), 201, post(1, "a", json!("a"), 1, "2024-05-06")),
            ("POST", "/posts/", json!({"title": "a", "slug": "b", "rank": 2, "published": "2024-05-06"}), 400, unique("title", "date")),
            ("POST", "/posts/", json!({"title": "b", "slug": "a", "rank": 2, "published": "2024-05-06"}), 400, unique("slug", "year")),
            ("POST", "/posts/", json!({"title": "b", "slug": "b", "rank": 1, "published": "2024-05-07"}), 400, unique("rank", "month")),
            ("POST", "/posts/", json!({"title": "b", "rank": 3, "published": "2024-05-07"}), 400, required(&["slug"])),
            ("POST", "/posts/", b, 201, post(2, "b", Json::Null, 3, "2024-05-07")),
            // NULL is a value here
            ("POST", "/posts/", json!({"title": "c", "slug": null, "rank": 4, "published": "2024-07-07"}), 400, unique("slug", "year")),
            ("PATCH", "/posts/1/", json!({"title": "zz"}), 400, required(&["published"])),
            ("PATCH", "/posts/1/", json!({"rank": 5}), 400, required(&["title", "published"])),
            ("PATCH", "/posts/1/", json!({"published": "2024-01-01"}), 400, required(&["title"])),
            ("PATCH", "/posts/1/", zz, 200, post(1, "zz", json!("q"), 9, "2024-01-01")),
            ("PUT", "/posts/1/", json!({"title": "b", "published": "2024-01-01"}), 400, required(&["slug"])),
            ("PUT", "/posts/1/", json!({"title": "b", "slug": "q", "rank": 3, "published": "2024-05-07"}), 400, unique("title", "date")),
            // DRF fails with a 500 where there is no date
            ("PUT", "/posts/1/", json!({"title": "b", "slug": "q", "rank": 9}), 200,
                json!({"id": 1, "title": "b", "slug": "q", "rank": 9, "published": null})),
        ]).await;
    }
}

/// Writes a column of a unique key twice.
#[serializer(entity = book::Entity)]
struct TwiceSerializer {
    shelf: PrimaryKeyRelated<shelf::Entity>,
    title: String,
    #[field(source = title)]
    name: String,
    edition: i32,
}

#[model_viewset(serializer = TwiceSerializer)]
#[permission(AllowAny)]
struct TwiceViewSet;

#[tokio::test]
async fn a_column_of_a_unique_key_with_two_fields_is_an_error_when_the_app_is_built() {
    let app = App::new(Settings::default(), drf::connect("sqlite::memory:").await.expect("a database"));
    let errors =
        SimpleRouter::new().register::<TwiceViewSet>("books").mount("", &app).expect_err("two fields");
    let expected = "`TwiceSerializer`: several fields write the column `title` of a unique key: write `unique_together(..)` with \
                    the fields that it is about";
    assert_eq!(errors.iter().collect::<Vec<_>>(), [expected]);
}
