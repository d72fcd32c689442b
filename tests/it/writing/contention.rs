//! Transactions that the database rolls back in favour of others.

use drf_tests::engines::Engine;
use drf_tests::on_each_engine;

use super::*;

#[model_viewset(serializer = ItemSerializer, perform_update = update)]
#[permission(AllowAny)]
struct HookedViewSet;

async fn update(request: &Request, update: Update<'_, ItemSerializer>) -> Result<Saved<item::Entity>> {
    note(request.db(), "hook").await?;
    update.save().await
}

/// Changes the rows in one order or the other, slowly.
#[model_viewset(serializer = ItemSerializer, actions(list))]
#[permission(AllowAny)]
struct CrossingViewSet;

#[actions]
impl CrossingViewSet {
    #[action(list, methods(POST))]
    async fn cross(request: &Request) -> Result<Response> {
        use drf::sea_orm::{ActiveModelTrait, ActiveValue};
        let transaction = request.begin_transaction().await?;
        let order = if request.query_params().contains_key("reverse") { [2, 1] } else { [1, 2] };
        for id in order {
            let quantity =
                item::Entity::find_by_id(id).one(&transaction).await?.map_or(0, |item| item.quantity);
            let item = item::ActiveModel {
                id: ActiveValue::Unchanged(id),
                quantity: Set(quantity + 1),
                ..Default::default()
            };
            item.update(&transaction).await?;
            tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        }
        transaction.commit().await?;
        Ok(Response::no_content())
    }
}

fn router() -> SimpleRouter {
    SimpleRouter::new()
        .register_as::<PlainItemViewSet>("items", "item")
        .register_as::<HookedViewSet>("hooked", "hooked")
        .register_as::<CrossingViewSet>("crossing", "crossing")
}

/// Lets the first so many updates of an item fail as a serialization failure does.
async fn fail_updates(database: &Database, times: usize) {
    match database.engine {
        Engine::Sqlite => unreachable!("SQLite has one writer at a time"),
        Engine::Postgres => {
            database.execute("DROP SEQUENCE IF EXISTS tries").await;
            database.execute("CREATE SEQUENCE tries").await;
            database
                .execute(&format!(
                    "CREATE OR REPLACE FUNCTION fail() RETURNS trigger AS $$ BEGIN \
                 IF nextval('tries') <= {times} THEN RAISE EXCEPTION 'busy' USING ERRCODE = '40001'; END IF; \
                 RETURN NEW; END $$ LANGUAGE plpgsql"
                ))
                .await;
            database.execute("CREATE OR REPLACE TRIGGER fail BEFORE UPDATE ON item FOR EACH ROW EXECUTE FUNCTION fail()").await;
        }
        Engine::Mysql => {
            // a table without transactions, so that the count outlives the rollback
            database.execute("CREATE OR REPLACE TABLE tries (n INT) ENGINE = MyISAM").await;
            database.execute("INSERT INTO tries VALUES (0)").await;
            database.execute(&format!(
                "CREATE OR REPLACE TRIGGER fail BEFORE UPDATE ON item FOR EACH ROW BEGIN \
                 UPDATE tries SET n = n + 1; \
                 IF (SELECT n FROM tries) <= {times} THEN SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213; END IF; END"
            )).await;
        }
    }
}

on_each_engine! {
    async fn a_serialization_failure_is_tried_again_without_hooks(database: Database) {
        if database.engine == Engine::Sqlite {
            return;
        }
        let client = client(router(), &database).await;
        fail_updates(&database, 1).await;
        let done = client.patch("/items/1/", json!({"quantity": 7}).to_string()).await;
        assert_eq!((done.status.as_u16(), done.text().contains('7')), (200, true), "{}", done.text());

        fail_updates(&database, 1).await;
        let refused = client.patch("/hooked/1/", json!({"quantity": 8}).to_string()).await;
        assert_eq!((refused.status.as_u16(), refused.header("retry-after")), (503, Some("1")), "{}", refused.text());
        assert_eq!(refused.json(), json!({"detail": "Service temporarily unavailable, try again later."}));
        assert_eq!((all::<event::Entity>(&database).await.len(), quantity(&database, 1).await), (0, 7));

        fail_updates(&database, 9).await;
        assert_eq!(client.patch("/items/1/", json!({"quantity": 9}).to_string()).await.status, 503);
        assert_eq!(quantity(&database, 1).await, 7);
    }

    async fn a_deadlock_of_transactions_of_the_user_is_503_for_one_of_them(database: Database) {
        let client = client(router(), &database).await;
        let posts = ["", "?reverse=1"].map(|order| ("POST", format!("/crossing/cross/{order}"), json!({})));
        let answers = at_once(&client, posts).await;
        let done = count(&answers, 204, &[503]) as i32;
        assert!(done >= 1);
        assert!(answers.iter().filter(|answer| answer.status == 503).all(|answer| answer.header("retry-after") == Some("1")));
        let quantities = [quantity(&database, 1).await, quantity(&database, 2).await];
        assert_eq!(quantities, [5 + done, 5 + done], "both rows or none");
    }
}
