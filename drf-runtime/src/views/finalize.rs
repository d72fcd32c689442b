//! The last step of a request: the response as bytes, with the headers that every response of an API has.

use axum::body::Body;
use http::header::{ALLOW, CONTENT_TYPE, VARY};
use http::{HeaderMap, HeaderValue, StatusCode};

use crate::negotiation::default_renderer;
use crate::renderers::{JSONRenderer, Renderer, RendererContext};
use crate::request::Request;
use crate::response::{Content, Response};
use crate::value::Value;

/// Renders the response and adds the headers that every response of an API has.
pub(super) fn finalize(request: &mut Request, response: Response) -> http::Response<Body> {
    if request.accepted().is_none() {
        let accepted = default_renderer(&request.policies().renderers);
        request.accept(accepted);
    }
    let request = &*request;
    let renderers = &request.policies().renderers;
    let index = request.accepted().and_then(|accepted| accepted.renderer);
    let renderer: &dyn Renderer = index.map_or(&JSONRenderer, |index| &*renderers[index]);
    let mut headers = HeaderMap::with_capacity(4 + response.headers.len());
    let body = render(request, renderer, response.content, &mut headers);
    // A rendered body, such as the page for a browser, is not "no content".
    let rendered = response.status == StatusCode::NO_CONTENT && !body.is_empty();
    let status = if rendered { StatusCode::OK } else { response.status };
    headers.insert(ALLOW, request.resolver_match().allow());
    if let Some(vary) = vary(renderers.len() > 1, renderer) {
        headers.insert(VARY, vary);
    }
    if !response.headers.is_empty() {
        headers.extend(response.headers);
    }
    // axum adds the length of the body, and removes the body where the method is `HEAD`
    let mut response = http::Response::new(Body::from(body));
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    // For layers around the API, such as an audit log.
    if request.user().is_authenticated() {
        response.extensions_mut().insert(request.user().clone());
    }
    response
}

/// Returns the headers that the response depends on: `Accept` where there is a choice, and the one that the renderer reads.
fn vary(has_choice: bool, renderer: &dyn Renderer) -> Option<HeaderValue> {
    match (has_choice, renderer.varies_on()) {
        (true, None) => Some(HeaderValue::from_static("Accept")),
        (false, name) => HeaderValue::try_from(name?).ok(),
        (true, Some(name)) => HeaderValue::try_from(format!("Accept, {name}")).ok(),
    }
}

/// Renders the body. A response without one has no content type either.
fn render(request: &Request, renderer: &dyn Renderer, content: Content, headers: &mut HeaderMap) -> Vec<u8> {
    let Some(accepted_media_type) = request.accepted_media_type() else { return Vec::new() };
    let context = RendererContext { request, accepted_media_type };
    let body = match content {
        Content::Empty => renderer.render(&Value::Null, &context),
        Content::Json(text) => renderer.render_json(text, &context),
        Content::Value(value) => renderer.render(&value, &context),
    };
    if !body.is_empty() {
        let media_type = renderer.media_type();
        let value = match renderer.charset() {
            Some(charset) => HeaderValue::try_from(format!("{media_type}; charset={charset}")),
            None if media_type == "application/json" => Ok(HeaderValue::from_static("application/json")),
            None => HeaderValue::try_from(media_type),
        };
        if let Ok(value) = value {
            headers.insert(CONTENT_TYPE, value);
        }
    }
    body
}
