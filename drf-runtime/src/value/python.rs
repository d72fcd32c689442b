//! Values as text in Python's way: `str`, `repr` and `json.dumps`.

use super::Value;
use super::json::{json_text, write_string};

impl Value {
    /// Returns the value as text of Python's `str()`: messages quote input like that.
    pub(crate) fn to_python_str(&self) -> String {
        match self {
            Value::String(text) => text.clone(),
            Value::File(file) => file.name.clone(),
            other => other.to_python_repr(),
        }
    }

    fn to_python_repr(&self) -> String {
        match self {
            Value::Null => "None".to_owned(),
            Value::Bool(true) => "True".to_owned(),
            Value::Bool(false) => "False".to_owned(),
            Value::String(text) => python_quoted(text),
            Value::List(items) => {
                format!("[{}]", items.iter().map(Value::to_python_repr).collect::<Vec<_>>().join(", "))
            }
            Value::Dict(dict) => {
                let entry = |(key, value): (&String, &Value)| {
                    format!("{}: {}", Value::from(key.as_str()).to_python_repr(), value.to_python_repr())
                };
                format!("{{{}}}", dict.iter().map(entry).collect::<Vec<_>>().join(", "))
            }
            scalar => json_text(scalar),
        }
    }
}

/// Python's `repr` of a text: in single quotes unless only these are in it; what cannot be printed is escaped.
fn python_quoted(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut quoted = String::from(quote);
    for letter in text.chars() {
        match letter {
            '\\' => quoted.push_str("\\\\"),
            '\t' => quoted.push_str("\\t"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            _ if letter == quote => quoted.extend(['\\', letter]),
            ' '..='~' => quoted.push(letter),
            _ if is_printable(letter) => quoted.push(letter),
            _ => quoted.push_str(&escaped(letter)),
        }
    }
    quoted.push(quote);
    quoted
}

fn escaped(letter: char) -> String {
    match u32::from(letter) {
        code @ ..0x100 => format!("\\x{code:02x}"),
        code @ ..0x10000 => format!("\\u{code:04x}"),
        code => format!("\\U{code:08x}"),
    }
}

/// Python's `str.isprintable`: Rust escapes by the same rule, but for a mark that does not stand behind a letter.
fn is_printable(letter: char) -> bool {
    format!("a{letter}").escape_debug().eq(['a', letter])
}

/// Writes a value as Python's `json.dumps(value)` does: in ASCII, with a space behind each comma and colon.
pub(crate) fn write_python_json(value: &Value, out: &mut String) {
    match value {
        Value::List(items) => {
            write_between(("[", "]"), items, out, write_python_json);
        }
        Value::Dict(dict) => write_between(("{", "}"), dict, out, |(key, item), out| {
            write_ascii(key, out);
            out.push_str(": ");
            write_python_json(item, out);
        }),
        Value::String(text) => write_ascii(text, out),
        scalar => out.push_str(&json_text(scalar)),
    }
}

fn write_between<I: IntoIterator>(
    (open, close): (&str, &str),
    items: I,
    out: &mut String,
    write: impl Fn(I::Item, &mut String),
) {
    out.push_str(open);
    for (index, item) in items.into_iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        write(item, out);
    }
    out.push_str(close);
}

/// A string in which everything but printable ASCII is escaped.
fn write_ascii(text: &str, out: &mut String) {
    let mut json = Vec::new();
    write_string(text, &mut json);
    for letter in String::from_utf8_lossy(&json).chars() {
        match letter {
            ' '..='~' => out.push(letter),
            _ => out.extend(letter.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_quoted_as_python_quotes_them() {
        let cases = [
            ("a", "['a']"),
            ("it's", "[\"it's\"]"),
            ("it's \"x\"", r#"['it\'s "x"']"#),
            ("\"x\"", r#"['"x"']"#),
            ("a\\b'", r#"["a\\b'"]"#),
            ("\t\r\n\0\u{7f}\u{a0}", r"['\t\r\n\x00\x7f\xa0']"),
            ("é中😀e\u{301}", "['é中😀e\u{301}']"),
            ("\u{feff}\u{200b}\u{e000}\u{e0001}", r"['\ufeff\u200b\ue000\U000e0001']"),
        ];
        for (text, expected) in cases {
            assert_eq!(Value::List(vec![text.into()]).to_python_str(), expected, "{text:?}");
        }
        assert_eq!(Value::from("it's\t").to_python_str(), "it's\t");
    }
}
