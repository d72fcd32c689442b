//! One value with all settings, under DRF's names.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::authentication::{AuthenticationClass, BasicAuthentication, PasswordHasher, TokenAuthentication};
use crate::pagination::Pagination;
use crate::parsers::{FormParser, JSONParser, Limits, MultiPartParser, Parser, UploadLimits};
use crate::permissions::{IsAuthenticated, PermissionClass};
use crate::renderers::{JSONRenderer, Renderer};
use crate::throttling::{Rate, ThrottleClass};
use crate::views::{ExceptionHandler, exception_handler};

/// The settings of an app. DRF's `REST_FRAMEWORK`, in snake case.
///
/// What is text or a number can come from a TOML file and the environment; what is code (classes, handlers) is set in
/// code. On a viewset or an action everything can be set otherwise.
///
/// ```
/// use drf::Settings;
/// use drf::permissions::{AllowAny, PermissionClass};
///
/// let settings = Settings {
///     page_size: Some(20),
///     default_permission_classes: vec![PermissionClass::new::<_, ()>(AllowAny)],
///     ..Settings::default()
/// };
/// ```
#[derive(Clone)]
pub struct Settings {
    /// Who sends a request: token, then basic authentication
    pub default_authentication_classes: Vec<AuthenticationClass>,
    /// Who may do what: only users who are logged in. DRF's own default lets everybody do everything.
    pub default_permission_classes: Vec<PermissionClass>,
    /// How often: without limit
    pub default_throttle_classes: Vec<ThrottleClass>,
    /// The rates of scopes, such as `anon = "100/day"`; an absent rate is no limit
    pub default_throttle_rates: IndexMap<String, Option<Rate>>,
    /// What cuts lists into pages: nothing
    pub default_pagination_class: Option<Arc<dyn Pagination>>,
    /// The rows of a page
    pub page_size: Option<u64>,
    /// The most rows of a page that a client may ask for, where the class does not say otherwise
    pub max_page_size: u64,
    /// What writes bodies: JSON
    pub default_renderer_classes: Vec<Arc<dyn Renderer>>,
    /// What reads bodies: JSON, forms, multipart
    pub default_parser_classes: Vec<Arc<dyn Parser>>,
    /// What makes answers of errors
    pub exception_handler: ExceptionHandler,
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
    /// Whether integers of 64 bits are written as text: no. DRF's `COERCE_BIGINT_TO_STRING`.
    pub coerce_bigint_to_string: bool,
    /// The key of errors that belong to no field
    pub non_field_errors_key: String,
    /// Whether the errors of a list of objects are an object by index, with those that are wrong only; else a list with
    /// a place for each
    pub list_serializer_errors_as_dict: bool,
    /// The hosts that the app serves: `localhost`, `127.0.0.1` and `[::1]`; `.example.com` stands for a domain and all below
    /// it, `*` for every host. A request for another host is a 400, since links are built of the host. Django's
    /// `ALLOWED_HOSTS`. [`testing::APIClient`](crate::testing::APIClient) may also ask for `testserver`.
    pub allowed_hosts: Vec<String>,
    /// How many proxies stand before the server and add to `X-Forwarded-For`: none, so the header is not trusted. With
    /// `None`, DRF's own default, any client escapes a limit by inventing the header.
    pub num_proxies: Option<usize>,
    /// The header by which a proxy says that a request came by HTTPS, and its value
    pub secure_proxy_ssl_header: Option<(String, String)>,
    /// Whether a URL without its last slash is redirected to the one with it
    pub append_slash: bool,
    /// The most bytes of a body, without its files. Django's `DATA_UPLOAD_MAX_MEMORY_SIZE`
    pub max_body_size: usize,
    /// The most bytes of all files of a body
    pub max_upload_size: usize,
    /// The most bytes of a file that stays in memory; a larger one is a temporary file
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
    /// Whether `PUT` and `PATCH` write without looking at the row first, where no permission, hook or validator of the
    /// viewset looks at it: one statement in place of two. The `before_save` of an `ActiveModelBehavior` then gets a
    /// model in which only the primary key and what the request changes is set. Off, since it may count on the rest.
    pub update_in_place: bool,
    /// For how many seconds a token that was looked up is believed without asking the database again: 0, so that each
    /// request asks. A token that is deleted, and a user who is changed or deactivated, go on as before for so long, in
    /// each process that knows them.
    pub token_cache_seconds: u64,
    /// The iterations of PBKDF2 with which passwords are encoded: those of Django 6.0. Passwords with fewer, or in a weaker
    /// encoding, are encoded anew at log-in.
    pub password_iterations: u32,
}

/// The settings that can stand in a file.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    default_throttle_rates: IndexMap<String, Option<Rate>>,
    page_size: Option<u64>,
    max_page_size: u64,
    search_param: String,
    ordering_param: String,
    max_search_terms: usize,
    max_search_term_length: usize,
    url_format_override: String,
    coerce_bigint_to_string: bool,
    non_field_errors_key: String,
    list_serializer_errors_as_dict: bool,
    allowed_hosts: Vec<String>,
    num_proxies: Option<usize>,
    secure_proxy_ssl_header: Option<(String, String)>,
    append_slash: bool,
    max_body_size: usize,
    max_upload_size: usize,
    file_upload_max_memory_size: usize,
    file_upload_temp_dir: Option<PathBuf>,
    max_json_depth: usize,
    max_form_fields: usize,
    max_form_files: usize,
    max_list_items: usize,
    max_body_values: usize,
    max_errors: usize,
    update_in_place: bool,
    token_cache_seconds: u64,
    password_iterations: u32,
}

impl Default for File {
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

impl Default for Settings {
    fn default() -> Self {
        Self::from_file(File::default())
    }
}

impl Settings {
    /// The defaults, changed by a TOML file if it exists and then by the environment: `DRF_PAGE_SIZE=20`.
    ///
    /// # Errors
    /// An unknown key, or a value of the wrong form (a malformed rate, a negative size), with the place where it stands.
    pub fn load(file: impl AsRef<Path>) -> Result<Self, SettingsError> {
        let figment = Figment::from(Serialized::defaults(File::default()))
            .merge(Toml::file(file.as_ref()))
            .merge(Env::prefixed("DRF_"));
        figment.extract().map(Self::from_file).map_err(|error| SettingsError(error.to_string()))
    }

    fn from_file(file: File) -> Self {
        Self {
            default_authentication_classes: vec![
                AuthenticationClass::new(TokenAuthentication),
                AuthenticationClass::new(BasicAuthentication),
            ],
            default_permission_classes: vec![PermissionClass::new::<_, ()>(IsAuthenticated)],
            default_throttle_classes: Vec::new(),
            default_throttle_rates: file.default_throttle_rates,
            default_pagination_class: None,
            page_size: file.page_size,
            max_page_size: file.max_page_size,
            default_renderer_classes: vec![Arc::new(JSONRenderer)],
            default_parser_classes: vec![
                Arc::new(JSONParser),
                Arc::new(FormParser),
                Arc::new(MultiPartParser),
            ],
            exception_handler,
            search_param: file.search_param,
            ordering_param: file.ordering_param,
            max_search_terms: file.max_search_terms,
            max_search_term_length: file.max_search_term_length,
            url_format_override: file.url_format_override,
            coerce_bigint_to_string: file.coerce_bigint_to_string,
            non_field_errors_key: file.non_field_errors_key,
            list_serializer_errors_as_dict: file.list_serializer_errors_as_dict,
            allowed_hosts: file.allowed_hosts,
            num_proxies: file.num_proxies,
            secure_proxy_ssl_header: file.secure_proxy_ssl_header,
            append_slash: file.append_slash,
            max_body_size: file.max_body_size,
            max_upload_size: file.max_upload_size,
            file_upload_max_memory_size: file.file_upload_max_memory_size,
            file_upload_temp_dir: file.file_upload_temp_dir,
            max_json_depth: file.max_json_depth,
            max_form_fields: file.max_form_fields,
            max_form_files: file.max_form_files,
            max_list_items: file.max_list_items,
            max_body_values: file.max_body_values,
            max_errors: file.max_errors,
            update_in_place: file.update_in_place,
            token_cache_seconds: file.token_cache_seconds,
            password_iterations: file.password_iterations,
        }
    }

    /// Returns the hasher for passwords.
    pub fn password_hasher(&self) -> PasswordHasher {
        PasswordHasher::new(self.password_iterations)
    }

    pub(crate) fn upload_limits(&self) -> UploadLimits {
        UploadLimits {
            max_data: self.max_body_size,
            max_upload: self.max_upload_size,
            max_memory: self.file_upload_max_memory_size,
            directory: self.file_upload_temp_dir.clone().unwrap_or_else(std::env::temp_dir),
        }
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

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("default_permission_classes", &self.default_permission_classes)
            .field("page_size", &self.page_size)
            .finish_non_exhaustive()
    }
}

/// Settings that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsError(String);

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SettingsError {}
