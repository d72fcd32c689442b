//! Hooks run in one transaction with the row, and for valid input only.

use std::sync::Mutex;
use std::time::Duration;

use drf::sea_orm::{ActiveModelTrait, Statement};
use drf_tests::engines::Engine;
use drf_tests::on_each_engine;

use super::*;

/// The mails of all tests, which tell theirs by their names.
static MAILS: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn mails(database: &Database) -> Vec<String> {
    let engine = format!("{:?}", database.engine);
    let mails = MAILS.lock().expect("mails");
    mails.iter().filter(|mail| mail.contains(&engine)).cloned().collect()
}

fn mail(request: &Request, name: &str) {
    let name = name.to_owned();
    request.on_commit(async move {
        tokio::task::yield_now().await;
        MAILS.lock().expect("mails").push(name);
    });
}

#[model_viewset(
    serializer = ItemSerializer,
    perform_create = create,
    perform_update = update,
    perform_destroy = destroy
)]
#[permission(AllowAny)]
struct LoggedViewSet;

async fn create(request: &Request, create: Create<'_, ItemSerializer>) -> Result<Saved<item::Entity>> {
    let name = create.data.name.clone().unwrap_or_default();
    note(create.db(), &name).await?;
    mail(request, &name);
    let saved = create.save().await?;
    refuse(&name)?;
    Ok(saved)
}

async fn update(request: &Request, update: Update<'_, ItemSerializer>) -> Result<Saved<item::Entity>> {
    let name = update.data.name.clone().unwrap_or_default();
    // the connection of the request is the transaction too
    note(request.db(), &name).await?;
    mail(request, &name);
    let saved = update.save().await?;
    refuse(&name)?;
    Ok(saved)
}

async fn destroy(request: &Request, destroy: Destroy<'_, item::Entity>) -> Result<()> {
    let name = destroy.instance.name.clone();
    note(request.db_for_write(), &name).await?;
    mail(request, &name);
    destroy.delete().await?;
    refuse(&name)
}

fn refuse(name: &str) -> Result<()> {
    match name.starts_with("refused") {
        true => Err(ValidationError::new("refused").into()),
        false => Ok(()),
    }
}

fn logged() -> SimpleRouter {
    SimpleRouter::new().register_as::<LoggedViewSet>("items", "item")
}

/// Returns the number of transactions that connections of the pool have left open.
async fn open_transactions(database: &Database) -> i64 {
    let sql = match database.engine {
        // SQLite tells only by refusing the lock.
        Engine::Sqlite => "SELECT 0",
        Engine::Postgres => {
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'"
        }
        Engine::Mysql => {
            "SELECT count(*) FROM information_schema.innodb_trx t JOIN information_schema.processlist p \
             ON p.id = t.trx_mysql_thread_id WHERE p.db = database() AND p.command = 'Sleep'"
        }
    };
    let statement = Statement::from_string(database.db.get_database_backend(), sql);
    // not one of the pool, which would be busy with this very statement
    let other = drf::connect(&database.url).await.expect("a connection");
    let row = other.query_one_raw(statement).await.expect("an answer").expect("a number");
    match database.engine {
        Engine::Sqlite => i64::from(row.try_get_by_index::<i32>(0).expect("a number")),
        _ => row.try_get_by_index(0).expect("a number"),
    }
}

on_each_engine! {
    async fn what_a_hook_writes_goes_with_its_row(database: Database) {
        let client = client(logged(), &database).await;
        let new = |name: &str| json!({"name": format!("{name} {:?}", database.engine), "quantity": 1});
        let created = client.post("/items/", new("new").to_string()).await;
        assert_eq!(created.status, 201, "{}", created.text());
        let path = format!("/items/{}/", created.json()["id"]);
        assert_eq!(client.patch(&path, new("other").to_string()).await.status, 200);
        assert_eq!(client.delete(&path).await.status, 204);
        let events: Vec<_> = all::<event::Entity>(&database).await.into_iter().map(|event| event.text).collect();
        let names = ["new", "other", "other"].map(|name| format!("{name} {:?}", database.engine));
        assert_eq!((events, mails(&database)), (names.to_vec(), names.to_vec()));
    }

    async fn a_hook_that_fails_leaves_nothing(database: Database) {
        let client = client(logged(), &database).await;
        let refused = json!({"name": "refused", "quantity": 1}).to_string();
        assert_eq!(client.post("/items/", refused.clone()).await.status, 400);
        assert_eq!(client.patch("/items/1/", refused.clone()).await.status, 400);
        assert_eq!(client.put("/items/1/", refused).await.status, 400);
        database.execute("UPDATE item SET name = 'refused it' WHERE id = 2").await;
        assert_eq!(client.delete("/items/2/").await.status, 400);
        assert!(all::<event::Entity>(&database).await.is_empty());
        let names: Vec<_> = all::<item::Entity>(&database).await.into_iter().map(|item| item.name).collect();
        assert_eq!(names, ["first", "refused it"]);
        assert!(MAILS.lock().expect("mails").iter().all(|mail| !mail.starts_with("refused")));
    }

    async fn a_hook_does_not_run_for_a_name_that_is_taken(database: Database) {
        let client = client(logged(), &database).await;
        let taken = json!({"name": "second", "quantity": 1}).to_string();
        let expected = json!({"name": ["item with this name already exists."]});
        for (method, path) in [("POST", "/items/"), ("PATCH", "/items/1/"), ("PUT", "/items/1/")] {
            let answer = client.request(method.parse().expect("a method"), path, Some(taken.clone())).await;
            assert_eq!((answer.status.as_u16(), answer.json()), (400, expected.clone()), "{method}");
        }
        assert!(all::<event::Entity>(&database).await.is_empty());
        assert!(MAILS.lock().expect("mails").iter().all(|mail| mail != "second"));
    }

    async fn a_client_that_disconnects_leaves_nothing_half_done(database: Database) {
        let client = client(logged(), &database).await;
        let left = format!("left {}", database.engine.name());
        for round in 0..300 {
            let body = json!({"name": format!("{left} {round}"), "quantity": 1}).to_string();
            // the answer, if there is one, is in time
            let _ = tokio::time::timeout(Duration::from_micros(20 * round), client.post("/items/", body)).await;
        }
        // The one that was last to disconnect may still commit.
        tokio::time::sleep(Duration::from_millis(200)).await;
        assert_eq!(open_transactions(&database).await, 0);
        let sorted = |names: Vec<String>| {
            let mut names: Vec<_> = names.into_iter().filter(|name| name.starts_with(&left)).collect();
            names.sort();
            names
        };
        let items = sorted(all::<item::Entity>(&database).await.into_iter().map(|item| item.name).collect());
        let events = sorted(all::<event::Entity>(&database).await.into_iter().map(|event| event.text).collect());
        let mails = sorted(MAILS.lock().expect("mails").clone());
        assert_eq!(events, items);
        assert_eq!(mails, items);
        let after = client.post("/items/", json!({"name": "after", "quantity": 1}).to_string()).await;
        assert_eq!(after.status, 201, "{}", after.text());
    }

    async fn of_equal_names_at_once_one_is_stored_with_its_event(database: Database) {
        let client = client(logged(), &database).await;
        for round in 0..3 {
            let body = json!({"name": format!("equal {round}"), "quantity": 1});
            let answers = at_once(&client, vec![("POST", "/items/".to_owned(), body); 8]).await;
            assert_eq!(count(&answers, 201, &[400]), 1);
            for answer in answers.iter().filter(|answer| answer.status == 400) {
                assert_eq!(answer.json(), json!({"name": ["item with this name already exists."]}));
            }
        }
        assert_eq!(all::<event::Entity>(&database).await.len(), 3);
    }
}

#[serializer(entity = item::Entity, create = hashed, update = hashed_again)]
struct HashedSerializer {
    id: i64,
    name: String,
    quantity: i32,
}

async fn hashed(mut create: Create<'_, HashedSerializer>) -> Result<Saved<item::Entity>> {
    let name = create.data.name.clone().unwrap_or_default();
    note(create.db(), &name).await?;
    create.model.name = Set(format!("hash of {name}"));
    create.insert().await
}

async fn hashed_again(mut update: Update<'_, HashedSerializer>) -> Result<Saved<item::Entity>> {
    let name = update.data.name.clone().unwrap_or_default();
    note(update.db(), &name).await?;
    update.model.name = Set(format!("hash of {name}"));
    update.update().await
}

#[model_viewset(serializer = HashedSerializer, bulk_create)]
#[permission(AllowAny)]
struct HashedViewSet;

#[serializer(entity = part::Entity, create = stamped, update = stamped_again)]
struct StampedPart {
    id: i64,
    title: String,
}

async fn stamped(mut create: Create<'_, StampedPart>) -> Result<Saved<part::Entity>> {
    create.model.title = Set(format!("new {}", create.data.title.take().unwrap_or_default()));
    create.insert().await
}

async fn stamped_again(mut update: Update<'_, StampedPart>) -> Result<Saved<part::Entity>> {
    let title = update.data.title.take().unwrap_or_default();
    if title == "bad" {
        return Err(ValidationError::fields([("title", "bad")]).into());
    }
    update.model.title = Set(format!("changed {title}"));
    update.update().await
}

#[serializer(entity = shelf::Entity)]
struct StampedShelf {
    id: i64,
    #[field(required = false)]
    label: String,
    #[field(nested(write = patch), required = false)]
    parts: Vec<StampedPart>,
}

#[model_viewset(serializer = StampedShelf)]
#[permission(AllowAny)]
struct StampedViewSet;

#[serializer(entity = item::Entity, validate = noted)]
struct ValidatedSerializer {
    id: i64,
    name: String,
    quantity: i32,
}

async fn noted(
    data: Validated<ValidatedSerializer>,
    context: &Context<'_, ValidatedSerializer>,
) -> Result<Validated<ValidatedSerializer>> {
    note(context.request.db(), "validate").await?;
    Ok(data)
}

#[model_viewset(serializer = ValidatedSerializer)]
#[permission(AllowAny)]
struct ValidatedViewSet;

on_each_engine! {
    async fn hooks_of_serializers_do_not_run_for_a_name_that_is_taken(database: Database) {
        let router = SimpleRouter::new()
            .register_as::<HashedViewSet>("hashed", "hashed")
            .register_as::<ValidatedViewSet>("validated", "validated");
        let client = client(router, &database).await;
        let taken = json!({"name": "second", "quantity": 1}).to_string();
        for prefix in ["hashed", "validated"] {
            for (method, key) in [("POST", ""), ("PUT", "1/"), ("PATCH", "1/")] {
                let (method, path) = (method.parse().expect("a method"), format!("/{prefix}/{key}"));
                let answer = client.request(method, &path, Some(taken.clone())).await;
                let expected = json!({"name": ["item with this name already exists."]});
                assert_eq!((answer.status.as_u16(), answer.json()), (400, expected), "{path}");
            }
        }
        assert!(all::<event::Entity>(&database).await.is_empty());
        let own = json!({"name": "second", "quantity": 2}).to_string();
        assert_eq!(client.put("/validated/2/", own).await.status, 200, "its own name is not taken");
        assert_eq!(all::<event::Entity>(&database).await.len(), 1);
    }
}

on_each_engine! {
    async fn a_list_is_saved_by_the_serializers_own_create(database: Database) {
        let client = client(SimpleRouter::new().register_as::<HashedViewSet>("users", "user"), &database).await;
        let body = json!([{"name": "ann", "quantity": 1}, {"name": "bob", "quantity": 2}]);
        let created = client.post("/users/", body.to_string()).await;
        assert_eq!(created.status, 201, "{}", created.text());
        let names = json!([created.json()[0]["name"], created.json()[1]["name"]]);
        assert_eq!(names, json!(["hash of ann", "hash of bob"]));
        assert_eq!(all::<event::Entity>(&database).await.len(), 2);

        // all or nothing: the second row violates the constraint, which its own name does not
        let body = json!([{"name": "eve", "quantity": 1}, {"name": "ann", "quantity": 2}]);
        assert_eq!(client.post("/users/", body.to_string()).await.status, 409);
        assert_eq!((all::<item::Entity>(&database).await.len(), all::<event::Entity>(&database).await.len()), (4, 2));
    }

    async fn nested_rows_are_saved_by_their_serializers_own_hooks(database: Database) {
        let client = client(SimpleRouter::new().register_as::<StampedViewSet>("shelves", "shelf"), &database).await;
        let created = client.post("/shelves/", json!({"label": "x", "parts": [{"title": "p"}]}).to_string()).await;
        assert_eq!(created.status, 201, "{}", created.text());
        let (shelf, part) = (created.json()["id"].clone(), created.json()["parts"][0].clone());
        assert_eq!(part["title"], "new p");
        let path = format!("/shelves/{shelf}/");
        let body = json!({"label": "y", "parts": [{"id": part["id"], "title": "q"}, {"title": "r"}]});
        let changed = client.patch(&path, body.to_string()).await.json();
        assert_eq!((&changed["parts"][0]["title"], &changed["parts"][1]["title"]), (&json!("changed q"), &json!("new r")));
        let body = json!({"label": "z", "parts": [{"title": "s"}, {"id": part["id"], "title": "bad"}]});
        let refused = client.patch(&path, body.to_string()).await;
        assert_eq!((refused.status.as_u16(), refused.json()), (400, json!({"parts": {"1": {"title": ["bad"]}}})));
        assert_eq!(client.get(&path).await.json(), changed);
    }
}

/// Inserts the row by itself.
#[model_viewset(serializer = ItemSerializer, perform_create = insert)]
#[permission(AllowAny)]
struct InsertingViewSet;

async fn insert(_request: &Request, create: Create<'_, ItemSerializer>) -> Result<Saved<item::Entity>> {
    let db = create.db();
    Ok(Saved::new(create.model.insert(db).await?))
}

on_each_engine! {
    async fn a_hook_that_inserts_by_itself_gets_the_errors_of_the_validators(database: Database) {
        let client = client(SimpleRouter::new().register_as::<InsertingViewSet>("items", "item"), &database).await;
        for round in 0..3 {
            let body = json!({"name": format!("equal {round}"), "quantity": 1});
            let answers = at_once(&client, vec![("POST", "/items/".to_owned(), body); 8]).await;
            assert_eq!(count(&answers, 201, &[400]), 1);
        }
        assert_eq!(all::<item::Entity>(&database).await.len(), 5);
    }
}
