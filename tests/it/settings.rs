//! Mistakes that only the settings and the routes together show: all at once, before a port is bound.

use drf::prelude::*;
use drf::sea_orm::Database;
use drf::testing::APIClient;
use drf_tests::shop::entities::{book, publisher};
use drf_tests::shop::views::PublisherSerializer;
use serde::Deserialize;
use serde_json::json;

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

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Shop {
    sender: String,
    #[serde(default)]
    free_shipping_from: u32,
}

#[api_view(GET)]
#[permission(AllowAny)]
async fn shipping(request: &Request) -> Result<Response> {
    let shop = request.state::<Shop>()?;
    Ok(Response::ok(Value::from([
        ("sender", Value::from(shop.sender.as_str())),
        ("from", i64::from(shop.free_shipping_from).into()),
        ("page_size", request.settings().page_size.map_or(0, |size| size as i64).into()),
    ])))
}

/// Runs itself again with variables in the environment, which is that of all tests.
#[tokio::test]
async fn the_settings_of_a_project_come_from_the_same_file_and_environment() {
    const TEST: &str = "settings::the_settings_of_a_project_come_from_the_same_file_and_environment";
    if std::env::var_os("DRF_PROJECT_SENDER").is_none() {
        let again = std::process::Command::new(std::env::current_exe().expect("this program"))
            .args(["--exact", TEST])
            .env("DRF_PROJECT_SENDER", "env@example.com")
            .env("DRF_PAGE_SIZE", "9")
            .output();
        let again = again.expect("a second run");
        let shown = String::from_utf8_lossy(&again.stdout);
        assert!(again.status.success() && shown.contains("1 passed"), "{shown}");
        return;
    }
    let file = std::env::temp_dir().join(format!("drf-project-{}.toml", std::process::id()));
    let text = "page_size = 7\n[project]\nsender = \"file@example.com\"\nfree_shipping_from = 30\n";
    std::fs::write(&file, text).expect("a file");
    let (settings, shop) = Settings::load_with::<Shop>(&file).expect("good settings");
    let db = Database::connect("sqlite::memory:").await.expect("a database in memory");
    let app = App::builder(settings).database(db).state(shop).build();
    let router = SimpleRouter::new().register_view::<shipping>("shipping", "shipping");
    let client = APIClient::new(router.mount("", &app).expect("a view without mistakes"));
    let shown = client.get("/shipping/").await.json();
    assert_eq!(shown, json!({"sender": "env@example.com", "from": 30, "page_size": 9}));
    // each kind of mistake, in either part
    for (text, mistake) in [
        ("page_sise = 7\n", "page_sise"),
        ("[project]\nfree_shiping_from = 3\n", "free_shiping_from"),
        ("[project]\nfree_shipping_from = -3\n", "free_shipping_from"),
        ("[project.mail]\n", "mail"),
    ] {
        std::fs::write(&file, text).expect("a file");
        let error = Settings::load_with::<Shop>(&file).expect_err(mistake).to_string();
        assert!(error.contains(mistake), "{error}");
    }
    std::fs::write(&file, "[project]\n").expect("a file");
    assert!(Settings::load(&file).is_err(), "a section that nobody reads");
    std::fs::remove_file(&file).expect("the file");
    let (settings, shop) = Settings::load_with::<Shop>(&file).expect("the environment suffices");
    assert_eq!((settings.page_size, shop.free_shipping_from), (Some(9), 0));
}
