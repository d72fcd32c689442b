//! Data to bytes, chosen by `Accept`, `?format=` or a suffix. DRF's `renderers.py`.

mod html_page;
mod json;

pub(crate) use html_page::html_page;
pub use json::JSONRenderer;

use std::fmt::Debug;

use crate::request::Request;
use crate::value::Value;

/// Makes the body of a response. DRF's `BaseRenderer`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used as a renderer",
    label = "not a renderer",
    note = "implement `drf::renderers::Renderer` for it"
)]
pub trait Renderer: Debug + Send + Sync + 'static {
    /// Returns the media type, for `Content-Type` and the choice by `Accept`: `text/csv`.
    fn media_type(&self) -> &str;

    /// Returns the word for `?format=` and the suffix: `csv`.
    fn format(&self) -> &str;

    /// Returns the parameter added to the content type; DRF's JSON has none.
    fn charset(&self) -> Option<&str> {
        Some("utf-8")
    }

    /// Returns one more header of the request that the body depends on, for `Vary`.
    fn varies_on(&self) -> Option<&str> {
        None
    }

    /// Returns the body.
    fn render(&self, data: &Value, context: &RendererContext<'_>) -> Vec<u8>;

    /// Returns the body, where the data is JSON text already.
    fn render_json(&self, text: Vec<u8>, context: &RendererContext<'_>) -> Vec<u8> {
        let data = crate::value::json::parse_json(&text).expect("fields write JSON");
        self.render(&data, context)
    }
}

/// The context of a rendered response.
#[derive(Debug)]
#[non_exhaustive]
pub struct RendererContext<'a> {
    /// The request
    pub request: &'a Request,
    /// The media type as accepted, with its parameters (`application/json; indent=4`)
    pub accepted_media_type: &'a str,
}

crate::class::class! {
    /// A renderer without its type: `renderers(..)` and `default_renderer_classes`.
    RendererClass, Renderer
}
