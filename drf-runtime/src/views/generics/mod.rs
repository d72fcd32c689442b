//! The actions of viewsets as functions, and their steps. DRF's `generics.py` and `mixins.py`.
//!
//! Generated actions call them, and actions of a project can:
//!
//! ```
//! # use bookshop::{BookSerializer, book};
//! # use drf::prelude::*;
//! # use drf::sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
//! async fn cheap(request: &Request) -> Result<Response> {
//!     let books = book::Entity::find().filter(book::Column::Price.lt(10));
//!     generics::serialize::<BookSerializer>(request, books).await
//! }
//! ```

mod create;
mod destroy;
mod input;
mod list;
mod retrieve;
mod transaction;
mod update;

pub use create::{create, create_many, create_one_or_many, created, perform_create};
pub use destroy::{begin_destroy, destroyed};
pub(in crate::views) use input::is_valid_before_write;
pub use input::{is_valid, is_valid_for, is_valid_list, is_valid_many, is_valid_partial, validate};
pub use list::{filter_queryset, list, paginate, serialize};
pub use retrieve::{check_object_permissions, get_object, represent, retrieve};
pub use transaction::begin;
pub use update::{partial_update, perform_update, save, update, updated};

use std::any::Any;

use sea_orm::{DbErr, EntityTrait, FromQueryResult, QueryResult};

use crate::fields::FieldDescription;
use crate::request::Request;
use crate::schema::Entity;
use crate::serializers::{
    FetchedRows, ModelSerializer, SerializerDescription, write_list, write_one, write_returned,
};

/// A row as JSON, if there is one.
type RowJson = Result<Option<Vec<u8>>, DbErr>;

/// A serializer of rows without its type. What awaits the database is generic over none and is boxed, so that it is compiled
/// with this crate, and not for each serializer nor in each crate of users.
#[derive(Debug, Clone, Copy)]
struct RowSerializer {
    description: &'static SerializerDescription,
    entity: &'static Entity,
    list: fn(Option<&Request>, &FetchedRows) -> Result<Vec<u8>, DbErr>,
    one: fn(Option<&Request>, &FetchedRows) -> RowJson,
    returned: fn(Option<&Request>, Option<QueryResult>) -> RowJson,
    model: fn(&QueryResult) -> Result<Model, DbErr>,
}

/// A row as its model, which permissions judge.
type Model = Box<dyn Any + Send + Sync>;

impl RowSerializer {
    fn of<S: ModelSerializer>() -> Self {
        Self {
            description: S::description(),
            entity: Entity::of::<S::Entity>(),
            list: write_list::<S>,
            one: write_one::<S>,
            returned: write_returned::<S>,
            model: model::<S::Entity>,
        }
    }
}

fn model<E: EntityTrait<Model: Sync>>(row: &QueryResult) -> Result<Model, DbErr> {
    Ok(Box::new(E::Model::from_query_result(row, "")?))
}

fn writes_one_row(description: &SerializerDescription) -> bool {
    !description.fields.iter().any(FieldDescription::writes_other_tables)
}
