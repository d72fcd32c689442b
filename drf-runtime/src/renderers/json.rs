use super::{Renderer, RendererContext};
use crate::media_type::MediaType;
use crate::text::json::write_string;
use crate::text::numbers::{ParsedInt, parse_int, write_float};
use crate::value::Value;

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
            Some(_) => self.render(&crate::parsers::parse_json(&text).expect("fields write JSON"), context),
        }
    }
}

/// The indentation a client asked for: 0 to 8, anything else is not heard.
fn indent(accepted: &str) -> Option<usize> {
    if !accepted.contains('=') {
        return None;
    }
    match parse_int(MediaType::parse(accepted).param("indent")?)? {
        ParsedInt::Small(width) => Some(width.clamp(0, 8) as usize).filter(|width| *width > 0),
        ParsedInt::Big(digits) => (!digits.starts_with('-')).then_some(8),
    }
}

/// A value as compact JSON text.
pub(crate) fn json_text(value: &Value) -> String {
    let mut out = Vec::new();
    write_value(value, &mut out);
    String::from_utf8(out).expect("JSON is UTF-8")
}

/// Appends a value as compact JSON.
pub(crate) fn write_value(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::List(list) => {
            out.push(b'[');
            for (index, item) in list.iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                write_value(item, out);
            }
            out.push(b']');
        }
        Value::Dict(dict) => {
            out.push(b'{');
            for (index, (key, item)) in dict.iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                write_string(key, out);
                out.push(b':');
                write_value(item, out);
            }
            out.push(b'}');
        }
        scalar => write_scalar(scalar, out),
    }
}

fn write_scalar(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::Bool(true) => out.extend_from_slice(b"true"),
        Value::Bool(false) => out.extend_from_slice(b"false"),
        Value::Int(number) => out.extend_from_slice(number.to_string().as_bytes()),
        Value::BigInt(digits) => out.extend_from_slice(digits.as_bytes()),
        Value::Float(number) => write_float(*number, out),
        Value::String(text) => write_string(text, out),
        Value::File(file) => write_string(&file.name, out),
        Value::Null | Value::List(_) | Value::Dict(_) => out.extend_from_slice(b"null"),
    }
}

pub(super) fn write_indented(value: &Value, width: usize, depth: usize, out: &mut Vec<u8>) {
    match value {
        Value::List(list) if !list.is_empty() => {
            out.push(b'[');
            for (index, item) in list.iter().enumerate() {
                new_line(index > 0, width, depth + 1, out);
                write_indented(item, width, depth + 1, out);
            }
            new_line(false, width, depth, out);
            out.push(b']');
        }
        Value::Dict(dict) if !dict.is_empty() => {
            out.push(b'{');
            for (index, (key, item)) in dict.iter().enumerate() {
                new_line(index > 0, width, depth + 1, out);
                write_string(key, out);
                out.extend_from_slice(b": ");
                write_indented(item, width, depth + 1, out);
            }
            new_line(false, width, depth, out);
            out.push(b'}');
        }
        other => write_value(other, out),
    }
}

fn new_line(comma: bool, width: usize, depth: usize, out: &mut Vec<u8>) {
    if comma {
        out.push(b',');
    }
    out.push(b'\n');
    out.resize(out.len() + width * depth, b' ');
}
