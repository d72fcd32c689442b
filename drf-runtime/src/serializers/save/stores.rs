//! Validated data as the columns of a row, and the links to other rows.

use std::str::FromStr;

use sea_orm::{ActiveModelTrait, DbErr, EntityTrait, Value};

use super::links::Link;
use crate::fields::{Field, Stored};
use crate::serializers::SerializerDescription;

/// The values of validated data, by field.
#[derive(Debug)]
pub struct Stores<'a> {
    description: &'a SerializerDescription,
    values: Vec<(usize, Stored)>,
}

impl<'a> Stores<'a> {
    pub(crate) fn new(description: &'a SerializerDescription) -> Self {
        Self { description, values: Vec::new() }
    }

    /// Notes the value of the field with this index, if it is set.
    pub fn field<T: Field>(&mut self, index: usize, value: &Option<T>) {
        if let Some(value) = value {
            self.values.push((index, value.to_stored()));
        }
    }

    pub(crate) fn value(&self, index: usize) -> Option<&Value> {
        self.values.iter().find_map(|(field, stored)| match stored {
            Stored::Value(value) if *field == index => Some(value),
            _ => None,
        })
    }

    /// The values of columns.
    pub(super) fn columns(&self) -> Vec<(usize, Value)> {
        let value = |(index, stored): &(usize, Stored)| match stored {
            Stored::Value(value) => Some((*index, value.clone())),
            Stored::Keys(_) => None,
        };
        self.values.iter().filter_map(value).collect()
    }

    /// Sets the columns of a model, and gives back what goes to other tables.
    pub(super) fn apply<A: ActiveModelTrait>(self, model: &mut A) -> Result<Vec<Link>, DbErr> {
        let mut links = Vec::new();
        for (index, stored) in self.values {
            let field = &self.description.fields[index];
            match (stored, &field.path, &field.relation) {
                (Stored::Value(value), Some(path), _) => set(model, path.column.name, value)?,
                (Stored::Keys(keys), _, Some(relation)) => {
                    links.push(Link { relation: relation.clone(), keys });
                }
                _ => {}
            }
        }
        Ok(links)
    }
}

fn set<A: ActiveModelTrait>(model: &mut A, column: &str, value: Value) -> Result<(), DbErr> {
    let found = <A::Entity as EntityTrait>::Column::from_str(column);
    let found = found.map_err(|_| DbErr::Type(format!("there is no column `{column}`")))?;
    model.try_set(found, value)
}
