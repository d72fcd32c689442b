//! Validated data as the columns of a row, and the links to other rows.

use std::str::FromStr;

use sea_orm::{ActiveModelTrait, DbErr, EntityTrait, Value};

use super::links::Link;
use crate::fields::Stored;
use crate::serializers::{ModelSerializer, Serializer, SerializerDescription, Validated, Values};

/// What valid data sets: the values of columns, by field, and the rows it is linked to.
#[derive(Debug)]
pub(super) struct Stores {
    pub(super) values: Vec<(usize, Value)>,
    pub(super) links: Vec<Link>,
}

impl Stores {
    /// Sets the columns of a model.
    pub(super) fn of<S: ModelSerializer>(
        data: &Validated<S>,
        model: &mut <S::Entity as EntityTrait>::ActiveModel,
    ) -> Result<Self, DbErr> {
        let description = <S as Serializer>::description();
        let mut visited = Values::stores(description);
        S::visit(data, &mut visited);
        let stores = Self::new(description, visited);
        for (index, value) in &stores.values {
            if let Some(column) = description.fields[*index].target {
                set(model, column.name, value.clone())?;
            }
        }
        Ok(stores)
    }

    fn new(description: &SerializerDescription, visited: Values<'_>) -> Self {
        let mut stores = Self { values: Vec::new(), links: Vec::new() };
        for (index, stored) in visited.into_stores() {
            let field = &description.fields[index];
            match (stored, field.target, &field.relation) {
                (Stored::Value(value), Some(_), _) => stores.values.push((index, value)),
                (Stored::Keys(keys), _, Some(relation)) => {
                    stores.links.push(Link { relation: relation.clone(), keys });
                }
                _ => {}
            }
        }
        stores
    }
}

pub(super) fn set<A: ActiveModelTrait>(model: &mut A, column: &str, value: Value) -> Result<(), DbErr> {
    let found = <A::Entity as EntityTrait>::Column::from_str(column);
    let found = found.map_err(|_| DbErr::Type(format!("there is no column `{column}`")))?;
    model.try_set(found, value)
}
