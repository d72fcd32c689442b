//! Input to validated data, in DRF's order, with every error collected.

use std::borrow::Cow;

use indexmap::IndexMap;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, SelectStatement};
use sea_orm::{EntityTrait, ModelTrait};

use super::description::{SerializerDescription, UniqueTogether};
use super::references::{Reference, References};
use super::{ModelSerializer, Stores, Validated};
use crate::db::{Connection, Key, Row};
use crate::entity::{Column, Entity};
use crate::exceptions::{Detail, Error, Result, ValidationError};
use crate::fields::{Field, FieldDescription, Stored, does_not_exist};
use crate::parsers::Data;
use crate::request::Request;
use crate::value::Value;

/// What validators of a whole object may look at.
pub struct Context<'a, S: ModelSerializer> {
    /// The request
    pub request: &'a Request,
    /// The row that is updated; `None` for a new one. DRF's `self.instance`.
    pub instance: Option<&'a <S::Entity as EntityTrait>::Model>,
    /// Whether fields may be missing, as in a `PATCH`
    pub partial: bool,
}

impl<S: ModelSerializer> std::fmt::Debug for Context<'_, S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Context")
            .field("instance", &self.instance)
            .field("partial", &self.partial)
            .finish_non_exhaustive()
    }
}

/// Input that is being validated: fields are taken out one by one, errors are kept by field.
#[derive(Debug)]
pub struct Validation<'a> {
    description: &'static SerializerDescription,
    data: &'a Data,
    partial: bool,
    errors: Vec<Option<Detail>>,
    references: References,
    uniques: Vec<(usize, sea_orm::Value)>,
}

impl<'a> Validation<'a> {
    fn new(description: &'static SerializerDescription, data: &'a Data, partial: bool) -> Self {
        let errors = vec![None; description.fields.len()];
        Self { description, data, partial, errors, references: References::default(), uniques: Vec::new() }
    }

    /// The value of the field with this index: `None` if it is absent or wrong.
    pub fn field<T: Field>(&mut self, index: usize) -> Option<T> {
        self.value(index, || None)
    }

    /// The value of the field with this index, or its default if it is absent and not every field must be given.
    pub fn field_or<T: Field>(&mut self, index: usize, default: impl FnOnce() -> T) -> Option<T> {
        self.value(index, || Some(default()))
    }

    fn value<T: Field>(&mut self, index: usize, absent: impl FnOnce() -> Option<T>) -> Option<T> {
        let field = &self.description.fields[index];
        if field.read_only {
            return None;
        }
        let Some(input) = self.input::<T>(field) else {
            if self.partial {
                return None;
            }
            if field.required {
                self.fail(index, field.required_error());
                return None;
            }
            return absent();
        };
        if (matches!(*input, Value::Null) || (T::IS_RELATION && !T::NULLABLE && T::means_null(&input)))
            && !T::NULLABLE
        {
            self.fail(index, field.null_error());
            return None;
        }
        self.references.field = index;
        T::references(&input, field, &mut self.references);
        match T::to_internal_value(&input, field) {
            Ok(value) => self.checked(index, field, value),
            Err(error) => {
                self.fail(index, error);
                None
            }
        }
    }

    fn checked<T: Field>(&mut self, index: usize, field: &'static FieldDescription, value: T) -> Option<T> {
        if field.unique
            && let Stored::Value(stored) = value.to_stored()
        {
            self.uniques.push((index, stored));
        }
        let mut errors = Vec::new();
        value.run_validators(field, &mut errors);
        for error in errors {
            self.fail(index, error);
        }
        Some(value)
    }

    /// Runs a validator of one field, DRF's `validate_<field>`, if the field is there and has no error yet.
    pub fn validate<T, E: Into<Error>>(
        &mut self,
        index: usize,
        value: &mut Option<T>,
        validator: impl FnOnce(T) -> Result<T, E>,
    ) {
        if self.errors[index].is_some() {
            return;
        }
        let Some(given) = value.take() else { return };
        match validator(given).map_err(Into::into) {
            Ok(valid) => *value = Some(valid),
            Err(Error::Api(error)) => self.fail(index, ValidationError(error.detail)),
            Err(error) => self.fail(index, ValidationError::new(error.to_string())),
        }
    }

    fn fail(&mut self, index: usize, error: ValidationError) {
        let slot = &mut self.errors[index];
        match (slot.as_mut(), error.0.into_list()) {
            (Some(Detail::List(messages)), Detail::List(more)) => messages.extend(more),
            (Some(_), _) => {}
            (None, detail) => *slot = Some(detail),
        }
    }

    /// What the client sent for a field. In a form, empty text means "nothing" where that is allowed.
    fn input<T: Field>(&self, field: &FieldDescription) -> Option<Cow<'a, Value>> {
        let form = match self.data {
            Data::Json(value) => return value.get(field.name).map(Cow::Borrowed),
            Data::Form(form) => form,
        };
        if T::IS_LIST {
            let absent = !form.contains_key(field.name) && (self.partial || !T::IS_RELATION);
            return (!absent).then(|| Cow::Owned(Value::List(form.getlist(field.name).to_vec())));
        }
        let Some(value) = form.get(field.name) else {
            return if self.partial { None } else { T::ABSENT_IN_FORM.map(Cow::Owned) };
        };
        if value.as_str() == Some("") && !field.allow_blank {
            if field.allow_null {
                return Some(Cow::Owned(Value::Null));
            }
            if !field.required {
                return None;
            }
        }
        Some(Cow::Borrowed(value))
    }

    /// Looks for the rows that input points at.
    async fn check_references(&mut self, db: &Connection) -> Result<()> {
        for (index, input) in missing(&self.references.items, db).await? {
            let field = &self.description.fields[index];
            // It stands before any later item that is no key at all, so it is what is reported.
            self.errors[index] = Some(does_not_exist(field, &input).0);
        }
        Ok(())
    }

    /// Looks for rows that have a unique value already. What a constraint guards need not be looked for while all else
    /// is valid: the write will tell, in one statement in place of two.
    async fn check_unique(
        &mut self,
        constrained: bool,
        instance: Option<&sea_orm::Value>,
        db: &Connection,
    ) -> Result<()> {
        let Some(entity) = self.description.entity else { return Ok(()) };
        let (now, later) = std::mem::take(&mut self.uniques)
            .into_iter()
            .partition(|(index, _)| self.description.fields[*index].constrained == constrained);
        self.uniques = later;
        for (index, value) in now {
            let field = &self.description.fields[index];
            let Some(column) = field.path.as_ref().map(|path| path.column) else { continue };
            if is_taken(entity, &[(column, value)], instance, db).await? {
                self.put_first(index, unique_error(entity, field, column));
            }
        }
        Ok(())
    }

    /// DRF runs the unique validator before those of the field's length and limits.
    fn put_first(&mut self, index: usize, error: ValidationError) {
        let later = self.errors[index].take();
        self.fail(index, error);
        if let Some(detail) = later {
            self.fail(index, ValidationError(detail));
        }
    }

    fn has_errors(&self) -> bool {
        self.errors.iter().any(Option::is_some)
    }

    fn into_errors(self) -> Option<ValidationError> {
        let named = self.description.fields.iter().zip(self.errors);
        let errors: IndexMap<_, _> =
            named.filter_map(|(field, error)| Some((field.name.to_owned(), error?))).collect();
        (!errors.is_empty()).then_some(ValidationError(Detail::Dict(errors)))
    }
}

pub(super) fn unique_error(entity: &Entity, field: &FieldDescription, column: &Column) -> ValidationError {
    let label = column.name.replace('_', " ");
    let message = format!("{} with this {label} already exists.", entity.verbose_name);
    field.fail("unique", &message, &[])
}

/// The first missing row of each field. One statement for each table.
async fn missing(references: &[Reference], db: &Connection) -> Result<Vec<(usize, Value)>> {
    let mut found: Vec<(&'static Entity, Vec<Key>)> = Vec::new();
    for reference in references {
        if found.iter().any(|(entity, _)| std::ptr::eq(*entity, reference.entity)) {
            continue;
        }
        let same = |other: &&Reference| std::ptr::eq(other.entity, reference.entity);
        let keys = references.iter().filter(same).map(|other| other.key.clone());
        let key = Expr::col(Alias::new(reference.entity.primary_key().name));
        let mut statement = SelectStatement::new();
        statement.expr(key.clone()).from(reference.entity.table_ref.clone()).and_where(key.is_in(keys));
        let mut there = Vec::new();
        for row in db.all(&statement).await? {
            there.extend(Row::new(&row).key(0)?);
        }
        found.push((reference.entity, there));
    }
    let mut missing: Vec<(usize, Value)> = Vec::new();
    for reference in references {
        let there = found.iter().find(|(entity, _)| std::ptr::eq(*entity, reference.entity));
        let known = there.is_some_and(|(_, keys)| keys.iter().any(|key| is_key(key, &reference.key)));
        if !known && missing.iter().all(|(field, _)| *field != reference.field) {
            missing.push((reference.field, reference.input.clone()));
        }
    }
    Ok(missing)
}

fn is_key(key: &Key, value: &sea_orm::Value) -> bool {
    match key {
        Key::Int(number) => value.to_string() == number.to_string(),
        Key::Text(text) => match value {
            sea_orm::Value::String(Some(value)) => text == value,
            other => other.to_string().trim_matches('\'') == text,
        },
    }
}

/// Whether another row has these values.
pub(super) async fn is_taken(
    entity: &Entity,
    values: &[(&Column, sea_orm::Value)],
    instance: Option<&sea_orm::Value>,
    db: &Connection,
) -> Result<bool> {
    let mut statement = SelectStatement::new();
    statement.expr(Expr::val(1)).from(entity.table_ref.clone());
    for (column, value) in values {
        let value = crate::db::for_backend(value.clone(), db);
        statement.and_where(Expr::col(Alias::new(column.name)).eq(column.value(value)));
    }
    if let Some(instance) = instance {
        statement.and_where(Expr::col(Alias::new(entity.primary_key().name)).ne(instance.clone()));
    }
    Ok(db.one(&statement).await?.is_some())
}

/// Validates input, for a new row or for a change of one. DRF's `is_valid(raise_exception=True)`.
///
/// # Errors
/// 400 with everything that is wrong.
pub(crate) async fn is_valid<S: ModelSerializer>(
    request: &Request,
    data: &Data,
    instance: Option<&<S::Entity as EntityTrait>::Model>,
    partial: bool,
    db: &Connection,
) -> Result<Validated<S>> {
    let key = request.settings().non_field_errors_key.as_str();
    check_shape(data, key)?;
    let instance_key = instance.map(primary_key_of::<S::Entity>);
    let mut input = Validation::new(S::description(), data, partial);
    let mut valid = S::to_internal_value(&mut input);
    input.check_references(db).await?;
    input.check_unique(false, instance_key.as_ref(), db).await?;
    S::run_field_validators(&mut valid, &mut input);
    let validated = match input.has_errors() {
        true => None,
        false => Some(validate_object::<S>(valid, Context { request, instance, partial }, db).await),
    };
    if let Some(Ok(valid)) = validated {
        return Ok(valid);
    }
    input.check_unique(true, instance_key.as_ref(), db).await?;
    match (input.into_errors(), validated) {
        (None, Some(Err(error))) => Err(of_whole_object(error, key)),
        (errors, _) => Err(errors.unwrap_or_else(|| ValidationError::new("Invalid data.")).into()),
    }
}

/// The checks of the object as a whole, once every field is valid by itself.
async fn validate_object<S: ModelSerializer>(
    valid: Validated<S>,
    context: Context<'_, S>,
    db: &Connection,
) -> Result<Validated<S>> {
    check_unique_together::<S>(&valid, context.instance, db).await?;
    S::validate(valid, &context).await
}

fn check_shape(data: &Data, key: &str) -> Result<()> {
    let message = match data {
        Data::Form(_) | Data::Json(Value::Dict(_)) => return Ok(()),
        Data::Json(Value::Null) => ("No data provided".to_owned(), "null"),
        Data::Json(other) => {
            (format!("Invalid data. Expected a dictionary, but got {}.", other.type_name()), "invalid")
        }
    };
    let detail = Detail::List(vec![Detail::text(message.0, message.1)]);
    Err(ValidationError(Detail::Dict(IndexMap::from([(key.to_owned(), detail)]))).into())
}

/// An error of the whole object stands under `non_field_errors`, unless it names fields.
fn of_whole_object(error: Error, key: &str) -> Error {
    match error {
        Error::Api(mut exception) if exception.status == http::StatusCode::BAD_REQUEST => {
            exception.detail = Detail::Dict(exception.detail.into_serializer_error(key));
            exception.into()
        }
        other => other,
    }
}

/// The value of the primary key of a model.
pub(crate) fn primary_key_of<E: EntityTrait>(model: &E::Model) -> sea_orm::Value {
    use sea_orm::{Iterable, PrimaryKeyToColumn};
    let key = E::PrimaryKey::iter().next().map(PrimaryKeyToColumn::into_column);
    key.map_or(sea_orm::Value::BigInt(None), |column| model.get(column))
}

async fn check_unique_together<S: ModelSerializer>(
    valid: &Validated<S>,
    instance: Option<&<S::Entity as EntityTrait>::Model>,
    db: &Connection,
) -> Result<()> {
    let description = S::description();
    let Some(entity) = description.entity.filter(|_| !description.unique_together.is_empty()) else {
        return Ok(());
    };
    let mut stores = Stores::new(description);
    S::store(valid, &mut stores);
    let instance_key = instance.map(primary_key_of::<S::Entity>);
    let mut errors = Vec::new();
    for rule in &description.unique_together {
        let value = |field: &usize| value_of::<S>(*field, &stores, instance);
        let Some(values) = rule.fields.iter().map(value).collect::<Option<Vec<_>>>() else { continue };
        if is_taken(entity, &values, instance_key.as_ref(), db).await? {
            errors.push(unique_together_error(description, rule));
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(ValidationError(Detail::List(errors)).into()) }
}

/// The value a field will have: as given, else that of the instance, else the column's default. NULL is unlike anything.
fn value_of<S: ModelSerializer>(
    field: usize,
    stores: &Stores<'_>,
    instance: Option<&<S::Entity as EntityTrait>::Model>,
) -> Option<(&'static Column, sea_orm::Value)> {
    use std::str::FromStr;
    let column = S::description().fields[field].path.as_ref()?.column;
    let given = stores.value(field).cloned();
    let kept = || {
        let column = <S::Entity as EntityTrait>::Column::from_str(column.name).ok()?;
        Some(instance?.get(column))
    };
    let default = || match &column.default {
        Some(Expr::Value(value)) => Some(value.clone()),
        _ => None,
    };
    let value = given.or_else(kept).or_else(default)?;
    (value != value.as_null()).then_some((column, value))
}

pub(super) fn unique_together_error(description: &SerializerDescription, rule: &UniqueTogether) -> Detail {
    let names: Vec<_> = rule.fields.iter().map(|field| description.fields[*field].name).collect();
    let message = format!("The fields {} must make a unique set.", names.join(", "));
    Detail::text(rule.message.map_or(message, str::to_owned), "unique")
}
