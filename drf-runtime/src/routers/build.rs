//! The routers: which URLs a viewset has.

use http::Method;

use super::root;
use crate::app::App;
use crate::views::{Action, ViewDescription, ViewSet};

/// The viewsets of a router and the form of their URLs, for [`Urls`](super::Urls).
#[derive(Debug)]
pub struct Router {
    pub(crate) registered: Vec<Registered>,
    pub(crate) trailing_slash: bool,
    /// True if there is a root view and a `.json` suffix
    pub(crate) browsable: bool,
}

#[derive(Debug)]
pub(crate) struct Registered {
    pub(crate) prefix: String,
    pub(crate) basename: String,
    pub(crate) view: ViewDescription,
}

impl Registered {
    fn new<V: ViewSet>(prefix: &str, basename: Option<&str>) -> Self {
        let view = ViewDescription { path: std::any::type_name::<V>(), ..V::describe() };
        let model = view.entity.map_or(view.name, |entity| entity.object_name.as_str());
        let basename = basename.map_or_else(|| model.to_lowercase(), str::to_owned);
        Self { prefix: prefix.trim_matches('/').to_owned(), basename, view }
    }
}

macro_rules! router {
    ($(#[$doc:meta])* $name:ident, browsable: $browsable:literal) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name(Router);

        impl $name {
            /// Creates a router without viewsets.
            pub fn new() -> Self {
                Self(Router { registered: Vec::new(), trailing_slash: true, browsable: $browsable })
            }

            /// Sets whether URLs end with a slash.
            pub fn trailing_slash(mut self, trailing_slash: bool) -> Self {
                self.0.trailing_slash = trailing_slash;
                self
            }

            /// Registers a viewset under a prefix: `publishers` gives `/publishers/` and `/publishers/{pk}/`. The
            /// names of the URLs begin with the name of the model.
            pub fn register<V: ViewSet>(mut self, prefix: &str) -> Self {
                self.0.registered.push(Registered::new::<V>(prefix, None));
                self
            }

            /// Registers a viewset under a prefix, with names of its own for the URLs. DRF's `basename`.
            pub fn register_as<V: ViewSet>(mut self, prefix: &str, basename: &str) -> Self {
                self.0.registered.push(Registered::new::<V>(prefix, Some(basename)));
                self
            }

            /// Registers what is one of DRF's generic views rather than a viewset: `OPTIONS` calls it by its name only,
            /// `Cheap Books` and not `Cheap Books List`. DRF's `path("cheap/", CheapBooks.as_view(), name="cheap")`.
            pub fn register_view<V: ViewSet>(mut self, prefix: &str, basename: &str) -> Self {
                let mut registered = Registered::new::<V>(prefix, Some(basename));
                registered.view.suffixed = false;
                self.0.registered.push(registered);
                self
            }

            /// Returns the URLs of this router alone, below a path, as an axum router.
            ///
            /// # Errors
            /// Everything that is wrong with the viewsets and the settings, at once.
            pub fn mount(self, path: &str, app: &App) -> Result<axum::Router, super::BuildErrors> {
                super::Urls::new().include(path, self).build(app)
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }

        impl From<$name> for Router {
            fn from(router: $name) -> Self {
                router.0
            }
        }
    };
}

router! {
    /// URLs for viewsets, a root view that lists them, and the suffix `.json`. DRF's `DefaultRouter`.
    DefaultRouter, browsable: true
}

router! {
    /// URLs for viewsets. DRF's `SimpleRouter`.
    SimpleRouter, browsable: false
}

/// A URL of a viewset: the part after the prefix, and the action of each method.
#[derive(Debug)]
pub(crate) struct Route {
    /// `""`, `"{pk}"`, `"{pk}/rename"` with the patterns of arguments in place
    pub(crate) path: String,
    /// `list`, `detail`, `rename`
    pub(crate) name: String,
    pub(crate) methods: Vec<(Method, usize)>,
    pub(crate) detail: bool,
}

/// Returns the URLs of a viewset, in DRF's order: list, its actions, detail, its actions.
pub(crate) fn routes(view: &ViewDescription) -> Vec<Route> {
    let lookup = format!("(?P<{}>{})", view.lookup.url_kwarg, view.lookup.value_regex);
    let mut routes = Vec::new();
    for detail in [false, true] {
        let stem = if detail { lookup.as_str() } else { "" };
        let standard = |(_, action): &(usize, &Action)| action.detail == detail && action.url_path.is_empty();
        let methods = methods_of(view.actions.iter().enumerate().filter(standard));
        if !methods.is_empty() {
            let name = if detail { "detail" } else { "list" };
            routes.push(Route { path: stem.to_owned(), name: name.to_owned(), methods, detail });
        }
        routes.extend(extra_routes(view, detail, stem));
    }
    routes
}

fn extra_routes(view: &ViewDescription, detail: bool, stem: &str) -> Vec<Route> {
    let mut routes: Vec<Route> = Vec::new();
    let extra = |(_, action): &(usize, &Action)| action.detail == detail && !action.url_path.is_empty();
    for (index, action) in view.actions.iter().enumerate().filter(extra) {
        let path =
            if stem.is_empty() { action.url_path.to_owned() } else { format!("{stem}/{}", action.url_path) };
        let methods = action.methods.iter().map(|method| (method.clone(), index));
        // Actions of one URL share it, each with its own methods: DRF's `@action.mapping`.
        match routes.iter_mut().find(|route| route.path == path) {
            Some(route) => route.methods.extend(methods),
            None => {
                let name = action.url_name.to_owned();
                routes.push(Route { path, name, methods: methods.collect(), detail });
            }
        }
    }
    routes
}

fn methods_of<'a>(actions: impl Iterator<Item = (usize, &'a Action)>) -> Vec<(Method, usize)> {
    actions
        .flat_map(|(index, action)| action.methods.iter().map(move |method| (method.clone(), index)))
        .collect()
}

impl Router {
    /// Returns the root view of a browsable router, as a viewset like any other.
    pub(crate) fn root(&self) -> Option<ViewDescription> {
        self.browsable.then(root::describe)
    }
}
