//! A request to its view.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{FromRequestParts, RawPathParams};
use axum::response::IntoResponse;
use axum::routing::any_service;
use futures_util::FutureExt;
use http::header::{CONTENT_TYPE, HOST, LOCATION};
use http::request::Parts;
use http::{HeaderValue, Method, Request, Response, StatusCode};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, percent_encode};

use super::host;
use super::pattern::Pattern;
use super::root::Link;
use crate::app::App;
use crate::views::{Action, Policies, View, dispatch};

/// A URL and what answers it.
#[derive(Debug)]
pub(crate) struct Target {
    pub(crate) pattern: Pattern,
    /// The name of the URL
    pub(crate) name: String,
    /// Whether it is the twin with a suffix, which is not what URLs are built of
    pub(crate) suffixed: bool,
    pub(crate) methods: Vec<(Method, usize)>,
    pub(crate) allow: HeaderValue,
    pub(crate) detail: bool,
    pub(crate) view: Arc<View>,
    pub(crate) links: Arc<[Link]>,
}

/// All URLs, in order, and the app they belong to.
#[derive(Debug, Clone)]
pub(crate) struct UrlTable(Arc<Site>);

#[derive(Debug)]
struct Site {
    targets: Vec<Target>,
    app: App,
}

/// The URL that a request reached, with its arguments.
#[derive(Debug)]
pub(crate) struct Reached {
    table: UrlTable,
    target: usize,
    action: Option<usize>,
    arguments: Vec<String>,
    format: Option<String>,
}

/// A request that reached a view, or the answer where there is none. What is done before is done at once and not in a
/// future, and the request is boxed: what a future holds is moved with it.
type Entered = Result<Box<crate::request::Request>, Box<Response<Body>>>;

impl UrlTable {
    pub(crate) fn new(targets: Vec<Target>, app: &App) -> Self {
        Self(Arc::new(Site { targets, app: app.clone() }))
    }

    /// One axum route for each URL that axum can match, and a fallback for all else.
    pub(crate) fn into_axum(self) -> axum::Router {
        let mut router = axum::Router::new();
        let mut taken: Vec<&str> = Vec::new();
        for (index, target) in self.0.targets.iter().enumerate() {
            let Some(path) = target.pattern.axum.as_deref() else { continue };
            if taken.contains(&path) {
                continue;
            }
            taken.push(path);
            let table = self.clone();
            let service = tower::service_fn(move |request| answer(table.clone().enter_at(index, request)));
            // `route_service` would wrap it once more each time that the router is merged into another
            router = router.route(path, any_service(service));
        }
        let table = self.clone();
        let anything = tower::service_fn(move |request| answer(table.clone().enter_elsewhere(request)));
        router.fallback_service(anything)
    }

    /// Enters the view of a URL that axum has matched.
    fn enter_at(self, index: usize, request: Request<Body>) -> Entered {
        self.check_host(&request)?;
        let (mut head, body) = request.into_parts();
        let pattern = &self.0.targets[index].pattern;
        let arguments = if pattern.has_arguments() { arguments(&mut head) } else { Vec::new() };
        match pattern.accepts(&arguments) {
            true => self.enter(index, arguments, None, head, body),
            false => self.find(head, body),
        }
    }

    /// Enters the view of a URL that axum has not matched.
    fn enter_elsewhere(self, request: Request<Body>) -> Entered {
        self.check_host(&request)?;
        let (head, body) = request.into_parts();
        self.find(head, body)
    }

    /// Rejects a host that is not in `allowed_hosts`, whatever the URL is, as Django's `CommonMiddleware` does.
    fn check_host(&self, request: &Request<Body>) -> Result<(), Box<Response<Body>>> {
        let allowed = &self.0.app.settings().allowed_hosts;
        if host::is_allowed(request.headers(), request.extensions(), allowed) {
            return Ok(());
        }
        tracing::warn!(host = ?request.headers().get(HOST), "the host of the request is not in `allowed_hosts`");
        Err(html_page(StatusCode::BAD_REQUEST, "Bad Request (400)", "").into())
    }

    /// Looks through all URLs: suffixes, patterns beyond axum's, missing slashes.
    fn find(self, head: Parts, body: Body) -> Entered {
        let path = path_of(head.uri.path());
        let slashed = || {
            let missing = self.0.app.settings().append_slash && !path.ends_with('/');
            missing && self.resolve(&format!("{path}/")).is_some()
        };
        match self.resolve(&path) {
            Some((index, arguments, format)) => self.enter(index, arguments, format, head, body),
            None if slashed() => Err(redirect(&head).into()),
            None => Err(html_page(StatusCode::NOT_FOUND, "Not Found", NOT_FOUND).into()),
        }
    }

    fn resolve(&self, path: &str) -> Option<(usize, Vec<String>, Option<String>)> {
        self.0.targets.iter().enumerate().find_map(|(index, target)| {
            let (arguments, format) = target.pattern.captures(path)?;
            Some((index, arguments, format))
        })
    }

    fn enter(
        self,
        target: usize,
        arguments: Vec<String>,
        format: Option<String>,
        mut head: Parts,
        body: Body,
    ) -> Entered {
        read_as_wsgi(&mut head);
        let action = action_for(&self.0.targets[target].methods, &head.method);
        let reached = Reached { table: self, target, action, arguments, format };
        Ok(Box::new(crate::request::Request::new(reached, head, body)))
    }
}

async fn answer(entered: Entered) -> Result<Response<Body>, std::convert::Infallible> {
    match entered {
        Ok(request) => Ok(dispatch(request).await),
        Err(answer) => Ok(*answer),
    }
}

/// The action for a method; `HEAD` is answered by the one for `GET`.
fn action_for(methods: &[(Method, usize)], method: &Method) -> Option<usize> {
    let find =
        |wanted: &Method| methods.iter().find(|(method, _)| method == wanted).map(|(_, action)| *action);
    find(method).or_else(|| if *method == Method::HEAD { find(&Method::GET) } else { None })
}

fn arguments(head: &mut Parts) -> Vec<String> {
    // The extractor is a future that never waits.
    match RawPathParams::from_request_parts(head, &()).now_or_never() {
        Some(Ok(params)) => params.iter().map(|(_, value)| value.to_owned()).collect(),
        _ => Vec::new(),
    }
}

/// The decoded path, with one slash at its beginning. What is no UTF-8 stays encoded, as in Django.
fn path_of(path: &str) -> String {
    let bytes: Vec<u8> = percent_decode_str(path).collect();
    let mut decoded = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        decoded.push_str(chunk.valid());
        decoded.extend(percent_encode(chunk.invalid(), NON_ALPHANUMERIC));
    }
    format!("/{}", decoded.trim_start_matches('/'))
}

/// The request as a Django view gets it: the method in upper case, one slash at the beginning of the path.
fn read_as_wsgi(head: &mut Parts) {
    if head.method.as_str().bytes().any(|byte| byte.is_ascii_lowercase()) {
        let method = head.method.as_str().to_ascii_uppercase();
        head.method = method.parse().expect("a method in upper case is one too");
    }
    if let Some(rest) = head.uri.path_and_query().and_then(|path| path.as_str().strip_prefix("//")) {
        let path = format!("/{}", rest.trim_start_matches('/'));
        head.uri = path.parse().expect("a part of a path is one too");
    }
}

/// Django's `APPEND_SLASH`: the same URL with a slash.
fn redirect(head: &Parts) -> Response<Body> {
    let path = head.uri.path().trim_start_matches('/');
    let query = head.uri.query().map_or_else(String::new, |query| format!("?{query}"));
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::MOVED_PERMANENTLY;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.extend(HeaderValue::try_from(format!("/{path}/{query}")).ok().map(|url| (LOCATION, url)));
    response
}

/// Django's sentence for a URL that it does not know.
const NOT_FOUND: &str = "The requested resource was not found on this server.";

/// Returns Django's bare page for errors outside of views.
pub(crate) fn html_page(status: StatusCode, title: &str, text: &str) -> Response<Body> {
    let page = format!(
        "\n<!doctype html>\n<html lang=\"en\">\n<head>\n  <title>{title}</title>\n</head>\n<body>\n  <h1>{title}</h1><p>{text}</p>\n</body>\n</html>\n"
    );
    (status, [(CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
}

impl Reached {
    pub(crate) fn app(&self) -> &App {
        &self.table.0.app
    }

    fn target(&self) -> &Target {
        &self.table.0.targets[self.target]
    }

    pub(crate) fn view(&self) -> &View {
        &self.target().view
    }

    pub(crate) fn action(&self) -> Option<&Action> {
        self.action.map(|index| &self.view().description.actions[index])
    }

    /// The policies of the action. Those of an `#[action]` are its URL's: they hold for every other method there too.
    pub(crate) fn policies(&self) -> &Policies {
        let of_url = || self.extra_action().map(|(index, _)| index);
        match self.action.or_else(of_url) {
            Some(index) => &self.view().actions[index],
            None => &self.view().policies,
        }
    }

    /// The `#[action]` that this URL is for, if it is one's.
    pub(crate) fn extra_action(&self) -> Option<(usize, &Action)> {
        let (_, index) = *self.methods().first()?;
        let action = self.view().description.actions.get(index)?;
        (!action.url_path.is_empty()).then_some((index, action))
    }

    /// The same URL for another method.
    pub(crate) fn for_method(&self, method: &Method) -> Self {
        Self {
            table: self.table.clone(),
            target: self.target,
            action: action_for(self.methods(), method),
            arguments: self.arguments.clone(),
            format: self.format.clone(),
        }
    }

    pub(crate) fn kwarg(&self, name: &str) -> Option<&str> {
        let index = self.target().pattern.names().position(|known| known == name)?;
        self.arguments.get(index).map(String::as_str)
    }

    /// Returns the arguments of this URL by name.
    pub(crate) fn arguments(&self) -> Vec<(&str, &str)> {
        self.target().pattern.names().zip(self.arguments.iter().map(String::as_str)).collect()
    }

    /// The path of another URL by its name: Django's `reverse`.
    pub(crate) fn reverse(&self, name: &str, arguments: &[(&str, &str)]) -> Option<String> {
        let named = |target: &&Target| target.name == name && !target.suffixed;
        self.table.0.targets.iter().find(named)?.pattern.reverse(arguments)
    }

    /// The name of the URL that a path is of, and its arguments: Django's `resolve`.
    pub(crate) fn resolve(&self, path: &str) -> Option<(&str, Vec<(&str, String)>)> {
        let (index, values, _) = self.table.resolve(path)?;
        let target = &self.table.0.targets[index];
        Some((&target.name, target.pattern.names().zip(values).collect()))
    }

    pub(crate) fn format(&self) -> Option<&str> {
        self.format.as_deref()
    }

    pub(crate) fn allow(&self) -> HeaderValue {
        self.target().allow.clone()
    }

    pub(crate) fn is_detail(&self) -> bool {
        self.target().detail
    }

    pub(crate) fn methods(&self) -> &[(Method, usize)] {
        &self.target().methods
    }

    pub(crate) fn links(&self) -> &[Link] {
        &self.target().links
    }
}
