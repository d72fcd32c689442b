//! All URLs of an app, and what is wrong with them.

use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;

use http::{HeaderValue, Method};

use super::build::{Registered, Router, routes};
use super::host;
use crate::app::App;
use crate::deletion::EntityRegistry;
use crate::urls::{ListLink, Pattern, Route, UrlTable};
use crate::views::{Action, Classes, View, ViewDescription, add_entities};

/// The URLs of an app: routers below paths. Django's `urlpatterns`.
///
/// ```no_run
/// use drf::prelude::*;
/// # fn routes(app: &App) -> Result<(), drf::routers::BuildErrors> {
/// let router: axum::Router = Urls::new()
///     .include("/api", DefaultRouter::new())
///     .include("/internal", SimpleRouter::new().trailing_slash(false))
///     .build(app)?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Default)]
pub struct Urls {
    included: Vec<(String, Router)>,
}

impl Urls {
    /// No URLs yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the URLs of a router below a path. Where two match a request, the first one responds, as in Django.
    pub fn include(mut self, path: &str, router: impl Into<Router>) -> Self {
        let path = path.trim_matches('/');
        let path = if path.is_empty() { String::new() } else { format!("/{path}") };
        self.included.push((path, router.into()));
        self
    }

    /// Returns the axum router. It has a fallback (suffixes, missing slashes, 404), so it is merged last.
    ///
    /// # Errors
    /// Everything that is wrong with the viewsets and the settings, at once.
    pub fn build(self, app: &App) -> Result<axum::Router, BuildErrors> {
        let errors =
            app.settings().allowed_hosts.iter().filter_map(|pattern| host::problem(pattern)).collect();
        let (routes, basenames, entities) = (Vec::new(), HashSet::new(), EntityRegistry::default());
        let mut plan = Plan { app, classes: app.classes(), routes, errors, basenames, entities };
        for (path, router) in self.included {
            plan.add(&path, router);
        }
        plan.check_links();
        app.deletions().add(&plan.entities);
        plan.errors.extend(app.deletions().problems());
        if !plan.errors.is_empty() {
            return Err(BuildErrors(plan.errors));
        }
        Ok(UrlTable::new(plan.routes, app).into_axum())
    }
}

struct Plan<'a> {
    app: &'a App,
    classes: Arc<Classes>,
    routes: Vec<Route>,
    errors: Vec<String>,
    basenames: HashSet<String>,
    entities: EntityRegistry,
}

impl Plan<'_> {
    fn add(&mut self, path: &str, router: Router) {
        let root = router.root();
        let mut links = Vec::new();
        let slash = if router.trailing_slash { "/" } else { "" };
        for registered in router.registered {
            if !self.basenames.insert(registered.basename.clone()) {
                let (name, basename) = (registered.view.name, &registered.basename);
                self.errors.push(format!(
                    "`{name}`: the basename `{basename}` is taken already; give it another one with `register_as`"
                ));
            }
            links.extend(link(path, &registered, slash));
            self.add_viewset(path, registered, slash, router.browsable);
        }
        if let Some(root) = root {
            self.add_root(path, root, links);
        }
    }

    fn add_viewset(&mut self, path: &str, registered: Registered, slash: &str, suffixes: bool) {
        let Registered { prefix, basename, view } = registered;
        self.check(&view);
        add_entities(&mut self.entities, &view);
        let stem = stem(path, &prefix);
        let view = View::new(view, &self.classes);
        let name = view.description.name;
        self.errors.extend(view.permission_problems().iter().map(|problem| format!("`{name}`: {problem}")));
        let resource = Arc::new(view.into_resource());
        let view = View::of(&resource);
        for route in routes(&view.description) {
            let text = if route.path.is_empty() { stem.clone() } else { format!("{stem}/{}", route.path) };
            let name = match view.description.suffixed || route.name != "list" {
                true => format!("{basename}-{}", route.name),
                false => basename.clone(),
            };
            for (suffix, ending) in [("", slash), (r"\.(?P<format>[a-z0-9]+)/?", "")] {
                if !suffix.is_empty() && !suffixes {
                    continue;
                }
                let route = Route {
                    pattern: match Pattern::new(&format!("{text}{ending}"), suffix) {
                        Ok(pattern) => pattern,
                        Err(error) => {
                            self.errors.push(format!("`{}`: {error}", view.description.name));
                            continue;
                        }
                    },
                    name: name.clone(),
                    suffixed: !suffix.is_empty(),
                    allow: allow(&route.methods),
                    methods: route.methods.clone(),
                    detail: route.detail,
                    resource: resource.clone(),
                    links: Arc::new([]),
                };
                self.routes.push(route);
            }
        }
    }

    fn add_root(&mut self, path: &str, root: ViewDescription, links: Vec<ListLink>) {
        let resource = Arc::new(View::new(root, &self.classes).into_resource());
        let links: Arc<[ListLink]> = links.into();
        for suffix in ["", r"\.(?P<format>[a-z0-9]+)/?"] {
            let Ok(pattern) = Pattern::new(&format!("{path}/"), suffix) else { continue };
            let methods = vec![(Method::GET, 0)];
            self.routes.push(Route {
                pattern,
                name: String::new(),
                suffixed: !suffix.is_empty(),
                allow: allow(&methods),
                methods,
                detail: false,
                resource: resource.clone(),
                links: links.clone(),
            });
        }
    }

    /// Links lead to URLs that are there, and fill their arguments.
    fn check_links(&mut self) {
        let mut checked: Vec<&str> = Vec::new();
        let actions = self.routes.iter().flat_map(|route| &View::of(&route.resource).description.actions);
        for description in actions.filter_map(|action| action.serializer).map(|serializer| serializer()) {
            if checked.contains(&description.name) {
                continue;
            }
            checked.push(description.name);
            for (field, link) in
                description.fields.iter().filter_map(|field| Some((field, field.link.as_ref()?)))
            {
                let problem = match self.routes.iter().find(|route| route.name == link.view_name) {
                    None => format!("there is no URL named `{}`", link.view_name),
                    Some(route) if route.pattern.names().any(|name| name != link.url_kwarg) => {
                        let wanted: Vec<_> = route.pattern.names().collect();
                        format!(
                            "the URL `{}` has the arguments ({}), not `{}`",
                            link.view_name,
                            wanted.join(", "),
                            link.url_kwarg
                        )
                    }
                    Some(_) => continue,
                };
                self.errors.push(format!("`{}`: field `{}`: {problem}", description.name, field.name));
            }
        }
    }

    /// Adds the errors that only settings and descriptions together can tell.
    fn check(&mut self, view: &ViewDescription) {
        let name = view.name;
        let tables =
            std::iter::once(&view.policies).chain(view.actions.iter().map(|action| &action.policies));
        let throttles: Vec<_> = tables.flat_map(|table| table.throttle.iter().flatten()).collect();
        let rates = &self.app.settings().default_throttle_rates;
        self.errors.extend(
            throttles
                .iter()
                .filter_map(|throttle| throttle.problem())
                .map(|problem| format!("`{name}`: {problem}")),
        );
        for scope in throttles
            .iter()
            .chain(&self.classes.default_throttle_classes.iter().collect::<Vec<_>>())
            .filter_map(|throttle| throttle.needed_scope())
        {
            if !rates.contains_key(scope) {
                let known: Vec<_> = rates.keys().map(String::as_str).collect();
                let known = if known.is_empty() { "there is none".to_owned() } else { known.join(", ") };
                self.errors.push(format!(
                    "`{name}`: the throttle scope `{scope}` has no rate in `default_throttle_rates` (known: {known})"
                ));
            }
        }
        let tables =
            std::iter::once(&view.policies).chain(view.actions.iter().map(|action| &action.policies));
        for backend in tables.flat_map(|table| table.filter_backends.iter().flatten()) {
            self.errors
                .extend(backend.inner.problems().into_iter().map(|problem| format!("`{name}`: {problem}")));
        }
        let mut serializers = Vec::new();
        for serializer in view.actions.iter().filter_map(|action| action.serializer) {
            let description = serializer();
            if !serializers.contains(&description.name) {
                serializers.push(description.name);
                self.errors.extend(
                    description.all_problems().map(|problem| format!("`{}`: {problem}", description.name)),
                );
            }
        }
        self.errors.extend(view.problems.iter().map(|problem| format!("`{name}`: {problem}")));
        self.errors.extend(view.actions.iter().filter_map(never_creates));
        if view.atomic && !view.actions.iter().any(Action::writes) {
            self.errors.push(format!("`{name}`: `atomic` is for actions that write, and there is none"));
        }
    }
}

/// Returns the path of a prefix below a path.
fn stem(path: &str, prefix: &str) -> String {
    if prefix.is_empty() { path.to_owned() } else { format!("{path}/{prefix}") }
}

/// Returns the link of the root view to a list, if the viewset has one.
fn link(path: &str, registered: &Registered, slash: &str) -> Option<ListLink> {
    let has_list = routes(&registered.view).iter().any(|route| !route.detail && route.path.is_empty());
    // What is wrong with the pattern is reported where the viewset's URLs are added.
    let pattern = Pattern::new(&format!("{}{slash}", stem(path, &registered.prefix)), "").ok()?;
    has_list.then(|| ListLink { prefix: registered.prefix.clone(), pattern })
}

/// Returns a generated `create` that no input can make succeed.
fn never_creates(action: &Action) -> Option<String> {
    let description = action.serializer.filter(|_| action.is_generated_create())?();
    let columns = description.unwritten_columns();
    let first = columns.first()?;
    Some(format!(
        "`{}`: `create` can never succeed: nothing writes the columns {}, which are NOT NULL and have no default; add fields, \
         the hook `create` or `perform_create`, or say `provided({first})` if the model's `before_save` sets it",
        description.name,
        columns.iter().map(|column| format!("`{column}`")).collect::<Vec<_>>().join(", "),
    ))
}

/// Returns the `Allow` header of a URL.
fn allow(methods: &[(Method, usize)]) -> HeaderValue {
    let mut names: Vec<&str> = methods.iter().map(|(method, _)| method.as_str()).collect();
    if names.contains(&"GET") && !names.contains(&"HEAD") {
        names.push("HEAD");
    }
    names.push("OPTIONS");
    let order = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];
    names.sort_by_key(|name| order.iter().position(|other| other == name));
    HeaderValue::try_from(names.join(", ")).unwrap_or_else(|_| HeaderValue::from_static("OPTIONS"))
}

/// Everything that is wrong with an app, found while it is built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuildErrors(Vec<String>);

impl BuildErrors {
    /// Returns the errors, each with the struct and the key it is about.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl fmt::Display for BuildErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the app cannot be built:")?;
        self.0.iter().try_for_each(|error| write!(f, "\n- {error}"))
    }
}

impl std::error::Error for BuildErrors {}
