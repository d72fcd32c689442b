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
/// A rate of 0 allows no request. DRF looks at the first letter of the period only, so that `5/month` is five a minute there; here it is an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rate {
    requests: u32,
    pub(crate) period: Period,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Period {
    Second,
    Minute,
    Hour,
    Day,
}

impl Period {
    pub(crate) const ALL: [Period; 4] = [Period::Second, Period::Minute, Period::Hour, Period::Day];

    pub(crate) const fn duration(self) -> Duration {
        Duration::from_secs(match self {
            Period::Second => 1,
            Period::Minute => 60,
            Period::Hour => 3600,
            Period::Day => 86400,
        })
    }

    /// Returns all names of a period, the one for output first.
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

    /// Returns the number of requests; 0 allows none.
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
            RateError::new(text, "there is no `/`", "write a number and a period: `100/day`")
        })?;
        let number = requests.trim().parse().map_err(|_| {
            let problem = format!("`{requests}` is not a number of requests");
            RateError::new(text, problem, "write a number and a period: `100/day`")
        })?;
        let named = |each: &Period| each.names().contains(&period.trim());
        let period = Period::ALL.into_iter().find(named).ok_or_else(|| {
            let expected = "expected one of `second`, `minute`, `hour`, `day`";
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
        for line in include_str!("../../../tests/rates.txt").lines().filter(|line| !line.starts_with('#')) {
            if let Some((text, problem)) = line.split_once(" ! ") {
                let error = text.parse::<Rate>().unwrap_err().to_string();
                let message = format!("invalid rate `{text}`: {problem}");
                assert_eq!(error.lines().next(), Some(message.as_str()), "{line}");
                assert!(error.contains("\nhelp: "), "{line}");
                continue;
            }
            let (text, shown) = line.split_once(" => ").expect("a rate");
            let rate: Rate = text.parse().expect("a rate");
            assert_eq!(rate.to_string(), shown, "{line}");
            assert_eq!(shown.parse(), Ok(rate), "{line}");
        }
        assert_eq!("12/hour".parse(), Ok(Rate::per_hour(12)));
        assert_eq!("0/d".parse(), Ok(Rate::per_day(0)));
    }
}
