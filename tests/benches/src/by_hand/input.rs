//! What clients send.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer};

use super::answer::Failure;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Category {
    #[default]
    Fiction,
    Science,
    History,
    Tech,
}

impl Category {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fiction => "fiction",
            Self::Science => "science",
            Self::History => "history",
            Self::Tech => "tech",
        }
    }
}

#[derive(Debug, Deserialize)]
pub struct NewBook {
    pub name: String,
    pub isbn: String,
    pub price: Decimal,
    #[serde(default)]
    pub category: Category,
    #[serde(default = "in_stock")]
    pub in_stock: bool,
    pub rating: Option<f64>,
    pub published: Option<NaiveDate>,
    pub publisher: i64,
}

fn in_stock() -> bool {
    true
}

/// What a `PATCH` changes. The outer `Option` says whether a field is there.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct BookChanges {
    pub name: Option<String>,
    pub isbn: Option<String>,
    pub price: Option<Decimal>,
    pub category: Option<Category>,
    pub in_stock: Option<bool>,
    #[serde(deserialize_with = "given")]
    pub rating: Option<Option<f64>>,
    #[serde(deserialize_with = "given")]
    pub published: Option<Option<NaiveDate>>,
    pub publisher: Option<i64>,
}

fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(input: D) -> Result<Option<T>, D::Error> {
    T::deserialize(input).map(Some)
}

impl NewBook {
    /// # Errors
    /// 400 for the first field that is wrong.
    pub fn check(&self) -> Result<(), Failure> {
        check_text("name", &self.name, 200)?;
        check_text("isbn", &self.isbn, 13)?;
        check_price(self.price)?;
        check_rating(self.rating)
    }
}

impl BookChanges {
    /// # Errors
    /// 400 for the first field that is wrong.
    pub fn check(&self) -> Result<(), Failure> {
        self.name.as_deref().map_or(Ok(()), |text| check_text("name", text, 200))?;
        self.isbn.as_deref().map_or(Ok(()), |text| check_text("isbn", text, 13))?;
        self.price.map_or(Ok(()), check_price)?;
        check_rating(self.rating.flatten())
    }
}

fn check_text(field: &str, text: &str, max: usize) -> Result<(), Failure> {
    if text.trim().is_empty() {
        return Err(Failure::field(field, "This field may not be blank."));
    }
    if text.chars().count() > max {
        let message = format!("Ensure this field has no more than {max} characters.");
        return Err(Failure::field(field, &message));
    }
    Ok(())
}

fn check_price(price: Decimal) -> Result<(), Failure> {
    let fits = price.scale() <= 2 && price < Decimal::from(1_000_000) && !price.is_sign_negative();
    if fits { Ok(()) } else { Err(Failure::field("price", "A valid number is required.")) }
}

fn check_rating(rating: Option<f64>) -> Result<(), Failure> {
    let fits = rating.is_none_or(|rating| (0.0..=5.0).contains(&rating));
    if fits { Ok(()) } else { Err(Failure::field("rating", "A rating is between 0 and 5.")) }
}
