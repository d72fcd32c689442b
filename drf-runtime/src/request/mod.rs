//! A request on its way. DRF's `Request`.

mod body;
mod resolver_match;
mod transactions;
mod user;

use std::any::Any;
use std::borrow::Cow;
use std::str::FromStr;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, OnceLock};

use axum::body::Body;
use futures_util::future::BoxFuture;
use http::{Extensions, HeaderMap, Method, Uri, header, request::Parts};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use tokio::sync::OnceCell;

pub(crate) use self::resolver_match::ResolverMatch;
use self::transactions::{Repeatable, Writes};
use crate::accounts::{Auth, User};
use crate::app::App;
use crate::exceptions::{APIException, Error, Result};
use crate::parsers::{Data, Limits, QueryDict};
use crate::settings::Settings;
use crate::value::Value;

/// A request with what was found on the way: user, credentials, accepted renderer.
///
/// Only the pipeline makes one, and a handler sees it only after authentication, permissions and throttles agreed.
/// The body is read when a handler asks for [`data`](Self::data).
#[derive(Debug)]
pub struct Request {
    head: Parts,
    body: Mutex<Option<Body>>,
    /// The body is being read and parsed, or this was given up
    is_reading: AtomicBool,
    data: OnceCell<Result<Data, APIException>>,
    query: OnceLock<QueryDict>,
    resolver_match: ResolverMatch,
    user: User,
    auth: Option<Auth>,
    /// The authentication class that has found the user
    authenticator: Option<Arc<dyn Any + Send + Sync>>,
    /// The row of the user, once it was asked for
    user_row: OnceLock<Arc<dyn Any + Send + Sync>>,
    accepted: Option<Accepted>,
    writes: OnceLock<Box<Writes>>,
    repeatable: Repeatable,
}

/// The renderer of the response, by its index among those of the action.
#[derive(Debug)]
pub(crate) struct Accepted {
    /// `None` where the action has none
    pub(crate) renderer: Option<usize>,
    /// The media type as the client named it, or the renderer's own
    pub(crate) media_type: Cow<'static, str>,
}

impl Request {
    pub(crate) fn new(resolver_match: ResolverMatch, head: Parts, body: Body) -> Self {
        Self {
            head,
            body: Mutex::new(Some(body)),
            is_reading: AtomicBool::new(false),
            data: OnceCell::new(),
            query: OnceLock::new(),
            resolver_match,
            user: User::anonymous(),
            auth: None,
            authenticator: None,
            user_row: OnceLock::new(),
            accepted: None,
            writes: OnceLock::new(),
            repeatable: Repeatable::default(),
        }
    }

    /// Returns the method.
    pub fn method(&self) -> &Method {
        &self.head.method
    }

    /// Returns whether the method only reads: `GET`, `HEAD`, `OPTIONS`. DRF's `SAFE_METHODS`.
    pub fn is_safe(&self) -> bool {
        matches!(self.head.method, Method::GET | Method::HEAD | Method::OPTIONS)
    }

    /// Returns the target as sent.
    pub fn uri(&self) -> &Uri {
        &self.head.uri
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// Returns the values that tower layers added to the request.
    pub fn extensions(&self) -> &Extensions {
        &self.head.extensions
    }

    /// Returns the user. DRF's `request.user`.
    pub fn user(&self) -> &User {
        &self.user
    }

    /// Returns the credentials that were accepted, if they are of a type: a [`TokenKey`](crate::authentication::TokenKey), or what an
    /// authentication class of one's own puts into [`Auth`]. DRF's `request.auth`.
    pub fn auth<T: Any>(&self) -> Option<&T> {
        self.auth.as_ref()?.downcast_ref()
    }

    /// Returns the authentication class that has found the user, if it is of a type. DRF's `request.successful_authenticator`.
    pub fn successful_authenticator<A: Any>(&self) -> Option<&A> {
        let authenticator: &dyn Any = self.authenticator.as_deref()?;
        authenticator.downcast_ref()
    }

    /// Returns the parameters of the query string. DRF's `request.query_params`.
    pub fn query_params(&self) -> &QueryDict {
        // A request with more parameters than allowed has been rejected before. Where it is looked at nevertheless, such
        // as by an exception handler, nothing is missing: no limit may make a condition disappear.
        self.query.get_or_init(|| {
            let unlimited = Limits { max_fields: usize::MAX, ..Limits::default() };
            QueryDict::from_query(self.query_string(), &unlimited).expect("there is no limit to exceed")
        })
    }

    /// Parses the query string.
    ///
    /// # Errors
    /// 400 for more parameters than a form may have fields.
    pub(crate) fn parse_query(&self) -> Result<()> {
        if self.query_string().is_empty() {
            return Ok(());
        }
        let limits = self.settings().parser_limits();
        let query = QueryDict::from_query(self.query_string(), &limits).map_err(APIException::from)?;
        // It is set already where a request is parsed twice, to the same.
        let _ = self.query.set(query);
        Ok(())
    }

    fn query_string(&self) -> &str {
        self.head.uri.query().unwrap_or("")
    }

    /// Returns the argument of the URL with a name. Django's `self.kwargs[name]`.
    pub fn kwarg(&self, name: &str) -> Option<&str> {
        self.resolver_match.kwarg(name)
    }

    /// Returns an argument of the URL as a value.
    ///
    /// # Errors
    /// 404 if it does not parse.
    pub fn parse_kwarg<T: FromStr>(&self, name: &str) -> Result<T> {
        self.kwarg(name).and_then(|text| text.parse().ok()).ok_or_else(|| APIException::not_found().into())
    }

    /// Returns the name of the action: `list`, `create`, ... or that of an `#[action]`. DRF's `view.action`.
    pub fn action(&self) -> Option<&'static str> {
        self.resolver_match.action().map(|action| action.name)
    }

    /// Returns the settings.
    pub fn settings(&self) -> &Settings {
        self.app().settings()
    }

    /// Returns a value that all requests share, by its type: one of [`AppBuilder::state`](crate::AppBuilder::state).
    ///
    /// # Errors
    /// [`Error::Internal`] if the app has none of the type.
    pub fn state<T: Any + Clone + Send + Sync>(&self) -> Result<&T> {
        let name = std::any::type_name::<T>();
        self.app().state().ok_or_else(|| {
            Error::internal(format!(
                "the app has no state of the type `{name}`: add it with `AppBuilder::state`"
            ))
        })
    }

    /// Returns the media type of the response, as the client named it. DRF's `accepted_media_type`.
    pub fn accepted_media_type(&self) -> Option<&str> {
        self.accepted.as_ref().map(|accepted| &*accepted.media_type)
    }

    /// Returns the body, parsed by its content type. DRF's `request.data`.
    ///
    /// # Errors
    /// 400 for a body that its parser cannot read, 413 for one above `max_body_size`, 415 for a content type that no
    /// parser takes.
    pub async fn data(&self) -> Result<&Data> {
        match self.data.get() {
            Some(parsed) => parsed,
            None => self.parsed().await,
        }
        .as_ref()
        .map_err(|error| error.clone().into())
    }

    /// Boxed, so that parsers are compiled here and not in each crate of users.
    fn parsed(&self) -> BoxFuture<'_, &Result<Data, APIException>> {
        Box::pin(self.data.get_or_init(|| self.parse()))
    }

    /// Returns a URL with scheme and host. Django's `build_absolute_uri`.
    pub fn build_absolute_uri(&self, path_and_query: &str) -> String {
        let host =
            self.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
        format!("{}://{}{}", self.scheme(), host, path_and_query)
    }

    /// Returns the URL of a name, with scheme and host: `request.reverse("publisher-detail", &[("pk", "1")])`. DRF's `reverse`.
    /// `None` if no URL of those that were built together has the name, or an argument is missing.
    pub fn reverse(&self, name: &str, arguments: &[(&str, &str)]) -> Option<String> {
        let path = self.resolver_match.reverse(name, arguments)?;
        Some(self.with_chosen_format(self.build_absolute_uri(&path)))
    }

    /// Returns a URL that chooses the same renderer as this request's query string. DRF's `preserve_builtin_query_params`.
    pub(crate) fn with_chosen_format(&self, url: String) -> String {
        let parameter = self.settings().url_format_override.as_str();
        if parameter.is_empty() || self.head.uri.query().is_none() {
            return url;
        }
        match self.query_params().get(parameter).and_then(Value::as_str) {
            Some(format) => {
                let quoted = utf8_percent_encode(format, NON_ALPHANUMERIC);
                format!("{url}?{parameter}={quoted}")
            }
            None => url,
        }
    }

    /// Returns the URL of a row for links: with the format suffix of this request, if it came with one.
    pub(crate) fn link(&self, name: &str, arguments: &[(&str, &str)]) -> Option<String> {
        let path = self.resolver_match.reverse(name, arguments)?;
        let url = match self.resolver_match.format() {
            Some(format) => self.build_absolute_uri(&format!("{}.{format}", path.trim_end_matches('/'))),
            None => self.build_absolute_uri(&path),
        };
        Some(self.with_chosen_format(url))
    }

    /// Returns the name of the URL that a path is of, and its arguments. Django's `resolve`.
    pub(crate) fn resolve(&self, path: &str) -> Option<(&str, Vec<(&str, String)>)> {
        self.resolver_match.resolve(path)
    }

    /// Returns the address of the peer, if the server was told to note it.
    pub fn peer_addr(&self) -> Option<std::net::IpAddr> {
        let info = self.extensions().get::<axum::extract::ConnectInfo<std::net::SocketAddr>>();
        info.map(|info| info.0.ip())
    }

    fn scheme(&self) -> &'static str {
        let header = self.settings().secure_proxy_ssl_header.as_ref();
        let secure = header.is_some_and(|(name, value)| {
            self.headers().get(name.as_str()).is_some_and(|found| found.as_bytes() == value.as_bytes())
        });
        if secure { "https" } else { "http" }
    }

    fn header(&self, name: header::HeaderName) -> Option<&str> {
        self.headers().get(name).and_then(|value| std::str::from_utf8(value.as_bytes()).ok())
    }
}

/// The state of the pipeline.
impl Request {
    pub(crate) fn app(&self) -> &App {
        self.resolver_match.app()
    }

    pub(crate) fn resolver_match(&self) -> &ResolverMatch {
        &self.resolver_match
    }

    /// Returns the same request as if it had another method and no body: for asking what would be allowed.
    pub(crate) fn as_method(&self, method: &Method) -> Self {
        let mut head = http::Request::new(()).into_parts().0;
        head.method = method.clone();
        head.uri = self.head.uri.clone();
        head.headers = self.head.headers.clone();
        head.extensions = self.head.extensions.clone();
        let mut request = Self::new(self.resolver_match.for_method(method), head, Body::empty());
        request.log_in(self.user.clone(), self.auth.clone(), self.authenticator.clone());
        request
    }

    pub(crate) fn accepted(&self) -> Option<&Accepted> {
        self.accepted.as_ref()
    }

    pub(crate) fn accept(&mut self, accepted: Accepted) {
        self.accepted = Some(accepted);
    }

    pub(crate) fn log_in(
        &mut self,
        user: User,
        auth: Option<Auth>,
        authenticator: Option<Arc<dyn Any + Send + Sync>>,
    ) {
        self.user = user;
        self.auth = auth;
        self.authenticator = authenticator;
    }

    pub(crate) fn is_authenticated_by_class(&self) -> bool {
        self.authenticator.is_some()
    }
}
