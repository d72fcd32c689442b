//! All errors at once, in DRF's words.

use drf::prelude::*;
use drf::sea_orm::ConnectionTrait;
use drf::testing::APIClient;
use drf_tests::shop::Shop;
use drf_tests::shop::entities::publisher;
use serde_json::json;

#[tokio::test]
async fn every_error_of_every_field_is_reported() {
    let shop = Shop::new().await;
    let client = shop.client_of("ann").await;
    let body = r#"{"title": "", "price": "-1", "category": "poetry", "in_stock": "perhaps", "rating": "x",
                   "published": "yesterday", "publisher": 99, "authors": [1, 99], "note": "too long"}"#;
    let answer = client.post("/api/books/", body).await;
    assert_eq!(answer.status, 400);
    assert_eq!(
        answer.json(),
        json!({
            "title": ["This field may not be blank."],
            "price": ["Ensure this value is greater than or equal to 0."],
            "category": ["\"poetry\" is not a valid choice."],
            "in_stock": ["Must be a valid boolean."],
            "rating": ["A valid number is required."],
            "published": ["Date has wrong format. Use one of these formats instead: YYYY-MM-DD."],
            "publisher": ["Invalid pk \"99\" - object does not exist."],
            "authors": ["Invalid pk \"99\" - object does not exist."],
            "note": ["Ensure this field has no more than 5 characters."]
        })
    );
}

#[tokio::test]
async fn missing_and_null_are_two_things() {
    let shop = Shop::new().await;
    let client = shop.client_of("ann").await;
    let missing = client.post("/api/books/", "{}").await;
    let required = json!(["This field is required."]);
    assert_eq!(
        missing.json(),
        json!({"title": required, "price": required, "publisher": required, "authors": required})
    );
    let null = client.patch("/api/books/1/", r#"{"title": null, "rating": null}"#).await;
    assert_eq!(null.json(), json!({"title": ["This field may not be null."]}));
    let cleared = client.patch("/api/books/1/", r#"{"rating": null}"#).await;
    assert_eq!(cleared.json()["rating"], json!(null));
    let absent = client.patch("/api/books/3/", "{}").await;
    assert_eq!(absent.json()["rating"], json!(4.0));
}

#[tokio::test]
async fn unique_and_length_errors_come_in_one_list() {
    let shop = Shop::new().await;
    let client = shop.client();
    let long = "n".repeat(64);
    assert_eq!(client.post("/api/publishers/", json!({"name": long}).to_string()).await.status, 201);
    let again = client
        .post("/api/publishers/", json!({"name": format!(" {long} "), "address": 1.5}).to_string())
        .await;
    assert_eq!(again.json(), json!({"name": ["publisher with this name already exists."]}));
}

#[tokio::test]
async fn two_at_once_cannot_have_the_same_unique_value() {
    let shop = Shop::new().await;
    let client = shop.client();
    let body = || client.post("/api/publishers/", r#"{"name": "Twice"}"#);
    let answers = tokio::join!(body(), body(), body(), body());
    let mut statuses =
        [answers.0.status, answers.1.status, answers.2.status, answers.3.status].map(|s| s.as_u16());
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 400, 400, 400]);
}

#[tokio::test]
async fn the_body_must_be_an_object() {
    let shop = Shop::new().await;
    for (body, name) in [("[]", "list"), ("\"x\"", "str"), ("3", "int"), ("1.5", "float"), ("true", "bool")] {
        let answer = shop.client().post("/api/publishers/", body).await;
        let message = format!("Invalid data. Expected a dictionary, but got {name}.");
        assert_eq!((answer.status.as_u16(), answer.json()), (400, json!({"non_field_errors": [message]})));
    }
}

#[serializer(entity = publisher::Entity)]
struct AddressSerializer {
    id: i64,
    address: String,
}

#[model_viewset(serializer = AddressSerializer, actions(partial_update))]
#[permission(AllowAny)]
struct AddressViewSet;

#[tokio::test]
async fn a_constraint_without_a_validator_is_a_conflict() {
    let shop = Shop::new().await;
    shop.app
        .write()
        .execute_unprepared("CREATE UNIQUE INDEX one ON publisher (address)")
        .await
        .expect("an index");
    let router = DefaultRouter::new().register::<AddressViewSet>("addresses").mount("/api", &shop.app);
    let client = APIClient::new(router.expect("a good viewset"));
    let answer = client.patch("/api/addresses/2/", json!({"address": "12 Mill Lane"}).to_string()).await;
    assert_eq!(answer.status, 409);
    assert_eq!(answer.json(), json!({"detail": "The change conflicts with existing data."}));
}

#[tokio::test]
async fn information_separators_are_no_space_around_a_key() {
    let shop = Shop::new().await;
    let client = shop.client_of("ann").await;
    let answer = client.patch("/api/books/1/", json!({"publisher": "\u{1c}1"}).to_string()).await;
    assert_eq!(answer.json(), json!({"publisher": ["Incorrect type. Expected pk value, received str."]}));
    assert_eq!(client.patch("/api/books/1/", json!({"publisher": " 1\n"}).to_string()).await.status, 200);
}

#[tokio::test]
async fn charsets_have_the_names_that_python_gives_them() {
    let shop = Shop::new().await;
    let request = drf::http::Request::post("/api/publishers/")
        .header("content-type", "application/json; charset=latin-1")
        .body("{\"name\": \"é\"}".into());
    assert_eq!(shop.client().send(request.expect("a request")).await.json()["name"], json!("Ã©"));
}
