//! What the serializer allows, the struct that is generated beside it allows too.
#![deny(warnings, non_snake_case, missing_docs)]

use drf::prelude::*;

/// Names as on the wire of another system.
#[serializer]
#[allow(non_snake_case, missing_docs)]
pub struct Coordinates {
    pub Latitude: f64,
    pub Longitude: f64,
}

/// The same with an expectation.
#[serializer]
#[expect(non_snake_case, missing_docs, reason = "names of another system")]
pub struct Place {
    pub Name: String,
}

fn main() {}
