//! Password hashing with Django's encodings. Django's `hashers.py` and `authenticate`.

use std::panic::{AssertUnwindSafe, catch_unwind};

use djangohashers::{Hasher, PBKDF2Hasher, PBKDF2SHA1Hasher};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Value};

use super::UserModel;
use super::backend::having;
use crate::blocking::HASHING;
use crate::db::Connection;
use crate::exceptions::{Error, Result};
use crate::settings::Settings;

/// The characters of a salt: with 62 letters and digits, 22 of them have the 128 bits that Django asks for.
const SALT_LENGTH: usize = 22;

/// The most characters of a name for logging in that a log gets: as many as `auth_user` holds.
const MAX_LOGGED: usize = 150;

/// A PBKDF2-SHA256 hasher, Django's default, with a number of iterations.
///
/// New passwords are encoded with it. A password that is stored in any other encoding of Django's can be checked too.
///
/// Hashing runs on threads of its own, at most as many at a time as the machine has cores; other requests go on
/// meanwhile. A client that disconnects while its request waits leaves the queue.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), drf::exceptions::Error> {
/// use drf::authentication::PasswordHasher;
///
/// let hasher = PasswordHasher::new(1_200);
/// let encoded = hasher.make_password("correct horse").await?;
/// assert!(encoded.starts_with("pbkdf2_sha256$1200$"));
/// assert!(hasher.check_password("correct horse", encoded.as_str()).await?);
/// assert!(!hasher.check_password("correct horse", None).await?);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PasswordHasher {
    iterations: u32,
}

impl Default for PasswordHasher {
    /// Returns the hasher with the iterations of Django 6.0.
    fn default() -> Self {
        Self::new(1_200_000)
    }
}

/// Encodes a password with the default [`PasswordHasher`]. Django's `make_password`.
///
/// # Errors
/// Hashing failed, such as because the process is shutting down.
pub async fn make_password(password: &str) -> Result<String> {
    PasswordHasher::default().make_password(password).await
}

/// Returns whether a password matches an encoded one, with the default [`PasswordHasher`]. Django's `check_password`.
///
/// Without an encoded password it is `false` after the same time, so that the time does not tell which users exist:
///
/// ```
/// # async fn example(customer: Option<drf::authentication::models::user::Model>, password: &str) -> drf::exceptions::Result<bool> {
/// let encoded = customer.as_ref().map(|customer| customer.password.as_str());
/// drf::authentication::check_password(password, encoded).await
/// # }
/// ```
///
/// # Errors
/// Hashing failed, such as because the process is shutting down.
pub async fn check_password(password: &str, encoded: impl Into<Option<&str>>) -> Result<bool> {
    PasswordHasher::default().check_password(password, encoded).await
}

/// Returns the active user with a name and a password, with the default [`PasswordHasher`]. Django's `authenticate`.
///
/// ```
/// # async fn example(db: &drf::prelude::Connection, name: &str, password: &str) -> drf::exceptions::Result<()> {
/// use drf::authentication::{authenticate, models::user};
///
/// let user = authenticate::<user::Model>(db, name, password).await?;
/// # Ok(())
/// # }
/// ```
///
/// It takes as long for an unknown name as for a wrong password. A password in a weak encoding is encoded anew.
///
/// # Errors
/// The database failed.
pub async fn authenticate<M: UserModel>(
    db: &Connection,
    username: &str,
    password: &str,
) -> Result<Option<M>> {
    PasswordHasher::default().authenticate(db, username, password).await
}

/// The result of a check, computed on one of the threads for hashing.
struct Checked {
    is_correct: bool,
    /// The password in the preferred encoding, if it is correct and stored in a weaker one
    upgraded: Option<String>,
}

impl Settings {
    /// Returns the hasher for passwords.
    pub fn password_hasher(&self) -> PasswordHasher {
        PasswordHasher::new(self.password_iterations)
    }
}

impl PasswordHasher {
    /// Creates a hasher with a number of iterations, at least one.
    pub const fn new(iterations: u32) -> Self {
        Self { iterations: if iterations == 0 { 1 } else { iterations } }
    }

    /// Encodes a password, for a new user or a changed password. Django's `make_password`.
    ///
    /// It takes a while, and may wait for its turn: do it before the row is saved, in `#[serializer(validate = ..)]`, since a hook
    /// that saves has a transaction open.
    ///
    /// # Errors
    /// Hashing failed, such as because the process is shutting down.
    pub async fn make_password(self, password: &str) -> Result<String> {
        let password = password.to_owned();
        HASHING.run(move || self.encode(&password)).await.map_err(failed)?
    }

    /// Returns whether a password matches an encoded one. Django's `check_password`.
    ///
    /// # Errors
    /// Hashing failed, such as because the process is shutting down.
    pub async fn check_password(self, password: &str, encoded: impl Into<Option<&str>>) -> Result<bool> {
        Ok(self.check(password, encoded.into(), false).await?.is_correct)
    }

    /// Returns the active user with a name and a password. Django's `authenticate`.
    ///
    /// # Errors
    /// The database failed.
    pub async fn authenticate<M: UserModel>(
        self,
        db: &Connection,
        username: &str,
        password: &str,
    ) -> Result<Option<M>> {
        self.authenticate_by(db, M::USERNAME_FIELD, username, password).await
    }

    /// Returns the active user with a value in a column, such as the mail address, and a password.
    ///
    /// Where several users have the value, such as because the column is not unique, no user is authenticated.
    ///
    /// # Errors
    /// The database failed.
    pub async fn authenticate_by<M: UserModel>(
        self,
        db: &Connection,
        column: <M::Entity as EntityTrait>::Column,
        value: &str,
        password: &str,
    ) -> Result<Option<M>> {
        let found = having::<M>(column, value, db).await?;
        self.log_in(found, value, password, db).await
    }

    /// Returns the active user among those with a name, of whom there may be only one, if the password is theirs. A weak encoding
    /// is upgraded.
    pub(crate) async fn log_in<M: UserModel>(
        self,
        found: Vec<M>,
        value: &str,
        password: &str,
        writes: &Connection,
    ) -> Result<Option<M>> {
        let user = match <[M; 1]>::try_from(found) {
            Ok([user]) => Some(user),
            Err(_) => None,
        };
        let encoded = user.as_ref().and_then(encoded_password);
        let checked = self.check(password, encoded.as_deref(), true).await?;
        let Some(mut user) = user.filter(|_| checked.is_correct) else {
            log_failure(value, "wrong credentials");
            return Ok(None);
        };
        if let Some(encoded) = checked.upgraded {
            upgrade(writes, &mut user, encoded).await;
        }
        if !user.is_active() {
            log_failure(value, "inactive user");
            return Ok(None);
        }
        Ok(Some(user))
    }

    async fn check(self, password: &str, encoded: Option<&str>, upgrade: bool) -> Result<Checked> {
        let (password, encoded) = (password.to_owned(), encoded.map(str::to_owned));
        let work = move || self.check_now(&password, encoded.as_deref(), upgrade);
        HASHING.run(work).await.map_err(failed)?
    }

    /// Checks a password in at least the time of the preferred encoding, whatever is stored.
    fn check_now(self, password: &str, encoded: Option<&str>, upgrade: bool) -> Result<Checked> {
        let Some((encoded, is_correct)) =
            encoded.and_then(|encoded| Some((encoded, verify(password, encoded)?)))
        else {
            // Unknown users, unusable passwords ("!..") and encodings that are not Django's.
            self.hash_in_vain(password, self.iterations);
            return Ok(Checked { is_correct: false, upgraded: None });
        };
        let missing = self.missing_iterations(encoded);
        let upgraded = match (is_correct, upgrade && self.must_update(encoded)) {
            (true, true) => Some(self.encode(password)?),
            _ => {
                self.hash_in_vain(password, missing);
                None
            }
        };
        Ok(Checked { is_correct, upgraded })
    }

    fn encode(self, password: &str) -> Result<String> {
        Ok(PBKDF2Hasher.encode(password, &random_salt()?, self.iterations))
    }

    /// Spends the time of some iterations. Django's `harden_runtime`.
    fn hash_in_vain(self, password: &str, iterations: u32) {
        if iterations > 0 {
            std::hint::black_box(PBKDF2Hasher.encode(password, "salt", iterations));
        }
    }

    /// Returns the iterations by which the work for an encoded password falls short of the preferred one.
    fn missing_iterations(self, encoded: &str) -> u32 {
        match iterations_of(encoded) {
            Some((_, iterations)) => self.iterations.saturating_sub(iterations),
            None if is_weak(encoded) => self.iterations,
            None => 0,
        }
    }

    /// Returns whether a password has to be encoded anew: the algorithm is a weak one, the iterations are fewer, or the
    /// salt is shorter. Stronger encodings than the preferred one are left as they are.
    fn must_update(self, encoded: &str) -> bool {
        match iterations_of(encoded) {
            Some((Pbkdf2::Sha256, iterations)) => {
                let salt = encoded.split('$').nth(2).unwrap_or("");
                iterations < self.iterations || salt.len() < SALT_LENGTH
            }
            Some((Pbkdf2::Sha1, _)) => true,
            None => is_weak(encoded),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pbkdf2 {
    Sha256,
    Sha1,
}

/// Returns the variant of PBKDF2 and its iterations, if an encoded password is of that algorithm.
fn iterations_of(encoded: &str) -> Option<(Pbkdf2, u32)> {
    let mut parts = encoded.split('$');
    let variant = match parts.next()? {
        "pbkdf2_sha256" => Pbkdf2::Sha256,
        "pbkdf2_sha1" => Pbkdf2::Sha1,
        _ => return None,
    };
    Some((variant, parts.next()?.parse().ok().filter(|iterations| *iterations > 0)?))
}

/// Returns whether an encoding is of Django's legacy ones, which take no time to compute.
fn is_weak(encoded: &str) -> bool {
    let slow = ["argon2$", "scrypt$", "bcrypt_sha256$", "bcrypt$", "pbkdf2_sha256$", "pbkdf2_sha1$"];
    !slow.iter().any(|algorithm| encoded.starts_with(algorithm))
}

/// Returns whether a password matches an encoded one; `None` if the encoding cannot be read.
fn verify(password: &str, encoded: &str) -> Option<bool> {
    if let Some((variant, iterations)) = iterations_of(encoded) {
        let salt = encoded.split('$').nth(2)?;
        // djangohashers itself rejects more than 1,500,000 iterations, and Django raises its number with each release.
        let again = match variant {
            Pbkdf2::Sha256 => PBKDF2Hasher.encode(password, salt, iterations),
            Pbkdf2::Sha1 => PBKDF2SHA1Hasher.encode(password, salt, iterations),
        };
        return Some(constant_time_eq(again.as_bytes(), encoded.as_bytes()));
    }
    if !djangohashers::is_password_usable(encoded) {
        return None;
    }
    // It panics on some encodings with a part missing.
    catch_unwind(AssertUnwindSafe(|| djangohashers::check_password(password, encoded))).ok()?.ok()
}

fn constant_time_eq(a: &[u8], b: &[u8]) -> bool {
    let difference = a.iter().zip(b).fold(0, |difference, (a, b)| difference | (a ^ b));
    a.len() == b.len() && std::hint::black_box(difference) == 0
}

/// Returns random letters and digits.
fn random_salt() -> Result<String> {
    const LETTERS: &[u8; 62] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    let mut salt = String::with_capacity(SALT_LENGTH);
    while salt.len() < SALT_LENGTH {
        let mut bytes = [0; 2 * SALT_LENGTH];
        getrandom::fill(&mut bytes).map_err(|error| Error::internal(error.to_string()))?;
        // Numbers above the last multiple of 62 are left out, so that each letter is as likely as the others.
        let letters = bytes.iter().filter(|byte| **byte < 248).map(|byte| LETTERS[usize::from(byte % 62)]);
        salt.extend(letters.take(SALT_LENGTH - salt.len()).map(char::from));
    }
    Ok(salt)
}

/// Logs a failed log-in, without the password. Django's signal `user_login_failed`.
fn log_failure(login: &str, reason: &str) {
    // It is what a client sent, of any length.
    let login: String = login.chars().take(MAX_LOGGED).collect();
    tracing::warn!(target: "drf::security", login, reason, "log-in failed");
}

/// Returns the password as the row has it; `None` for NULL.
fn encoded_password<M: UserModel>(user: &M) -> Option<String> {
    match user.get(M::PASSWORD_FIELD) {
        Value::String(encoded) => encoded,
        _ => None,
    }
}

/// Stores the better encoding of a password, unless the password was changed meanwhile. A failure is logged only: the
/// password was right.
async fn upgrade<M: UserModel>(db: &Connection, user: &mut M, encoded: String) {
    // Not by the key, whose form in the database this connection may not know.
    let update = M::Entity::update_many()
        .col_expr(M::PASSWORD_FIELD, Expr::value(encoded.as_str()))
        .filter(M::USERNAME_FIELD.eq(user.get(M::USERNAME_FIELD)))
        .filter(M::PASSWORD_FIELD.eq(user.get(M::PASSWORD_FIELD)));
    match update.exec(db).await {
        Ok(_) => user.set(M::PASSWORD_FIELD, encoded.into()),
        Err(error) => {
            tracing::warn!(user = user.get_username(), %error, "the encoding of a password was not upgraded");
        }
    }
}

fn failed(error: tokio::task::JoinError) -> Error {
    Error::internal(format!("password hashing failed: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MD5: &str = "md5$salt$67a1e09bb1f83f5007dc119c14d663aa";

    #[test]
    fn passwords_match_their_own_encoding_only() {
        let encoded = PasswordHasher::new(10).encode("secret").expect("a random salt");
        assert_eq!(encoded.split('$').nth(2).map(str::len), Some(22));
        assert_eq!(verify("secret", &encoded), Some(true));
        assert_eq!(verify("Secret", &encoded), Some(false));
    }

    #[test]
    fn encodings_that_cannot_be_read_are_not_verified() {
        for encoded in
            ["", "!", "!abc", "nope$1$a$b", "pbkdf2_sha256$0$a$b", "pbkdf2_sha256$x", "scrypt$a$b$c$d$e"]
        {
            assert_eq!(verify("secret", encoded), None, "{encoded}");
        }
    }

    #[test]
    fn more_iterations_than_djangohashers_verifies_are_accepted() {
        let encoded = PBKDF2Hasher.encode("secret", "salt", 1_500_001);
        assert_eq!(verify("secret", &encoded), Some(true));
    }

    #[test]
    fn weaker_encodings_are_to_be_upgraded() {
        let hasher = PasswordHasher::new(1000);
        let salt = "s".repeat(22);
        for (encoded, expected) in [
            (MD5.to_owned(), true),
            ("sha1$salt$x".to_owned(), true),
            (format!("pbkdf2_sha1$1000${salt}$x"), true),
            (format!("pbkdf2_sha256$999${salt}$x"), true),
            (format!("pbkdf2_sha256$1000${}$x", &salt[1..]), true),
            (format!("pbkdf2_sha256$1000${salt}$x"), false),
            (format!("pbkdf2_sha256$2000${salt}$x"), false),
            ("argon2$argon2id$v=19$m=102400,t=2,p=8$a$b".to_owned(), false),
            ("bcrypt_sha256$$2b$12$x".to_owned(), false),
        ] {
            assert_eq!(hasher.must_update(&encoded), expected, "{encoded}");
        }
    }

    #[test]
    fn every_encoding_costs_at_least_the_preferred_iterations() {
        let hasher = PasswordHasher::new(1000);
        assert_eq!(hasher.missing_iterations("pbkdf2_sha256$400$s$x"), 600);
        assert_eq!(hasher.missing_iterations("pbkdf2_sha256$4000$s$x"), 0);
        assert_eq!(hasher.missing_iterations(MD5), 1000);
        assert_eq!(hasher.missing_iterations("bcrypt$$2b$12$x"), 0);
    }
}
