//! Validated data as the columns of a row, and the links to other rows.

use std::str::FromStr;

use sea_orm::{ActiveModelTrait, DbErr, EntityTrait, ModelTrait, Value};

use super::links::ManyToManyLink;
use super::statements::refused;
use crate::db::into_rust;
use crate::exceptions::{Error, Result, ValidationError};
use crate::fields::DbValue;
use crate::request::Request;
use crate::serializers::integrity::AttemptedRow;
use crate::serializers::{
    AttemptedWrite, ModelSerializer, Serializer, SerializerDescription, Validated, Values,
};

/// The assignments of valid data: the values of columns, by field, and the rows that it is linked to.
#[derive(Debug)]
pub(super) struct Assignments {
    pub(super) values: Vec<(usize, Value)>,
    pub(super) links: Vec<ManyToManyLink>,
    /// The place of the write among the attempts of the request
    attempt: Option<usize>,
}

impl Assignments {
    /// Sets the columns of a model.
    pub(super) fn of<S: ModelSerializer>(
        data: &Validated<S>,
        model: &mut <S::Entity as EntityTrait>::ActiveModel,
    ) -> Result<Self> {
        let description = <S as Serializer>::description();
        let mut visited = Values::assignments(description);
        S::visit(data, &mut visited);
        let assignments = Self::new(description, visited)?;
        for (index, value) in &assignments.values {
            if let Some(column) = description.fields[*index].target {
                set(model, column.name, value.clone())?;
            }
        }
        Ok(assignments)
    }

    /// Adds the values of a write in a transaction to the attempts of the request, where the statement of a hook or the commit may violate a constraint.
    pub(super) fn attempt(
        &mut self,
        request: &Request,
        description: &'static SerializerDescription,
        instance: Option<&Value>,
    ) {
        if request.in_transaction() {
            self.attempt = Some(request.count_attempts());
            request.add_attempt(self.write(description, instance));
        }
    }

    /// Adds the values of a write to the error of its statement. Where a hook goes on after it, no later error is about this write.
    pub(super) fn failed(
        &self,
        error: Error,
        request: &Request,
        description: &'static SerializerDescription,
        instance: Option<&Value>,
    ) -> Error {
        self.attempt.iter().for_each(|attempt| request.forget_attempts(*attempt));
        match error {
            Error::Integrity(error) => Error::Integrity(error.with_write(self.write(description, instance))),
            other => refused(other, description, request),
        }
    }

    fn write(&self, description: &'static SerializerDescription, instance: Option<&Value>) -> AttemptedWrite {
        let (rows, instance) = (vec![self.attempted()], instance.cloned());
        AttemptedWrite { description, rows, many: false, instance, place: Vec::new() }
    }

    /// Returns the values that the database may refuse.
    pub(super) fn attempted(&self) -> AttemptedRow {
        let links = self.links.iter().map(|link| (link.field, link.keys.clone())).collect();
        AttemptedRow { values: self.values.clone(), links }
    }

    fn new(description: &SerializerDescription, visited: Values<'_>) -> Result<Self> {
        let mut assignments = Self { values: Vec::new(), links: Vec::new(), attempt: None };
        for (index, stored) in visited.into_assignments() {
            let field = &description.fields[index];
            match (stored, field.target, &field.relation) {
                (DbValue::Value(value), Some(_), _) => assignments.values.push((index, value)),
                (DbValue::Keys(keys), _, Some(relation)) => {
                    assignments.links.push(ManyToManyLink { field: index, relation: relation.clone(), keys });
                }
                (DbValue::Unresolved, ..) => {
                    let name = field.name;
                    return Err(Error::internal(format!(
                        "`{name}` is a row that was not looked for: it is not input"
                    )));
                }
                _ => {}
            }
        }
        Ok(assignments)
    }
}

/// Sets a column of a model, as a value of the type of its field.
pub(super) fn set<A: ActiveModelTrait>(model: &mut A, column: &str, value: Value) -> Result<()> {
    let found = <A::Entity as EntityTrait>::Column::from_str(column);
    let found = found.map_err(|_| DbErr::Type(format!("there is no column `{column}`")))?;
    let rust = <A::Entity as EntityTrait>::Model::get_value_type(found);
    let value = into_rust(value, &rust).map_err(|unfit| ValidationError::of_field(column, unfit.into()))?;
    Ok(model.try_set(found, value)?)
}
