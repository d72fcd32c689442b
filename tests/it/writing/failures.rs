//! A violated constraint is blamed on the statement that violated it, whatever else the request has written.

use drf::sea_orm::ActiveModelTrait;
use drf_tests::on_each_engine;

use super::*;

#[model_viewset(serializer = ItemSerializer, perform_create = create)]
#[permission(AllowAny)]
struct ItemViewSet;

/// Saves the row in a savepoint, and twice the same event after it.
async fn create(request: &Request, create: Create<'_, ItemSerializer>) -> Result<Saved<item::Entity>> {
    let savepoint = request.begin_transaction().await?;
    let saved = create.save().await?;
    savepoint.commit().await?;
    note_twice(request).await?;
    Ok(saved)
}

async fn note_twice(request: &Request) -> Result<()> {
    note(request.db_for_write(), "once").await?;
    note(request.db_for_write(), "once").await
}

#[actions]
impl ItemViewSet {
    /// Stores the row for good, and twice the same event after it.
    #[action(list, methods(POST))]
    async fn stored(request: &Request) -> Result<Response> {
        let data = generics::is_valid::<ItemSerializer>(request).await?;
        let transaction = request.begin_transaction().await?;
        Create::<ItemSerializer>::new(request, data, &transaction)?.save().await?;
        transaction.commit().await?;
        note_twice(request).await?;
        Ok(Response::no_content())
    }

    /// Changes the row for good, and twice the same event after it.
    #[action(detail, methods(POST))]
    async fn renamed(request: &Request) -> Result<Response> {
        let item = Self::get_object(request).await?;
        let transaction = request.begin_transaction().await?;
        generics::save::<ItemSerializer>(request, item, request.data().await?, true).await?;
        transaction.commit().await?;
        note_twice(request).await?;
        Ok(Response::no_content())
    }

    /// Loses the name to another row, goes on without, and writes the same event twice.
    #[action(list, methods(POST))]
    async fn lost(request: &Request) -> Result<Response> {
        let data = generics::is_valid::<ItemSerializer>(request).await?;
        let name = data.name.clone().expect("a valid name");
        item::ActiveModel { name: Set(name), quantity: Set(1), ..Default::default() }
            .insert(request.db_for_write())
            .await?;
        let transaction = request.begin_transaction().await?;
        let lost = Create::<ItemSerializer>::new(request, data, &transaction)?.save().await;
        assert!(matches!(lost, Err(Error::Integrity(_))), "the name is taken");
        transaction.rollback().await?;
        note_twice(request).await?;
        Ok(Response::no_content())
    }

    /// Loses the name to another row.
    #[action(list, methods(POST))]
    async fn rejected(request: &Request) -> Result<Response> {
        let data = generics::is_valid::<ItemSerializer>(request).await?;
        let name = data.name.clone().expect("a valid name");
        item::ActiveModel { name: Set(name), quantity: Set(1), ..Default::default() }
            .insert(request.db_for_write())
            .await?;
        let transaction = request.begin_transaction().await?;
        Create::<ItemSerializer>::new(request, data, &transaction)?.save().await?;
        transaction.commit().await?;
        Ok(Response::no_content())
    }
}

fn router() -> SimpleRouter {
    SimpleRouter::new().register_as::<ItemViewSet>("items", "item")
}

on_each_engine! {
    async fn a_violation_after_a_commit_is_not_blamed_on_the_stored_row(database: Database) {
        let client = client(router(), &database).await;
        database.execute("CREATE UNIQUE INDEX one_event ON event (text)").await;
        let conflict = json!({"detail": "The change conflicts with existing data."});
        for (path, name, stored) in [
            ("/items/", "created", false),
            ("/items/stored/", "stored", true),
            ("/items/1/renamed/", "renamed", true),
            ("/items/lost/", "lost", true),
        ] {
            database.execute("DELETE FROM event").await;
            let answer = client.post(path, json!({"name": name, "quantity": 1}).to_string()).await;
            assert_eq!((answer.status.as_u16(), answer.json()), (409, conflict.clone()), "{path}");
            let names = all::<item::Entity>(&database).await.into_iter().map(|item| item.name);
            assert_eq!(names.filter(|stored| stored == name).count(), usize::from(stored), "{path}");
        }
    }

    async fn a_violation_of_the_row_itself_is_the_error_of_its_validator(database: Database) {
        let client = client(router(), &database).await;
        let rejected = client.post("/items/rejected/", json!({"name": "new", "quantity": 1}).to_string()).await;
        let expected = json!({"name": ["item with this name already exists."]});
        assert_eq!((rejected.status.as_u16(), rejected.json()), (400, expected));
    }
}
