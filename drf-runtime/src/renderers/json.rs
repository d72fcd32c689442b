use super::{Renderer, RendererContext};
use crate::media_type::MediaType;
use crate::text::numbers::{ParsedInt, parse_int};
use crate::value::Value;
use crate::value::json::{parse_json, write_indented, write_value};

/// Compact JSON; `Accept: application/json; indent=4` indents it. DRF's `JSONRenderer`.
#[derive(Debug, Clone, Copy, Default)]
pub struct JSONRenderer;

impl Renderer for JSONRenderer {
    fn media_type(&self) -> &str {
        "application/json"
    }

    fn format(&self) -> &str {
        "json"
    }

    fn charset(&self) -> Option<&str> {
        None
    }

    fn render(&self, data: &Value, context: &RendererContext<'_>) -> Vec<u8> {
        if *data == Value::Null {
            return Vec::new();
        }
        let mut out = Vec::with_capacity(128);
        match indent(context.accepted_media_type) {
            None => write_value(data, &mut out),
            Some(width) => write_indented(data, width, 0, &mut out),
        }
        out
    }

    fn render_json(&self, text: Vec<u8>, context: &RendererContext<'_>) -> Vec<u8> {
        match indent(context.accepted_media_type) {
            None => text,
            Some(_) => self.render(&parse_json(&text).expect("fields write JSON"), context),
        }
    }
}

/// Returns the indentation a client asked for: 0 to 8, anything else is not heard.
fn indent(accepted: &str) -> Option<usize> {
    if !accepted.contains('=') {
        return None;
    }
    match parse_int(MediaType::parse(accepted).param("indent")?)? {
        ParsedInt::Small(width) => Some(width.clamp(0, 8) as usize).filter(|width| *width > 0),
        ParsedInt::Big(digits) => (!digits.starts_with('-')).then_some(8),
    }
}
