//! The settings of an app, under DRF's and Django's names.

mod rate;

pub(crate) use rate::Period;
pub use rate::{Rate, RateError};

use std::fmt;
use std::path::{Path, PathBuf};

use figment::providers::{Env, Format, Serialized, Toml};
use figment::value::{Dict, Map};
use figment::{Figment, Metadata, Profile, Provider};
use indexmap::IndexMap;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::value::json::Limits;

/// The settings of an app: numbers and text. DRF's `REST_FRAMEWORK`, in snake case.
///
/// They are set in code, or come from a TOML file and the environment. The classes of DRF's settings, such as
/// `DEFAULT_PERMISSION_CLASSES`, are [`Classes`](crate::Classes).
///
/// ```
/// use drf::Settings;
///
/// let settings = Settings { page_size: Some(20), max_page_size: 100, ..Settings::default() };
/// ```
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The rates of scopes, such as `anon = "100/day"`; an absent rate is no limit
    pub default_throttle_rates: IndexMap<String, Option<Rate>>,
    /// The rows of a page
    pub page_size: Option<u64>,
    /// The most rows of a page that a client may ask for, where the class does not say otherwise
    pub max_page_size: u64,
    /// The query parameter for searching
    pub search_param: String,
    /// The query parameter for ordering
    pub ordering_param: String,
    /// The most terms of a search
    pub max_search_terms: usize,
    /// The most characters of a term of a search
    pub max_search_term_length: usize,
    /// The query parameter that chooses a renderer
    pub url_format_override: String,
    /// True if integers of 64 bits are written as text: no. DRF's `COERCE_BIGINT_TO_STRING`.
    pub coerce_bigint_to_string: bool,
    /// The key of errors that belong to no field
    pub non_field_errors_key: String,
    /// True if the errors of a list of objects are an object by index, with those that are wrong only; else a list with
    /// a place for each
    pub list_serializer_errors_as_dict: bool,
    /// The hosts that the app serves: `localhost`, `127.0.0.1` and `[::1]`; `.example.com` stands for a domain and all below
    /// it, `*` for every host. A request for another host is a 400, since links are built of the host. Django's
    /// `ALLOWED_HOSTS`. [`testing::APIClient`](crate::testing::APIClient) may also ask for `testserver`.
    pub allowed_hosts: Vec<String>,
    /// The number of proxies before the server that add to `X-Forwarded-For`: none, so the header is not trusted. With
    /// `None`, DRF's own default, any client escapes a limit by inventing the header.
    pub num_proxies: Option<usize>,
    /// The header by which a proxy says that a request came by HTTPS, and its value
    pub secure_proxy_ssl_header: Option<(String, String)>,
    /// True if a URL without its last slash is redirected to the one with it
    pub append_slash: bool,
    /// The most bytes of a body, without its files. Django's `DATA_UPLOAD_MAX_MEMORY_SIZE`
    pub max_body_size: usize,
    /// The most bytes of all files of a body
    pub max_upload_size: usize,
    /// The most bytes of the files of a body that stay in memory; a file beyond it is a temporary file
    pub file_upload_max_memory_size: usize,
    /// The directory of temporary files; that of the operating system if it is not set
    pub file_upload_temp_dir: Option<PathBuf>,
    /// The most levels of a JSON body
    pub max_json_depth: usize,
    /// The most fields of a form
    pub max_form_fields: usize,
    /// The most files of a form
    pub max_form_files: usize,
    /// The most items of each list in a body; more is 400 with the code `too_large`
    pub max_list_items: usize,
    /// The most values in a body, at any depth; more is 400 with the code `too_large`
    pub max_body_values: usize,
    /// The most errors that are reported for one body; more is 400 with the code `too_large` in place of the errors
    pub max_errors: usize,
    /// True if `PUT` and `PATCH` write without looking at the row first, where no permission, hook or validator of the
    /// viewset looks at it: one statement in place of two. The `before_save` of an `ActiveModelBehavior` then gets a
    /// model in which only the primary key and what the request changes is set. Off, since it may count on the rest.
    pub update_in_place: bool,
    /// For how many seconds a token that was looked up is trusted without asking the database again: 0, so that each
    /// request asks. A token that is deleted, and a user who is changed or deactivated, go on as before for so long, in
    /// each process that knows them.
    pub token_cache_seconds: u64,
    /// The iterations of PBKDF2 with which passwords are encoded: those of Django 6.0. Passwords with fewer, or in a weaker
    /// encoding, are encoded anew at log-in.
    pub password_iterations: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            default_throttle_rates: IndexMap::new(),
            page_size: None,
            max_page_size: 1000,
            search_param: "search".to_owned(),
            ordering_param: "ordering".to_owned(),
            max_search_terms: 128,
            max_search_term_length: 1000,
            url_format_override: "format".to_owned(),
            coerce_bigint_to_string: false,
            non_field_errors_key: "non_field_errors".to_owned(),
            list_serializer_errors_as_dict: true,
            allowed_hosts: ["localhost", "127.0.0.1", "[::1]"].map(str::to_owned).into(),
            num_proxies: Some(0),
            secure_proxy_ssl_header: None,
            append_slash: true,
            max_body_size: 2_621_440,
            max_upload_size: 104_857_600,
            file_upload_max_memory_size: 2_621_440,
            file_upload_temp_dir: None,
            max_json_depth: 100,
            max_form_fields: 1000,
            max_form_files: 100,
            max_list_items: 10_000,
            max_body_values: 1_000_000,
            max_errors: 1_000,
            update_in_place: false,
            token_cache_seconds: 0,
            password_iterations: 1_200_000,
        }
    }
}

impl Settings {
    /// Returns the defaults, changed by a TOML file if it exists and then by the environment: `DRF_PAGE_SIZE=20`.
    ///
    /// # Errors
    /// An unknown key, or a value of the wrong form (a malformed rate, a negative size), with the place where it stands.
    pub fn load(file: impl AsRef<Path>) -> Result<Self, SettingsError> {
        let figment = Figment::from(Serialized::defaults(Settings::default()))
            .merge(Toml::file(file.as_ref()))
            .merge(Env::prefixed("DRF_"));
        figment.extract().map_err(SettingsError::from)
    }

    /// Returns the settings, and those of the project: the section `[project]` of the same file, changed by the environment:
    /// `DRF_PROJECT_SENDER=shop@example.com`.
    ///
    /// Where the section is absent, the defaults of the type count. [`AppBuilder::state`](crate::AppBuilder::state) hands them to
    /// the requests:
    ///
    /// ```
    /// use drf::prelude::*;
    /// use serde::Deserialize;
    ///
    /// #[derive(Debug, Clone, Deserialize)]
    /// #[serde(default, deny_unknown_fields)]
    /// struct Shop {
    ///     sender: String,
    ///     free_shipping_from: u32,
    /// }
    ///
    /// impl Default for Shop {
    ///     fn default() -> Self {
    ///         Self { sender: "shop@example.com".to_owned(), free_shipping_from: 50 }
    ///     }
    /// }
    ///
    /// # async fn app() -> Result<App, Box<dyn std::error::Error>> {
    /// let (settings, shop) = Settings::load_with::<Shop>("drf.toml")?;
    /// let db = drf::connect("sqlite::memory:").await?;
    /// let app = App::builder(settings).database(db).state(shop).build();
    /// # Ok(app)
    /// # }
    ///
    /// #[api_view(GET)]
    /// async fn shipping(request: &Request) -> Result<Response> {
    ///     Ok(Response::ok(request.state::<Shop>()?.free_shipping_from))
    /// }
    /// ```
    ///
    /// # Errors
    /// An unknown key, a value of the wrong form, or one of the project's that has no default, with the place where it stands.
    pub fn load_with<T: DeserializeOwned>(file: impl AsRef<Path>) -> Result<(Self, T), SettingsError> {
        let file = || Toml::file(file.as_ref());
        let figment = Figment::from(Serialized::defaults(Settings::default()))
            .merge(WithoutProject(file()))
            .merge(Env::prefixed("DRF_").filter(|key| !key.starts_with(PROJECT_PREFIX)));
        let settings = figment.extract().map_err(SettingsError::from)?;
        let project = Figment::from((PROJECT, Dict::new()))
            .merge(file())
            .merge(Env::prefixed("DRF_PROJECT_").map(|key| format!("{PROJECT}.{key}").into()));
        Ok((settings, project.extract_inner(PROJECT).map_err(SettingsError::from)?))
    }

    pub(crate) fn parser_limits(&self) -> Limits {
        Limits {
            max_depth: self.max_json_depth,
            max_fields: self.max_form_fields,
            max_files: self.max_form_files,
            max_list_items: self.max_list_items,
            max_values: self.max_body_values,
        }
    }
}

/// The section of the project's own settings.
const PROJECT: &str = "project";

/// The beginning of the environment's names for them, after `DRF_`.
const PROJECT_PREFIX: &str = "project_";

/// A source of settings but for those of the project.
struct WithoutProject<P>(P);

impl<P: Provider> Provider for WithoutProject<P> {
    fn metadata(&self) -> Metadata {
        self.0.metadata()
    }

    fn data(&self) -> Result<Map<Profile, Dict>, figment::Error> {
        let mut data = self.0.data()?;
        data.values_mut().for_each(|section| drop(section.remove(PROJECT)));
        Ok(data)
    }
}

/// Settings that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsError(String);

impl From<figment::Error> for SettingsError {
    fn from(error: figment::Error) -> Self {
        Self(error.to_string())
    }
}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SettingsError {}
