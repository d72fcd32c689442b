//! The choice of the renderer. DRF's `DefaultContentNegotiation`.

use std::borrow::Cow;

use http::header::ACCEPT;

use crate::exceptions::{APIException, Result};
use crate::media_type::{MAX_MEDIA_TYPE_LENGTH, MediaType};
use crate::renderers::{Renderer, RendererClass};
use crate::request::{Accepted, Request};

/// A longer `Accept` is cut at a comma, longer media types in it are skipped, and so are more of them.
const MAX_HEADER_LENGTH: usize = 8192;
const MAX_TOKENS: usize = 64;

/// Selects the renderer for `?format=`, a suffix, or the `Accept` header.
pub(crate) fn select_renderer(request: &Request, renderers: &[RendererClass]) -> Result<Accepted> {
    let Some(format) = format_of(request) else { return negotiate(request, renderers, |_| true) };
    let offered = |renderer: &dyn Renderer| renderer.format() == format;
    match renderers.iter().any(|renderer| offered(&**renderer)) {
        true => negotiate(request, renderers, offered),
        false => Err(APIException::not_found().into()),
    }
}

/// Returns the format that the URL asks for, by its suffix or by `?format=`.
fn format_of(request: &Request) -> Option<&str> {
    let suffix = request.resolver_match().format();
    if suffix.is_some() || request.uri().query().is_none() {
        return suffix;
    }
    let format = request.query_params().get(&request.settings().url_format_override)?.as_str();
    format.filter(|format| !format.is_empty())
}

/// Returns the renderer where none could be agreed on: the first one.
pub(crate) fn default_renderer(renderers: &[RendererClass]) -> Accepted {
    match renderers.first() {
        Some(first) => accepted(0, &**first),
        None => Accepted { renderer: None, media_type: Cow::Borrowed("application/json") },
    }
}

fn accepted(index: usize, renderer: &dyn Renderer) -> Accepted {
    // Most responses are JSON, for which nothing is allocated.
    let media_type = match renderer.media_type() {
        "application/json" => Cow::Borrowed("application/json"),
        other => Cow::Owned(other.to_owned()),
    };
    Accepted { renderer: Some(index), media_type }
}

fn negotiate(
    request: &Request,
    renderers: &[RendererClass],
    offered: impl Fn(&dyn Renderer) -> bool,
) -> Result<Accepted> {
    let header = request.headers().get(ACCEPT).map(|value| latin1(value.as_bytes()));
    let header = header.as_deref().unwrap_or("*/*");
    let offers = || renderers.iter().map(|renderer| &**renderer).enumerate().filter(|(_, one)| offered(*one));
    if header == "*/*" || header == "application/json" {
        let mut fitting = offers().filter(|(_, renderer)| header == "*/*" || renderer.media_type() == header);
        if let Some((index, renderer)) = fitting.next() {
            return Ok(accepted(index, renderer));
        }
    }
    let accepts: Vec<(MediaType, &str)> =
        accept_list(header).map(|token| (MediaType::parse(token), token)).collect();
    let offers: Vec<_> =
        offers().map(|(index, one)| (index, one, MediaType::parse(one.media_type()))).collect();
    for precedence in (0..=3).rev() {
        for (index, renderer, offer) in &offers {
            let fitting =
                accepts.iter().find(|(accept, _)| accept.precedence() == precedence && offer.matches(accept));
            if let Some((accept, token)) = fitting {
                let media_type = full_media_type(*renderer, offer, accept, token).into();
                return Ok(Accepted { renderer: Some(*index), media_type });
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

/// Returns the media types of the header. DRF's `get_accept_list`.
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

/// Returns the more specific of both: `*/*; indent=4` becomes `application/json;indent=4`.
fn full_media_type(renderer: &dyn Renderer, offer: &MediaType, accept: &MediaType, token: &str) -> String {
    if offer.precedence() <= accept.precedence() {
        return token.to_owned();
    }
    let mut full = renderer.media_type().to_owned();
    for (name, value) in accept.params() {
        full.push_str(&format!(";{name}={value}"));
    }
    full
}
