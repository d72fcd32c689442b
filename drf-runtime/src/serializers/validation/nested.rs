//! Serializers as fields of other ones.

use std::future::Future;
use std::pin::Pin;

use super::form::Input;
use super::input::{Child, Validation};
use super::list::{check_length, not_a_list, read_item};
use super::together::look_up_list;
use super::{
    Context, Deferred, ValidationMode, complete, non_field_errors_key, pause_between_objects, whole_error,
};
use crate::db::Connection;
use crate::exceptions::{Detail, Result};
use crate::fields::{FieldDescription, Write};
use crate::serializers::{ListLimits, Serializer, Validated, Values};
use crate::value::Value;

/// A serializer, an `Option` of one, or a `Vec` of one, which may be optional too, as a field of another serializer: `#[field(nested)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a nested field",
    label = "not a serializer",
    note = "`nested` is for a type with `#[serializer]`, an `Option` of one, or a `Vec` of one"
)]
pub trait Nested: Send + 'static {
    /// The serializer of the objects
    type Serializer: Serializer;

    /// The type of valid input
    type Validated: Send;

    /// True if `null` is a value
    const NULLABLE: bool = false;

    /// True if there are several objects
    const MANY: bool = false;

    /// Reads the objects of a field.
    #[doc(hidden)]
    fn read(index: usize, input: &mut Validation<'_>) -> Option<Self::Validated>;

    /// Runs the validators of the objects, which were read before.
    #[doc(hidden)]
    fn complete<'a>(
        data: Self::Validated,
        objects: Vec<&'a mut Validation<'_>>,
        db: &'a Connection,
    ) -> Completed<'a, Self::Validated>;

    /// Writes valid data as JSON.
    #[doc(hidden)]
    fn write(data: &Self::Validated, out: &mut Vec<u8>);
}

/// Valid data of the future; `None` if it is not valid.
pub type Completed<'a, T> = Pin<Box<dyn Future<Output = Result<Option<T>>> + Send + 'a>>;

impl<S: Serializer> Nested for S {
    type Serializer = S;
    type Validated = Validated<S>;

    fn read(index: usize, input: &mut Validation<'_>) -> Option<Self::Validated> {
        let object = input.object(index, Self::NULLABLE)??;
        input.read_child::<S>(index, false, object)
    }

    fn complete<'a>(
        data: Self::Validated,
        objects: Vec<&'a mut Validation<'_>>,
        db: &'a Connection,
    ) -> Completed<'a, Self::Validated> {
        Box::pin(async move {
            let Some(input) = objects.into_iter().next() else { return Ok(None) };
            let context = Context { request: input.request, instance: None, partial: input.mode.partial };
            complete::<S>(data, input, &context, None, db).await
        })
    }

    fn write(data: &Self::Validated, out: &mut Vec<u8>) {
        let mut values = Values::json(S::description(), out);
        S::visit(data, &mut values);
        values.end();
    }
}

impl<S: Serializer> Nested for Option<S> {
    type Serializer = S;
    type Validated = Option<Validated<S>>;

    const NULLABLE: bool = true;

    fn read(index: usize, input: &mut Validation<'_>) -> Option<Self::Validated> {
        match input.object(index, Self::NULLABLE)? {
            None => Some(None),
            Some(object) => input.read_child::<S>(index, false, object).map(Some),
        }
    }

    fn complete<'a>(
        data: Self::Validated,
        objects: Vec<&'a mut Validation<'_>>,
        db: &'a Connection,
    ) -> Completed<'a, Self::Validated> {
        match data {
            None => Box::pin(async { Ok(Some(None)) }),
            Some(data) => Box::pin(async move { Ok(S::complete(data, objects, db).await?.map(Some)) }),
        }
    }

    fn write(data: &Self::Validated, out: &mut Vec<u8>) {
        match data {
            Some(data) => S::write(data, out),
            None => out.extend_from_slice(b"null"),
        }
    }
}

impl<S: Serializer> Nested for Option<Vec<S>> {
    type Serializer = S;
    type Validated = Option<Vec<Validated<S>>>;

    const NULLABLE: bool = true;
    const MANY: bool = true;

    fn read(index: usize, input: &mut Validation<'_>) -> Option<Self::Validated> {
        match input.is_null(index) {
            true => Some(None),
            false => <Vec<S> as Nested>::read(index, input).map(Some),
        }
    }

    fn complete<'a>(
        data: Self::Validated,
        objects: Vec<&'a mut Validation<'_>>,
        db: &'a Connection,
    ) -> Completed<'a, Self::Validated> {
        match data {
            None => Box::pin(async { Ok(Some(None)) }),
            Some(data) => {
                Box::pin(async move { Ok(<Vec<S> as Nested>::complete(data, objects, db).await?.map(Some)) })
            }
        }
    }

    fn write(data: &Self::Validated, out: &mut Vec<u8>) {
        match data {
            Some(data) => <Vec<S> as Nested>::write(data, out),
            None => out.extend_from_slice(b"null"),
        }
    }
}

impl<S: Serializer> Nested for Vec<S> {
    type Serializer = S;
    type Validated = Vec<Validated<S>>;

    const MANY: bool = true;

    fn read(index: usize, input: &mut Validation<'_>) -> Option<Self::Validated> {
        let objects = input.objects(index)?;
        let max_errors = input.request.settings().max_errors;
        let (mut valid, mut errors) = (Vec::with_capacity(objects.len()), 0);
        for object in objects {
            valid.extend(input.read_child::<S>(index, true, object));
            errors += input.children.last().map_or(0, |child| child.validation.error_count());
            // The errors are not reported one by one, so the rest need not be known.
            if errors > max_errors {
                break;
            }
        }
        Some(valid)
    }

    fn complete<'a>(
        data: Self::Validated,
        objects: Vec<&'a mut Validation<'_>>,
        db: &'a Connection,
    ) -> Completed<'a, Self::Validated> {
        Box::pin(async move {
            let mut valid = Some(Vec::with_capacity(data.len()));
            // What is no object was not read.
            let mut objects: Vec<_> = objects.into_iter().filter(|object| object.whole.is_none()).collect();
            look_up_list::<S>(data.iter().map(Some), &mut objects, db).await?;
            for (index, (data, object)) in data.into_iter().zip(objects).enumerate() {
                pause_between_objects(index).await;
                let item = S::complete(data, vec![object], db).await?;
                valid = valid.zip(item).map(|(mut items, item)| {
                    items.push(item);
                    items
                });
            }
            Ok(valid)
        })
    }

    fn write(data: &Self::Validated, out: &mut Vec<u8>) {
        out.push(b'[');
        for (index, item) in data.iter().enumerate() {
            if index > 0 {
                out.push(b',');
            }
            S::write(item, out);
        }
        out.push(b']');
    }
}

/// Nested fields.
impl<'a> Validation<'a> {
    /// Returns the objects of the field with this index: `None` if they are absent or wrong.
    pub fn nested<N: Nested>(&mut self, index: usize) -> Option<N::Validated> {
        if self.description.fields[index].read_only { None } else { N::read(index, self) }
    }

    /// Runs the validators of the objects of a field.
    ///
    /// # Errors
    /// Those that are not the client's.
    pub async fn complete<N: Nested>(&mut self, index: usize, data: &mut Option<N::Validated>) -> Result<()> {
        let Some(given) = data.take() else { return Ok(()) };
        let db = self.request.db_for_write();
        let children = self.children.iter_mut().filter(|child| child.field == index);
        let objects = children.map(|child| &mut child.validation).collect();
        *data = N::complete(given, objects, db).await?;
        Ok(())
    }

    /// Sets whether null was sent for a field.
    fn is_null(&mut self, index: usize) -> bool {
        let object = self.data.object(self.description.fields[index].name);
        matches!(object, Some(Input::Json(value)) if *value == Value::Null)
    }

    /// Returns the input of a field; `None` is null.
    fn object(&mut self, index: usize, nullable: bool) -> Option<Option<Input<'a>>> {
        let field = &self.description.fields[index];
        let Some(object) = self.data.object(field.name) else {
            self.absent(index, field);
            return None;
        };
        if !matches!(&object, Input::Json(value) if **value == Value::Null) {
            return Some(Some(object));
        }
        if !nullable {
            self.fail(index, field.null_error());
        }
        nullable.then_some(None)
    }

    fn objects(&mut self, index: usize) -> Option<Vec<Input<'a>>> {
        let field = &self.description.fields[index];
        match self.data.objects(field.name) {
            None => {
                self.absent(index, field);
                None
            }
            Some(Ok(objects)) => {
                let limits = ListLimits {
                    allow_empty: field.allow_empty,
                    min_length: field.min_length,
                    max_length: field.max_length,
                };
                let Some(error) = check_length(objects.len(), limits) else { return Some(objects) };
                self.errors[index] = Some(whole_error(non_field_errors_key(self.request), error).0);
                None
            }
            Some(Err(other)) => {
                self.errors[index] = Some(self.not_a_list(field, &other));
                None
            }
        }
    }

    fn not_a_list(&self, field: &FieldDescription, other: &Value) -> Detail {
        if *other == Value::Null {
            return field.null_error().0;
        }
        whole_error(non_field_errors_key(self.request), not_a_list(other)).0
    }

    fn absent(&mut self, index: usize, field: &FieldDescription) {
        if field.required && !self.mode.partial {
            self.fail(index, field.required_error());
        }
    }

    fn read_child<S: Serializer>(
        &mut self,
        field: usize,
        listed: bool,
        object: Input<'a>,
    ) -> Option<Validated<S>> {
        let write = self.description.fields[field].write;
        let has_key = S::description().key().is_some_and(|key| object.has(key.name));
        let mut validation = Validation::new(
            S::description(),
            object,
            self.request,
            ValidationMode::create(self.mode.partial, Deferred::Nothing),
        );
        validation.reads_key = write == Some(Write::Patch);
        validation.inserts = write.is_some_and(|write| write != Write::Patch || !has_key);
        let valid = read_item::<S>(&mut validation);
        self.children.push(Child { field, listed, validation });
        valid
    }
}
