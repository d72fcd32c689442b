//! Requests about one row at the same time: none of their changes is lost, doubled or half-done.

use std::collections::HashSet;

use drf::sea_orm::{QueryFilter, QuerySelect, Select};
use drf_tests::on_each_engine;

use super::*;

/// Takes one of an item, and notes it.
#[model_viewset(serializer = ItemSerializer, perform_update = take_one, perform_destroy = destroy, atomic)]
#[permission(AllowAny)]
struct StockViewSet;

async fn take_one(request: &Request, mut item: Update<'_, ItemSerializer>) -> Result<Saved<item::Entity>> {
    if item.instance.quantity == 0 {
        return Err(ValidationError::new("sold out").into());
    }
    item.model.quantity = Set(item.instance.quantity - 1);
    note(request.db(), "taken").await?;
    item.save().await
}

async fn destroy(request: &Request, item: Destroy<'_, item::Entity>) -> Result<()> {
    note(request.db(), "destroyed").await?;
    item.delete().await
}

#[actions]
impl StockViewSet {
    #[action(detail, methods(POST))]
    async fn take(request: &Request, item: item::Model) -> Result<Response> {
        use drf::sea_orm::ActiveModelTrait;
        use drf::sea_orm::IntoActiveModel;
        if item.quantity == 0 {
            return Err(ValidationError::new("sold out").into());
        }
        let quantity = item.quantity - 1;
        let mut item = item.into_active_model();
        item.quantity = Set(quantity);
        item.update(request.db()).await?;
        note(request.db(), "taken").await?;
        Ok(Response::no_content())
    }
}

/// The same, with a scope that PostgreSQL cannot lock as it is.
#[model_viewset(
    serializer = ItemSerializer,
    get_queryset = distinct,
    perform_update = take_one,
    actions(partial_update),
    atomic
)]
#[permission(AllowAny)]
struct ScopedStockViewSet;

fn distinct(_request: &Request, items: Select<item::Entity>) -> Select<item::Entity> {
    use drf::sea_orm::ColumnTrait;
    items.filter(item::Column::Quantity.gte(0)).distinct()
}

fn stock() -> SimpleRouter {
    SimpleRouter::new()
        .register_as::<StockViewSet>("stock", "stock")
        .register_as::<ScopedStockViewSet>("scoped", "scoped")
}

async fn taken(database: &Database) -> (i32, usize) {
    (quantity(database, 1).await, all::<event::Entity>(database).await.len())
}

on_each_engine! {
    async fn in_an_atomic_viewset_no_change_is_lost(database: Database) {
        let client = client(stock(), &database).await;
        let patches = vec![("PATCH", "/stock/1/".to_owned(), json!({})); 12];
        assert_eq!(count(&at_once(&client, patches).await, 200, &[400]), 5);
        assert_eq!(taken(&database).await, (0, 5));
    }

    async fn an_atomic_scope_is_locked_as_well(database: Database) {
        let client = client(stock(), &database).await;
        let patches = vec![("PATCH", "/scoped/1/".to_owned(), json!({})); 12];
        assert_eq!(count(&at_once(&client, patches).await, 200, &[400]), 5);
        assert_eq!(taken(&database).await, (0, 5));
    }

    async fn further_actions_of_an_atomic_viewset_lock_their_row(database: Database) {
        let client = client(stock(), &database).await;
        let posts = vec![("POST", "/stock/1/take/".to_owned(), json!({})); 12];
        assert_eq!(count(&at_once(&client, posts).await, 204, &[400]), 5);
        assert_eq!(taken(&database).await, (0, 5));
    }

    async fn of_many_deletions_of_a_row_one_is_done(database: Database) {
        let client = client(stock(), &database).await;
        let deletions = vec![("DELETE", "/stock/1/".to_owned(), json!({})); 8];
        assert_eq!(count(&at_once(&client, deletions).await, 204, &[404]), 1);
        assert_eq!((all::<item::Entity>(&database).await.len(), all::<event::Entity>(&database).await.len()), (1, 1));
    }
}

#[serializer(entity = tag::Entity)]
struct TagSerializer {
    id: i64,
    #[field(required = false)]
    name: String,
    #[field(allow_empty)]
    shelves: Vec<PrimaryKeyRelated<shelf::Entity>>,
}

#[model_viewset(serializer = TagSerializer, actions(partial_update))]
#[permission(AllowAny)]
struct TagViewSet;

fn shelves() -> SimpleRouter {
    SimpleRouter::new()
        .register_as::<TagViewSet>("tags", "tag")
        .register_as::<PlainItemViewSet>("items", "item")
        .register_as::<ShelfViewSet>("shelves", "shelf")
        .register_as::<TaggedViewSet>("tagged", "tagged")
}

on_each_engine! {
    async fn replaced_nested_rows_are_those_of_one_request(database: Database) {
        let client = client(shelves(), &database).await;
        for round in 0..8 {
            let body = |sender: usize| {
                let parts: Vec<_> = (0..3).map(|part| json!({"title": format!("{round} {sender} {part}")})).collect();
                // half of them change the row itself as well
                match sender % 2 {
                    0 => json!({"parts": parts}),
                    _ => json!({"label": format!("{round} {sender}"), "parts": parts}),
                }
            };
            let patches = (0..6).map(|sender| ("PATCH", "/shelves/1/".to_owned(), body(sender)));
            assert_eq!(count(&at_once(&client, patches).await, 200, &[]), 6);
            let titles: Vec<_> = all::<part::Entity>(&database).await.into_iter().map(|part| part.title).collect();
            let senders: HashSet<_> = titles.iter().map(|title| title.rsplit_once(' ').expect("three words").0).collect();
            assert_eq!((titles.len(), senders.len()), (3, 1), "{titles:?}");
        }
    }

    async fn links_are_those_of_one_request(database: Database) {
        let client = client(shelves(), &database).await;
        let choices = [json!([1, 2]), json!([2, 3, 4]), json!([4, 1]), json!([])];
        for _ in 0..8 {
            let patches = choices.iter().chain(&choices).map(|tags| ("PATCH", "/tagged/1/".to_owned(), json!({"tags": tags})));
            let answers = at_once(&client, patches.collect::<Vec<_>>()).await;
            assert_eq!(count(&answers, 200, &[]), 8);
            let mut links: Vec<_> = all::<shelf_tag::Entity>(&database).await.into_iter().map(|link| link.tag_id).collect();
            links.sort_unstable();
            let mut choices = choices.clone().map(|tags| serde_json::from_value::<Vec<i64>>(tags).expect("keys"));
            choices.iter_mut().for_each(|tags| tags.sort_unstable());
            assert!(choices.contains(&links), "{links:?}");
        }
    }

    async fn links_of_many_rows_do_not_deadlock(database: Database) {
        let client = client(shelves(), &database).await;
        for _ in 0..6 {
            let body = |shelf: usize| json!({"tags": if shelf == 1 { [1, 2, 3, 4] } else { [4, 3, 2, 1] }});
            let patches = (0..8).map(|index| index % 2 + 1).map(|shelf| ("PATCH", format!("/tagged/{shelf}/"), body(shelf)));
            assert_eq!(count(&at_once(&client, patches).await, 200, &[]), 8);
            assert_eq!(all::<shelf_tag::Entity>(&database).await.len(), 8);
            let clear = [1, 2].map(|shelf| ("PATCH", format!("/tagged/{shelf}/"), json!({"tags": []})));
            assert_eq!(count(&at_once(&client, clear).await, 200, &[]), 2);
        }
    }

    async fn a_link_that_both_sides_make_is_made_once(database: Database) {
        let client = client(shelves(), &database).await;
        database.execute("CREATE UNIQUE INDEX one_link ON shelf_tag (shelf_id, tag_id)").await;
        for _ in 0..8 {
            let sides = [("PATCH", "/tagged/1/".to_owned(), json!({"tags": [1]})), ("PATCH", "/tags/1/".to_owned(), json!({"shelves": [1]}))];
            let answers = at_once(&client, sides.iter().chain(&sides).cloned()).await;
            // MariaDB locks the rows that a link references: a deadlock is tried again once
            assert!(count(&answers, 200, &[503]) >= 1);
            let links = all::<shelf_tag::Entity>(&database).await;
            assert_eq!(links.iter().map(|link| (link.shelf_id, link.tag_id)).collect::<Vec<_>>(), [(1, 1)]);
            assert_eq!(client.patch("/tagged/1/", r#"{"tags": []}"#).await.status, 200);
        }
    }

    async fn a_row_that_is_deleted_meanwhile_is_404(database: Database) {
        let client = client(shelves(), &database).await;
        for round in 0..12 {
            for (path, new, changes) in [
                ("/items/", json!({"name": format!("r{round}"), "quantity": 1}), vec![json!({"quantity": 2}), json!({})]),
                ("/shelves/", json!({"label": "s", "parts": [{"title": "p"}]}), vec![json!({"parts": [{"title": "q"}]}), json!({"label": "t"})]),
                ("/tagged/", json!({"label": "s", "tags": [1]}), vec![json!({"tags": [2, 3]}), json!({"label": "t", "tags": [4]})]),
            ] {
                let created = client.post(path, new.to_string()).await;
                assert_eq!(created.status, 201, "{}", created.text());
                let path = format!("{path}{}/", created.json()["id"]);
                let mut requests: Vec<_> = changes.iter().chain(&changes).map(|body| ("PATCH", path.clone(), body.clone())).collect();
                requests.insert(round % 4, ("PUT", path.clone(), new.clone()));
                requests.insert(round % 5, ("DELETE", path.clone(), json!({})));
                let answers = at_once(&client, requests).await;
                assert_eq!(count(&answers, 204, &[200, 404]), 1);
                assert_eq!(client.get(&path).await.status, 404);
            }
        }
        assert_eq!(all::<item::Entity>(&database).await.len(), 2);
        assert_eq!((all::<part::Entity>(&database).await.len(), all::<shelf_tag::Entity>(&database).await.len()), (0, 0));
    }
}
