//! Input as valid data. DRF's `serializer.is_valid()`.

use sea_orm::EntityTrait;

use crate::exceptions::Result;
use crate::parsers::Data;
use crate::request::Request;
use crate::serializers::{
    self, Deferred, Input, ListLimits, ModelSerializer, Serializer, SerializerHooks, Validated,
    ValidationMode,
};

/// Returns the body as valid data. DRF's `serializer.is_valid(raise_exception=True)`.
///
/// # Errors
/// 400 with everything that is wrong with it, and those of [`Request::data`](crate::Request::data).
pub async fn is_valid<S: Serializer>(request: &Request) -> Result<Validated<S>> {
    validate::<S>(request, request.data().await?, false).await
}

/// Returns the body as valid data of which any field may be missing, as in a `PATCH`.
///
/// # Errors
/// 400 with everything that is wrong with it, and those of [`Request::data`](crate::Request::data).
pub async fn is_valid_partial<S: Serializer>(request: &Request) -> Result<Validated<S>> {
    validate::<S>(request, request.data().await?, true).await
}

/// Returns a body that is a list as valid data, within the limits of the serializer's `list(..)`. DRF's `many=True`.
///
/// # Errors
/// 400 with everything that is wrong with it, each object's errors at its place.
pub async fn is_valid_many<S: Serializer>(request: &Request) -> Result<Vec<Validated<S>>> {
    is_valid_list::<S>(request, S::description().list, false).await
}

/// Returns the same within other limits; `partial` if any field may be missing.
///
/// # Errors
/// 400 with everything that is wrong with it, each object's errors at its place.
pub async fn is_valid_list<S: Serializer>(
    request: &Request,
    limits: ListLimits,
    partial: bool,
) -> Result<Vec<Validated<S>>> {
    let data = Input::from(request.data().await?);
    serializers::is_valid_list::<S>(request, data, limits, partial, request.db_for_write()).await
}

/// Any data as valid data; `partial` if any field may be missing.
///
/// # Errors
/// 400 with everything that is wrong with it.
pub async fn validate<S: Serializer>(request: &Request, data: &Data, partial: bool) -> Result<Validated<S>> {
    let mode = ValidationMode::create(partial, Deferred::Nothing);
    serializers::is_valid::<S>(request, Input::from(data), mode, request.db_for_write()).await
}

/// Returns the body as changes of a row; `partial` as in a `PATCH`.
///
/// # Errors
/// 400 with everything that is wrong with it, and those of [`Request::data`](crate::Request::data).
pub async fn is_valid_for<S: ModelSerializer>(
    request: &Request,
    instance: &<S::Entity as EntityTrait>::Model,
    partial: bool,
) -> Result<Validated<S>> {
    let (data, mode) =
        (Input::from(request.data().await?), ValidationMode::update(partial, Deferred::Nothing));
    serializers::is_valid_for::<S>(request, data, instance, mode, request.db_for_write()).await
}

fn before_write(request: &Request, hooks: SerializerHooks, partial: bool) -> ValidationMode {
    ValidationMode::update(partial, Deferred::of(request, hooks, Deferred::Unique))
}

/// Validates changes of a row that are written straight away.
pub(in crate::views) async fn is_valid_before_write<S: ModelSerializer>(
    request: &Request,
    data: &Data,
    instance: &<S::Entity as EntityTrait>::Model,
    partial: bool,
) -> Result<Validated<S>> {
    let mode = before_write(request, S::HOOKS, partial);
    serializers::is_valid_for::<S>(request, Input::from(data), instance, mode, request.db_for_write()).await
}
