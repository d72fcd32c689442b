//! Filters, search and ordering.

use drf_tests::shop::Shop;
use serde_json::{Value, json};

async fn titles(query: &str) -> Vec<String> {
    let shop = Shop::new().await;
    let answer = shop.client().get(&format!("/api/books/?page_size=50&{query}")).await;
    assert_eq!(answer.status, 200, "{query}: {}", answer.text());
    let json = answer.json();
    let rows = json["results"].as_array().expect("results");
    rows.iter().map(|row| row["title"].as_str().expect("a title").to_owned()).collect()
}

#[tokio::test]
async fn columns_and_relations_filter() {
    assert_eq!(titles("category=tech").await, ["Machines"]);
    assert_eq!(titles("in_stock=true").await, ["Persuasion", "Emma"]);
    assert_eq!(titles("publisher=1").await, ["Persuasion", "Emma"]);
    assert_eq!(titles("authors=3").await, ["Machines"]);
    assert_eq!(titles("price__gte=9.99").await, ["Machines", "Emma"]);
    assert_eq!(titles("price__lt=9.99").await, ["Persuasion"]);
    assert_eq!(titles("title__regex=^E.*a$").await, ["Emma"]);
    assert_eq!(titles("title__icontains=MA").await, ["Machines", "Emma"]);
    assert_eq!(titles("created__year__gt=2023").await.len(), 3);
    assert_eq!(titles("created__year__gt=2024").await.len(), 0);
}

#[tokio::test]
async fn every_wrong_filter_is_reported() {
    let shop = Shop::new().await;
    let answer = shop.client().get("/api/books/?category=poetry&publisher=99&price__lt=x").await;
    assert_eq!(answer.status, 400);
    assert_eq!(
        answer.json(),
        json!({
            "category": ["Select a valid choice. poetry is not one of the available choices."],
            "publisher": ["Select a valid choice. That choice is not one of the available choices."],
            "price__lt": ["Enter a number."]
        })
    );
}

#[tokio::test]
async fn search_goes_over_columns_and_relations() {
    assert_eq!(titles("search=emm").await, ["Emma"]);
    assert_eq!(titles("search=penguin").await, ["Machines"]);
    assert_eq!(titles("search=hopper").await, ["Machines"]);
    assert_eq!(titles("search=turing+machines").await, ["Machines"]);
    assert_eq!(titles("search=austen&ordering=title").await, ["Emma", "Persuasion"]);
    assert_eq!(titles("search=100%25").await.len(), 0, "% is a letter like any other");
}

#[tokio::test]
async fn ordering_by_columns_and_relations() {
    assert_eq!(titles("").await, ["Persuasion", "Machines", "Emma"], "the default");
    assert_eq!(titles("ordering=price").await, ["Persuasion", "Emma", "Machines"]);
    assert_eq!(titles("ordering=-publisher__name,title").await, ["Machines", "Emma", "Persuasion"]);
    assert_eq!(
        titles("ordering=shouted,created").await,
        ["Persuasion", "Machines", "Emma"],
        "not allowed: the default"
    );
}

#[tokio::test]
async fn filters_hold_for_single_rows_too() {
    let shop = Shop::new().await;
    assert_eq!(shop.client().get("/api/books/1/?category=fiction").await.status, 200);
    assert_eq!(shop.client().get("/api/books/1/?category=tech").await.status, 404);
    let answer = shop.client().get("/api/books/1/?category=poetry").await;
    assert_ne!(answer.json()["category"], Value::Null);
}
