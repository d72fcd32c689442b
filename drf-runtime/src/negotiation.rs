//! Which renderer answers. DRF's `DefaultContentNegotiation`.

use std::borrow::Cow;
use std::sync::Arc;

use http::header::ACCEPT;

use crate::exceptions::{APIException, Result};
use crate::media_type::MediaType;
use crate::renderers::Renderer;
use crate::request::{Accepted, Request};

/// A longer `Accept` is cut at a comma, longer media types in it are skipped, and so are more of them.
const MAX_HEADER_LENGTH: usize = 8192;
const MAX_TOKENS: usize = 64;
pub(crate) const MAX_MEDIA_TYPE_LENGTH: usize = 256;

/// The renderer for `?format=`, a suffix, or the `Accept` header.
pub(crate) fn select_renderer(request: &Request) -> Result<Accepted> {
    let renderers = &request.policies().renderers;
    let wanted = match (request.reached().format(), request.uri().query()) {
        (Some(format), _) => Some(format),
        (None, None) => None,
        (None, Some(_)) => {
            let parameter = request.settings().url_format_override.as_str();
            request
                .query_params()
                .get(parameter)
                .and_then(|value| value.as_str())
                .filter(|format| !format.is_empty())
        }
    };
    match wanted {
        None => negotiate(request, renderers),
        Some(format) => {
            let fitting: Vec<_> =
                renderers.iter().filter(|renderer| renderer.format() == format).cloned().collect();
            if fitting.is_empty() {
                Err(APIException::not_found().into())
            } else {
                negotiate(request, &fitting)
            }
        }
    }
}

/// The renderer where none could be agreed on.
pub(crate) fn default_renderer(request: &Request) -> Accepted {
    let first = request.policies().renderers.first().cloned();
    let renderer = first.unwrap_or_else(|| Arc::new(crate::renderers::JSONRenderer));
    Accepted::plainly(renderer)
}

fn negotiate(request: &Request, renderers: &[Arc<dyn Renderer>]) -> Result<Accepted> {
    let header = request.headers().get(ACCEPT).map(|value| latin1(value.as_bytes()));
    let header = header.as_deref().unwrap_or("*/*");
    if header == "*/*" || header == "application/json" {
        let fits = |renderer: &&Arc<dyn Renderer>| header == "*/*" || renderer.media_type() == header;
        if let Some(renderer) = renderers.iter().find(fits) {
            return Ok(Accepted::plainly(renderer.clone()));
        }
    }
    let accepts: Vec<(MediaType, &str)> =
        accept_list(header).map(|token| (MediaType::parse(token), token)).collect();
    let offers: Vec<MediaType> =
        renderers.iter().map(|renderer| MediaType::parse(renderer.media_type())).collect();
    for precedence in (0..=3).rev() {
        for (renderer, offer) in renderers.iter().zip(&offers) {
            let fitting =
                accepts.iter().find(|(accept, _)| accept.precedence() == precedence && offer.matches(accept));
            if let Some((accept, token)) = fitting {
                let named = Some(full_media_type(renderer, offer, accept, token));
                return Ok(Accepted { renderer: renderer.clone(), named });
            }
        }
    }
    Err(APIException::not_acceptable().into())
}

/// Header bytes as text: Python reads them as Latin-1.
fn latin1(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) if text.is_ascii() => Cow::Borrowed(text),
        _ => bytes.iter().map(|&byte| char::from(byte)).collect(),
    }
}

/// The media types of the header. DRF's `get_accept_list`.
fn accept_list(header: &str) -> impl Iterator<Item = &str> {
    let start = match header.len() {
        0..=MAX_HEADER_LENGTH => header,
        _ => {
            let start = &header[..header.floor_char_boundary(MAX_HEADER_LENGTH)];
            start.rsplit_once(',').map_or("", |(start, _)| start)
        }
    };
    let usable = |token: &&str| !token.is_empty() && token.len() <= MAX_MEDIA_TYPE_LENGTH;
    start.split(',').map(str::trim).filter(usable).take(MAX_TOKENS)
}

/// The more specific of both: `*/*; indent=4` becomes `application/json;indent=4`.
fn full_media_type(
    renderer: &Arc<dyn Renderer>,
    offer: &MediaType,
    accept: &MediaType,
    token: &str,
) -> String {
    if offer.precedence() <= accept.precedence() {
        return token.to_owned();
    }
    let mut full = renderer.media_type().to_owned();
    for (name, value) in accept.params() {
        full.push_str(&format!(";{name}={value}"));
    }
    full
}
