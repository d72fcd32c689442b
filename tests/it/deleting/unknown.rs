//! Tables that no viewset is about.

use drf_tests::on_each_engine;
use serde_json::json;

use super::entities::book_tag;
use super::*;

/// Knows the authors only.
fn authors(database: &Database) -> APIClient {
    let app = App::new(Settings::default(), database.db.clone());
    let router = SimpleRouter::new()
        .register_as::<AuthorViewSet>("authors", "author")
        .register_as::<HookedAuthorViewSet>("hooked-authors", "hooked-author")
        .register_as::<TagViewSet>("tags", "tag")
        .register_as::<HookedTagViewSet>("hooked-tags", "hooked-tag");
    APIClient::new(router.mount("", &app).expect("viewsets without mistakes"))
}

on_each_engine! {
    async fn the_database_decides_about_unknown_tables(database: Database) {
        for guard in [Guard::Immediate, Guard::Deferred] {
            if guard == Guard::Deferred && database.engine == Engine::Mysql {
                continue;
            }
            for path in ["/authors/1/", "/hooked-authors/1/"] {
                create_tables(&database, guard).await;
                let answer = authors(&database).delete(path).await;
                let detail = "Cannot delete this Author because other objects reference it.";
                assert_eq!((answer.status.as_u16(), answer.json()), (409, json!({"detail": detail})), "{guard:?}");
                assert_eq!(ids(&database, "book").await, [1, 2, 3]);
            }
        }
    }

    async fn entities_without_a_viewset_are_named_to_the_app(database: Database) {
        with_each_guard(&database, async |_, guard| {
            let app = App::builder(Settings::default())
                .database(database.db.clone())
                .entity::<book::Entity>()
                .entity::<review::Entity>()
                .entity::<quote::Entity>()
                .entity::<book_tag::Entity>()
                .build();
            let router = SimpleRouter::new().register::<AuthorViewSet>("authors");
            let client = APIClient::new(router.mount("", &app).expect("viewsets without mistakes"));
            assert_eq!(client.delete("/authors/1/").await.status, 204, "{guard:?}");
            assert_eq!(ids(&database, "review").await, [3]);
            assert_eq!(ids(&database, "book_tag").await, [3]);
            assert_eq!(numbers(&database, "SELECT review_id FROM quote WHERE id = 1").await, [None]);
        }).await;
    }

    async fn a_rule_of_the_database_holds_for_unknown_tables(database: Database) {
        create_tables(&database, Guard::None).await;
        database.execute("DROP TABLE secret").await;
        database.execute(
            "CREATE TABLE secret (id bigint PRIMARY KEY, text varchar(40), author_id bigint, \
             FOREIGN KEY (author_id) REFERENCES author (id) ON DELETE CASCADE)",
        ).await;
        database.execute("INSERT INTO secret (id, text, author_id) VALUES (1, 's', 1), (2, 't', 2)").await;
        for (path, left) in [("/authors/1/", vec![2]), ("/hooked-authors/2/", vec![])] {
            assert_eq!(authors(&database).delete(path).await.status, 204);
            assert_eq!(ids(&database, "secret").await, left);
        }
    }

    async fn links_of_an_unknown_join_table_go_with_the_row(database: Database) {
        for guard in [Guard::Immediate, Guard::Deferred] {
            if guard == Guard::Deferred && database.engine == Engine::Mysql {
                continue;
            }
            for path in ["/tags/1/", "/hooked-tags/1/"] {
                create_tables(&database, guard).await;
                assert_eq!(authors(&database).delete(path).await.status, 204, "{guard:?}");
                assert_eq!(ids(&database, "book_tag").await, [2]);
            }
        }
    }

    async fn rows_with_more_than_two_keys_are_no_links(database: Database) {
        create_tables(&database, Guard::Immediate).await;
        database.execute("ALTER TABLE book_tag ADD COLUMN weight integer").await;
        for path in ["/tags/1/", "/hooked-tags/1/"] {
            assert_eq!(authors(&database).delete(path).await.status, 409);
            assert_eq!(ids(&database, "book_tag").await, [1, 2, 3]);
        }
    }

    async fn links_of_a_table_to_itself_go_with_either_row(database: Database) {
        for guard in [Guard::Immediate, Guard::Deferred] {
            if guard == Guard::Deferred && database.engine == Engine::Mysql {
                continue;
            }
            for path in ["/tags/1/", "/hooked-tags/1/"] {
                create_tables(&database, guard).await;
                database.execute("DROP TABLE IF EXISTS related_tags").await;
                let deferred = if guard == Guard::Deferred { "DEFERRABLE INITIALLY DEFERRED" } else { "" };
                database.execute(&format!(
                    "CREATE TABLE related_tags (id bigint PRIMARY KEY, from_tag_id bigint NOT NULL, to_tag_id bigint NOT NULL, \
                     FOREIGN KEY (from_tag_id) REFERENCES tag (id) {deferred}, FOREIGN KEY (to_tag_id) REFERENCES tag (id) {deferred})"
                )).await;
                database.execute("INSERT INTO related_tags VALUES (1, 1, 2), (2, 2, 1), (3, 2, 2), (4, 1, 1)").await;
                let answer = authors(&database).delete(path).await;
                assert_eq!(answer.status, 204, "{guard:?} {path}: {}", answer.text());
                assert_eq!(ids(&database, "related_tags").await, [3]);
                database.execute("DROP TABLE related_tags").await;
            }
        }
    }
}
