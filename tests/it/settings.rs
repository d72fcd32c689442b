//! Mistakes that only the settings and the routes together show: all at once, before a port is bound.

use drf::prelude::*;
use drf::sea_orm::Database;
use drf_tests::shop::entities::{book, publisher};
use drf_tests::shop::views::PublisherSerializer;

#[read_only_model_viewset(serializer = PublisherSerializer)]
#[throttle(scope = "nowhere")]
struct Scoped;

#[read_only_model_viewset(serializer = PublisherSerializer)]
struct Twin;

#[serializer(entity = book::Entity)]
struct Titles {
    title: String,
}

/// Nothing writes the price.
#[model_viewset(serializer = Titles)]
struct Unfinished;

#[serializer(entity = book::Entity)]
struct Links {
    #[field(view_name = "nowhere")]
    url: HyperlinkedIdentity,
    #[field(view_name = "book-detail", lookup_field = name)]
    publisher: HyperlinkedRelated<publisher::Entity>,
}

#[read_only_model_viewset(serializer = Links)]
struct Linked;

#[tokio::test]
async fn what_can_never_be_made_and_links_that_lead_nowhere_are_refused() {
    let db = Database::connect("sqlite::memory:").await.expect("a database in memory");
    let app = App::new(Settings::default(), db);
    let router =
        DefaultRouter::new().register::<Unfinished>("books").register_as::<Linked>("linked", "linked");
    let errors = router.mount("/api", &app).expect_err("three mistakes");
    let errors: Vec<_> = errors.iter().collect();
    assert_eq!(
        errors,
        [
            "`Titles`: `create` can never succeed: nothing writes the columns `price`, `publisher_id`, which are NOT NULL and have no default; add fields, the hook `create` or `perform_create`, or say `provided(price)` if the model's `before_save` sets it",
            "`Links`: field `url`: there is no URL named `nowhere`",
            "`Links`: field `publisher`: the URL `book-detail` has the arguments (pk), not `name`",
        ]
    );
}

#[tokio::test]
async fn an_app_with_mistakes_is_not_built() {
    let db = Database::connect("sqlite::memory:").await.expect("a database in memory");
    let app = App::new(Settings::default(), db);
    let router = DefaultRouter::new().register::<Scoped>("scoped").register::<Twin>("twins");
    let errors = router.mount("/api", &app).expect_err("two mistakes");
    let errors: Vec<_> = errors.iter().collect();
    assert_eq!(
        errors,
        [
            "`Scoped`: the throttle scope `nowhere` has no rate in `default_throttle_rates` (known: there is none)",
            "`Twin`: the basename `publisher` is taken already; give it another one with `register_as`",
        ]
    );
    let _: Option<publisher::Model> = None;
}

#[test]
fn settings_come_from_a_file() {
    let file = std::env::temp_dir().join(format!("drf-settings-{}.toml", std::process::id()));
    std::fs::write(&file, "page_size = 7\n[default_throttle_rates]\nanon = \"100/day\"\n").expect("a file");
    let settings = Settings::load(&file).expect("good settings");
    assert_eq!(settings.page_size, Some(7));
    assert!(settings.default_throttle_rates.contains_key("anon"));

    std::fs::write(&file, "page_sise = 7\n").expect("a file");
    let error = Settings::load(&file).expect_err("an unknown key").to_string();
    assert!(error.contains("page_sise"), "{error}");
    std::fs::write(&file, "[default_throttle_rates]\nanon = \"100/fortnight\"\n").expect("a file");
    assert!(Settings::load(&file).is_err(), "a malformed rate");
    std::fs::remove_file(file).expect("the file");
}
