//! Users, their passwords and tokens, on Django's tables.

pub mod models;
mod passwords;
mod token_cache;
mod user;

pub use passwords::{PasswordHasher, authenticate, check_password, make_password};
pub(crate) use token_cache::TokenCache;
pub use user::{Auth, User};
