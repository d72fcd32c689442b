//! The three ways of writing the API.

use std::fmt;
use std::str::FromStr;

use axum::Router;
use tokio::net::TcpListener;

use crate::Result;

/// What an API is written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stack {
    Drf,
    SeaOrm,
    Sqlx,
}

impl Stack {
    /// In the order of the columns: a, b, c.
    pub const ALL: [Self; 3] = [Self::Drf, Self::SeaOrm, Self::Sqlx];

    pub fn name(self) -> &'static str {
        match self {
            Self::Drf => "drf",
            Self::SeaOrm => "sea-orm",
            Self::Sqlx => "sqlx",
        }
    }

    /// The API on a database.
    ///
    /// # Errors
    /// If it cannot be opened.
    pub async fn router(self, url: &str) -> Result<Router> {
        match self {
            Self::Drf => crate::with_drf::router(url).await,
            Self::SeaOrm => crate::with_sea_orm::router(url).await,
            Self::Sqlx => crate::with_sqlx::router(url).await,
        }
    }

    /// Serves the API, each stack as its users do it.
    ///
    /// # Errors
    /// If the listener fails.
    pub async fn serve(self, listener: TcpListener, router: Router) -> Result<()> {
        match self {
            Self::Drf => drf::serve(listener, router).await?,
            Self::SeaOrm | Self::Sqlx => axum::serve(listener, router).await?,
        }
        Ok(())
    }
}

impl fmt::Display for Stack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Stack {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|stack| stack.name() == name);
        found.ok_or_else(|| format!("no stack `{name}`; there are drf, sea-orm, sqlx"))
    }
}
