//! An action of a viewset, and its function.

use std::future::Future;
use std::pin::Pin;

use http::Method;

use super::PolicyTable;
use crate::exceptions::Result;
use crate::request::Request;
use crate::response::Response;
use crate::serializers::{Serializer, SerializerDescription};

/// An action of a viewset: a standard one, or one of `#[action]`.
#[derive(Debug, Clone)]
pub struct Action {
    /// The name of the function
    pub name: &'static str,
    /// The doc comment, for `OPTIONS`
    pub description: &'static str,
    /// True if it is about one row
    pub detail: bool,
    /// Its methods
    pub methods: Methods,
    /// The rest of the URL; empty for the standard actions
    pub url_path: &'static str,
    /// The rest of the name of the URL
    pub url_name: &'static str,
    /// The function
    pub handler: Handler,
    /// The serializer, for `OPTIONS`
    pub serializer: Option<fn() -> &'static SerializerDescription>,
    /// Policies of its own
    pub policies: PolicyTable,
    /// True if a hook decides what is saved
    pub(crate) hooked: bool,
    /// True if the handler is a function of the user, which must not run twice for one request
    pub(crate) by_user: bool,
}

impl Action {
    fn standard(name: &'static str, detail: bool, methods: Methods, handler: Handler) -> Self {
        Self { detail, methods, url_path: "", url_name: "", by_user: false, ..Self::extra(name, handler) }
    }

    /// `GET` on the list.
    pub fn list(handler: Handler) -> Self {
        Self::standard("list", false, &[Method::GET], handler)
    }

    /// `POST` on the list.
    pub fn create(handler: Handler) -> Self {
        Self::standard("create", false, &[Method::POST], handler)
    }

    /// `GET` on one.
    pub fn retrieve(handler: Handler) -> Self {
        Self::standard("retrieve", true, &[Method::GET], handler)
    }

    /// `PUT` on one.
    pub fn update(handler: Handler) -> Self {
        Self::standard("update", true, &[Method::PUT], handler)
    }

    /// `PATCH` on one.
    pub fn partial_update(handler: Handler) -> Self {
        Self::standard("partial_update", true, &[Method::PATCH], handler)
    }

    /// `DELETE` on one.
    pub fn destroy(handler: Handler) -> Self {
        Self::standard("destroy", true, &[Method::DELETE], handler)
    }

    /// Returns the whole of a view that is a function.
    pub fn view(methods: Methods, handler: Handler) -> Self {
        Self::standard("", false, methods, handler).by_user()
    }

    /// Creates an action of `#[action]`: on all rows, for `GET`, with a URL called like the function.
    pub fn extra(name: &'static str, handler: Handler) -> Self {
        Self {
            name,
            description: "",
            detail: false,
            methods: &[Method::GET],
            url_path: name,
            url_name: name,
            handler,
            serializer: None,
            policies: PolicyTable::default(),
            hooked: false,
            by_user: true,
        }
    }

    /// Sets the description for `OPTIONS`.
    pub fn description(self, description: &'static str) -> Self {
        Self { description, ..self }
    }

    /// Makes the action one on a single row.
    pub fn detail(self) -> Self {
        Self { detail: true, ..self }
    }

    /// Sets the HTTP methods.
    pub fn methods(self, methods: Methods) -> Self {
        Self { methods, ..self }
    }

    /// Sets the rest of the URL.
    pub fn url_path(self, url_path: &'static str) -> Self {
        Self { url_path, ..self }
    }

    /// Sets the rest of the name of the URL.
    pub fn url_name(self, url_name: &'static str) -> Self {
        Self { url_name, ..self }
    }

    /// Tells whether it has methods other than `GET`, `HEAD` and `OPTIONS`.
    pub(crate) fn writes(&self) -> bool {
        self.methods.iter().any(|method| !method.is_safe())
    }

    /// Returns whether it is the `create` that the macros write, which saves what the serializer says.
    pub(crate) fn is_generated_create(&self) -> bool {
        self.name == "create" && self.url_path.is_empty() && !self.hooked
    }

    /// Marks the handler as a function of the user.
    pub(crate) fn by_user(mut self) -> Self {
        self.by_user = true;
        self
    }

    /// Adds a hook decides what is saved.
    pub fn hooked(mut self) -> Self {
        self.hooked = true;
        self
    }

    /// Sets the serializer of input and output.
    pub fn serializer<S: Serializer>(mut self) -> Self {
        self.serializer = Some(S::description);
        self
    }
}

/// The methods of an action.
pub type Methods = &'static [Method];

/// A function that responds to a request.
pub type Handler = for<'a> fn(&'a Request) -> ResponseFuture<'a>;

/// The future of a response.
pub type ResponseFuture<'a> = Pin<Box<dyn Future<Output = Result<Response>> + Send + 'a>>;
