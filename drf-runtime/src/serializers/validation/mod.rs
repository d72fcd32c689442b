//! Input to validated data, in DRF's order, with every error collected.

mod defaults;
mod form;
mod input;
mod list;
mod nested;
mod together;
mod unfit;
mod unique;

pub use defaults::{CreateOnlyDefault, CurrentUserDefault, DefaultContext, FieldDefault};
pub(crate) use form::Input;
pub use input::Validation;
pub(crate) use list::is_valid_list;
pub use nested::{Completed, Nested};
pub(super) use together::unique_together_error;
pub(super) use unique::{Wanted, are_taken, is_taken, unique_error};

use futures_util::future::BoxFuture;
use indexmap::IndexMap;
use sea_orm::{EntityTrait, ModelTrait};

use self::together::{check_together, checks_together, look_up_list};
use self::unique::{check_unique, forget_free};

use super::references::{check_references, is_guarded};
use super::{ModelSerializer, Serializer, SerializerHooks, Validated, Values};
use crate::db::Connection;
use crate::exceptions::{APIException, Detail, Error, Result, ValidationError};
use crate::request::Request;
use crate::value::Value;

/// The context of the validators of a whole object.
#[non_exhaustive]
pub struct Context<'a, S: Serializer> {
    /// The request
    pub request: &'a Request,
    /// The row that is updated; `None` for a new one. DRF's `self.instance`.
    pub instance: Option<&'a S::Instance>,
    /// True if fields may be missing, as in a `PATCH`
    pub partial: bool,
}

impl<S: Serializer> std::fmt::Debug for Context<'_, S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Context")
            .field("updates", &self.instance.is_some())
            .field("partial", &self.partial)
            .finish_non_exhaustive()
    }
}

/// The row that is updated, as the checks of uniqueness see it: its key, and its columns by name.
pub(crate) struct Instance<'a> {
    pub(crate) key: sea_orm::Value,
    pub(crate) column: &'a (dyn Fn(&str) -> Option<sea_orm::Value> + Send + Sync),
}

/// The checks that are left to the constraints of the database, so that the write is the only statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Deferred {
    /// All is looked up, as DRF's `is_valid()` does
    Nothing,
    /// Unique values
    Unique,
    /// Unique values, and the rows that foreign keys reference
    UniqueAndReferences,
}

impl Deferred {
    /// Returns what a write without hooks leaves to the database. A hook must not run for invalid input, and a violated
    /// constraint would end a transaction that the user opened.
    pub(crate) fn of(request: &Request, hooks: SerializerHooks, most: Self) -> Self {
        match hooks {
            SerializerHooks::None if !request.in_transaction() => most,
            _ => Deferred::Nothing,
        }
    }
}

/// The use of valid data, on which the checks depend.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ValidationMode {
    /// True if fields may be missing, as in a `PATCH`
    pub(crate) partial: bool,
    /// True if a row is changed, and not a new one
    pub(crate) updates: bool,
    pub(crate) deferred: Deferred,
}

impl ValidationMode {
    /// Returns the mode of input for a new row, or for none; `partial` if fields may be missing.
    pub(crate) fn create(partial: bool, deferred: Deferred) -> Self {
        Self { partial, updates: false, deferred }
    }

    /// Returns the mode of input for a change of a row; `partial` if fields may be missing.
    pub(crate) fn update(partial: bool, deferred: Deferred) -> Self {
        Self { partial, updates: true, deferred }
    }
}

/// Validates input without a row, or for a change of one that is not fetched. DRF's `is_valid(raise_exception=True)`.
///
/// # Errors
/// 400 with everything that is wrong.
pub(crate) async fn is_valid<S: Serializer>(
    request: &Request,
    data: Input<'_>,
    mode: ValidationMode,
    db: &Connection,
) -> Result<Validated<S>> {
    let input = Validation::new(S::description(), data, request, mode);
    run_validation::<S>(input, None, None, db).await
}

/// Validates input for a change of a row.
///
/// # Errors
/// 400 with everything that is wrong.
pub(crate) async fn is_valid_for<S: ModelSerializer>(
    request: &Request,
    data: Input<'_>,
    instance: &S::Instance,
    mode: ValidationMode,
    db: &Connection,
) -> Result<Validated<S>> {
    let input = Validation::new(S::description(), data, request, mode);
    let column = |name: &str| column_of::<S::Entity>(instance, name);
    let row = Instance { key: primary_key_of::<S::Entity>(instance), column: &column };
    run_validation::<S>(input, Some(instance), Some(&row), db).await
}

fn column_of<E: EntityTrait>(model: &E::Model, name: &str) -> Option<sea_orm::Value> {
    use std::str::FromStr;
    E::Column::from_str(name).ok().map(|column| model.get(column))
}

/// Returns the value of the primary key of a model.
pub(crate) fn primary_key_of<E: EntityTrait>(model: &E::Model) -> sea_orm::Value {
    use sea_orm::{Iterable, PrimaryKeyToColumn};
    let key = E::PrimaryKey::iter().next().map(PrimaryKeyToColumn::into_column);
    key.map_or(sea_orm::Value::BigInt(None), |column| model.get(column))
}

async fn run_validation<S: Serializer>(
    mut input: Validation<'_>,
    instance: Option<&S::Instance>,
    row: Option<&Instance<'_>>,
    db: &Connection,
) -> Result<Validated<S>> {
    let (request, partial) = (input.request, input.mode.partial);
    let Some(valid) = read_object::<S>(&mut input) else { return Err(no_object(input).into()) };
    let guarded = check_rows(&mut input, row, db).await?;
    let context = Context { request, instance, partial };
    match complete::<S>(valid, &mut input, &context, row, db).await? {
        Some(valid) if !input.tell_missing() => Ok(valid),
        _ => Err(all_errors(input, row, guarded, db).await),
    }
}

fn no_object(input: Validation<'_>) -> ValidationError {
    match input.not_an_object() {
        Some(Value::Null) => {
            whole_error(non_field_errors_key(input.request), Detail::text("No data provided", "null"))
        }
        _ => input.into_errors().map_or_else(|| ValidationError::new("Invalid data."), ValidationError),
    }
}

/// Looks up the rows that input references, and those that have its unique values, unless that is deferred. Returns whether
/// the references are.
/// Boxed, as is what else awaits the database, so that it is compiled here and not for each serializer.
fn check_rows<'a>(
    input: &'a mut Validation<'_>,
    row: Option<&'a Instance<'_>>,
    db: &'a Connection,
) -> BoxFuture<'a, Result<bool>> {
    Box::pin(async move {
        let deferred = input.mode.deferred;
        let guarded = deferred == Deferred::UniqueAndReferences && is_guarded(input, db).await?;
        if !guarded {
            check_references(std::slice::from_mut(input), db).await?;
        }
        check_unique(input, false, row, db).await?;
        if deferred == Deferred::Nothing {
            check_unique(input, true, row, db).await?;
        }
        Ok(guarded)
    })
}

/// Everything that is wrong with input, now that something is: also what else the write would have told.
fn all_errors<'a>(
    mut input: Validation<'a>,
    row: Option<&'a Instance<'_>>,
    guarded: bool,
    db: &'a Connection,
) -> BoxFuture<'a, Error> {
    Box::pin(async move {
        match check_the_rest(&mut input, row, guarded, db).await {
            Ok(()) => {
                let request = input.request;
                bounded(input.into_errors().unwrap_or_else(|| Detail::List(Vec::new())), request)
            }
            Err(error) => error,
        }
    })
}

/// Returns the errors of a body as a 400, or a 400 that says there are more than the setting `max_errors`.
fn bounded(errors: Detail, request: &Request) -> Error {
    let max = request.settings().max_errors;
    match errors.count() > max {
        true => APIException::too_large(format!("The request body has more than {max} errors.")).into(),
        false => ValidationError(errors).into(),
    }
}

/// Lets other requests run, after every so many objects of a list.
async fn pause_between_objects(index: usize) {
    if index % 100 == 99 {
        tokio::task::yield_now().await;
    }
}

async fn check_the_rest(
    input: &mut Validation<'_>,
    row: Option<&Instance<'_>>,
    guarded: bool,
    db: &Connection,
) -> Result<()> {
    if guarded {
        check_references(std::slice::from_mut(input), db).await?;
    }
    check_unique(input, true, row, db).await
}

/// Returns the fields of an object, if it is one.
fn read_object<S: Serializer>(input: &mut Validation<'_>) -> Option<Validated<S>> {
    if let Some(other) = input.not_an_object() {
        let message = format!("Invalid data. Expected a dictionary, but got {}.", other.type_name());
        input.whole =
            Some(whole_error(non_field_errors_key(input.request), Detail::text(message, "invalid")).0);
        return None;
    }
    Some(S::to_internal_value(input))
}

fn non_field_errors_key(request: &Request) -> &str {
    request.settings().non_field_errors_key.as_str()
}

fn whole_error(key: &str, error: Detail) -> ValidationError {
    let detail = Detail::List(vec![error]);
    ValidationError(Detail::Dict(IndexMap::from([(key.to_owned(), detail)])))
}

/// Returns the steps after every field was read: validators of nested objects, of fields, and of the object as a whole, if all
/// before is valid. `None` if anything is not.
async fn complete<S: Serializer>(
    mut data: Validated<S>,
    input: &mut Validation<'_>,
    context: &Context<'_, S>,
    row: Option<&Instance<'_>>,
    db: &Connection,
) -> Result<Option<Validated<S>>> {
    if unfit::is_due(input, db) {
        let mut visited = Values::assignments(input.description);
        S::visit(&data, &mut visited);
        unfit::note(input, visited, db);
    }
    S::run_nested(&mut data, input).await?;
    S::run_field_validators(&mut data, input);
    if input.has_errors() {
        return Ok(None);
    }
    let checks = checks_together::<S>(&data, input, row);
    let key = row.map(|row| &row.key).or(input.own_key.as_ref());
    if !checks.is_empty()
        && let Err(error) = check_together(checks, input, key, db).await
    {
        return input.refuse(error).map(|()| None);
    }
    match S::validate(data, context).await {
        Ok(data) => Ok(Some(data)),
        Err(error) => input.refuse(error).map(|()| None),
    }
}

impl Validation<'_> {
    fn not_an_object(&self) -> Option<&Value> {
        self.data.other_than_object()
    }

    /// An error of the whole object stands under `non_field_errors`, unless it names fields.
    fn refuse(&mut self, error: Error) -> Result<()> {
        match error {
            Error::Api(exception) if exception.status == http::StatusCode::BAD_REQUEST => {
                let key = non_field_errors_key(self.request);
                self.whole = Some(Detail::Dict(exception.detail.into_serializer_error(key)));
                Ok(())
            }
            other => Err(other),
        }
    }
}
