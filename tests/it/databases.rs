//! The same API on the databases that are servers. `.ci/run` gives their URLs; without one a test fails.

use drf_tests::shop::entities::publisher;
use drf_tests::shop::{Shop, count};
use serde_json::json;

async fn everything_works(variable: &str) {
    let shop = Shop::on_env(variable).await;
    let client = shop.client_of("ann").await;

    let machines = client.get("/api/books/2/").await;
    assert_eq!(
        machines.text(),
        r#"{"id":2,"title":"Machines","price":"45.00","category":"tech","category_label":"Technology","in_stock":false,"rating":null,"published":null,"created":"2024-02-01T08:00:00Z","publisher":2,"publisher_name":"Penguin","authors":[2,3],"author_names":["Turing","Hopper"],"shouted":"MACHINES"}"#
    );
    let new = r#"{"title": "New", "price": "1.5", "rating": 3, "published": "2024-02-29", "publisher": 1, "authors": [3, 1]}"#;
    let created = client.post("/api/books/", new).await;
    assert_eq!(created.status, 201, "{}", created.text());
    assert_eq!(created.json()["price"], "1.50");
    assert_eq!(created.json()["authors"], json!([1, 3]));
    let id = created.json()["id"].as_i64().expect("an id");
    let patched = client
        .patch(&format!("/api/books/{id}/"), r#"{"rating": null, "authors": [2], "category": "tech"}"#)
        .await;
    assert_eq!(patched.status, 200, "{}", patched.text());
    assert_eq!(
        (patched.json()["rating"].clone(), patched.json()["authors"].clone()),
        (json!(null), json!([2]))
    );

    let queries = [
        ("category=tech", 2),
        ("in_stock=true", 3),
        ("publisher=1", 3),
        ("authors=2", 2),
        ("price__lt=9", 2),
        ("title__icontains=MA", 2),
        ("title__icontains=%25", 0),
        ("created__year__gt=2023", 4),
        ("search=austen", 2),
        ("search=penguin", 1),
        ("ordering=-publisher__name,price", 4),
    ];
    for (query, count) in queries {
        let answer = client.get(&format!("/api/books/?page_size=50&{query}")).await;
        assert_eq!(answer.status, 200, "{query}: {}", answer.text());
        assert_eq!(answer.json()["count"], count, "{query}");
        assert_eq!(answer.json()["results"].as_array().map(Vec::len), Some(count), "{query}");
    }
    let taken = client.post("/api/publishers/", r#"{"name": "Oak"}"#).await;
    assert_eq!(taken.json(), json!({"name": ["publisher with this name already exists."]}));
    assert_eq!(client.delete(&format!("/api/books/{id}/")).await.status, 204);
    assert_eq!(client.get("/api/books/?page=2").await.json()["results"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
#[ignore = "needs PostgreSQL at TEST_POSTGRES_URL"]
async fn everything_works_on_postgresql() {
    everything_works("TEST_POSTGRES_URL").await;
}

#[tokio::test]
#[ignore = "needs MariaDB at TEST_MYSQL_URL"]
async fn everything_works_on_mariadb() {
    everything_works("TEST_MYSQL_URL").await;
}

drf_tests::on_each_engine! {
    async fn every_test_has_a_database_of_its_own(database: Database) {
        database.create_table(publisher::Entity).await;
        database.execute(r#"INSERT INTO "publisher" (name, address) VALUES ('Oak', '')"#).await;
        assert_eq!(count::<publisher::Entity>(&database.db).await, 1);
    }
}
