use std::any::Any;
use std::sync::Arc;

use http::{HeaderValue, Method};

use super::Pattern;
use crate::app::App;
use crate::parsers::ParserClass;
use crate::schema::{Entity, Relation};

/// A URL and the view behind it.
#[derive(Debug)]
pub(crate) struct Route {
    pub(crate) pattern: Pattern,
    /// The name of the URL
    pub(crate) name: String,
    /// True if it is the twin with a format suffix, of which no URLs are built
    pub(crate) suffixed: bool,
    /// The methods, each with the index of its action
    pub(crate) methods: Vec<(Method, usize)>,
    pub(crate) allow: HeaderValue,
    pub(crate) detail: bool,
    pub(crate) resource: Arc<Resource>,
    /// The lists below a root view
    pub(crate) links: Arc<[ListLink]>,
}

/// A view as requests know it, which stand below the views.
#[derive(Debug)]
pub(crate) struct Resource {
    /// The name of the viewset, with those of its modules
    pub(crate) path: &'static str,
    pub(crate) entity: Option<&'static Entity>,
    /// The relations whose rows are deleted with a row of the entity
    pub(crate) cascade: Vec<Vec<Relation>>,
    pub(crate) actions: Vec<RoutedAction>,
    /// Requests for no action: 405, `OPTIONS`
    pub(crate) fallback: RoutedAction,
    /// The view itself, with its handlers and policies
    pub(crate) view: Box<dyn Any + Send + Sync>,
}

/// An action as requests know it.
#[derive(Debug)]
pub(crate) struct RoutedAction {
    pub(crate) name: &'static str,
    /// True if it has a URL of its own
    pub(crate) extra: bool,
    pub(crate) parsers: Vec<ParserClass>,
}

/// A link of a root view to a list.
#[derive(Debug)]
pub(crate) struct ListLink {
    pub(crate) prefix: String,
    pub(crate) pattern: Pattern,
}

/// All URLs, in order, and the app they belong to.
#[derive(Debug, Clone)]
pub(crate) struct UrlTable(Arc<Urls>);

#[derive(Debug)]
struct Urls {
    routes: Vec<Route>,
    app: App,
}

impl UrlTable {
    pub(crate) fn new(routes: Vec<Route>, app: &App) -> Self {
        Self(Arc::new(Urls { routes, app: app.clone() }))
    }

    pub(crate) fn app(&self) -> &App {
        &self.0.app
    }

    pub(crate) fn routes(&self) -> &[Route] {
        &self.0.routes
    }

    /// Returns the route of a path, by index, with its arguments and format suffix.
    pub(crate) fn resolve(&self, path: &str) -> Option<(usize, Vec<String>, Option<String>)> {
        self.0.routes.iter().enumerate().find_map(|(index, route)| {
            let (arguments, format) = route.pattern.captures(path)?;
            Some((index, arguments, format))
        })
    }

    /// Returns the path of the URL with a name. Django's `reverse`.
    pub(crate) fn reverse(&self, name: &str, arguments: &[(&str, &str)]) -> Option<String> {
        let named = |route: &&Route| route.name == name && !route.suffixed;
        self.0.routes.iter().find(named)?.pattern.reverse(arguments)
    }
}

impl Route {
    /// Returns the index of the action for a method; `HEAD` goes to the one for `GET`.
    pub(crate) fn action_for(&self, method: &Method) -> Option<usize> {
        let find = |wanted: &Method| {
            self.methods.iter().find(|(method, _)| method == wanted).map(|(_, action)| *action)
        };
        find(method).or_else(|| if *method == Method::HEAD { find(&Method::GET) } else { None })
    }
}
