//! Lists of objects. DRF's `ListSerializer`.

use super::form::Input;
use super::input::{Validation, list_errors};
use super::{
    Context, Deferred, ValidationMode, bounded, check_references, check_unique, complete, forget_free,
    look_up_list, non_field_errors_key, pause_between_objects, read_object, whole_error,
};
use crate::db::Connection;
use crate::exceptions::{Detail, Error, Result, ValidationError};
use crate::request::Request;
use crate::serializers::{ListLimits, Serializer, Validated};
use crate::value::Value;

/// Returns the error of the length of a list.
pub(super) fn check_length(length: usize, limits: ListLimits) -> Option<Detail> {
    if length == 0 && !limits.allow_empty {
        return Some(Detail::text("This list may not be empty.", "empty"));
    }
    if let Some(max) = limits.max_length.filter(|max| length > *max) {
        return Some(Detail::text(
            format!("Ensure this field has no more than {max} elements."),
            "max_length",
        ));
    }
    let min = limits.min_length.filter(|min| length < *min)?;
    Some(Detail::text(format!("Ensure this field has at least {min} elements."), "min_length"))
}

pub(super) fn not_a_list(other: &Value) -> Detail {
    Detail::text(format!("Expected a list of items but got type \"{}\".", other.type_name()), "not_a_list")
}

/// Returns the fields of an object that may stand in a list, where `null` is none.
pub(super) fn read_item<S: Serializer>(input: &mut Validation<'_>) -> Option<Validated<S>> {
    if !matches!(input.not_an_object(), Some(Value::Null)) {
        return read_object::<S>(input);
    }
    input.whole = Some(ValidationError::with_code("This field may not be null.", "null").0.into_list());
    None
}

/// Validates a list of objects. DRF's `ListSerializer.is_valid(raise_exception=True)`.
///
/// # Errors
/// 400 with everything that is wrong, each object's errors at its place.
pub(crate) async fn is_valid_list<S: Serializer>(
    request: &Request,
    data: Input<'_>,
    limits: ListLimits,
    partial: bool,
    db: &Connection,
) -> Result<Vec<Validated<S>>> {
    let key = non_field_errors_key(request);
    let objects = data.into_objects().map_err(|other| match *other {
        Value::Null => whole_error(key, Detail::text("No data provided", "null")),
        _ => whole_error(key, not_a_list(&other)),
    })?;
    if let Some(error) = check_length(objects.len(), limits) {
        return Err(whole_error(key, error).into());
    }
    let new = |object| {
        Validation::new(S::description(), object, request, ValidationMode::create(partial, Deferred::Nothing))
    };
    let mut inputs: Vec<Validation<'_>> = objects.into_iter().map(new).collect();
    let mut read = Vec::with_capacity(inputs.len());
    let mut errors = 0;
    for (index, input) in inputs.iter_mut().enumerate() {
        pause_between_objects(index).await;
        read.push(read_item::<S>(input));
        errors += input.error_count();
        // The errors are not reported one by one, so the rest need not be known.
        if errors > request.settings().max_errors {
            break;
        }
    }
    check_references(&mut inputs, db).await?;
    {
        let mut inputs: Vec<_> = inputs.iter_mut().collect();
        forget_free(&mut inputs, db).await?;
        look_up_list::<S>(read.iter().map(Option::as_ref), &mut inputs, db).await?;
    }
    let mut valid = Vec::with_capacity(read.len());
    let mut errors = 0;
    for (index, (input, data)) in inputs.iter_mut().zip(read).enumerate() {
        if let Some(data) = data {
            pause_between_objects(index).await;
            check_unique(input, false, None, db).await?;
            check_unique(input, true, None, db).await?;
            let context = Context { request, instance: None, partial };
            valid.extend(complete::<S>(data, input, &context, None, db).await?);
        }
        errors += input.error_count();
        // As above.
        if errors > request.settings().max_errors {
            break;
        }
    }
    if !inputs.iter().any(Validation::has_errors) {
        inputs.iter_mut().for_each(|input| _ = input.tell_missing());
    }
    if let Some(errors) = list_errors(inputs) {
        return Err(bounded(errors, request));
    }
    S::validate_list(valid, request).await.map_err(|error| of_whole_list(error, key))
}

fn of_whole_list(error: Error, key: &str) -> Error {
    match error {
        Error::Api(mut exception) if exception.status == http::StatusCode::BAD_REQUEST => {
            exception.detail = Detail::Dict(exception.detail.into_serializer_error(key));
            exception.into()
        }
        other => other,
    }
}
