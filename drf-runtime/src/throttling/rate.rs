use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// So many requests in a period of time: `"100/day"`.
///
/// ```
/// use drf::throttling::Rate;
///
/// let rate: Rate = "60/min".parse()?;
/// assert_eq!(rate, Rate::per_minute(60));
/// assert_eq!(rate.to_string(), "60/minute");
/// # Ok::<(), drf::throttling::RateError>(())
/// ```
///
/// DRF looks at the first letter of the period only, so that `5/month` is five a minute there; here it is an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rate {
    requests: u32,
    pub(super) period: Period,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Period {
    Second,
    Minute,
    Hour,
    Day,
}

impl Period {
    pub(super) const ALL: [Period; 4] = [Period::Second, Period::Minute, Period::Hour, Period::Day];

    pub(super) const fn duration(self) -> Duration {
        Duration::from_secs(match self {
            Period::Second => 1,
            Period::Minute => 60,
            Period::Hour => 3600,
            Period::Day => 86400,
        })
    }

    /// All ways to write a period, the one for showing first.
    const fn names(self) -> &'static [&'static str] {
        match self {
            Period::Second => &["second", "seconds", "sec", "secs", "s"],
            Period::Minute => &["minute", "minutes", "min", "mins", "m"],
            Period::Hour => &["hour", "hours", "hr", "hrs", "h"],
            Period::Day => &["day", "days", "d"],
        }
    }
}

impl Rate {
    const fn new(requests: u32, period: Period) -> Self {
        Self { requests, period }
    }

    /// So many requests a second.
    pub const fn per_second(requests: u32) -> Self {
        Self::new(requests, Period::Second)
    }

    /// So many requests a minute.
    pub const fn per_minute(requests: u32) -> Self {
        Self::new(requests, Period::Minute)
    }

    /// So many requests an hour.
    pub const fn per_hour(requests: u32) -> Self {
        Self::new(requests, Period::Hour)
    }

    /// So many requests a day.
    pub const fn per_day(requests: u32) -> Self {
        Self::new(requests, Period::Day)
    }

    /// How many requests; none at all if it is 0.
    pub const fn requests(self) -> u32 {
        self.requests
    }

    /// In which time.
    pub const fn period(self) -> Duration {
        self.period.duration()
    }
}

impl FromStr for Rate {
    type Err = RateError;

    fn from_str(text: &str) -> Result<Self, RateError> {
        let (requests, period) = text.split_once('/').ok_or_else(|| {
            RateError::new(text, "there is no period", "write a number and a period: `100/day`")
        })?;
        let number = requests.trim().parse().map_err(|_| {
            let problem = format!("`{requests}` is not a number of requests");
            RateError::new(text, problem, "write a number and a period: `100/day`")
        })?;
        let named = |each: &Period| each.names().contains(&period.trim());
        let period = Period::ALL.into_iter().find(named).ok_or_else(|| {
            let expected =
                "expected one of `s`, `sec`, `second`, `m`, `min`, `minute`, `h`, `hour`, `d`, `day`";
            RateError::new(text, format!("unknown period `{period}`"), expected)
        })?;
        Ok(Self::new(number, period))
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.requests, self.period.names()[0])
    }
}

impl Serialize for Rate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Rate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A text that is not a [`Rate`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RateError(String);

impl RateError {
    fn new(rate: &str, problem: impl fmt::Display, help: &str) -> Self {
        Self(format!("invalid rate `{rate}`: {problem}\nhelp: {help}"))
    }
}

impl fmt::Display for RateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for RateError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates() {
        let cases = [
            ("3/s", Rate::per_second(3)),
            ("3/sec", Rate::per_second(3)),
            ("3/min", Rate::per_minute(3)),
            ("3/minutes", Rate::per_minute(3)),
            ("0/hour", Rate::per_hour(0)),
            (" 12 / day ", Rate::per_day(12)),
        ];
        for (text, rate) in cases {
            assert_eq!(text.parse(), Ok(rate), "{text}");
            assert_eq!(rate.to_string().parse(), Ok(rate), "{text}");
        }
    }

    #[test]
    fn malformed_rates_say_what_is_wrong() {
        let cases = [
            ("100", "invalid rate `100`: there is no period"),
            ("/day", "invalid rate `/day`: `` is not a number of requests"),
            ("-1/day", "invalid rate `-1/day`: `-1` is not a number of requests"),
            ("4294967296/s", "invalid rate `4294967296/s`: `4294967296` is not a number of requests"),
            ("5/month", "invalid rate `5/month`: unknown period `month`"),
            ("5/ms", "invalid rate `5/ms`: unknown period `ms`"),
            ("5/1/day", "invalid rate `5/1/day`: unknown period `1/day`"),
            ("5/", "invalid rate `5/`: unknown period ``"),
        ];
        for (text, message) in cases {
            let error = text.parse::<Rate>().unwrap_err().to_string();
            assert_eq!(error.lines().next(), Some(message));
            assert!(error.contains("\nhelp: "));
        }
    }
}
