//! Transactions of the user, callbacks after the commit, and pools of one connection.

use std::sync::Mutex;

use drf_tests::on_each_engine;

use super::*;

#[model_viewset(serializer = ItemSerializer)]
#[permission(AllowAny)]
struct PairViewSet;

static CALLED: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn called(prefix: &str) -> Vec<String> {
    CALLED.lock().expect("calls").iter().filter(|call| call.starts_with(prefix)).cloned().collect()
}

fn call(name: &str) {
    CALLED.lock().expect("calls").push(name.to_owned());
}

async fn part(request: &Request, name: &str) -> Result<Value> {
    Ok(request.data().await?.get(name).cloned().unwrap_or_default())
}

async fn save(request: &Request, data: Value) -> Result<()> {
    let valid = generics::validate::<ItemSerializer>(request, &drf::parsers::Data::Json(data), false).await?;
    generics::perform_create::<ItemSerializer>(request, valid, request.db_for_write()).await?;
    Ok(())
}

#[actions]
impl PairViewSet {
    /// Two serializers, one transaction.
    #[action(list, methods(POST))]
    async fn pair(request: &Request) -> Result<Response> {
        let transaction = request.begin_transaction().await?;
        save(request, part(request, "first").await?).await?;
        let first = item::Entity::find().all(request.db()).await?.len();
        save(request, part(request, "second").await?).await?;
        transaction.commit().await?;
        Ok(Response::ok(first as i64))
    }

    /// An inner transaction that is rolled back, in one that is committed.
    #[action(list, methods(POST))]
    async fn inner(request: &Request) -> Result<Response> {
        let tag =
            request.query_params().get("tag").and_then(|tag| tag.as_str()).unwrap_or_default().to_owned();
        let outer = request.begin_transaction().await?;
        note(&outer, "outer").await?;
        let log = format!("{tag} outer");
        request.on_commit(move || call(&log));
        {
            let _inner = request.begin_transaction().await?;
            note(request.db(), "inner").await?;
            let log = format!("{tag} inner");
            request.on_commit(move || call(&log));
        }
        let inner = request.begin_transaction().await?;
        note(&inner, "kept").await?;
        let log = format!("{tag} kept");
        request.on_commit(async move { call(&log) });
        inner.commit().await?;
        assert!(called(&tag).is_empty(), "nothing is committed yet");
        outer.commit().await?;
        Ok(Response::ok(called(&tag).len() as i64))
    }

    /// Callbacks that fail, and what goes on.
    #[action(list, methods(POST))]
    async fn failing(request: &Request) -> Result<Response> {
        let tag =
            request.query_params().get("tag").and_then(|tag| tag.as_str()).unwrap_or_default().to_owned();
        let transaction = request.begin_transaction().await?;
        note(&transaction, "stored").await?;
        let broken = tag.clone();
        request.on_commit(move || assert!(broken.is_empty(), "a bug in a callback"));
        request.on_commit(|| -> Result<()> { Err(ValidationError::new("no").into()) });
        let log = format!("{tag} last");
        request.on_commit(async move || call(&log));
        transaction.commit().await?;
        Ok(Response::ok("fine"))
    }

    /// Callbacks without a transaction.
    #[action(list, methods(POST))]
    async fn bare(request: &Request) -> Result<Response> {
        let tag =
            request.query_params().get("tag").and_then(|tag| tag.as_str()).unwrap_or_default().to_owned();
        let log = format!("{tag} now");
        request.on_commit(move || call(&log));
        let log = format!("{tag} soon");
        request.on_commit(async move {
            tokio::task::yield_now().await;
            call(&log);
        });
        Ok(Response::ok(i64::from(called(&tag).contains(&format!("{tag} now")))))
    }

    /// A transaction that is committed while an inner one is open.
    #[action(list, methods(POST))]
    async fn wrong_order(request: &Request) -> Result<Response> {
        let outer = request.begin_transaction().await?;
        note(&outer, "outer").await?;
        let inner = request.begin_transaction().await?;
        let committed = outer.commit().await;
        drop(inner);
        committed?;
        Ok(Response::no_content())
    }
}

fn router() -> SimpleRouter {
    SimpleRouter::new().register_as::<PairViewSet>("items", "item")
}

on_each_engine! {
    async fn a_transaction_of_the_user_spans_several_serializers(database: Database) {
        let client = client(router(), &database).await;
        let body = json!({"first": {"name": "a", "quantity": 1}, "second": {"name": "b", "quantity": 1}});
        let done = client.post("/items/pair/", body.to_string()).await;
        assert_eq!((done.status.as_u16(), done.text()), (200, "3".to_owned()), "it sees its own row");
        assert_eq!(all::<item::Entity>(&database).await.len(), 4);
        let body = json!({"first": {"name": "c", "quantity": 1}, "second": {"name": "c", "quantity": 1}});
        let refused = client.post("/items/pair/", body.to_string()).await;
        let taken = json!({"name": ["item with this name already exists."]});
        assert_eq!((refused.status.as_u16(), refused.json()), (400, taken));
        assert_eq!(all::<item::Entity>(&database).await.len(), 4);
    }

    async fn inner_transactions_are_savepoints(database: Database) {
        let client = client(router(), &database).await;
        let tag = format!("inner{:?}", database.engine);
        let done = client.post(&format!("/items/inner/?tag={tag}"), "{}").await;
        assert_eq!((done.status.as_u16(), done.text()), (200, "2".to_owned()), "before the response");
        let texts: Vec<_> = all::<event::Entity>(&database).await.into_iter().map(|event| event.text).collect();
        assert_eq!(texts, ["outer", "kept"]);
        assert_eq!(called(&tag), [format!("{tag} outer"), format!("{tag} kept")]);
    }

    async fn callbacks_that_fail_change_nothing(database: Database) {
        let client = client(router(), &database).await;
        let tag = format!("failing{:?}", database.engine);
        let done = client.post(&format!("/items/failing/?tag={tag}"), "{}").await;
        assert_eq!((done.status.as_u16(), called(&tag)), (200, vec![format!("{tag} last")]));
        assert_eq!(all::<event::Entity>(&database).await.len(), 1);
    }

    async fn callbacks_without_a_transaction_run_at_once(database: Database) {
        let client = client(router(), &database).await;
        let tag = format!("bare{:?}", database.engine);
        let done = client.post(&format!("/items/bare/?tag={tag}"), "{}").await;
        assert_eq!((done.status.as_u16(), done.text()), (200, "1".to_owned()), "before the handler goes on");
        assert_eq!(called(&tag), [format!("{tag} now"), format!("{tag} soon")], "before the response");
    }

    async fn a_transaction_with_an_open_savepoint_is_not_committed(database: Database) {
        let client = client(router(), &database).await;
        assert_eq!(client.post("/items/wrong_order/", "{}").await.status, 500);
        assert!(all::<event::Entity>(&database).await.is_empty());
        assert_eq!(client.post("/items/", json!({"name": "n", "quantity": 1}).to_string()).await.status, 201);
    }
}

#[model_viewset(
    serializer = ItemSerializer,
    perform_create = create,
    perform_update = update,
    perform_destroy = destroy,
    atomic
)]
#[permission(AllowAny)]
struct BusyViewSet;

async fn create(request: &Request, create: Create<'_, ItemSerializer>) -> Result<Saved<item::Entity>> {
    let items = item::Entity::find().all(request.db()).await?.len();
    note(request.db_for_write(), &format!("{items} before")).await?;
    create.save().await
}

async fn update(request: &Request, update: Update<'_, ItemSerializer>) -> Result<Saved<item::Entity>> {
    note(request.db(), "update").await?;
    update.save().await
}

async fn destroy(request: &Request, destroy: Destroy<'_, item::Entity>) -> Result<()> {
    note(request.db(), "destroy").await?;
    destroy.delete().await
}

#[tokio::test]
async fn one_connection_is_enough() {
    let db = drf::connect("sqlite::memory:").await.expect("a database in memory");
    create_tables(&db).await;
    let router = SimpleRouter::new()
        .register_as::<BusyViewSet>("busy", "busy")
        .register_as::<PairViewSet>("items", "item")
        .register_as::<ShelfViewSet>("shelves", "shelf")
        .register_as::<TaggedViewSet>("tagged", "tagged");
    let client = client_on(router, db);
    let item = json!({"name": "n", "quantity": 1});
    let shelf = json!({"label": "x", "parts": [{"title": "p"}]});
    for (method, path, body, status) in [
        ("POST", "/busy/", item.clone(), 201),
        ("POST", "/busy/", item.clone(), 400),
        ("PUT", "/busy/1/", json!({"name": "other", "quantity": 3}), 200),
        ("PATCH", "/busy/1/", json!({"name": "n"}), 400),
        ("DELETE", "/busy/1/", json!({}), 204),
        ("POST", "/shelves/", shelf.clone(), 201),
        ("PATCH", "/shelves/1/", shelf, 200),
        ("PATCH", "/tagged/1/", json!({"tags": [1, 2]}), 200),
        ("PATCH", "/tagged/1/", json!({"tags": [1, 99]}), 400),
        ("POST", "/tagged/", json!({"label": "x", "tags": [1, 2]}), 201),
        ("DELETE", "/shelves/1/", json!({}), 204),
        ("POST", "/items/pair/", json!({"first": {"name": "c", "quantity": 1}, "second": item}), 400),
    ] {
        let answer = client.request(method.parse().expect("a method"), path, Some(body.to_string())).await;
        assert_eq!(answer.status, status, "{method} {path} {body}: {}", answer.text());
    }
    let body = json!({"name": "race", "quantity": 1});
    let answers = at_once(&client, vec![("POST", "/busy/".to_owned(), body); 6]).await;
    assert_eq!(count(&answers, 201, &[400]), 1);
}

#[model_viewset(serializer = ItemSerializer, actions(list), atomic)]
#[permission(AllowAny)]
struct ReadingViewSet;

#[tokio::test]
async fn atomic_needs_an_action_that_writes() {
    let db = drf::connect("sqlite::memory:").await.expect("a database in memory");
    let app = App::new(Settings::default(), db);
    let errors = SimpleRouter::new().register_as::<ReadingViewSet>("items", "item").mount("", &app);
    let errors = errors.expect_err("one mistake");
    let errors: Vec<_> = errors.iter().collect();
    assert_eq!(errors, ["`ReadingViewSet`: `atomic` is for actions that write, and there is none"]);
}
