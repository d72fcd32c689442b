//! The check that the rows of a parameter exist.

use std::collections::HashSet;

use sea_orm::Value;
use sea_orm::sea_query::{Alias, DynIden, Expr, IntoCondition, Query};

use super::field::{NOT_A_CHOICE, not_among_choices};
use super::form::Form;
use crate::db::{Connection, Row};
use crate::exceptions::{Result, ValidationError};
use crate::lookups::{Cleaned, Compared, Operand, RelatedRows, ValueKind};
use crate::parsers::QueryDict;

impl RelatedRows {
    /// Returns the error of a parameter with a key that no row has.
    pub(super) async fn refuse(
        &self,
        form: &Form,
        parameter: (&str, &QueryDict),
        operand: &Operand,
        (column, db): (&DynIden, &Connection),
    ) -> Result<Option<ValidationError>> {
        let existing = self.existing(operand, column, db).await?;
        if matches!(form, Form::Rows(_) | Form::RowLists(_)) {
            let sent = form.row_values(parameter.0, parameter.1);
            let missing = sent.into_iter().find(|text| !existing.contains(*text));
            return Ok(missing.map(not_among_choices));
        }
        let all = keys(operand).all(|key| existing.contains(&text_of(key)));
        Ok((!all).then(|| ValidationError::with_code(NOT_A_CHOICE, "invalid_choice")))
    }

    /// Returns the keys among these that rows have, as text.
    async fn existing(
        &self,
        operand: &Operand,
        column: &DynIden,
        db: &Connection,
    ) -> Result<HashSet<String>> {
        let name = column.to_string();
        let key = self.entity.column_named(&name).unwrap_or(self.entity.primary_key());
        let column = || Expr::col((Alias::new(self.entity.table), Alias::new(key.name)));
        let values: Vec<_> = keys(operand).map(|key| Some(Cleaned::Key(key.clone()))).collect();
        let condition = Compared::new(column(), key, ValueKind::Key, db).one_of(&values).condition();
        let mut statement = Query::select();
        statement
            .expr(db.storage(key).selected(column()))
            .from(self.entity.table_ref.clone())
            .cond_where(condition.into_condition());
        let rows = db.all(&statement).await?;
        let text = |row| Ok(Row::new(row).key(0, key)?.map(|key| key.to_string()));
        rows.iter().filter_map(|row| text(row).transpose()).collect()
    }
}

fn keys(operand: &Operand) -> impl Iterator<Item = &Value> {
    let values: Vec<&Cleaned> = match operand {
        Operand::One(value) => vec![value],
        Operand::Many(values) => values.iter().flatten().collect(),
    };
    values.into_iter().filter_map(|value| match value {
        Cleaned::Key(key) => Some(key),
        _ => None,
    })
}

/// Python's `str(key)`.
fn text_of(key: &Value) -> String {
    match key {
        Value::String(Some(text)) => text.clone(),
        Value::Uuid(Some(uuid)) => uuid.to_string(),
        number => number.to_string(),
    }
}
