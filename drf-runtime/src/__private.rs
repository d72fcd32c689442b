//! The items that generated code names. They change with the macros, which have the same version.

pub mod hooks;
pub mod ide;

pub use http::Method;
pub use sea_orm::{DbErr, EntityTrait, Value as SeaValue};

pub use crate::authentication::AuthenticationClass;
pub use crate::db::{QuerySet, Row};
pub use crate::django_filters::DjangoFilterBackend;
pub use crate::exceptions::{Error, Result, ValidationError};
pub use crate::fields::{
    Choices, DbValue, Field, FieldDescription, SerializedRow, UniqueLookup, Write, choice,
};
pub use crate::filters::{OrderingFilter, SearchFilter};
pub use crate::lookups;
pub use crate::lookups::Filterable;
pub use crate::pagination::PageNumberPagination;
pub use crate::parsers::ParserClass;
pub use crate::permissions::{And, Not, Or, PermissionClass};
pub use crate::renderers::RendererClass;
pub use crate::request::Request;
pub use crate::response::Response;
pub use crate::schema::Entity;
pub use crate::schema::source::{
    NamedColumn, NamedRelation, column, column_through, related_many, related_many_through, related_one,
    related_through, through,
};
pub use crate::serializers::{
    Context, Create, Destroy, ListLimits, ModelSerializer, Nested, RowWriter, SaveNested, Saved, Serializer,
    SerializerDescription, SerializerHooks, SerializerOf, Update, Validated, Validation, Values, describe,
    describe_plain,
};
pub use crate::throttling::ThrottleClass;
pub use crate::value::Value;
pub use crate::views::{Action, ModelViewSet, ViewDescription, ViewSet, generics};

/// The entity of a serializer.
pub type EntityOf<S> = <S as ModelSerializer>::Entity;

/// The type of a field, which the compiler has checked.
pub type FieldType<T> = <T as hooks::IsField>::Itself;

/// The validated data of a nested serializer.
pub type ValidatedOf<N> = <N as Nested>::Validated;

/// The entity of nested rows.
pub type NestedEntity<N> = <<N as Nested>::Serializer as ModelSerializer>::Entity;

/// A row was written as JSON, unless a cell held something else than its field.
pub type WriteResult = std::result::Result<(), DbErr>;

/// The model of an entity.
pub type Model<E> = <E as EntityTrait>::Model;

/// Compiles if `S` serializes the rows of `E`.
pub fn assert_serializer_of<S: SerializerOf<E>, E>() {}
