//! Python's `decimal.Decimal`, as far as DRF's `DecimalField` needs it.

use std::io::Write;

use rust_decimal::Decimal;

use crate::text::unicode::{ascii_digits, strip};

/// The largest exponent of a number's first digit. `decimal.MAX_EMAX`.
const MAX_EXPONENT: i64 = 999_999_999_999_999_999;
/// The smallest exponent of a number's last digit. `decimal.MIN_ETINY`.
const MIN_EXPONENT: i64 = -1_999_999_999_999_999_997;

/// A finite decimal number of any magnitude. Python's `Decimal.as_tuple()`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DecimalText {
    /// True if it has a minus sign; zero can have one, too
    pub(crate) negative: bool,
    /// The decimal digits: the first is not 0 unless it is the only one
    pub(crate) digits: String,
    /// The power of ten of the last digit
    pub(crate) exponent: i64,
}

impl DecimalText {
    /// Returns the number of digits, including zeros directly around the point. For `max_digits`.
    pub(crate) fn total_digits(&self) -> u64 {
        match u64::try_from(self.exponent) {
            Ok(zeros) => self.digit_count() + zeros,
            Err(_) => self.digit_count().max(self.exponent.unsigned_abs()),
        }
    }

    /// Returns the number of digits before the point. For `max_digits - decimal_places`.
    pub(crate) fn whole_digits(&self) -> u64 {
        self.total_digits() - self.decimal_places()
    }

    /// Returns the number of digits after the point. For `decimal_places`.
    pub(crate) fn decimal_places(&self) -> u64 {
        if self.exponent < 0 { self.exponent.unsigned_abs() } else { 0 }
    }

    /// Returns the number, if it fits: 96 bits of digits, at most 28 of them after the point.
    pub(crate) fn to_decimal(&self) -> Option<Decimal> {
        let (digits, scale) = match u32::try_from(self.exponent) {
            Ok(zeros) => (self.with_zeros(zeros)?, 0),
            Err(_) => self.without_needless_zeros()?,
        };
        let mut value = Decimal::try_from_i128_with_scale(digits, scale).ok()?;
        value.set_sign_negative(self.negative);
        Some(value)
    }

    fn digit_count(&self) -> u64 {
        self.digits.len().try_into().unwrap_or(u64::MAX)
    }

    fn with_zeros(&self, zeros: u32) -> Option<i128> {
        let digits: i128 = self.digits.parse().ok()?;
        if digits == 0 { Some(0) } else { digits.checked_mul(10_i128.checked_pow(zeros)?) }
    }

    /// Returns the digits and how many are after the point, without zeros at the end for which there is no room.
    fn without_needless_zeros(&self) -> Option<(i128, u32)> {
        let mut digits = self.digits.as_str();
        let mut scale = self.exponent.checked_neg()?;
        if digits == "0" {
            return Some((0, scale.min(28).try_into().ok()?));
        }
        while scale > 0 && (scale > 28 || !fits(digits)) {
            digits = digits.strip_suffix('0')?;
            scale -= 1;
        }
        Some((digits.parse().ok()?, scale.try_into().ok()?))
    }
}

fn fits(digits: &str) -> bool {
    digits.parse().is_ok_and(|digits: i128| digits < 1 << 96)
}

/// `decimal.Decimal(text.strip())` of a finite number; `None` for anything else.
pub(crate) fn parse_decimal(text: &str) -> Option<DecimalText> {
    let ascii = ascii_digits(strip(text)).replace('_', "");
    let (negative, number) = split_sign(&ascii);
    let (mantissa, exponent) = match number.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, parse_exponent(exponent)?),
        None => (number, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    if !is_digits(&digits) {
        return None;
    }
    let digits = match digits.trim_start_matches('0') {
        "" => "0".to_owned(),
        digits => digits.to_owned(),
    };
    let exponent = exponent.checked_sub(fraction.len().try_into().ok()?)?;
    in_range(&digits, exponent).then_some(DecimalText { negative, digits, exponent })
}

/// Returns the sign, and what follows it.
fn split_sign(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

fn parse_exponent(text: &str) -> Option<i64> {
    let (negative, digits) = split_sign(text);
    let exponent: i64 = if is_digits(digits) { digits.parse().ok()? } else { return None };
    Some(if negative { -exponent } else { exponent })
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn in_range(digits: &str, exponent: i64) -> bool {
    let first_digit = i64::try_from(digits.len()).ok().and_then(|count| exponent.checked_add(count - 1));
    exponent >= MIN_EXPONENT && first_digit.is_some_and(|exponent| exponent <= MAX_EXPONENT)
}

/// The rounding of digits for which there is no place. The `ROUND_…` constants of Python's `decimal`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rounding {
    /// To the nearest, a tie to the even digit. The default.
    #[default]
    HalfEven,
    /// To the nearest, a tie away from zero
    HalfUp,
    /// To the nearest, a tie towards zero
    HalfDown,
    /// Away from zero
    Up,
    /// Towards zero
    Down,
    /// Towards infinity
    Ceiling,
    /// Towards negative infinity
    Floor,
    /// Away from zero if the last digit would be 0 or 5, otherwise towards zero. `ROUND_05UP`.
    ZeroFiveUp,
}

impl Rounding {
    /// Returns whether `quotient` grows by one, for a rest that is not zero.
    fn rounds_away(self, negative: bool, quotient: u128, rest: u128, divisor: u128) -> bool {
        let half = rest.cmp(&(divisor / 2));
        match self {
            Rounding::HalfEven => half.is_gt() || (half.is_eq() && quotient % 2 == 1),
            Rounding::HalfUp => half.is_ge(),
            Rounding::HalfDown => half.is_gt(),
            Rounding::Up => true,
            Rounding::Down => false,
            Rounding::Ceiling => !negative,
            Rounding::Floor => negative,
            Rounding::ZeroFiveUp => quotient.is_multiple_of(5),
        }
    }
}

/// `Decimal.quantize`: the number with this many digits after the point.
///
/// Zeros for which there is no room are left out, which changes the number's scale but not its value.
pub(crate) fn quantize(value: Decimal, places: u32, rounding: Rounding) -> Decimal {
    let negative = value.is_sign_negative();
    let magnitude = value.mantissa().unsigned_abs();
    let (magnitude, scale) = if value.scale() > places {
        (divide(magnitude, 10_u128.pow(value.scale() - places), negative, rounding), places)
    } else {
        with_more_places(magnitude, value.scale(), places)
    };
    let mut quantized = i128::try_from(magnitude)
        .ok()
        .and_then(|digits| Decimal::try_from_i128_with_scale(digits, scale).ok())
        .unwrap_or(value);
    quantized.set_sign_negative(negative);
    quantized
}

/// Divides by a power of ten.
fn divide(magnitude: u128, divisor: u128, negative: bool, rounding: Rounding) -> u128 {
    let (quotient, rest) = (magnitude / divisor, magnitude % divisor);
    let away = rest > 0 && rounding.rounds_away(negative, quotient, rest, divisor);
    quotient + u128::from(away)
}

/// Appends zeros while there is room for them.
fn with_more_places(mut magnitude: u128, mut scale: u32, places: u32) -> (u128, u32) {
    while scale < places.min(28) && magnitude * 10 < 1 << 96 {
        magnitude *= 10;
        scale += 1;
    }
    (magnitude, scale)
}

/// `'{:f}'.format(value)`, of the value quantized to `places` first if they are given.
///
/// Half a last digit goes to the even one; for another rounding, [`quantize`] first.
pub(crate) fn write_decimal(value: Decimal, places: Option<u32>, out: &mut Vec<u8>) {
    let value = places.map_or(value, |places| quantize(value, places, Rounding::HalfEven));
    write_plain(value, out);
    let missing = places.unwrap_or(0).saturating_sub(value.scale());
    if missing > 0 && value.scale() == 0 {
        out.push(b'.');
    }
    out.extend(std::iter::repeat_n(b'0', missing.try_into().unwrap_or(0)));
}

/// Like [`write_decimal`], without zeros at the end of the fraction. For `normalize_output=True`.
pub(crate) fn write_decimal_normalized(value: Decimal, places: Option<u32>, out: &mut Vec<u8>) {
    let value = places.map_or(value, |places| quantize(value, places, Rounding::HalfEven));
    let mut normalized = value.normalize();
    normalized.set_sign_negative(value.is_sign_negative());
    write_plain(normalized, out);
}

fn write_plain(value: Decimal, out: &mut Vec<u8>) {
    let unit = 10_u128.pow(value.scale());
    let magnitude = value.mantissa().unsigned_abs();
    let sign = if value.is_sign_negative() { "-" } else { "" };
    // writing into a `Vec` cannot fail
    let _ = match usize::try_from(value.scale()) {
        Ok(width @ 1..) => write!(out, "{sign}{}.{:0width$}", magnitude / unit, magnitude % unit),
        _ => write!(out, "{sign}{magnitude}"),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(input: &str) -> Option<String> {
        parse_decimal(input).map(|number| {
            let DecimalText { negative, digits, exponent } = &number;
            let counts = (number.total_digits(), number.whole_digits(), number.decimal_places());
            format!("{} {digits} {exponent} {} {} {}", u8::from(*negative), counts.0, counts.1, counts.2)
        })
    }

    #[test]
    fn texts() {
        // sign, digits, exponent; digits in total, before the point, after it
        let cases = [
            ("1.50", Some("0 150 -2 3 1 2")),
            ("-0.00", Some("1 0 -2 2 0 2")),
            ("007.50", Some("0 750 -2 3 1 2")),
            ("1e5", Some("0 1 5 6 6 0")),
            ("1E-7", Some("0 1 -7 7 0 7")),
            ("0e5", Some("0 0 5 6 6 0")),
            ("1_0", Some("0 10 0 2 2 0")),
            ("_1", Some("0 1 0 1 1 0")),
            (" １.５ ", Some("0 15 -1 2 1 1")),
            ("\u{1c}1", Some("0 1 0 1 1 0")),
            (".5", Some("0 5 -1 1 0 1")),
            ("5.", Some("0 5 0 1 1 0")),
            (".", None),
            ("1e", None),
            ("1e+5", Some("0 1 5 6 6 0")),
            ("--1", None),
            ("1 2", None),
            ("NaN", None),
            ("sNaN12", None),
            ("inf", None),
            ("-Infinity", None),
            ("", None),
            ("0.001234", Some("0 1234 -6 6 0 6")),
            (
                "1e999999999999999999",
                Some("0 1 999999999999999999 1000000000000000000 1000000000000000000 0"),
            ),
            ("1e1000000000000000000", None),
            ("1e-1999999999999999998", None),
            ("123456789012345678901234567890.5", Some("0 1234567890123456789012345678905 -1 31 30 1")),
        ];
        for (input, expected) in cases {
            assert_eq!(parsed(input).as_deref(), expected, "{input:?}");
        }
    }

    fn decimal(text: &str) -> Decimal {
        parse_decimal(text).and_then(|number| number.to_decimal()).unwrap()
    }

    fn written(write: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn what_fits_becomes_a_decimal() {
        let fits = [
            "79228162514264337593543950335",
            "1e28",
            "0e99",
            "1e-28",
            "1.50000000000000000000000000000000000",
        ];
        for text in fits {
            assert!(parse_decimal(text).unwrap().to_decimal().is_some(), "{text}");
        }
        for text in ["79228162514264337593543950336", "1e29", "1e-29", "1e999999999999999999"] {
            assert_eq!(parse_decimal(text).unwrap().to_decimal(), None, "{text}");
        }
    }

    #[test]
    fn roundings() {
        use Rounding::*;
        let order = [HalfEven, HalfUp, HalfDown, Up, Down, Ceiling, Floor, ZeroFiveUp];
        let cases = [
            ("1.25", ["1.2", "1.3", "1.2", "1.3", "1.2", "1.3", "1.2", "1.2"]),
            ("1.35", ["1.4", "1.4", "1.3", "1.4", "1.3", "1.4", "1.3", "1.3"]),
            ("-1.25", ["-1.2", "-1.3", "-1.2", "-1.3", "-1.2", "-1.2", "-1.3", "-1.2"]),
            ("1.21", ["1.2", "1.2", "1.2", "1.3", "1.2", "1.3", "1.2", "1.2"]),
            ("-1.29", ["-1.3", "-1.3", "-1.3", "-1.3", "-1.2", "-1.2", "-1.3", "-1.2"]),
            ("1.01", ["1.0", "1.0", "1.0", "1.1", "1.0", "1.1", "1.0", "1.1"]),
            ("1.5", ["1.5", "1.5", "1.5", "1.5", "1.5", "1.5", "1.5", "1.5"]),
            ("2", ["2.0", "2.0", "2.0", "2.0", "2.0", "2.0", "2.0", "2.0"]),
        ];
        for (text, expected) in cases {
            let texts = order.map(|rounding| quantize(decimal(text), 1, rounding).to_string());
            assert_eq!(texts, expected, "{text}");
        }
    }

    #[test]
    fn output() {
        let cases = [
            ("1.5", Some(2), "1.50", "1.5"),
            ("1.005", Some(2), "1.00", "1"),
            ("1.015", Some(2), "1.02", "1.02"),
            ("100", Some(2), "100.00", "100"),
            ("100", None, "100", "100"),
            ("1e2", None, "100", "100"),
            ("0", Some(2), "0.00", "0"),
            ("0.00", None, "0.00", "0"),
            ("-0.001", Some(2), "-0.00", "-0"),
            ("-1.50", None, "-1.50", "-1.5"),
            ("0.5", Some(0), "0", "0"),
            ("1.5", Some(0), "2", "2"),
            ("123456789.987654321", Some(4), "123456789.9877", "123456789.9877"),
            ("0.05", Some(3), "0.050", "0.05"),
        ];
        for (text, places, expected, normalized) in cases {
            assert_eq!(written(|out| write_decimal(decimal(text), places, out)), expected);
            assert_eq!(written(|out| write_decimal_normalized(decimal(text), places, out)), normalized);
        }
    }
}
