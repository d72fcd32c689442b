//! The rules of entities that the app knows.

use drf_tests::Statements;
use drf_tests::on_each_engine;
use serde_json::json;

use super::entities::{label, lamp};
use super::*;

/// The statuses of a deletion without and with a hook of the viewset, each on new tables.
async fn statuses(database: &Database, guard: Guard, path: &str, before: &str) -> [u16; 2] {
    let mut statuses = [0; 2];
    for (status, prefix) in statuses.iter_mut().zip(["", "hooked-"]) {
        create_tables(database, guard).await;
        if !before.is_empty() {
            database.execute(before).await;
        }
        let answer = client(database).delete(&format!("/{prefix}{path}/")).await;
        *status = answer.status.as_u16();
    }
    statuses
}

on_each_engine! {
    async fn a_cascade_goes_on(database: Database) {
        for path in ["/authors/1/", "/hooked-authors/1/"] {
            with_each_guard(&database, async |client, guard| {
                // the links go with a book: where the database has no foreign keys, a serializer names the join table
                let answer = client.delete(path).await;
                assert_eq!(answer.status, 204, "{guard:?}: {}", answer.text());
                assert_eq!(ids(&database, "author").await, [2]);
                assert_eq!(ids(&database, "book").await, [3]);
                assert_eq!(ids(&database, "review").await, [3]);
                assert_eq!(ids(&database, "book_tag").await, [3]);
                assert_eq!(ids(&database, "quote").await, [1, 2, 3]);
                let set = numbers(&database, "SELECT review_id FROM quote ORDER BY id").await;
                assert_eq!(set, [None, Some(3), None], "{guard:?}");
            }).await;
        }
    }

    async fn the_links_of_either_side_go_with_a_row(database: Database) {
        for path in ["/tags/1/", "/hooked-tags/1/"] {
            with_each_guard(&database, async |client, guard| {
                assert_eq!(client.delete(path).await.status, 204, "{guard:?}");
                assert_eq!(ids(&database, "book_tag").await, [2]);
                assert_eq!(ids(&database, "book").await, [1, 2, 3]);
            }).await;
        }
    }

    async fn a_protected_row_in_a_cascade_stops_it(database: Database) {
        for path in ["/authors/1/", "/hooked-authors/1/"] {
            with_each_guard(&database, async |client, guard| {
                database.execute("INSERT INTO loan (id, reader, book_id) VALUES (1, 'm', 2)").await;
                let answer = client.delete(path).await;
                let detail = "Cannot delete this Book because other objects reference it.";
                assert_eq!((answer.status.as_u16(), answer.json()), (409, json!({"detail": detail})), "{guard:?}");
                assert_eq!(ids(&database, "book").await, [1, 2, 3]);
                assert_eq!(ids(&database, "review").await, [1, 2, 3]);
                assert_eq!(ids(&database, "book_tag").await, [1, 2, 3]);
                assert_eq!(numbers(&database, "SELECT review_id FROM quote WHERE id = 1").await, [Some(1)]);
                // the other author has no book that is on loan
                assert_eq!(client.delete(&path.replace('1', "2")).await.status, 204, "{guard:?}");
            }).await;
        }
    }

    async fn a_tree_goes_with_its_root(database: Database) {
        for path in ["/nodes/", "/hooked-nodes/"] {
            with_each_guard(&database, async |client, guard| {
                assert_eq!(client.delete(&format!("{path}3/")).await.status, 204, "{guard:?}");
                assert_eq!(ids(&database, "node").await, [1, 2, 5]);
                assert_eq!(client.delete(&format!("{path}1/")).await.status, 204, "{guard:?}");
                assert_eq!(ids(&database, "node").await, [5]);
            }).await;
        }
    }

    async fn rows_that_reference_each_other_go_together(database: Database) {
        for (parents, left) in [
            // a circle of three, with a leaf
            ("UPDATE node SET parent_id = 3 WHERE id = 1", vec![5]),
            // a row that references itself
            ("UPDATE node SET parent_id = 1 WHERE id = 1", vec![5]),
        ] {
            with_each_guard(&database, async |client, guard| {
                database.execute(parents).await;
                let answer = client.delete("/nodes/1/").await;
                assert_eq!(answer.status, 204, "{guard:?}: {}", answer.text());
                assert_eq!(ids(&database, "node").await, left, "{guard:?}");
            }).await;
        }
    }

    async fn a_default_takes_the_place_of_the_row(database: Database) {
        for path in ["/desks/2/", "/hooked-desks/2/"] {
            with_each_guard(&database, async |client, guard| {
                assert_eq!(client.delete(path).await.status, 204, "{guard:?}");
                assert_eq!(numbers(&database, "SELECT desk_id FROM ticket ORDER BY id").await, [Some(1), Some(1)]);
            }).await;
        }
        // the default is the row itself
        for guard in [Guard::Immediate, Guard::Deferred] {
            if guard == Guard::Immediate || database.engine != Engine::Mysql {
                assert_eq!(statuses(&database, guard, "desks/1", "").await, [409, 409], "{guard:?}");
                assert_eq!(ids(&database, "desk").await, [1, 2]);
            }
        }
    }

    async fn restrict_protects_and_no_action_is_left_to_the_database(database: Database) {
        for guard in GUARDS {
            if guard == Guard::Deferred && database.engine == Engine::Mysql {
                continue;
            }
            let chair = "INSERT INTO chair (id, text, desk_id) VALUES (1, 'c', 2)";
            assert_eq!(statuses(&database, guard, "desks/2", chair).await, [409, 409], "{guard:?}");
            assert_eq!(ids(&database, "desk").await, [1, 2], "{guard:?}");
            let visit = "INSERT INTO visit (id, text, desk_id) VALUES (1, 'v', 2)";
            let expected = if guard == Guard::None { [204, 204] } else { [409, 409] };
            assert_eq!(statuses(&database, guard, "desks/2", visit).await, expected, "{guard:?}");
            assert_eq!(ids(&database, "visit").await, [1], "{guard:?}");
        }
    }

    async fn the_cascade_of_a_viewset_overrides_the_rule(database: Database) {
        with_each_guard(&database, async |client, guard| {
            database.execute("INSERT INTO loan (id, reader, book_id) VALUES (1, 'm', 1), (2, 'n', 3)").await;
            assert_eq!(client.delete("/books/1/").await.status, 409, "{guard:?}");
            assert_eq!(client.delete("/cleared-books/1/").await.status, 204, "{guard:?}");
            assert_eq!(ids(&database, "loan").await, [2]);
            assert_eq!(ids(&database, "review").await, [3]);
            assert_eq!(ids(&database, "book_tag").await, [3]);
        }).await;
    }

    async fn an_action_deletes_rows_of_another_entity_by_the_same_rules(database: Database) {
        with_each_guard(&database, async |client, guard| {
            database.execute("INSERT INTO loan (id, reader, book_id) VALUES (1, 'm', 1)").await;
            assert_eq!(client.delete("/authors/first_book/").await.status, 409, "{guard:?}");
            assert_eq!(ids(&database, "review").await, [1, 2, 3]);
            database.execute("DELETE FROM loan").await;
            assert_eq!(client.delete("/authors/first_book/").await.status, 204, "{guard:?}");
            assert_eq!(ids(&database, "review").await, [3]);
            assert_eq!(client.delete("/authors/first_book/").await.status, 404, "{guard:?}");
        }).await;
    }

    async fn rows_that_are_added_meanwhile_are_deleted_or_rejected(database: Database) {
        for guard in [Guard::Immediate, Guard::Deferred] {
            if guard == Guard::Deferred && database.engine == Engine::Mysql {
                continue;
            }
            for path in ["/authors/1/", "/hooked-authors/1/", "/authors/1/"] {
                create_tables(&database, guard).await;
                let client = client(&database);
                let add = |title: i32| {
                    let (client, body) = (client.clone(), json!({"title": title.to_string(), "author": 1}).to_string());
                    tokio::spawn(async move { client.post("/books/", body).await })
                };
                let before: Vec<_> = (0..3).map(add).collect();
                let deleted = { let client = client.clone(); tokio::spawn(async move { client.delete(path).await }) };
                let after: Vec<_> = (3..6).map(add).collect();
                for answer in before.into_iter().chain(after) {
                    let answer = answer.await.expect("an answer");
                    assert!([201, 400].contains(&answer.status.as_u16()), "{guard:?}: {} {}", answer.status, answer.text());
                }
                let answer = deleted.await.expect("an answer");
                assert!([204, 409, 503].contains(&answer.status.as_u16()), "{guard:?}: {} {}", answer.status, answer.text());
                let (authors, books) = (ids(&database, "author").await, numbers(&database, "SELECT count(*) FROM book WHERE author_id = 1").await);
                assert_eq!(authors == [2], books == [Some(0)], "{guard:?}: {authors:?} {books:?}");
                assert_eq!(authors == [2], answer.status == 204, "{guard:?}");
            }
        }
    }

    async fn a_row_without_dependents_goes_with_one_statement(database: Database) {
        create_tables(&database, Guard::Immediate).await;
        let mut db = database.db.clone();
        let statements = Statements::of(&mut db);
        let app = App::new(Settings::default(), db);
        let client = APIClient::new(router().mount("", &app).expect("viewsets without mistakes"));
        assert_eq!(client.delete("/quotes/1/").await.status, 204);
        statements.reset();
        assert_eq!(client.delete("/quotes/2/").await.status, 204);
        // one that looks the row up, and one that deletes it
        assert_eq!(statements.count(), 2);
        assert_eq!(client.delete("/quotes/2/").await.status, 404);
    }
}

viewset!(LabelSerializer, LabelViewSet, HookedLabelViewSet, label { text: String, desk_id: i64 });

#[tokio::test]
async fn a_rule_that_the_column_cannot_follow_is_an_error_when_the_app_is_built() {
    let db = drf::connect("sqlite::memory:").await.expect("a database");
    let app = App::builder(Settings::default()).database(db).entity::<lamp::Entity>().build();
    let router = SimpleRouter::new().register::<LabelViewSet>("labels");
    let errors = router.mount("", &app).expect_err("rules that cannot be followed");
    let path = module_path!().replace("rules", "entities");
    let expected = [
        format!(
            "`{path}::lamp::Entity`: the relation `Desk` says `on_delete = \"SetDefault\"`, but the column `desk_id` has no \
             default: give it a `default_value`, or choose another rule"
        ),
        format!(
            "`{path}::label::Entity`: the relation `Desk` says `on_delete = \"SetNull\"`, but the column `desk_id` cannot be \
             NULL: make it an `Option`, or choose another rule"
        ),
    ];
    assert_eq!(errors.iter().collect::<Vec<_>>(), expected);
}
