//! Rows to JSON, input to rows. DRF's `serializers.py`.

mod depth;
mod describe;
mod description;
mod fetch;
mod integrity;
mod nested;
mod plan;
mod references;
mod representation;
mod save;
mod standalone;
mod validation;
mod values;

pub use describe::{FieldBuilder, Labelled, List, SerializerBuilder, describe, describe_plain};
pub use description::{ListLimits, SerializerDescription, UniqueTogether};
pub(crate) use fetch::{FetchedRows, fetch, fetch_keys, fetch_locked, fetch_model, fetch_row, returned};
pub(crate) use integrity::{AttemptedWrite, rejection};
pub use representation::RowWriter;
pub(crate) use representation::{write_list, write_one, write_returned};
pub use save::{Create, Destroy, NestedRelation, SaveNested, Saved, Update, WritableNested};
pub(crate) use save::{create_many, deletion_plan, update_in_place};
pub use standalone::{represent, serialize};
pub use validation::{
    Completed, Context, CreateOnlyDefault, CurrentUserDefault, DefaultContext, FieldDefault, Nested,
    Validation,
};
pub(crate) use validation::{
    Deferred, Input, ValidationMode, is_valid, is_valid_for, is_valid_list, primary_key_of,
};
pub use values::Values;

use std::future::Future;

use sea_orm::{DbErr, EntityTrait};

use crate::exceptions::Result;
use crate::request::Request;
use crate::value::Value;

/// Valid input: each field set (`Some`) or absent (`None`). DRF's `validated_data`.
pub type Validated<S> = <S as Serializer>::Validated;

/// A struct with `#[serializer]`. DRF's `Serializer`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a serializer",
    label = "not a serializer",
    note = "write `#[serializer]`, or `#[serializer(entity = ..)]`, above the struct"
)]
pub trait Serializer: Sized + Send + 'static {
    /// The fields that input can set
    type Validated: Send;

    /// The row that input may change; a plain serializer has none
    type Instance: Send + Sync;

    /// The functions of the user that see the data before it is saved
    const HOOKS: SerializerHooks = SerializerHooks::None;

    /// Returns the fields, made once.
    fn description() -> &'static SerializerDescription;

    /// Input to values, every error collected.
    fn to_internal_value(input: &mut Validation<'_>) -> Self::Validated;

    /// The validators of nested serializers.
    fn run_nested(
        data: &mut Self::Validated,
        input: &mut Validation<'_>,
    ) -> impl Future<Output = Result<()>> + Send {
        let _ = (data, input);
        async { Ok(()) }
    }

    /// The validators of single fields, DRF's `validate_<field>`.
    fn run_field_validators(data: &mut Self::Validated, input: &mut Validation<'_>) {
        let _ = (data, input);
    }

    /// Runs the validator of the whole object. DRF's `validate`.
    fn validate(
        data: Self::Validated,
        context: &Context<'_, Self>,
    ) -> impl Future<Output = Result<Self::Validated>> + Send {
        let _ = context;
        async { Ok(data) }
    }

    /// Runs the validator of a list of objects. DRF's `ListSerializer.validate`.
    fn validate_list(
        data: Vec<Self::Validated>,
        request: &Request,
    ) -> impl Future<Output = Result<Vec<Self::Validated>>> + Send {
        let _ = request;
        async { Ok(data) }
    }

    /// Visits each field of valid data.
    fn visit(data: &Self::Validated, values: &mut Values<'_>);

    /// Valid data as a response has it. DRF's `serializer.data`.
    fn data(valid: &Self::Validated) -> Value {
        let mut out = Vec::new();
        let mut values = Values::json(Self::description(), &mut out);
        Self::visit(valid, &mut values);
        values.end();
        crate::value::json::parse_json(&out).expect("fields write JSON")
    }

    /// Returns the names of the fields that are set. The keys of DRF's `serializer.validated_data`.
    fn names(valid: &Self::Validated) -> Vec<&'static str> {
        let mut values = Values::names(Self::description());
        Self::visit(valid, &mut values);
        values.end()
    }
}

/// The functions of the user that a serializer calls. They decide how a write goes: data is checked in full before a hook sees
/// it, and what a hook writes is in one transaction with the row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SerializerHooks {
    /// None
    None,
    /// `validate`
    Validate,
    /// `create` or `update`, and perhaps `validate`
    Save,
}

/// A serializer of the rows of an entity. DRF's `ModelSerializer`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a serializer of rows",
    label = "not a serializer of rows",
    note = "write `#[serializer(entity = ..)]` above the struct"
)]
pub trait ModelSerializer: Serializer<Instance = <Self::Entity as EntityTrait>::Model> {
    /// The serializer, which viewsets name by way of this: of a type that is none the compiler then says so once.
    #[doc(hidden)]
    type Itself: ModelSerializer;

    /// The entity
    type Entity: EntityTrait<Model: Send + Sync, ActiveModel: Send + Sync>;

    /// Row to JSON.
    ///
    /// # Errors
    /// If a cell holds something else than its field.
    fn to_representation(row: &mut RowWriter<'_>) -> Result<(), DbErr>;

    /// Saves the nested rows that say how they are written.
    fn save_nested(
        data: &mut Self::Validated,
        nested: &SaveNested<'_>,
    ) -> impl Future<Output = Result<()>> + Send {
        let _ = (data, nested);
        async { Ok(()) }
    }

    /// Saves a new row. DRF's `create`.
    fn create(create: Create<'_, Self>) -> impl Future<Output = Result<Saved<Self::Entity>>> + Send {
        create.insert()
    }

    /// Saves a change of a row. DRF's `update`.
    fn update(update: Update<'_, Self>) -> impl Future<Output = Result<Saved<Self::Entity>>> + Send {
        update.update()
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
