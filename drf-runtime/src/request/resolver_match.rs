//! The URL of a request. Django's `ResolverMatch`.

use http::{HeaderValue, Method};

use crate::app::App;
use crate::urls::{ListLink, Resource, Route, RoutedAction, UrlTable};

/// The URL that a request was resolved to, with its arguments.
#[derive(Debug)]
pub(crate) struct ResolverMatch {
    urls: UrlTable,
    route: usize,
    action: Option<usize>,
    arguments: Vec<String>,
    format: Option<String>,
}

impl ResolverMatch {
    pub(crate) fn new(
        urls: UrlTable,
        route: usize,
        method: &Method,
        arguments: Vec<String>,
        format: Option<String>,
    ) -> Self {
        let action = urls.routes()[route].action_for(method);
        Self { urls, route, action, arguments, format }
    }

    pub(crate) fn app(&self) -> &App {
        self.urls.app()
    }

    pub(crate) fn route(&self) -> &Route {
        &self.urls.routes()[self.route]
    }

    pub(crate) fn resource(&self) -> &Resource {
        &self.route().resource
    }

    /// Returns the index of the action among those of the view.
    pub(crate) fn action_index(&self) -> Option<usize> {
        self.action
    }

    pub(crate) fn action(&self) -> Option<&RoutedAction> {
        self.action.map(|index| &self.resource().actions[index])
    }

    /// Returns the index of the action whose policies apply. Those of an `#[action]` are its URL's: they hold for every
    /// other method there too.
    pub(crate) fn policies_index(&self) -> Option<usize> {
        self.action.or_else(|| self.extra_action())
    }

    /// Returns the index of the `#[action]` that this URL is for, if it is one's.
    pub(crate) fn extra_action(&self) -> Option<usize> {
        let (_, index) = *self.route().methods.first()?;
        self.resource().actions.get(index).filter(|action| action.extra).map(|_| index)
    }

    /// Returns the action whose parsers read the body.
    pub(crate) fn parsing_action(&self) -> &RoutedAction {
        let resource = self.resource();
        self.policies_index().map_or(&resource.fallback, |index| &resource.actions[index])
    }

    /// Returns the match of the same URL with another method.
    pub(crate) fn for_method(&self, method: &Method) -> Self {
        Self::new(self.urls.clone(), self.route, method, self.arguments.clone(), self.format.clone())
    }

    pub(crate) fn kwarg(&self, name: &str) -> Option<&str> {
        let index = self.route().pattern.names().position(|known| known == name)?;
        self.arguments.get(index).map(String::as_str)
    }

    /// Returns the arguments of this URL by name.
    pub(crate) fn arguments(&self) -> Vec<(&str, &str)> {
        self.route().pattern.names().zip(self.arguments.iter().map(String::as_str)).collect()
    }

    /// Returns the path of the URL with a name. Django's `reverse`.
    pub(crate) fn reverse(&self, name: &str, arguments: &[(&str, &str)]) -> Option<String> {
        self.urls.reverse(name, arguments)
    }

    /// Returns the name of the URL that a path is of, and its arguments. Django's `resolve`.
    pub(crate) fn resolve(&self, path: &str) -> Option<(&str, Vec<(&str, String)>)> {
        let (index, values, _) = self.urls.resolve(path)?;
        let route = &self.urls.routes()[index];
        Some((&route.name, route.pattern.names().zip(values).collect()))
    }

    pub(crate) fn format(&self) -> Option<&str> {
        self.format.as_deref()
    }

    pub(crate) fn allow(&self) -> HeaderValue {
        self.route().allow.clone()
    }

    pub(crate) fn is_detail(&self) -> bool {
        self.route().detail
    }

    pub(crate) fn links(&self) -> &[ListLink] {
        &self.route().links
    }
}
