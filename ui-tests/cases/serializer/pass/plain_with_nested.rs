//! Serializers without an entity, one in the other, under strict lints.

#![deny(warnings, missing_debug_implementations, unreachable_pub, unused_qualifications, unused_results)]

use drf::prelude::*;

#[serializer(
    validate = check,
    list(min_length = 1, max_length = 10, allow_empty = false, validate = no_duplicates)
)]
#[derive(Debug)]
pub struct Drawing {
    #[field(max_length = 20, default = "nameless".to_owned())]
    name: String,
    #[field(nested)]
    origin: Point,
    #[field(nested, required = false)]
    center: Option<Point>,
    #[field(nested, max_length = 100)]
    points: Vec<Point>,
    #[field(child(min_value = 0, max_value = 255), min_length = 3, max_length = 4)]
    color: Vec<i64>,
    #[field(hidden, default_with = browser)]
    browser: String,
    #[field(read_only, default = 1)]
    version: i64,
}

#[serializer]
#[derive(Debug)]
pub struct Point {
    #[field(max_digits = 6, decimal_places = 2)]
    x: Decimal,
    #[field(default = Decimal::ZERO)]
    y: Decimal,
}

fn browser(_request: &Request) -> String {
    String::new()
}

async fn check(data: Validated<Drawing>, _context: &Context<'_, Drawing>) -> Result<Validated<Drawing>> {
    let _ = data.origin.as_ref().and_then(|point| point.x);
    Ok(data)
}

async fn no_duplicates(data: Vec<Validated<Drawing>>, _request: &Request) -> Result<Vec<Validated<Drawing>>> {
    Ok(data)
}

#[api_view(POST)]
async fn draw(request: &Request) -> Result<Response> {
    let drawing = generics::is_valid::<Drawing>(request).await?;
    Ok(Response::ok(Drawing::data(&drawing)))
}

fn main() {
    let _ = SimpleRouter::new().register_view::<draw>("draw", "draw");
}
