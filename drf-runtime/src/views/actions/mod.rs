//! The steps that generated actions are made of, and that hand-written ones can use. DRF's `generics.py` and `mixins.py`.

mod input;
mod read;
mod write;

use std::any::Any;

use sea_orm::{DbErr, EntityTrait, FromQueryResult, QueryResult};

use crate::request::Request;
use crate::schema::Entity;
use crate::serializers::{
    ModelSerializer, Rows, SerializerDescription, write_list, write_one, write_returned,
};

/// A row as JSON, if there is one.
type WrittenRow = Result<Option<Vec<u8>>, DbErr>;

/// How rows are shown: a serializer without its type. What awaits the database is generic over none and is boxed, so that
/// it is compiled with this crate, and not for each serializer nor in each crate of users.
#[derive(Debug, Clone, Copy)]
struct Shows {
    description: &'static SerializerDescription,
    entity: &'static Entity,
    list: fn(&Request, &Rows) -> Result<Vec<u8>, DbErr>,
    one: fn(&Request, &Rows) -> WrittenRow,
    returned: fn(&Request, Option<QueryResult>) -> WrittenRow,
    model: fn(&QueryResult) -> Result<Model, DbErr>,
}

/// A row as its model, which permissions know.
type Model = Box<dyn Any + Send + Sync>;

impl Shows {
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
