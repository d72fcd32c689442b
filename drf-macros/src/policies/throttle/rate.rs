use syn::LitStr;

use crate::diagnostics::{Result, bail};

const PERIODS: &str = "`second`, `minute`, `hour`, `day`";

/// All ways to write a period.
const NAMES: [&str; 18] = [
    "second", "seconds", "sec", "secs", "s", "minute", "minutes", "min", "mins", "m", "hour", "hours", "hr",
    "hrs", "h", "day", "days", "d",
];

/// Checks a rate: `100/day`. White space around number and period is allowed; 0 allows no request, as in DRF.
///
/// The rule is that of the runtime's `Rate`; `tests/rates.txt` has the cases that both are tested with.
pub(crate) fn check_rate(rate: &LitStr) -> Result<()> {
    let text = rate.value();
    let Some((number, period)) = text.split_once('/') else {
        bail!(rate, "invalid rate `{text}`: there is no `/`\nhelp: write a number and a period: `100/day`");
    };
    if number.trim().parse::<u32>().is_err() {
        bail!(
            rate,
            "invalid rate `{text}`: `{number}` is not a number of requests\nhelp: write a number and a period: `100/day`"
        );
    }
    if NAMES.contains(&period.trim()) {
        return Ok(());
    }
    bail!(rate, "invalid rate `{text}`: unknown period `{period}`\nhelp: expected one of {PERIODS}")
}
