//! Values that used to become defaults where an error is due.

use drf::authentication::models::user;
use drf::prelude::*;
use drf::sea_orm::{ConnectionTrait, EntityTrait};
use drf::testing::APIClient;
use drf_tests::on_each_engine;
use drf_tests::shop::Shop;
use serde_json::json;

mod tag {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "tag")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub name: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[serializer(entity = tag::Entity)]
struct TagSerializer {
    name: String,
}

#[model_viewset(serializer = TagSerializer, pagination = none)]
#[permission(AllowAny)]
struct Tags;

#[actions]
impl Tags {
    /// Asks for the row of a URL that names none.
    #[action(list, methods(POST))]
    async fn first(request: &Request) -> Result<Response> {
        let tag =
            generics::get_object::<tag::Entity>(request, QuerySet::from_select(tag::Entity::find())).await?;
        Ok(Response::ok(tag.name))
    }
}

on_each_engine! {
    async fn a_url_without_the_argument_of_a_row_is_no_row_with_an_empty_key(database: Database) {
        database.create_table(tag::Entity).await;
        database.execute(r#"INSERT INTO "tag" ("name") VALUES ('')"#).await;
        let app = App::new(Settings::default(), database.db.clone());
        let router = SimpleRouter::new().register::<Tags>("tags").mount("/api", &app).expect("an app");
        let answer = APIClient::new(router).post("/api/tags/first/", "{}").await;
        assert_eq!(answer.status, 500, "{}", answer.text());
    }
}

#[api_view]
#[permission(AllowAny)]
async fn whoami(request: &Request) -> Result<Response> {
    Ok(Response::ok(i64::from(request.user_id::<user::Entity>()?)))
}

/// Other databases do not store such a key in the `integer` of Django's table.
#[tokio::test]
async fn a_user_id_beyond_the_type_is_not_user_0() {
    let shop = Shop::new().await;
    let db = shop.app.read();
    for (id, name, key) in [(7_i64, "seven", "small"), (3_000_000_000, "large", "large")] {
        let user = format!(
            "INSERT INTO auth_user (id, password, username, first_name, last_name, email, is_superuser, is_staff, is_active, date_joined) \
             VALUES ({id}, '!', '{name}', '', '', '', 0, 0, 1, '2024-01-01 00:00:00')"
        );
        db.execute_unprepared(&user).await.expect("a user");
        let token = format!(
            "INSERT INTO authtoken_token (key, created, user_id) VALUES ('{key}', '2024-01-01 00:00:00', {id})"
        );
        db.execute_unprepared(&token).await.expect("a token");
    }
    let router =
        SimpleRouter::new().register_view::<whoami>("me", "me").mount("", &shop.app).expect("an app");
    let ask = async |key: &str| {
        let client = APIClient::new(router.clone());
        client.header(drf::http::header::AUTHORIZATION, &format!("Token {key}")).get("/me/").await
    };
    assert_eq!(ask("small").await.json(), json!(7));
    assert_eq!(ask("large").await.status, 500);
}
