//! The root view of a `DefaultRouter`: the lists it has. DRF's `APIRootView`.

use crate::exceptions::Result;
use crate::request::Request;
use crate::response::Response;
use crate::urls::ListLink;
use crate::value::{Dict, Value};
use crate::views::{Action, ViewDescription};

pub(crate) fn describe() -> ViewDescription {
    let get = Action::extra("get", |request| Box::pin(async move { list(request) }));
    let view = ViewDescription::plain("APIRootView", "The default basic root view for DefaultRouter")
        .action(get.url_path("").url_name("root"));
    ViewDescription { suffixed: false, ..view }
}

fn list(request: &Request) -> Result<Response> {
    let arguments = request.resolver_match().arguments();
    let links = request.resolver_match().links().iter();
    let links =
        links.filter_map(|link| Some((link.prefix.clone(), Value::from(url(request, link, &arguments)?))));
    Ok(Response::ok(links.collect::<Dict>()))
}

/// Returns the URL of a list with the format that the client chose for this page, so that following a link keeps it. A list
/// below a pattern whose argument this page does not have has no link, as in DRF.
fn url(request: &Request, link: &ListLink, arguments: &[(&str, &str)]) -> Option<String> {
    let path = link.pattern.reverse(arguments)?;
    let url = match request.resolver_match().format() {
        Some(format) => request.build_absolute_uri(&format!("{}.{format}", path.trim_end_matches('/'))),
        None => request.build_absolute_uri(&path),
    };
    Some(request.with_chosen_format(url))
}
