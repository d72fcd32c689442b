//! `#[throttle(AnonRateThrottle)]`, `#[throttle(rate = "60/min", scope = "burst")]`

pub(crate) mod args;
pub(crate) mod codegen;
mod rate;

use syn::{Expr, LitStr};

/// A throttle: a class, or a scope and a rate.
#[derive(Clone)]
pub(crate) enum Class {
    /// `AnonRateThrottle`
    Value(Box<Expr>),
    /// `scope = "anon"`: the rate is in the settings
    Scope(LitStr),
    /// `rate = "60/min"`
    Rate(LitStr),
    /// `rate = "60/min", scope = "burst"`
    ScopedRate(LitStr, LitStr),
}
