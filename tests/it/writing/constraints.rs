//! Violated constraints: a validator's 400, or a conflict that reaches the exception handler.

use drf::exceptions::ConstraintKind;
use drf::sea_orm::ActiveModelTrait;
use drf::views::{ExceptionContext, exception_handler};
use drf_tests::engines::Engine;
use drf_tests::on_each_engine;

use super::*;

#[model_viewset(serializer = ItemSerializer, bulk_create, perform_destroy = delete)]
#[permission(AllowAny)]
struct ItemViewSet;

async fn delete(_request: &Request, item: Destroy<'_, item::Entity>) -> Result<()> {
    item.delete().await
}

/// Its hooks write an event with a fixed text.
#[model_viewset(serializer = ItemSerializer, perform_create = create, exception_handler = decline)]
#[permission(AllowAny)]
struct NotingViewSet;

async fn create(request: &Request, create: Create<'_, ItemSerializer>) -> Result<Saved<item::Entity>> {
    let saved = create.save().await?;
    note(request.db(), "once").await?;
    Ok(saved)
}

fn decline(error: &Error, context: &ExceptionContext<'_>) -> Option<Response> {
    match error {
        Error::Integrity(error) => {
            assert_eq!(error.kind(), ConstraintKind::Unique);
            None
        }
        Error::Protected(_) => None,
        _ => exception_handler(error, context),
    }
}

#[actions]
impl ItemViewSet {
    /// Violates the constraint of another table.
    #[action(list, methods(POST))]
    async fn twice(request: &Request) -> Result<Response> {
        note(request.db(), "once").await?;
        note(request.db(), "once").await?;
        Ok(Response::no_content())
    }

    /// Inserts a row that references nothing.
    #[action(list, methods(POST))]
    async fn astray(request: &Request) -> Result<Response> {
        let part = part::ActiveModel { title: Set("x".to_owned()), shelf_id: Set(99), ..Default::default() };
        part.insert(request.db()).await?;
        Ok(Response::no_content())
    }
}

/// Nothing goes with a shelf.
#[model_viewset(serializer = ShelfSerializer)]
#[permission(AllowAny)]
struct BareShelfViewSet;

#[model_viewset(serializer = ShelfSerializer, perform_destroy = in_words)]
#[permission(AllowAny)]
struct HookedShelfViewSet;

async fn in_words(request: &Request, shelf: Destroy<'_, shelf::Entity>) -> Result<()> {
    note(request.db(), "deleting").await?;
    shelf.delete().await.map_err(|error| match error {
        Error::Protected(model) => {
            APIException::new(StatusCode::CONFLICT, format!("{model} in use"), "in_use").into()
        }
        other => other,
    })
}

#[model_viewset(serializer = ShelfSerializer, exception_handler = decline)]
#[permission(AllowAny)]
struct DecliningShelfViewSet;

fn router() -> SimpleRouter {
    SimpleRouter::new()
        .register_as::<ItemViewSet>("items", "item")
        .register_as::<NotingViewSet>("noting", "noting")
        .register_as::<BareShelfViewSet>("shelves", "shelf")
        .register_as::<HookedShelfViewSet>("hooked", "hooked")
        .register_as::<DecliningShelfViewSet>("declining", "declining")
}

const CONFLICT: &str = "The change conflicts with existing data.";

on_each_engine! {
    async fn a_constraint_without_a_validator_is_a_conflict(database: Database) {
        let client = client(router(), &database).await;
        database.execute("CREATE UNIQUE INDEX one_event ON event (text)").await;
        database.execute("CREATE UNIQUE INDEX one_quantity ON item (quantity, id)").await;
        let expected = json!({"detail": CONFLICT});
        let twice = client.post("/items/twice/", "{}").await;
        assert_eq!((twice.status.as_u16(), twice.json()), (409, expected.clone()));
        let astray = client.post("/items/astray/", "{}").await;
        assert_eq!((astray.status.as_u16(), astray.json()), (409, expected));

        // the event is there; the row of the hook goes with its own
        let body = json!({"name": "n", "quantity": 1}).to_string();
        assert_eq!(client.post("/noting/", body.clone()).await.status, 500, "the handler declines");
        let taken = client.post("/noting/", json!({"name": "first", "quantity": 1}).to_string()).await;
        assert_eq!(taken.json(), json!({"name": ["item with this name already exists."]}), "a validator's error");
        assert_eq!(all::<item::Entity>(&database).await.len(), 2);
    }

    async fn a_rejected_row_leaves_no_gap_in_the_keys(database: Database) {
        let client = client(router(), &database).await;
        for _ in 0..3 {
            let taken = client.post("/items/", json!({"name": "first", "quantity": 1}).to_string()).await;
            assert_eq!((taken.status.as_u16(), taken.json()), (400, json!({"name": ["item with this name already exists."]})));
        }
        let next = client.post("/items/", json!({"name": "third", "quantity": 1}).to_string()).await;
        assert_eq!(next.json(), json!({"id": 3, "name": "third", "quantity": 1}));
    }

    async fn a_check_is_a_conflict_for_every_verb(database: Database) {
        let client = client(router(), &database).await;
        if database.engine == Engine::Sqlite {
            database.execute("CREATE TRIGGER positive BEFORE INSERT ON item WHEN NEW.quantity < 0 BEGIN SELECT RAISE(ABORT, 'no'); END").await;
            database.execute("CREATE TRIGGER positive_too BEFORE UPDATE ON item WHEN NEW.quantity < 0 BEGIN SELECT RAISE(ABORT, 'no'); END").await;
        } else {
            database.execute("ALTER TABLE item ADD CONSTRAINT positive CHECK (quantity >= 0)").await;
        }
        let body = json!({"name": "n", "quantity": -1});
        let list = json!([{"name": "m", "quantity": 1}, body]);
        for (method, path, body) in
            [("POST", "/items/", &body), ("POST", "/items/", &list), ("PUT", "/items/1/", &body), ("PATCH", "/items/1/", &body)]
        {
            let answer = client.request(method.parse().expect("a method"), path, Some(body.to_string())).await;
            assert_eq!((answer.status.as_u16(), answer.json()), (409, json!({"detail": CONFLICT})), "{method} {body}");
        }
        assert_eq!(all::<item::Entity>(&database).await.len(), 2);
    }

    async fn a_list_that_loses_a_race_gets_the_errors_of_its_rows(database: Database) {
        let client = client(router(), &database).await;
        let lists = (0..6).map(|sender| {
            let body = json!([{"name": format!("own {sender}"), "quantity": 1}, {"name": "shared", "quantity": 1}]);
            ("POST", "/items/".to_owned(), body)
        });
        let answers = at_once(&client, lists).await;
        assert_eq!(count(&answers, 201, &[400]), 1);
        for answer in answers.iter().filter(|answer| answer.status == 400) {
            assert_eq!(answer.json(), json!({"1": {"name": ["item with this name already exists."]}}));
        }
        assert_eq!(all::<item::Entity>(&database).await.len(), 4);
    }

    async fn a_protected_row_is_a_conflict(database: Database) {
        let client = client(router(), &database).await;
        if database.engine != Engine::Mysql {
            // as in Django's databases, whose keys are checked at the commit
            database.execute("DROP TABLE part").await;
            database.execute(
                "CREATE TABLE part (id integer PRIMARY KEY, title varchar(64) NOT NULL, \
                 shelf_id bigint NOT NULL REFERENCES shelf (id) DEFERRABLE INITIALLY DEFERRED)",
            ).await;
        }
        database.execute("INSERT INTO part (id, title, shelf_id) VALUES (1, 'p', 1)").await;
        let refused = client.delete("/shelves/1/").await;
        let detail = "Cannot delete this Shelf because other objects reference it.";
        assert_eq!((refused.status.as_u16(), refused.json()), (409, json!({"detail": detail})));
        let refused = client.delete("/hooked/1/").await;
        assert_eq!((refused.status.as_u16(), refused.json()), (409, json!({"detail": "Shelf in use"})));
        assert_eq!(client.delete("/declining/1/").await.status, 500);
        assert!(all::<event::Entity>(&database).await.is_empty());
        assert_eq!(client.delete("/hooked/2/").await.status, 204);
        assert_eq!(all::<shelf::Entity>(&database).await.len(), 1);
        // a nested row without its shelf is found at the commit
        assert_eq!(client.post("/items/astray/", "{}").await.status, 409);
    }

    async fn a_key_behind_its_sequence_is_a_conflict(database: Database) {
        if database.engine == Engine::Postgres {
            let client = client(router(), &database).await;
            database.execute("INSERT INTO item (id, name, quantity) VALUES (3, 'imported', 1)").await;
            let body = json!({"name": "n", "quantity": 1}).to_string();
            let answer = client.post("/items/", body.clone()).await;
            assert_eq!((answer.status.as_u16(), answer.json()), (409, json!({"detail": CONFLICT})));
            assert_eq!(client.post("/items/", body).await.status, 201, "the sequence has moved on");
        }
    }
}
