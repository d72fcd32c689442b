//! Serializers in serializers: what is shown, what is validated, what is written.

use drf::http::Request;
use drf::http::header::CONTENT_TYPE;
use drf::sea_orm::ConnectionTrait;
use drf_tests::shop::entities::{author, book, book_author};
use drf_tests::shop::{Shop, count};
use serde_json::{Value, json};

async fn sent(method: &str, path: &str, body: Value) -> (u16, Value) {
    on(&Shop::new().await, method, path, body).await
}

async fn on(shop: &Shop, method: &str, path: &str, body: Value) -> (u16, Value) {
    let (client, body) = (shop.client(), body.to_string());
    let answer = match method {
        "POST" => client.post(path, body).await,
        "PUT" => client.put(path, body).await,
        "PATCH" => client.patch(path, body).await,
        _ => client.get(path).await,
    };
    (answer.status.as_u16(), if answer.text().is_empty() { Value::Null } else { answer.json() })
}

#[tokio::test]
async fn rows_are_made_with_those_that_belong_to_them() {
    let shop = Shop::new().await;
    let body = json!({"name": "New", "books": [
        {"title": "One", "price": "1.00", "authors": [2]},
        {"title": "Two", "price": 2, "category": "fiction"}
    ]});
    let (status, made) = on(&shop, "POST", "/nested/shelves/", body).await;
    assert_eq!(status, 201, "{made}");
    let books = json!([
        {"id": 4, "title": "One", "price": "1.00", "category": "tech", "authors": [2]},
        {"id": 5, "title": "Two", "price": "2.00", "category": "fiction", "authors": []}
    ]);
    assert_eq!(made, json!({"id": 3, "name": "New", "books": books}));
    assert_eq!(on(&shop, "GET", "/nested/shelves/3/", Value::Null).await, (200, made));
}

#[tokio::test]
async fn what_replaces_takes_the_place_of_what_was_there() {
    let shop = Shop::new().await;
    let body = json!({"name": "New", "books": [{"title": "One", "price": "1", "authors": [1]}]});
    assert_eq!(on(&shop, "POST", "/nested/shelves/", body).await.0, 201);
    let body = json!({"name": "New", "books": [{"title": "Only", "price": "3.00"}]});
    let (status, changed) = on(&shop, "PUT", "/nested/shelves/3/", body).await;
    assert_eq!(status, 200, "{changed}");
    let only = json!([{"id": 5, "title": "Only", "price": "3.00", "category": "tech", "authors": []}]);
    assert_eq!(changed["books"], only);
    assert_eq!(count::<book::Entity>(shop.app.read()).await, 4);
    // a change that does not name them leaves them
    let (_, kept) = on(&shop, "PATCH", "/nested/shelves/3/", json!({"name": "Elm"})).await;
    assert_eq!(kept["books"], only);
    // what is new is whole, also in a change of a part
    let (status, errors) =
        on(&shop, "PATCH", "/nested/shelves/3/", json!({"books": [{"title": "Half"}]})).await;
    assert_eq!((status, errors), (400, json!({"books": {"0": {"price": ["This field is required."]}}})));
}

#[tokio::test]
async fn what_is_appended_comes_to_what_is_there() {
    let (status, changed) =
        sent("PATCH", "/nested/appending/1/", json!({"books": [{"title": "Third", "price": "1"}]})).await;
    assert_eq!(status, 200, "{changed}");
    let titles: Vec<_> =
        changed["books"].as_array().expect("books").iter().map(|book| &book["title"]).collect();
    assert_eq!(titles, ["Emma", "Persuasion", "Third"]);
}

#[tokio::test]
async fn what_patches_changes_the_rows_with_a_key() {
    let shop = Shop::new().await;
    let body = json!({"books": [{"id": 1, "price": "5.00"}, {"title": "Third", "price": "1"}]});
    let (status, changed) = on(&shop, "PATCH", "/nested/patching/1/", body).await;
    assert_eq!(status, 200, "{changed}");
    assert_eq!(
        changed["books"][0],
        json!({"id": 1, "title": "Emma", "price": "5.00", "category": "fiction", "authors": [1]})
    );
    assert_eq!(changed["books"][1]["title"], "Persuasion");
    assert_eq!(changed["books"][2]["title"], "Third");
    // a row of another publisher is none of these
    let (status, refused) =
        on(&shop, "PATCH", "/nested/patching/1/", json!({"books": [{"id": 2, "price": "5.00"}]})).await;
    assert_eq!(status, 400, "{refused}");
    assert_eq!(refused, json!({"books": {"0": {"id": ["Invalid pk \"2\" - object does not exist."]}}}));
}

#[tokio::test]
async fn errors_stand_where_the_objects_stand() {
    let body = json!({"name": "", "books": [
        {"title": "x", "price": "-1", "authors": [1, 99]},
        {"title": "Fine", "price": "1"},
        {"title": "Dear", "price": "1001"},
        5
    ]});
    let (status, errors) = sent("POST", "/nested/appending/", body).await;
    assert_eq!(status, 400);
    assert_eq!(
        errors,
        json!({
            "name": ["This field may not be blank."],
            "books": {
                "0": {
                    "title": ["Ensure this field has at least 2 characters."],
                    "price": ["Ensure this value is greater than or equal to 0."],
                    "authors": ["Invalid pk \"99\" - object does not exist."]
                },
                "2": {"non_field_errors": ["too dear"]},
                "3": {"non_field_errors": ["Invalid data. Expected a dictionary, but got int."]}
            }
        })
    );
}

#[tokio::test]
async fn a_list_of_objects_has_its_limits() {
    let four = vec![json!({"title": "Four", "price": "4"}); 4];
    let (status, errors) = sent("POST", "/nested/shelves/", json!({"name": "New", "books": four})).await;
    let message = json!(["Ensure this field has no more than 3 elements."]);
    assert_eq!((status, errors), (400, json!({"books": {"non_field_errors": message}})));
}

#[tokio::test]
async fn nothing_is_written_if_a_part_cannot_be() {
    let shop = Shop::new().await;
    let twice = json!({"name": "New", "books": [{"title": "One", "price": "1"}, {"title": "Two", "price": "99999999999"}]});
    let (status, _) = on(&shop, "POST", "/nested/shelves/", twice).await;
    assert_eq!(status, 400);
    let (_, all) = on(&shop, "GET", "/nested/shelves/", Value::Null).await;
    assert_eq!(all.as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn relations_are_shown_three_serializers_deep() {
    let (_, listing) = sent("GET", "/nested/listings/2/", Value::Null).await;
    let authors = json!([{"id": 2, "name": "Turing"}, {"id": 3, "name": "Hopper"}]);
    let books = json!([{"title": "Machines", "authors": authors, "shouted": "MACHINES"}]);
    assert_eq!(
        listing,
        json!({"id": 2, "title": "Machines", "publisher": {"name": "Penguin", "books": books}})
    );
}

#[tokio::test]
async fn only_what_the_queryset_has_may_be_pointed_at() {
    let shop = Shop::new().await;
    let body = json!({"title": "New", "publisher": 2, "authors": ["Austen", "Hopper"]});
    let (status, errors) = on(&shop, "POST", "/nested/references/", body).await;
    assert_eq!(status, 400);
    assert_eq!(
        errors,
        json!({
            "publisher": ["Invalid pk \"2\" - object does not exist."],
            "authors": ["Object with name=Hopper does not exist."]
        })
    );
    let (status, made) = on(
        &shop,
        "POST",
        "/nested/references/",
        json!({"title": "New", "publisher": 1, "authors": ["Turing"]}),
    )
    .await;
    assert_eq!(status, 201, "{made}");
    assert_eq!(
        made,
        json!({"id": 4, "title": "New", "price": "1.00", "category": "tech", "publisher": 1, "authors": ["Turing"]})
    );
}

#[tokio::test]
async fn a_unique_value_may_be_compared_without_its_case() {
    let (status, errors) =
        sent("POST", "/nested/references/", json!({"title": "EMMA", "publisher": 1})).await;
    assert_eq!((status, errors), (400, json!({"title": ["There is such a title."]})));
}

#[tokio::test]
async fn a_default_may_depend_on_the_request_and_be_for_new_rows_only() {
    let shop = Shop::new().await;
    let (_, made) =
        on(&shop, "POST", "/nested/references/?price=2", json!({"title": "New", "publisher": 1})).await;
    assert_eq!((&made["price"], &made["category"]), (&json!("2.00"), &json!("tech")));
    let (_, changed) =
        on(&shop, "PUT", "/nested/references/1/", json!({"title": "Emma", "publisher": 1})).await;
    assert_eq!((&changed["price"], &changed["category"]), (&json!("1.00"), &json!("fiction")));
}

#[tokio::test]
async fn many_rows_are_made_at_once() {
    let shop = Shop::new().await;
    let (status, made) =
        on(&shop, "POST", "/nested/many-authors/", json!([{"name": "A"}, {"name": "B"}, {"name": "C"}]))
            .await;
    assert_eq!(status, 201);
    assert_eq!(made, json!([{"id": 4, "name": "A"}, {"id": 5, "name": "B"}, {"id": 6, "name": "C"}]));
    let (status, one) = on(&shop, "POST", "/nested/many-authors/", json!({"name": "D"})).await;
    assert_eq!((status, one), (201, json!({"id": 7, "name": "D"})));
    for (body, errors) in [
        (json!([]), json!({"non_field_errors": ["This list may not be empty."]})),
        (json!([{"name": "x"}, {"name": "x"}]), json!({"non_field_errors": ["twins"]})),
        (
            json!([{"name": "Austen"}, {}]),
            json!({"0": {"name": ["author with this name already exists."]}, "1": {"name": ["This field is required."]}}),
        ),
        (
            json!([{}, {}, {}, {}]),
            json!({"non_field_errors": ["Ensure this field has no more than 3 elements."]}),
        ),
    ] {
        assert_eq!(on(&shop, "POST", "/nested/many-authors/", body).await, (400, errors));
    }
    assert_eq!(count::<author::Entity>(shop.app.read()).await, 7);
}

#[tokio::test]
async fn two_equal_rows_of_one_request_are_refused_by_the_constraint() {
    let shop = Shop::new().await;
    let twice = json!([{"name": "E"}, {"name": "F"}, {"name": "F"}]);
    let (status, errors) = on(&shop, "POST", "/nested/many-authors/", twice).await;
    // as in Django, where `bulk_create` raises `IntegrityError`: each row is valid by itself
    assert_eq!(status, 409, "{errors}");
    assert_eq!(count::<author::Entity>(shop.app.read()).await, 3);
}

#[tokio::test]
async fn a_plain_serializer_reads_a_body_and_shows_it() {
    let body = json!({"email": "a@b.example", "secret": "s", "point": {"x": "3"}, "words": ["one"], "publisher": 1, "shown": "mine"});
    let (status, contact) = sent("POST", "/nested/contact/", body).await;
    assert_eq!(status, 200, "{contact}");
    let expected = json!({"email": "a@b.example", "point": {"x": 3, "y": 7}, "words": ["one"], "publisher": 1, "shown": "shown"});
    assert_eq!(contact, expected);
}

#[tokio::test]
async fn a_plain_serializer_collects_every_error() {
    let body = json!({"email": "x", "point": {}, "words": ["long word", null], "publisher": 99});
    let (status, errors) = sent("POST", "/nested/contact/", body).await;
    assert_eq!(status, 400);
    assert_eq!(
        errors,
        json!({
            "email": ["Enter a valid email address."],
            "secret": ["This field is required."],
            "point": {"x": ["This field is required."]},
            "words": {
                "0": ["Ensure this field has no more than 3 characters."],
                "1": ["This field may not be null."]
            },
            "publisher": ["Invalid pk \"99\" - object does not exist."]
        })
    );
}

#[tokio::test]
async fn absent_null_and_default_are_three_things_at_every_depth() {
    let partial = sent("PATCH", "/nested/contact/", json!({"point": {}})).await;
    assert_eq!(partial, (200, json!({"point": {}, "publisher": null, "shown": "shown"})));
    let null = sent("PATCH", "/nested/contact/", json!({"point": null, "publisher": null})).await;
    assert_eq!(null, (200, json!({"point": null, "publisher": null, "shown": "shown"})));
}

#[tokio::test]
async fn a_list_of_plain_objects_has_errors_by_place() {
    let fine = json!({"email": "a@b.example", "secret": "s", "publisher": null});
    let (status, list) = sent("POST", "/nested/contacts/", json!([fine])).await;
    assert_eq!(status, 200, "{list}");
    assert_eq!(list, json!([{"email": "a@b.example", "point": null, "publisher": null, "shown": "shown"}]));
    let (status, errors) = sent("POST", "/nested/contacts/", json!([fine, {"email": "x"}])).await;
    assert_eq!(status, 400);
    assert_eq!(errors["1"]["email"], json!(["Enter a valid email address."]));
    assert!(errors.get("0").is_none());
    let not_a_list = sent("POST", "/nested/contacts/", json!({})).await;
    let message = "Expected a list of items but got type \"dict\".";
    assert_eq!(not_a_list, (400, json!({"non_field_errors": [message]})));
}

#[tokio::test]
async fn a_form_can_say_objects_and_lists() {
    let shop = Shop::new().await;
    let form = "email=a%40b.example&secret=s&point.x=4&words=one&words=two&publisher=";
    let request = Request::post("/nested/contact/").header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    let answer = shop.client().send(request.body(form.into()).expect("a request")).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let expected = json!({"email": "a@b.example", "point": {"x": 4, "y": 7}, "words": ["one", "two"], "publisher": null, "shown": "shown"});
    assert_eq!(answer.json(), expected);
}

#[tokio::test]
async fn a_value_may_be_unique_for_a_day_a_month_or_a_year() {
    let shop = Shop::new().await;
    let book = |title: &str, price: &str, rating: f64, published: &str| json!({"title": title, "price": price, "rating": rating, "published": published, "publisher": 1});
    let made = on(&shop, "POST", "/nested/dated/", book("Emma", "1.00", 1.0, "1815-12-24")).await;
    assert_eq!(made.0, 201, "{}", made.1);
    let day = on(&shop, "POST", "/nested/dated/", book("Emma", "2.00", 2.0, "1815-12-23")).await;
    assert_eq!(day, (400, json!({"title": ["This field must be unique for the \"published\" date."]})));
    let month = on(&shop, "POST", "/nested/dated/", book("New", "9.99", 2.0, "1900-12-01")).await;
    assert_eq!(month, (400, json!({"price": ["This field must be unique for the \"published\" month."]})));
    let year = on(&shop, "POST", "/nested/dated/", book("New", "3.00", 4.5, "1815-01-01")).await;
    assert_eq!(year, (400, json!({"rating": ["This field must be unique for the \"published\" year."]})));
    // the row itself does not stand in its own way
    let same = book("Emma", "9.99", 4.5, "1815-12-23");
    assert_eq!(on(&shop, "PATCH", "/nested/dated/1/", same).await.0, 200);
    let (status, errors) = on(&shop, "PATCH", "/nested/dated/1/", json!({"title": "Emma"})).await;
    assert_eq!((status, errors), (400, json!({"published": ["This field is required."]})));
}

#[tokio::test]
async fn depth_shows_whole_rows() {
    let (status, shown) = sent("GET", "/nested/deep/1/", Value::Null).await;
    assert_eq!(status, 200, "{shown}");
    let publisher = json!({"id": 1, "name": "Oak", "address": "12 Mill Lane"});
    assert_eq!(
        shown,
        json!({"title": "Emma", "publisher": publisher, "authors": [{"id": 1, "name": "Austen"}]})
    );
}

#[tokio::test]
async fn what_is_replaced_takes_along_what_points_at_it() {
    let shop = Shop::new().await;
    shop.app.write().execute_unprepared("DELETE FROM review").await.expect("no reviews");
    let body = json!({"books": [{"title": "Only", "price": "1"}]});
    let (status, changed) = on(&shop, "PATCH", "/nested/clearing/1/", body).await;
    assert_eq!(status, 200, "{changed}");
    assert_eq!(changed, json!({"id": 1, "name": "Oak", "books": [{"title": "Only", "price": "1.00"}]}));
    assert_eq!(count::<book_author::Entity>(shop.app.read()).await, 2);
}

#[tokio::test]
async fn what_may_not_go_stays_and_nothing_is_changed() {
    let shop = Shop::new().await;
    // a review points at a book of the publisher, and nobody said that it goes with it
    let body = json!({"name": "Ash", "books": []}).to_string();
    assert_eq!(shop.client().patch("/nested/clearing/1/", body).await.status, 409);
    let (_, kept) = on(&shop, "GET", "/nested/clearing/1/", Value::Null).await;
    assert_eq!((&kept["name"], kept["books"].as_array().map(Vec::len)), (&json!("Oak"), Some(2)));
}

#[tokio::test]
async fn validators_speak_before_lengths() {
    let (status, errors) =
        sent("POST", "/nested/clearing/", json!({"name": "Elm and ash", "books": []})).await;
    assert_eq!(status, 400);
    let length = "Ensure this field has no more than 8 characters.";
    assert_eq!(errors, json!({"name": ["no spaces", "no elms", length]}));
}

#[tokio::test]
async fn an_error_of_a_field_goes_before_one_of_the_whole() {
    let shop = Shop::new().await;
    let body = json!([{"name": "Austen"}, {"name": "Austen"}]);
    let (status, errors) = on(&shop, "POST", "/nested/many-authors/", body).await;
    let taken = json!({"name": ["author with this name already exists."]});
    assert_eq!((status, errors), (400, json!({"0": taken, "1": taken})));
}

#[tokio::test]
async fn a_nested_row_that_is_changed_does_not_stand_in_its_own_way() {
    let shop = Shop::new().await;
    let same = json!({"books": [{"id": 1, "title": "Emma", "price": "9.99"}]});
    let (status, changed) = on(&shop, "PATCH", "/nested/uniques/1/", same).await;
    assert_eq!(status, 200, "{changed}");
    let (status, errors) =
        on(&shop, "PATCH", "/nested/uniques/1/", json!({"books": [{"id": 1, "title": "Persuasion"}]})).await;
    let taken = json!({"title": ["book with this title already exists."]});
    assert_eq!((status, errors), (400, json!({"books": {"0": taken}})));
}
