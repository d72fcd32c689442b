//! Python's `float(text)` and `repr(float)`.

use std::io::{self, Write};

use crate::text::unicode::{number_text, without_underscores};

/// `float(text)`, infinities and NaN included: refusing them is up to the field.
pub(crate) fn parse_float(text: &str) -> Option<f64> {
    let text = number_text(text);
    // the grammar of what is left is Rust's own
    without_underscores(&text)?.parse().ok()
}

/// `repr(value)`: the shortest text that reads back as the same number.
pub(crate) fn write_float(value: f64, out: &mut Vec<u8>) {
    // writing into a `Vec` cannot fail
    let _ = match value {
        _ if value.is_nan() => out.write_all(b"nan"),
        _ if value.is_infinite() => write!(out, "{value}"),
        _ if is_written_plainly(value.abs()) => write_plain(value, out),
        _ => write_scientific(value, out),
    };
}

/// `100000.0`
fn write_plain(value: f64, out: &mut Vec<u8>) -> io::Result<()> {
    let start = out.len();
    write!(out, "{value:?}")?;
    // of two shortest texts that are equally near, Python takes the even one; such texts are long
    let digits = &out[start..];
    if digits.len() > 16 {
        let decimals = digits.iter().rev().position(|byte| *byte == b'.').unwrap_or(0);
        out.truncate(start);
        write!(out, "{value:.decimals$}")?;
    }
    Ok(())
}

fn is_written_plainly(magnitude: f64) -> bool {
    magnitude == 0.0 || (1e-4..1e16).contains(&magnitude)
}

/// `1e-07`: Rust's notation, but the exponent has a sign and at least two digits.
fn write_scientific(value: f64, out: &mut Vec<u8>) -> io::Result<()> {
    let text = format!("{value:e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let (sign, digits) = exponent.strip_prefix('-').map_or(('+', exponent), |digits| ('-', digits));
    write!(out, "{mantissa}e{sign}{digits:0>2}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts() {
        let cases = [
            ("1.5", Some("1.5")),
            ("-1e5", Some("-100000.0")),
            (" 2\t", Some("2.0")),
            ("１.５", Some("1.5")),
            ("1_0.0_1e1_0", Some("100100000000.0")),
            ("1_.5", None),
            ("._5", None),
            ("5.", Some("5.0")),
            (".5", Some("0.5")),
            (".", None),
            ("1e", None),
            ("1e400", Some("inf")),
            ("-inf", Some("-inf")),
            ("Infinity", Some("inf")),
            ("NaN", Some("nan")),
            ("+nan", Some("nan")),
            ("0x1p3", None),
            ("", None),
            ("1e-400", Some("0.0")),
            ("\u{1c}1", None),
        ];
        for (input, expected) in cases {
            assert_eq!(parse_float(input).map(repr).as_deref(), expected, "{input:?}");
        }
    }

    #[test]
    fn shortest_texts() {
        let cases = [
            (1.0, "1.0"),
            (0.1, "0.1"),
            (-0.0, "-0.0"),
            (100000.0, "100000.0"),
            (1e16, "1e+16"),
            (1e21, "1e+21"),
            (1.5e300, "1.5e+300"),
            (9999999999999998.0, "9999999999999998.0"),
            (1234567890123456.0, "1234567890123456.0"),
            (123456789012345.6, "123456789012345.6"),
            (1e-7, "1e-07"),
            (2.5e-5, "2.5e-05"),
            (0.0001, "0.0001"),
            (0.00012, "0.00012"),
            (5e-324, "5e-324"),
            (1.7976931348623157e308, "1.7976931348623157e+308"),
            (7010746358329266.0 / 8.0, "876343294791158.2"),
            (4503599627370497.5, "4503599627370498.0"),
            (0.30000000000000004, "0.30000000000000004"),
        ];
        for (value, expected) in cases {
            assert_eq!(repr(value), expected);
        }
    }

    fn repr(value: f64) -> String {
        let mut out = Vec::new();
        write_float(value, &mut out);
        String::from_utf8(out).unwrap()
    }
}
