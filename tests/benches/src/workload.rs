//! What is asked of each stack.

use std::fmt;
use std::str::FromStr;

use http::Method;

use crate::data::TOKEN;

/// A kind of request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Workload {
    /// A fixed tiny answer without a database
    Floor,
    /// One book by its key
    Retrieve,
    /// Page 7 of 20 books, counted
    List,
    /// A filtered, searched and ordered page
    Filter,
    /// Page 7 of 20 books with the name of the publisher and those of the authors
    Embedded,
    /// A new book
    Create,
    /// Two fields of a book
    Patch,
    /// One book for a user with a token, a permission and a throttle
    Token,
    /// The same where drf remembers the token for a while; the others ask each time
    Cached,
}

/// A request before it has the form of a transport.
#[derive(Debug, Clone)]
pub struct Asked {
    pub method: Method,
    pub path: String,
    pub token: Option<&'static str>,
    pub json: Option<String>,
}

impl Workload {
    pub const ALL: [Self; 9] = [
        Self::Floor,
        Self::Retrieve,
        Self::List,
        Self::Filter,
        Self::Embedded,
        Self::Create,
        Self::Patch,
        Self::Token,
        Self::Cached,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Floor => "floor",
            Self::Retrieve => "retrieve",
            Self::List => "list",
            Self::Filter => "filter",
            Self::Embedded => "embedded",
            Self::Create => "create",
            Self::Patch => "patch",
            Self::Token => "token",
            Self::Cached => "cached",
        }
    }

    /// How many requests tell the cost: fewer where one costs much.
    pub fn requests(self, books: u64) -> u64 {
        match self {
            Self::Filter => (100_000 / books).clamp(1, 20),
            Self::List | Self::Embedded if books > 100_000 => 10,
            Self::List | Self::Embedded => 200,
            _ => 1000,
        }
    }

    /// Whether it only shows what the setting `token_cache_seconds` does, so that it is not held to the other stacks.
    pub fn is_extra(self) -> bool {
        self == Self::Cached
    }

    /// Whether it changes the database, so that it needs one of its own.
    pub fn writes(self) -> bool {
        matches!(self, Self::Create | Self::Patch)
    }

    /// The request with a number. No two writes are the same.
    pub fn ask(self, number: u64) -> Asked {
        let id = 1 + number * 7919 % 10_000;
        match self {
            Self::Floor => Asked::get("/api/books/floor/"),
            Self::Retrieve => Asked::get(format!("/api/books/{id}/")),
            Self::List => Asked::get("/api/books/?page=7"),
            Self::Filter => {
                Asked::get("/api/books/?category=tech&in_stock=true&search=river&ordering=-price%2Cid")
            }
            Self::Embedded => Asked::get("/api/shelf/?page=7"),
            Self::Create => Asked::with(Method::POST, "/api/books/".to_owned(), new_book(number)),
            Self::Patch => Asked::with(Method::PATCH, format!("/api/books/{id}/"), changes(number)),
            Self::Token => Asked::with_token(format!("/api/guarded-books/{id}/")),
            Self::Cached => Asked::with_token(format!("/api/cached-books/{id}/")),
        }
    }
}

fn new_book(number: u64) -> String {
    let (isbn, publisher) = (9_900_000_000_000 + number, 1 + number % 100);
    format!(
        r#"{{"name":"A new book {number}","isbn":"{isbn}","price":"12.50","category":"science","in_stock":true,"rating":4.5,"published":"2024-03-01","publisher":{publisher}}}"#
    )
}

fn changes(number: u64) -> String {
    let (euros, tenths) = (10 + number % 80, number % 50);
    format!(r#"{{"price":"{euros}.75","rating":{}.{}}}"#, tenths / 10, tenths % 10)
}

impl Asked {
    fn get(path: impl Into<String>) -> Self {
        Self { method: Method::GET, path: path.into(), token: None, json: None }
    }

    fn with_token(path: String) -> Self {
        Self { token: Some(TOKEN), ..Self::get(path) }
    }

    fn with(method: Method, path: String, json: String) -> Self {
        Self { method, path, token: None, json: Some(json) }
    }
}

impl fmt::Display for Workload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Workload {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|workload| workload.name() == name);
        found.ok_or_else(|| {
            let names = Self::ALL.map(Self::name).join(", ");
            format!("no workload `{name}`; there are {names}")
        })
    }
}
