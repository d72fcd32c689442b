//! The root view of a `DefaultRouter`: the lists it has. DRF's `APIRootView`.

use http::Method;

use crate::exceptions::Result;
use crate::request::Request;
use crate::response::Response;
use crate::value::{Dict, Value};
use crate::views::{Action, ViewDescription, handler};

/// A list that the root view shows.
#[derive(Debug)]
pub(crate) struct Link {
    pub(crate) prefix: String,
    pub(crate) path: String,
    pub(crate) slash: &'static str,
}

pub(crate) fn describe() -> ViewDescription {
    let get = handler(|request| Box::pin(async move { list(request) }));
    let view = ViewDescription::plain("APIRootView", "The default basic root view for DefaultRouter")
        .action(Action::extra("get", "", false, &[Method::GET], "", "root", get));
    ViewDescription { suffixed: false, ..view }
}

fn list(request: &Request) -> Result<Response> {
    let link = |link: &Link| (link.prefix.clone(), Value::from(url(request, link)));
    Ok(Response::ok(request.reached().links().iter().map(link).collect::<Dict>()))
}

/// With the format that the client chose for this page, so that following a link keeps it.
fn url(request: &Request, link: &Link) -> String {
    let url = match request.reached().format() {
        Some(format) => request.build_absolute_uri(&format!("{}.{format}", link.path)),
        None => request.build_absolute_uri(&format!("{}{}", link.path, link.slash)),
    };
    request.with_chosen_format(url)
}
