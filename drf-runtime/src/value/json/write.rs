//! Writes JSON as DRF's `JSONRenderer` does.

use std::io::{self, Write};

use serde::Serialize;

use crate::text::numbers::write_float;
use crate::value::Value;

/// Writes a JSON string with its quotes.
///
/// Python's `json.dumps(text, ensure_ascii=False)`, and U+2028 and U+2029 escaped as the renderer does it.
pub(crate) fn write_string(text: &str, out: &mut Vec<u8>) {
    let bytes = text.as_bytes();
    out.reserve(bytes.len() + 2);
    out.push(b'"');
    let mut written = 0;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match escape(*byte, &bytes[at..]) {
            None => at += 1,
            Some(escape) => {
                out.extend_from_slice(&bytes[written..at]);
                at += write_escape(escape, out);
                written = at;
            }
        }
    }
    out.extend_from_slice(&bytes[written..]);
    out.push(b'"');
}

/// The escape of a character.
#[derive(Clone, Copy)]
enum Escape {
    /// A backslash and this letter
    Letter(u8),
    /// `\u00` and two hexadecimal digits
    Control(u8),
    /// `\u2028` or `\u2029`; its last digit
    LineSeparator(u8),
}

/// Returns the escape that the first of these bytes needs, if it needs one.
#[inline]
fn escape(byte: u8, bytes: &[u8]) -> Option<Escape> {
    match byte {
        b'"' | b'\\' => Some(Escape::Letter(byte)),
        b'\n' => Some(Escape::Letter(b'n')),
        b'\r' => Some(Escape::Letter(b'r')),
        b'\t' => Some(Escape::Letter(b't')),
        0x08 => Some(Escape::Letter(b'b')),
        0x0c => Some(Escape::Letter(b'f')),
        0x00..=0x1f => Some(Escape::Control(byte)),
        0xe2 => line_separator(bytes),
        _ => None,
    }
}

fn line_separator(bytes: &[u8]) -> Option<Escape> {
    match bytes {
        [0xe2, 0x80, 0xa8, ..] => Some(Escape::LineSeparator(b'8')),
        [0xe2, 0x80, 0xa9, ..] => Some(Escape::LineSeparator(b'9')),
        _ => None,
    }
}

/// Writes the escape; tells how many bytes of the text it stands for.
fn write_escape(escape: Escape, out: &mut Vec<u8>) -> usize {
    const HEX: [u8; 16] = *b"0123456789abcdef";
    match escape {
        Escape::Letter(letter) => {
            out.extend_from_slice(&[b'\\', letter]);
            1
        }
        Escape::Control(byte) => {
            out.extend_from_slice(b"\\u00");
            out.extend_from_slice(&[HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 0xf)]]);
            1
        }
        Escape::LineSeparator(digit) => {
            out.extend_from_slice(b"\\u202");
            out.push(digit);
            3
        }
    }
}

/// Returns a value as compact JSON text.
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

pub(crate) fn write_indented(value: &Value, width: usize, depth: usize, out: &mut Vec<u8>) {
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

/// Data of serde's as compact JSON, as DRF's `JSONRenderer` writes it.
pub(crate) fn serialized(data: &impl Serialize) -> serde_json::Result<Vec<u8>> {
    let mut out = Vec::with_capacity(128);
    data.serialize(&mut serde_json::Serializer::with_formatter(&mut out, AsRendered))?;
    Ok(out)
}

/// A formatter for what Python writes otherwise than serde_json does: floats, and line separators.
struct AsRendered;

impl serde_json::ser::Formatter for AsRendered {
    fn write_f64<W: ?Sized + Write>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        let mut text = Vec::with_capacity(24);
        write_float(value, &mut text);
        writer.write_all(&text)
    }

    fn write_f32<W: ?Sized + Write>(&mut self, writer: &mut W, value: f32) -> io::Result<()> {
        // the number that was meant, not the double next to it
        self.write_f64(writer, value.to_string().parse().expect("the text of a float is one"))
    }

    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, text: &str) -> io::Result<()> {
        let bytes = text.as_bytes();
        let mut written = 0;
        for (at, _) in bytes.iter().enumerate().filter(|(_, byte)| **byte == 0xe2) {
            if let Some(escape) = line_separator(&bytes[at..]) {
                let mut text = Vec::with_capacity(6);
                writer.write_all(&bytes[written..at])?;
                written = at + write_escape(escape, &mut text);
                writer.write_all(&text)?;
            }
        }
        writer.write_all(&bytes[written..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings() {
        let cases = [
            ("", r#""""#),
            ("abc", r#""abc""#),
            ("é漢😀\u{7f}", "\"é漢😀\u{7f}\""),
            ("a\"b\\c/d", r#""a\"b\\c/d""#),
            ("\n\r\t\u{8}\u{c}", r#""\n\r\t\b\f""#),
            ("\0\u{1}\u{b}\u{1f} ", r#""\u0000\u0001\u000b\u001f ""#),
            ("a\u{2028}b\u{2029}", r#""a\u2028b\u2029""#),
            ("\u{2027}\u{202a}€", "\"\u{2027}\u{202a}€\""),
        ];
        for (text, expected) in cases {
            let mut out = Vec::new();
            write_string(text, &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), expected);
        }
    }
}
