//! Users, their passwords and tokens, on Django's tables or the project's own.

mod auth;
mod auth_user;
mod backend;
pub mod models;
mod passwords;
mod token_cache;
mod user;

pub use auth::{Auth, TokenKey};
pub(crate) use auth_user::AuthUserBackend;
pub use backend::get_user;
pub(crate) use backend::{LogIn, ModelBackend, UserBackend};
pub use passwords::{PasswordHasher, authenticate, check_password, make_password};
pub(crate) use token_cache::TokenCache;
pub use user::{AbstractBaseUser, User, UserModel};
