use syn::LitStr;

use crate::diagnostics::{Result, bail};

const PERIODS: &str = "`second`, `minute`, `hour`, `day`";

/// All ways to write a period. They are those of the runtime's `Rate`, which reads the text when the app is built.
const NAMES: [&str; 18] = [
    "second", "seconds", "sec", "secs", "s", "minute", "minutes", "min", "mins", "m", "hour", "hours", "hr",
    "hrs", "h", "day", "days", "d",
];

/// Checks a rate: `100/day`. White space around number and period is allowed.
pub(crate) fn check_rate(rate: &LitStr) -> Result<()> {
    let text = rate.value();
    let Some((number, period)) = text.split_once('/') else {
        bail!(rate, "invalid rate `{text}`: there is no `/`\nhelp: write a number and a period: `100/day`");
    };
    match number.trim().parse::<u32>() {
        Ok(0) => bail!(rate, "invalid rate `{text}`: it never allows a request\nhelp: write 1 or more"),
        Ok(_) => {}
        Err(_) => bail!(
            rate,
            "invalid rate `{text}`: `{number}` is not a whole number\nhelp: write a number and a period: `100/day`"
        ),
    }
    if NAMES.contains(&period.trim()) {
        return Ok(());
    }
    bail!(rate, "invalid rate `{text}`: unknown period `{period}`\nhelp: expected one of {PERIODS}")
}
