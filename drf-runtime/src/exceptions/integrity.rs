//! Violations of database constraints.

use std::any::Any;
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use sea_orm::{DbErr, RuntimeErr};
use sqlx::error::{DatabaseError, ErrorKind};

/// A statement that violates a constraint of the database. Django's `IntegrityError`.
///
/// Where a validator of the serializer would have rejected the input, for example a unique value that another request
/// stored in the meantime, the client gets that validator's 400. Every other violation reaches the exception handler as
/// [`Error::Integrity`](super::Error::Integrity).
///
/// ```
/// use drf::Response;
/// use drf::exceptions::{APIException, ConstraintKind, Error};
/// use drf::http::StatusCode;
/// use drf::views::{ExceptionContext, exception_handler};
///
/// fn handler(error: &Error, context: &ExceptionContext<'_>) -> Option<Response> {
///     match error {
///         // a duplicate number is not the client's fault here: Django's logged 500
///         Error::Integrity(error) if error.kind() == ConstraintKind::Unique => None,
///         Error::Integrity(_) => {
///             let conflict = APIException::new(StatusCode::CONFLICT, "The database refused this change.", "conflict");
///             exception_handler(&conflict.into(), context)
///         }
///         _ => exception_handler(error, context),
///     }
/// }
/// ```
#[derive(Debug, Clone)]
pub struct IntegrityError {
    kind: ConstraintKind,
    error: DbErr,
    /// The write whose statement it is, where a serializer sent it
    write: Option<Arc<dyn Any + Send + Sync>>,
}

/// The kind of a database constraint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConstraintKind {
    /// `UNIQUE` or `PRIMARY KEY`
    Unique,
    /// `FOREIGN KEY`
    ForeignKey,
    /// `NOT NULL`
    NotNull,
    /// `CHECK`
    Check,
    /// Any other: `EXCLUDE`, a trigger
    Other,
}

impl IntegrityError {
    /// Returns the kind of the violated constraint.
    pub fn kind(&self) -> ConstraintKind {
        self.kind
    }

    /// Returns the name of the constraint; PostgreSQL alone reports it.
    pub fn constraint(&self) -> Option<&str> {
        database_error(&self.error)?.constraint()
    }

    /// Returns the name of the table; PostgreSQL alone reports it.
    pub fn table(&self) -> Option<&str> {
        database_error(&self.error)?.table()
    }

    /// Adds the write whose statement it is.
    pub(crate) fn with_write(self, write: impl Any + Send + Sync) -> Self {
        Self { write: Some(Arc::new(write)), ..self }
    }

    /// Returns the write whose statement it is.
    pub(crate) fn write<T: Any>(&self) -> Option<&T> {
        self.write.as_ref()?.downcast_ref()
    }

    /// Returns the error of the database.
    pub fn error(&self) -> &DbErr {
        &self.error
    }
}

impl TryFrom<DbErr> for IntegrityError {
    type Error = DbErr;

    /// Fails with the same error where it is no violation of a constraint.
    fn try_from(error: DbErr) -> Result<Self, DbErr> {
        match database_error(&error).and_then(kind_of) {
            Some(kind) => Ok(Self { kind, error, write: None }),
            None => Err(error),
        }
    }
}

impl fmt::Display for IntegrityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl std::error::Error for IntegrityError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.error)
    }
}

/// Returns the error of the database server inside of an error.
pub(super) fn database_error(error: &DbErr) -> Option<&dyn DatabaseError> {
    match error {
        DbErr::Exec(RuntimeErr::SqlxError(error))
        | DbErr::Query(RuntimeErr::SqlxError(error))
        | DbErr::Conn(RuntimeErr::SqlxError(error)) => error.as_database_error(),
        _ => None,
    }
}

fn kind_of(error: &dyn DatabaseError) -> Option<ConstraintKind> {
    match error.kind() {
        ErrorKind::UniqueViolation => Some(ConstraintKind::Unique),
        ErrorKind::ForeignKeyViolation => Some(ConstraintKind::ForeignKey),
        ErrorKind::NotNullViolation => Some(ConstraintKind::NotNull),
        ErrorKind::CheckViolation => Some(ConstraintKind::Check),
        ErrorKind::ExclusionViolation => Some(ConstraintKind::Other),
        _ => kind_of_code(&error.code().unwrap_or(Cow::Borrowed("")), error.message()),
    }
}

/// Returns the kind of the violations that sqlx does not classify.
fn kind_of_code(code: &str, message: &str) -> Option<ConstraintKind> {
    match code {
        // PostgreSQL: `ON DELETE RESTRICT` since version 18
        "23001" => Some(ConstraintKind::ForeignKey),
        // SQLite enforces `ON DELETE RESTRICT` by a trigger.
        "1811" if message.contains("FOREIGN KEY") => Some(ConstraintKind::ForeignKey),
        // SQLite: a duplicate `rowid`
        "2579" => Some(ConstraintKind::Unique),
        "1811" => Some(ConstraintKind::Other),
        // the rest of PostgreSQL's class 23, and what MySQL reports of constraints
        code if code.len() == 5 && code.starts_with("23") => Some(ConstraintKind::Other),
        _ => None,
    }
}
