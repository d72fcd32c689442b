use heck::ToSnakeCase;
use sea_orm::sea_query::Order;
use sea_orm::{ColumnTrait, EntityTrait, IdenStatic, Identity, Iterable, RelationTrait};

use super::FilterBackend;
use crate::db::QuerySet;
use crate::exceptions::Result;
use crate::request::Request;
use crate::schema::{ColumnPath, Entity, Place, Source};
use crate::text::unicode::strip;

/// Orders rows by the columns of `?ordering=-price,name`. DRF's `OrderingFilter`, which `ordering_fields(..)` and
/// `ordering(..)` make.
///
/// Columns that are not listed are ignored; if none is left, the default holds, if there is one.
#[derive(Debug, Clone, Default)]
pub struct OrderingFilter {
    fields: Vec<ColumnPath>,
    default: Vec<(ColumnPath, Order)>,
    problems: Vec<String>,
}

impl OrderingFilter {
    /// Creates a filter that orders by no column.
    pub fn new() -> Self {
        Default::default()
    }

    /// Adds a column that a client may order by.
    pub fn field<S>(mut self, source: &Source<S>) -> Self {
        self.add_field(&source.place);
        self
    }

    fn add_field(&mut self, place: &Place) {
        self.problems.extend(place.problem.clone());
        self.fields.push(place.path.clone());
    }

    /// Adds all columns. A foreign key goes by the name of its relation, as in Django: `publisher`.
    pub fn all<E: EntityTrait>(mut self) -> Self {
        for column in E::Column::iter() {
            let Some(found) = Entity::of::<E>().column_named(column.as_str()) else { continue };
            let name = field_name::<E>(column, found.primary_key);
            self.fields.push(ColumnPath { relations: Vec::new(), column: found, name });
        }
        self
    }

    /// Adds a column to the order of requests that ask for none.
    pub fn default<S>(mut self, source: &Source<S>, descending: bool) -> Self {
        self.add_default(&source.place, descending);
        self
    }

    fn add_default(&mut self, place: &Place, descending: bool) {
        self.problems.extend(place.problem.clone());
        let order = if descending { Order::Desc } else { Order::Asc };
        self.default.push((place.path.clone(), order));
    }

    /// Returns the order that a client asks for, as far as it may. Of several terms for a column the first one counts, as
    /// in Django, so there are never more terms than columns.
    fn asked(&self, ordering: &str) -> Vec<(ColumnPath, Order)> {
        let mut asked: Vec<(ColumnPath, Order)> = Vec::new();
        for term in ordering.split(',').map(strip) {
            let (name, order) = term.strip_prefix('-').map_or((term, Order::Asc), |name| (name, Order::Desc));
            let Some(path) = self.fields.iter().find(|path| path.name == name) else { continue };
            if !asked.iter().any(|(known, _)| known.name == path.name) {
                asked.push((path.clone(), order));
            }
        }
        asked
    }
}

/// Returns the name that Django has for a column.
fn field_name<E: EntityTrait>(column: E::Column, primary_key: bool) -> String {
    let name = column.json_key();
    let points_at_a_row = |relation: &E::Relation| match relation.def().from_col {
        Identity::Unary(from) => from.to_string() == column.as_str(),
        _ => false,
    };
    let relation = E::Relation::iter().find(points_at_a_row).filter(|_| !primary_key);
    match (relation, name.strip_suffix("_id")) {
        (None, _) => name.to_owned(),
        (Some(_), Some(name)) => name.to_owned(),
        (Some(relation), None) => relation.name().to_snake_case(),
    }
}

impl FilterBackend for OrderingFilter {
    async fn filter_queryset(&self, request: &Request, queryset: QuerySet) -> Result<QuerySet> {
        let ordering = request.query_params().get(&request.settings().ordering_param);
        let asked = ordering.and_then(|ordering| ordering.as_str()).map(|ordering| self.asked(ordering));
        match asked.filter(|asked| !asked.is_empty()) {
            Some(asked) => Ok(queryset.order_by(asked)),
            None if self.default.is_empty() => Ok(queryset),
            None => Ok(queryset.order_by(self.default.iter().cloned())),
        }
    }

    fn applies(&self, request: &Request) -> bool {
        !self.default.is_empty() || request.uri().query().is_some()
    }

    fn problems(&self) -> Vec<String> {
        self.problems.clone()
    }
}
