//! The API as pages for a browser.

use askama::Template;

use crate::renderers::{Renderer, RendererContext};
use crate::value::Value;
use crate::value::json::write_indented;
use crate::views::metadata::{view_description, view_name};

/// A page for people who open the API in a browser: what it is and its responses. DRF's `BrowsableAPIRenderer`, to
/// look at and follow links with; it has no forms.
#[derive(Debug, Clone, Copy, Default)]
pub struct BrowsableAPIRenderer;

#[derive(Template)]
#[template(path = "api.html")]
struct Page<'a> {
    name: String,
    description: &'a str,
    formats: Vec<(&'a str, String)>,
    method: &'a str,
    path: &'a str,
    content: String,
}

impl Renderer for BrowsableAPIRenderer {
    fn media_type(&self) -> &str {
        "text/html"
    }

    fn format(&self) -> &str {
        "api"
    }

    /// Returns a page for whoever is logged in, in DRF with the token of his session.
    fn varies_on(&self) -> Option<&str> {
        Some("Cookie")
    }

    fn render(&self, data: &Value, context: &RendererContext<'_>) -> Vec<u8> {
        let request = context.request;
        let mut content = Vec::new();
        write_indented(data, 4, 0, &mut content);
        let parameter = request.settings().url_format_override.as_str();
        let renderers = request.policies().renderers.iter().map(|renderer| renderer.format());
        let page = Page {
            name: view_name(request),
            description: view_description(request),
            formats: renderers.map(|format| (format, format!("?{parameter}={format}"))).collect(),
            method: request.method().as_str(),
            path: request.uri().path(),
            content: String::from_utf8(content).expect("JSON is UTF-8"),
        };
        // Writing to a `String` cannot fail.
        page.render().expect("a `String` takes everything").into_bytes()
    }
}
