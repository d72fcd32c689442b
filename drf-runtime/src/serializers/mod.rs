//! Rows to JSON, input to rows. DRF's `serializers.py`.

mod builder;
mod description;
mod integrity;
mod references;
mod representation;
mod save;
mod validation;

pub use builder::{Described, FieldBuilder, Labelled, List, describe};
pub use description::{SerializerDescription, UniqueTogether};
pub use integrity::Integrity;
pub use references::References;
pub use representation::RowWriter;
pub(crate) use representation::{
    fetch, fetch_model, fetch_row, returned, write_list, write_one, write_returned,
};
pub use save::{Create, Destroy, Saved, Stores, Update};
pub use validation::{Context, Validation};
pub(crate) use validation::{is_valid, primary_key_of};

use std::future::Future;

use sea_orm::{DbErr, EntityTrait};

use crate::exceptions::Result;

/// What input becomes once it is valid: each field set (`Some`) or absent (`None`). DRF's `validated_data`.
pub type Validated<S> = <S as Serializer>::Validated;

/// What `#[serializer]` makes of a struct. DRF's `Serializer`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a serializer",
    label = "not a serializer",
    note = "write `#[serializer(entity = ..)]` above the struct"
)]
pub trait Serializer: Sized + Send + 'static {
    /// The fields that input can set
    type Validated: Send;

    /// The fields, made once.
    fn description() -> &'static SerializerDescription;

    /// Input to values, every error collected.
    fn to_internal_value(input: &mut Validation<'_>) -> Self::Validated;

    /// The validators of single fields, DRF's `validate_<field>`.
    fn run_field_validators(data: &mut Self::Validated, input: &mut Validation<'_>) {
        let _ = (data, input);
    }

    /// Row to JSON.
    ///
    /// # Errors
    /// If a cell holds something else than its field.
    fn to_representation(row: &mut RowWriter<'_>) -> Result<(), DbErr>;
}

/// A serializer of the rows of an entity. DRF's `ModelSerializer`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a serializer",
    label = "not a serializer",
    note = "write `#[serializer(entity = ..)]` above the struct"
)]
pub trait ModelSerializer: Serializer {
    /// The serializer, which viewsets name by way of this: of a type that is none the compiler then says so once.
    #[doc(hidden)]
    type Itself: ModelSerializer;

    /// The entity
    type Entity: EntityTrait<Model: Sync, ActiveModel: Send>;

    /// The values for the columns.
    fn store(data: &Self::Validated, stores: &mut Stores<'_>);

    /// What the validators of the whole object say. DRF's `validate`.
    fn validate(
        data: Self::Validated,
        context: &Context<'_, Self>,
    ) -> impl Future<Output = Result<Self::Validated>> + Send {
        let _ = context;
        async { Ok(data) }
    }
}

/// The serializers of an entity: a viewset's serializers must all be of one entity.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not serialize the entity of this viewset",
    label = "a serializer of another entity",
    note = "all serializers of a viewset have the same `entity = ..`"
)]
pub trait SerializerOf<E> {}

impl<S: ModelSerializer<Entity = E>, E: EntityTrait> SerializerOf<E> for S {}
