use syn::LitStr;

use crate::diagnostics::{Result, bail};

const PERIODS: &str = "`second`, `minute`, `hour`, `day`";

/// Checks a rate: `100/day`. Only the first letter of the period is read, as in Django REST framework.
pub(crate) fn check_rate(rate: &LitStr) -> Result<()> {
    let text = rate.value();
    let Some((number, period)) = text.split_once('/') else {
        bail!(rate, "invalid rate `{text}`: there is no `/`\nhelp: write a number and a period: `100/day`");
    };
    match number.parse::<u32>() {
        Ok(0) => bail!(rate, "invalid rate `{text}`: it never allows a request\nhelp: write 1 or more"),
        Ok(_) => {}
        Err(_) => bail!(
            rate,
            "invalid rate `{text}`: `{number}` is not a whole number\nhelp: write a number and a period: `100/day`"
        ),
    }
    match period.as_bytes().first() {
        // The first letter makes it minutes, which nobody means who writes it.
        _ if period.starts_with("mo") => unknown_period(rate, &text, period),
        Some(b's' | b'm' | b'h' | b'd') => Ok(()),
        _ => unknown_period(rate, &text, period),
    }
}

fn unknown_period(rate: &LitStr, text: &str, period: &str) -> Result<()> {
    bail!(rate, "invalid rate `{text}`: unknown period `{period}`\nhelp: expected one of {PERIODS}")
}
