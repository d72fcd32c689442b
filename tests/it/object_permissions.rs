//! Object permissions: a class that cannot judge an object never allows it.

use drf::authentication::UserModel;
use drf::authentication::models::user;
use drf::permissions::{And, AnyObject, Not, Object, Or, PermissionClass};
use drf::prelude::*;
use drf::renderers::JSONRenderer;
use drf::sea_orm::EntityTrait;
use drf::testing::APIClient;
use drf_tests::shop::Shop;
use drf_tests::shop::entities::{book, publisher, review};
use drf_tests::shop::views::{PublisherSerializer, ReviewSerializer};
use serde_json::json;

/// Judges reviews only.
#[derive(Debug, Clone, Copy)]
struct IsOwner;

impl Permission<review::Model> for IsOwner {
    async fn has_object_permission(&self, request: &Request, review: &review::Model) -> Result<bool> {
        Ok(request.user().has_pk(review.owner_id))
    }
}

/// Rejects every request and every review.
#[derive(Debug, Clone, Copy)]
struct Never;

impl Permission<review::Model> for Never {
    async fn has_permission(&self, _request: &Request) -> Result<bool> {
        Ok(false)
    }

    async fn has_object_permission(&self, _request: &Request, _review: &review::Model) -> Result<bool> {
        Ok(false)
    }
}

/// Looks at the request only, and does not say so.
#[derive(Debug, Clone, Copy)]
struct Silent;

impl<M: Sync> Permission<M> for Silent {}

/// Looks at the request only.
#[derive(Debug, Clone, Copy)]
struct RequestOnly;

impl<M: ?Sized + Sync> Permission<M> for RequestOnly {
    const CHECKS_OBJECTS: bool = false;
}

/// Knows reviews and publishers.
#[derive(Debug, Clone, Copy)]
struct ProjectWide;

impl<M: ?Sized + Object> Permission<M> for ProjectWide {
    async fn has_object_permission(&self, request: &Request, object: &M) -> Result<bool> {
        let object = object.as_any();
        if let Some(review) = object.downcast_ref::<review::Model>() {
            Ok(request.user().has_pk(review.owner_id))
        } else if object.is::<publisher::Model>() {
            Ok(request.is_safe())
        } else {
            Err(Error::internal("ProjectWide does not know this model"))
        }
    }
}

#[model_viewset(
    serializer = ReviewSerializer,
    actions(list, retrieve, update, partial_update, destroy),
    pagination = none
)]
struct Reviews;

#[actions]
impl Reviews {
    #[action(detail, methods(POST))]
    async fn publish(_request: &Request, review: review::Model) -> Result<Response> {
        Ok(Response::ok(review.text))
    }

    /// Loads a row of another entity.
    #[action(detail)]
    async fn publisher(request: &Request) -> Result<Response> {
        let publisher = generics::get_object::<publisher::Entity>(
            request,
            QuerySet::from_select(publisher::Entity::find()),
        )
        .await?;
        Ok(Response::ok(publisher.name))
    }
}

#[model_viewset(serializer = PublisherSerializer, pagination = none)]
struct Publishers;

/// A permission of its own takes the place of the one in the settings.
#[model_viewset(serializer = PublisherSerializer, pagination = none)]
#[permission(AllowAny)]
struct OpenPublishers;

/// A view without an entity, whose class looks at objects of any type.
#[viewset]
#[permission(Silent, AllowAny)]
struct Plain;

#[actions]
impl Plain {
    #[action]
    async fn list(_request: &Request) -> Result<Response> {
        Ok(Response::no_content())
    }

    #[action]
    async fn retrieve(request: &Request) -> Result<Response> {
        let publisher = generics::get_object::<publisher::Entity>(
            request,
            QuerySet::from_select(publisher::Entity::find()),
        )
        .await?;
        Ok(Response::ok(publisher.name))
    }

    #[action(detail)]
    async fn checked(request: &Request) -> Result<Response> {
        let book = book::Entity::find().one(request.db()).await?.ok_or_else(|| Error::internal("no book"))?;
        generics::check_object_permissions(request, &book).await?;
        Ok(Response::no_content())
    }
}

fn classes(permission: PermissionClass) -> Classes {
    Classes {
        default_permission_classes: vec![permission],
        default_renderer_classes: vec![JSONRenderer.into()],
        ..Classes::default()
    }
}

/// The errors of an app whose settings have a permission.
async fn problems<V: drf::views::ViewSet>(permission: PermissionClass) -> Vec<String> {
    let shop = Shop::new().await;
    let app = App::builder(Settings::default())
        .database(shop.app.read().clone())
        .classes(classes(permission))
        .build();
    match DefaultRouter::new().register_as::<V>("things", "thing").mount("/api", &app) {
        Ok(_) => Vec::new(),
        Err(errors) => errors.iter().map(str::to_owned).collect(),
    }
}

async fn client<V: drf::views::ViewSet>(permission: PermissionClass, username: &str) -> APIClient {
    let shop = Shop::new().await;
    let user = user::Model::get_by_natural_key(shop.app.read(), username).await.expect("a table of users");
    let app = App::builder(Settings::default())
        .database(shop.app.read().clone())
        .classes(classes(permission))
        .build();
    let router =
        DefaultRouter::new().register_as::<V>("things", "thing").mount("/api", &app).expect("an app");
    APIClient::new(router).force_authenticate(user.expect("a user"), None)
}

#[tokio::test]
async fn a_permission_of_another_model_in_the_settings_is_an_error_when_the_app_is_built() {
    let refused = [
        PermissionClass::new::<_, review::Model>(IsOwner),
        PermissionClass::new::<_, review::Model>(Not(IsOwner)),
        PermissionClass::new::<_, review::Model>(And(IsAuthenticated, IsOwner)),
        PermissionClass::new::<_, review::Model>(Or(IsOwner, AllowAny)),
        PermissionClass::new::<_, ()>(Silent),
        PermissionClass::new::<_, ()>(Not(Silent)),
        PermissionClass::new::<_, ()>(ProjectWide),
    ];
    for permission in refused {
        let errors = problems::<Publishers>(permission.clone()).await;
        assert_eq!(errors.len(), 1, "{permission:?}: {errors:?}");
        assert!(errors[0].starts_with("`Publishers`: the permission `"), "{}", errors[0]);
        assert!(errors[0].contains("publisher::Model`"), "{}", errors[0]);
        assert!(problems::<OpenPublishers>(permission).await.is_empty());
    }
    let accepted = [
        PermissionClass::new::<_, ()>(IsAuthenticated),
        PermissionClass::new::<_, ()>(Not(IsAdminUser)),
        PermissionClass::new::<_, ()>(RequestOnly),
        PermissionClass::new::<_, publisher::Model>(Silent),
        PermissionClass::new::<_, AnyObject>(ProjectWide),
        PermissionClass::new::<_, AnyObject>(And(IsAuthenticated, Not(ProjectWide))),
    ];
    for permission in accepted {
        let errors = problems::<Publishers>(permission.clone()).await;
        assert!(errors.is_empty(), "{permission:?}: {errors:?}");
    }
}

#[tokio::test]
async fn a_permission_in_the_settings_judges_the_objects_of_its_model_on_every_action() {
    for class in [
        PermissionClass::new::<_, review::Model>(IsOwner),
        PermissionClass::new::<_, AnyObject>(And(IsAuthenticated, ProjectWide)),
    ] {
        let bob = client::<Reviews>(class.clone(), "bob").await;
        assert_eq!(bob.get("/api/things/").await.status, 200, "DRF asks about single objects only");
        let whole = r#"{"text": "x", "stars": 1, "book": 1, "owner_id": 1}"#;
        for (method, path, body) in [
            ("GET", "/api/things/1/", None),
            ("HEAD", "/api/things/1/", None),
            ("PUT", "/api/things/1/", Some(whole)),
            ("PATCH", "/api/things/1/", Some("{}")),
            ("DELETE", "/api/things/1/", None),
            ("POST", "/api/things/1/publish/", None),
        ] {
            let answer = bob.request(method.parse().expect("a method"), path, body).await;
            assert_eq!(answer.status, 403, "{method} {path}");
        }
        let options = bob.options("/api/things/1/").await;
        assert_eq!(options.json().get("actions"), None, "bob may not PUT");
        let ann = client::<Reviews>(class, "ann").await;
        assert_eq!(ann.get("/api/things/1/").await.status, 200);
        assert!(ann.options("/api/things/1/").await.json()["actions"]["PUT"].is_object());
        assert_eq!(
            ann.request("POST".parse().expect("a method"), "/api/things/1/publish/", None::<&str>)
                .await
                .status,
            200
        );
        assert_eq!(ann.delete("/api/things/1/").await.status, 204);
    }
}

#[tokio::test]
async fn an_object_of_another_type_is_a_500_and_never_allowed() {
    for class in [
        PermissionClass::new::<_, review::Model>(IsOwner),
        PermissionClass::new::<_, review::Model>(Not(Never)),
        PermissionClass::new::<_, review::Model>(Or(IsOwner, AllowAny)),
    ] {
        let ann = client::<Reviews>(class, "ann").await;
        assert_eq!(ann.get("/api/things/1/publisher/").await.status, 500);
    }
    // The class of a view without an entity is one for `()`.
    let plain = client::<Plain>(PermissionClass::new::<_, ()>(AllowAny), "ann").await;
    assert_eq!(plain.get("/api/things/").await.status, 204);
    assert_eq!(plain.get("/api/things/1/").await.status, 500);
    assert_eq!(plain.get("/api/things/1/checked/").await.status, 500);
    let wide = client::<Reviews>(PermissionClass::new::<_, AnyObject>(ProjectWide), "ann").await;
    assert_eq!(wide.get("/api/things/1/publisher/").await.json(), json!("Oak"));
}

/// A bare viewset whose own class judges objects of one model.
#[viewset]
#[permission(IsReviewOwner)]
struct BareReviews;

/// Judges reviews, and says so for views that have no model of their own.
#[derive(Debug, Clone, Copy)]
struct IsReviewOwner;

impl<M: ?Sized + Object> Permission<M> for IsReviewOwner {
    async fn has_object_permission(&self, request: &Request, object: &M) -> Result<bool> {
        let review = object.as_any().downcast_ref::<review::Model>();
        let review = review.ok_or_else(|| Error::internal("IsReviewOwner knows reviews only"))?;
        Ok(request.user().has_pk(review.owner_id))
    }
}

#[actions]
impl BareReviews {
    #[action]
    async fn retrieve(request: &Request) -> Result<Response> {
        let review =
            generics::get_object::<review::Entity>(request, QuerySet::from_select(review::Entity::find()))
                .await?;
        Ok(Response::ok(review.text))
    }
}

/// The class stands for no model, so that it cannot judge any object: DRF would ask it, and nothing allows it here.
#[tokio::test]
async fn a_class_of_a_bare_viewset_that_checks_objects_allows_none() {
    for user in ["ann", "bob"] {
        let client = client::<BareReviews>(PermissionClass::new::<_, ()>(AllowAny), user).await;
        assert_eq!(client.get("/api/things/1/").await.status, 500, "{user}");
    }
}

#[viewset]
struct PlainReviews;

#[actions]
impl PlainReviews {
    #[action]
    async fn retrieve(request: &Request) -> Result<Response> {
        let review =
            generics::get_object::<review::Entity>(request, QuerySet::from_select(review::Entity::find()))
                .await?;
        Ok(Response::ok(review.text))
    }
}

#[tokio::test]
async fn a_class_for_all_objects_in_the_settings_judges_those_of_a_bare_viewset() {
    for (user, status) in [("ann", 200), ("bob", 403)] {
        let client = client::<PlainReviews>(PermissionClass::new::<_, AnyObject>(IsReviewOwner), user).await;
        assert_eq!(client.get("/api/things/1/").await.status, status, "{user}");
    }
}
