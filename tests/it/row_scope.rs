//! Rows outside of a viewset's queryset are not found, whatever the statement of the queryset is.

use drf::axum::Router;
use drf::db::QuerySet;
use drf::filters::FilterBackend;
use drf::prelude::*;
use drf::sea_orm::sea_query::{Expr, ExprTrait, UnionType};
use drf::sea_orm::{
    ColumnTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, QueryTrait, RelationTrait,
    Select,
};
use drf::testing::APIClient;
use drf::views::ViewSet;
use drf_tests::engines::{Database, Engine};
use serde_json::{Value as JsonValue, json};

mod item {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "item")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i32,
        #[sea_orm(column_type = "String(StringLen::N(20))")]
        pub name: String,
        pub rank: i32,
        #[sea_orm(has_many)]
        pub labels: HasMany<super::label::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

mod label {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "label")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i32,
        #[sea_orm(column_type = "String(StringLen::N(20))")]
        pub text: String,
        pub item_id: i32,
        #[sea_orm(belongs_to, from = "item_id", to = "id")]
        pub item: BelongsTo<super::item::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[serializer(entity = item::Entity)]
pub struct ItemSerializer {
    pub id: i32,
    pub name: String,
    pub rank: i32,
}

#[serializer(entity = label::Entity)]
pub struct LabelSerializer {
    pub id: i32,
    pub text: String,
    #[field(source = item.name)]
    pub item_name: String,
}

/// Keeps items of a rank above 0, after all other filters.
#[derive(Debug)]
struct Ranked;

impl FilterBackend for Ranked {
    async fn filter_queryset(&self, _: &Request, queryset: QuerySet) -> Result<QuerySet> {
        Ok(queryset.filter(Expr::col(("item", "rank")).gt(0)))
    }
}

fn named(name: &str) -> Select<item::Entity> {
    item::Entity::find().filter(item::Column::Name.eq(name))
}

/// `a` and `c`, by a union.
fn of_two_parts(_: &Request, items: Select<item::Entity>) -> Select<item::Entity> {
    let mut select = items.filter(item::Column::Name.eq("c"));
    QuerySelect::query(&mut select).union(UnionType::All, named("a").into_query());
    select
}

/// `a` and `c`, the second part ordering both.
fn of_two_ordered_parts(request: &Request, items: Select<item::Entity>) -> Select<item::Entity> {
    let mut select = of_two_parts(request, items);
    QuerySelect::query(&mut select).order_by("name", drf::sea_orm::Order::Desc);
    select
}

/// The two with the highest ranks: `c` and `a`.
fn of_the_highest_rank(_: &Request, items: Select<item::Entity>) -> Select<item::Entity> {
    items.order_by_desc(item::Column::Rank).limit(2)
}

/// All but the one with the least rank and the one with the highest: `a`.
fn of_the_second_rank(_: &Request, items: Select<item::Entity>) -> Select<item::Entity> {
    items.distinct().order_by_desc(item::Column::Rank).offset(1).limit(1)
}

/// Those with two labels, `c` and `a`, which has more.
fn of_several_labels(_: &Request, items: Select<item::Entity>) -> Select<item::Entity> {
    items
        .join(JoinType::InnerJoin, item::Relation::Label.def())
        .group_by(item::Column::Id)
        .group_by(item::Column::Name)
        .group_by(item::Column::Rank)
        .having(label::Column::Id.count().gt(1))
        .order_by_asc(label::Column::Id.count())
}

/// Each once, though it has several labels.
fn with_labels(_: &Request, items: Select<item::Entity>) -> Select<item::Entity> {
    items.join(JoinType::InnerJoin, item::Relation::Label.def()).filter(item::Column::Name.ne("b")).distinct()
}

macro_rules! views {
    ($($name:ident: $queryset:ident;)*) => {$(
        #[model_viewset(
            serializer = ItemSerializer,
            get_queryset = $queryset,
            lookup_field = name,
            filterset_fields(name(exact, in), labels.text),
            search_fields(name, labels.text),
            ordering_fields(name, rank, labels.text),
            filter_backends(Ranked),
            cascade(labels),
            pagination = LimitOffsetPagination { default_limit: 10 },
        )]
        #[permission(AllowAny)]
        pub struct $name;
    )*};
}
views! {
    PartsViewSet: of_two_parts;
    OrderedPartsViewSet: of_two_ordered_parts;
    HighestViewSet: of_the_highest_rank;
    SecondViewSet: of_the_second_rank;
    GroupedViewSet: of_several_labels;
    DistinctViewSet: with_labels;
}

#[model_viewset(
    serializer = ItemSerializer,
    ordering_fields(name, labels.text),
    filter_backends(Ranked),
    pagination = LimitOffsetPagination { default_limit: 10 },
)]
#[permission(AllowAny)]
pub struct AllViewSet;

/// The labels of `a` and `c`, with the table of items joined as the serializer and the filters join it.
fn of_high_ranks(_: &Request, labels: Select<label::Entity>) -> Select<label::Entity> {
    labels.join(JoinType::InnerJoin, label::Relation::Item.def()).filter(item::Column::Rank.gt(1))
}

/// The same with the table under another name, which is that of a joined table.
fn of_high_ranks_by_alias(_: &Request, labels: Select<label::Entity>) -> Select<label::Entity> {
    labels
        .join_as(JoinType::InnerJoin, label::Relation::Item.def(), "ITEM")
        .filter(Expr::col(("ITEM", "rank")).gt(1))
}

macro_rules! label_views {
    ($($name:ident: $queryset:ident;)*) => {$(
        #[model_viewset(
            serializer = LabelSerializer,
            get_queryset = $queryset,
            filterset_fields(item.name),
            search_fields(item.name),
            ordering_fields(item.name, id),
            actions(list, retrieve, update, partial_update, destroy),
        )]
        #[permission(AllowAny)]
        pub struct $name;
    )*};
}
label_views! {
    JoinedViewSet: of_high_ranks;
    RenamedViewSet: of_high_ranks_by_alias;
}

/// The first label of each item in the order of the texts backwards, the items by that label.
fn by_last_label(_: &Request, items: Select<item::Entity>) -> Select<item::Entity> {
    items
        .join(JoinType::InnerJoin, item::Relation::Label.def())
        .distinct_on([(label::Entity, label::Column::Text)])
        .order_by_desc(label::Column::Text)
        .order_by_asc(item::Column::Id)
}

#[model_viewset(serializer = ItemSerializer, get_queryset = by_last_label, filterset_fields(name), ordering_fields(name))]
#[permission(AllowAny)]
pub struct LastLabelViewSet;

/// The items `a` (rank 2, labels x y z), `b` (1, x), `c` (3, x y).
async fn fill(database: &Database) {
    database.execute(r#"DROP TABLE IF EXISTS "label""#).await;
    database.execute(r#"DROP TABLE IF EXISTS "item""#).await;
    database.create_table(item::Entity).await;
    database.create_table(label::Entity).await;
    database
        .execute(r#"INSERT INTO "item" ("id", "name", "rank") VALUES (1, 'a', 2), (2, 'b', 1), (3, 'c', 3)"#)
        .await;
    let labels = "(1, 'x', 1), (2, 'y', 1), (3, 'z', 1), (4, 'x', 2), (5, 'x', 3), (6, 'y', 3)";
    database.execute(&format!(r#"INSERT INTO "label" ("id", "text", "item_id") VALUES {labels}"#)).await;
}

fn client<V: ViewSet>(database: &Database) -> APIClient {
    let app = App::new(Settings::default(), database.db.clone());
    let router: Router = SimpleRouter::new()
        .register_as::<V>("items", "item")
        .mount("", &app)
        .expect("a viewset without mistakes");
    APIClient::new(router)
}

/// The count and the names of a list.
async fn listed(client: &APIClient, query: &str) -> (JsonValue, Vec<String>) {
    let page = client.get(&format!("/items/?{query}")).await;
    assert_eq!(page.status, 200, "{query}: {}", page.text());
    let page = page.json();
    let rows = page["results"].as_array().expect("rows");
    (page["count"].clone(), rows.iter().map(|row| row["name"].as_str().unwrap_or("").to_owned()).collect())
}

/// Only the rows of the queryset are listed, found, changed and deleted.
async fn is_in_scope<V: ViewSet>(database: &Database, inside: &[&str]) {
    fill(database).await;
    let client = client::<V>(database);
    let count = json!(inside.len());
    assert_eq!(listed(&client, "").await, (count.clone(), inside.iter().map(ToString::to_string).collect()));
    let mut sorted: Vec<String> = inside.iter().map(ToString::to_string).collect();
    sorted.sort();
    assert_eq!(listed(&client, "ordering=name").await, (count.clone(), sorted.clone()));
    assert_eq!(listed(&client, "ordering=name&limit=1").await, (count.clone(), sorted[..1].to_vec()));
    assert_eq!(listed(&client, "labels__text=x&ordering=name").await, (count.clone(), sorted.clone()));
    assert_eq!(listed(&client, "search=x&ordering=name").await, (count.clone(), sorted.clone()));
    assert_eq!(listed(&client, "ordering=labels__text").await.0, count);
    for name in ["a", "b", "c"] {
        let found: Vec<String> =
            inside.iter().filter(|known| **known == name).map(ToString::to_string).collect();
        for query in [format!("name={name}"), format!("search={name}"), format!("name__in={name}")] {
            assert_eq!(listed(&client, &query).await, (json!(found.len()), found.clone()), "{query}");
        }
        let (shown, gone) = if found.is_empty() { (404, 404) } else { (200, 204) };
        let url = format!("/items/{name}/");
        assert_eq!(client.get(&url).await.status, shown, "{name}");
        for (method, rank) in [("PATCH", 21), ("PUT", 22)] {
            let before = row_of(database, name).await;
            let body = match method {
                "PATCH" => json!({"rank": rank}),
                _ => json!({"name": name, "rank": rank}),
            };
            let method = method.parse().expect("a method");
            let changed = client.request(method, &url, Some(body.to_string())).await;
            assert_eq!(changed.status, shown, "{name}: {}", changed.text());
            let expected = match shown {
                200 => item::Model { rank, ..before },
                _ => before,
            };
            assert_eq!(row_of(database, name).await, expected, "{body}");
            fill(database).await;
        }
        assert_eq!(client.delete(&url).await.status, gone, "{name}");
        assert_eq!(is_stored(database, name).await, found.is_empty(), "{name}");
        fill(database).await;
    }
}

/// The stored item of a name.
async fn row_of(database: &Database, name: &str) -> item::Model {
    named(name).one(&database.db).await.expect("a statement").expect("an item")
}

/// Reports if the table has an item.
async fn is_stored(database: &Database, name: &str) -> bool {
    named(name).one(&database.db).await.expect("a statement").is_some()
}

drf_tests::on_each_engine! {
    async fn querysets_of_a_union(database: Database) {
        is_in_scope::<PartsViewSet>(&database, &["a", "c"]).await;
    }

    async fn querysets_of_an_ordered_union(database: Database) {
        is_in_scope::<OrderedPartsViewSet>(&database, &["c", "a"]).await;
    }

    async fn querysets_with_a_limit(database: Database) {
        is_in_scope::<HighestViewSet>(&database, &["c", "a"]).await;
    }

    async fn querysets_with_a_limit_and_an_offset(database: Database) {
        is_in_scope::<SecondViewSet>(&database, &["a"]).await;
    }

    async fn querysets_of_groups(database: Database) {
        is_in_scope::<GroupedViewSet>(&database, &["c", "a"]).await;
    }

    async fn distinct_querysets(database: Database) {
        is_in_scope::<DistinctViewSet>(&database, &["a", "c"]).await;
    }

    async fn rows_are_counted_once_where_a_filter_comes_after_the_order(database: Database) {
        fill(&database).await;
        let client = client::<AllViewSet>(&database);
        let names = ["a", "b", "c", "a", "c", "a"].map(str::to_owned).to_vec();
        assert_eq!(listed(&client, "ordering=labels__text,name").await, (json!(3), names.clone()));
        let page = (json!(3), names[1..3].to_vec());
        assert_eq!(listed(&client, "ordering=labels__text,name&limit=2&offset=1").await, page);
    }

    async fn a_queryset_may_join_what_is_joined_anyway(database: Database) {
        for client in [client::<JoinedViewSet>, client::<RenamedViewSet>] {
            fill(&database).await;
            let client = client(&database);
            for (query, ids) in [
                ("ordering=-id", vec![6, 5, 3, 2, 1]),
                ("item__name=c&ordering=id", vec![5, 6]),
                ("item__name=b", vec![]),
                ("search=a&ordering=id", vec![1, 2, 3]),
                ("ordering=-item__name,id", vec![5, 6, 1, 2, 3]),
            ] {
                let list = client.get(&format!("/items/?{query}")).await;
                assert_eq!(list.status, 200, "{query}: {}", list.text());
                let rows = list.json();
                let found: Vec<_> = rows.as_array().expect("rows").iter().map(|row| row["id"].clone()).collect();
                assert_eq!(found, ids, "{query}");
            }
            assert_eq!(client.get("/items/5/").await.json(), json!({"id": 5, "text": "x", "item_name": "c"}));
            assert_eq!(client.get("/items/4/").await.status, 404);
            let changed = client.patch("/items/5/", json!({"text": "new"}).to_string()).await;
            assert_eq!(changed.json(), json!({"id": 5, "text": "new", "item_name": "c"}));
            assert_eq!(client.patch("/items/4/", json!({"text": "new"}).to_string()).await.status, 404);
            assert_eq!(client.delete("/items/4/").await.status, 404);
            assert_eq!(client.delete("/items/5/").await.status, 204);
        }
    }

    /// PostgreSQL alone has `DISTINCT ON`.
    async fn a_queryset_that_is_distinct_by_a_joined_column_keeps_its_order(database: Database) {
        if database.engine != Engine::Postgres {
            return;
        }
        fill(&database).await;
        let client = client::<LastLabelViewSet>(&database);
        let ids = |rows: JsonValue| rows.as_array().expect("rows").iter().map(|row| row["id"].clone()).collect::<Vec<_>>();
        // `z` is a label of `a`, `y` and `x` are first labels of `a` too
        let list = client.get("/items/").await;
        assert_eq!(list.status, 200, "{}", list.text());
        assert_eq!(ids(list.json()), [1]);
        database.execute(r#"UPDATE "label" SET "text" = 'w' WHERE "id" = 1"#).await;
        assert_eq!(ids(client.get("/items/").await.json()), [1, 2]);
        assert_eq!(ids(client.get("/items/?ordering=-name").await.json()), [2, 1]);
        assert_eq!(client.get("/items/2/").await.status, 200);
        assert_eq!(client.get("/items/3/").await.status, 404);
    }
}
