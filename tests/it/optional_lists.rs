//! Lists that may be empty, absent or null, and read-only fields with a default.

use drf::prelude::*;
use drf::testing::APIClient;
use drf_tests::engines::Database;
use drf_tests::on_each_engine;
use drf_tests::shop::entities::{author, book, publisher};
use drf_tests::shop::{Shop, settings};
use serde_json::json;

#[serializer]
struct Line {
    text: String,
}

#[serializer]
struct Note {
    title: String,
    #[field(nested)]
    lines: Option<Vec<Line>>,
}

#[api_view(POST)]
#[permission(AllowAny)]
async fn note(request: &Request) -> Result<Response> {
    Ok(Response::ok(Note::data(&generics::is_valid::<Note>(request).await?)))
}

#[serializer(entity = book::Entity)]
struct DraftSerializer {
    title: String,
    #[field(default = Decimal::ONE)]
    price: Decimal,
    #[field(required = false)]
    authors: Vec<PrimaryKeyRelated<author::Entity>>,
    publisher: PrimaryKeyRelated<publisher::Entity>,
}

#[model_viewset(serializer = DraftSerializer)]
#[permission(AllowAny)]
struct DraftViewSet;

/// The price is not input: a hook sets it.
#[serializer(entity = book::Entity)]
struct PricelessSerializer {
    title: String,
    #[field(read_only, default = Decimal::ONE)]
    price: Decimal,
    authors: Vec<PrimaryKeyRelated<author::Entity>>,
    publisher: PrimaryKeyRelated<publisher::Entity>,
}

#[model_viewset(serializer = PricelessSerializer, perform_create = with_price)]
#[permission(AllowAny)]
struct PricelessViewSet;

async fn with_price(
    _request: &Request,
    mut create: Create<'_, PricelessSerializer>,
) -> Result<Saved<book::Entity>> {
    create.model.price = Set(Decimal::TEN);
    create.save().await
}

async fn client(database: &Database) -> APIClient {
    let shop = Shop::on(settings(), database.db.clone()).await;
    let router = SimpleRouter::new()
        .register_as::<DraftViewSet>("drafts", "draft")
        .register_as::<PricelessViewSet>("priceless", "priceless")
        .register_view::<note>("notes", "note");
    APIClient::new(router.mount("", &shop.app).expect("viewsets without mistakes"))
}

on_each_engine! {
    async fn a_list_of_nested_objects_may_be_null(database: Database) {
        let client = client(&database).await;
        for body in [json!({"title": "a", "lines": null}), json!({"title": "a", "lines": []}), json!({"title": "a", "lines": [{"text": "b"}]})] {
            let answer = client.post("/notes/", body.to_string()).await;
            assert_eq!((answer.status.as_u16(), answer.json()), (200, body));
        }
        for (lines, error) in [
            (json!(3), json!({"non_field_errors": ["Expected a list of items but got type \"int\"."]})),
            (json!([{"text": ""}, {"text": "x"}]), json!({"0": {"text": ["This field may not be blank."]}})),
        ] {
            let answer = client.post("/notes/", json!({"title": "a", "lines": lines}).to_string()).await;
            assert_eq!((answer.status.as_u16(), answer.json()), (400, json!({"lines": error})));
        }
        let absent = client.post("/notes/", json!({"title": "a"}).to_string()).await;
        assert_eq!(absent.json(), json!({"lines": ["This field is required."]}));
    }

    async fn relations_to_many_that_are_not_required_may_be_empty(database: Database) {
        let client = client(&database).await;
        for authors in [json!({"authors": []}), json!({})] {
            let mut body = json!({"title": "x", "publisher": 1});
            body.as_object_mut().expect("an object").extend(authors.as_object().expect("an object").clone());
            let saved = client.post("/drafts/", body.to_string()).await;
            assert_eq!((saved.status.as_u16(), saved.json()["authors"].clone()), (201, json!([])), "{}", saved.text());
        }
        let body = json!({"title": "x", "publisher": 1, "authors": []}).to_string();
        let refused = client.post("/priceless/", body).await;
        assert_eq!((refused.status.as_u16(), refused.json()), (400, json!({"authors": ["This list may not be empty."]})));
    }

    async fn a_hook_sets_what_is_read_only_with_a_default(database: Database) {
        let client = client(&database).await;
        let body = json!({"title": "x", "publisher": 1, "authors": [1], "price": "3"}).to_string();
        let saved = client.post("/priceless/", body).await;
        assert_eq!((saved.status.as_u16(), saved.json()["price"].clone()), (201, json!("10.00")), "{}", saved.text());
    }
}
