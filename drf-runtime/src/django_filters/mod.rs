//! Filters by query parameters, as django-filter has them.

mod field;
mod form;
mod related;

use indexmap::IndexMap;
use sea_orm::sea_query::{Alias, DynIden, Expr, ExprTrait, IntoIden};

use self::field::FormField;
use self::form::Form;
use crate::db::{Connection, QuerySet};
use crate::exceptions::{APIException, Detail, Result, ValidationError};
use crate::fields::FieldKind;
use crate::filters::FilterBackend;
use crate::lookups::{
    Cleaned, ColumnKind, Compared, Comparison, Lookup, Operand, Operator, RowSet, ValueKind, text_match,
};
use crate::parsers::QueryDict;
use crate::request::Request;
use crate::schema::{ColumnPath, Place, Source};
use crate::serializers::{Serializer, SerializerDescription};
use http::StatusCode;

/// Filters by parameters named after columns: `?category=tech&price__lt=20`. django-filter's backend of this name,
/// which `filterset_fields(..)` makes.
///
/// Each parameter is read as django-filter's form would; all that cannot be read are reported at once, with a 400.
///
/// ```
/// # use bookshop::BookSerializer;
/// # use drf::prelude::*;
/// #[model_viewset(
///     serializer = BookSerializer,
///     filterset_fields(category, price(lt, gt), published(year__gt), publisher, authors.username),
/// )]
/// pub struct BookViewSet;
/// # fn main() {}
/// ```
#[derive(Debug, Clone, Default)]
pub struct DjangoFilterBackend {
    filters: Vec<Filter>,
    problems: Vec<String>,
}

/// One parameter.
#[derive(Debug, Clone)]
struct Filter {
    name: String,
    path: ColumnPath,
    kind: ColumnKind,
    comparison: Comparison,
    form: Form,
    /// The column of the related table that has the keys
    key: DynIden,
}

impl DjangoFilterBackend {
    /// Creates a backend without filters.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a filter. The parameter is named after the column and the lookup: `published__year__gt`.
    pub fn filter<S, L: Lookup<S>>(mut self, source: &Source<S>, lookup: L) -> Self {
        self.add(&source.place, lookup.comparison(), L::kind());
        self
    }

    /// Reads the parameters of columns of duration fields as durations, in place of microseconds.
    pub fn serialized_by<S: Serializer>(self) -> Self {
        self.serialized_as(S::description())
    }

    /// Compiled once, and not for each serializer.
    fn serialized_as(mut self, description: &SerializerDescription) -> Self {
        let durations = description.fields.iter().filter(|field| field.kind == FieldKind::Duration);
        let columns: Vec<_> =
            durations.filter_map(|field| field.path.as_ref().map(|path| path.column)).collect();
        for filter in &mut self.filters {
            let is_shown = columns.iter().any(|column| std::ptr::eq(*column, filter.path.column));
            if is_shown && filter.kind.value == ValueKind::Integer {
                filter.kind.value = ValueKind::Duration;
                filter.form = form_of(&filter.comparison, &filter.kind);
            }
        }
        self
    }

    fn add(&mut self, place: &Place, comparison: Comparison, kind: ColumnKind) {
        let key = place.relation.as_ref().map_or(place.path.column, |relation| relation.to.primary_key());
        let key = Alias::new(key.name).into_iden();
        self.problems.extend(place.problem.clone());
        if kind.many && !place.path.is_many() {
            self.problems.push(format!("`{}` is a list, which cannot be filtered", place.path.name));
        }
        let name = match comparison.name().as_str() {
            "" => place.path.name.clone(),
            lookup => format!("{}__{lookup}", place.path.name),
        };
        let form = form_of(&comparison, &kind);
        self.filters.push(Filter { name, path: place.path.clone(), kind, comparison, form, key });
    }
}

/// Returns the form field that django-filter takes for a column and a lookup.
fn form_of(comparison: &Comparison, kind: &ColumnKind) -> Form {
    let exact = comparison.operator == Operator::Exact && comparison.parts.is_empty();
    match (comparison.operator, kind.related) {
        (Operator::IsNull, _) => Form::One(FormField::Boolean),
        (_, Some(rows)) if exact && kind.many => Form::Rows(rows),
        (Operator::In, Some(rows)) if kind.many => Form::RowLists(rows),
        (Operator::In, _) => Form::List(field_of(comparison, kind)),
        (Operator::Range, _) => Form::Range(field_of(comparison, kind)),
        _ => match &kind.choices {
            Some(choices) if exact => Form::One(FormField::Choice(choices.clone())),
            _ => Form::One(field_of(comparison, kind)),
        },
    }
}

fn field_of(comparison: &Comparison, kind: &ColumnKind) -> FormField {
    let matches_text = matches!(comparison.operator, Operator::Like(..) | Operator::Regex(_));
    match (comparison.parts.last(), kind.value, kind.related) {
        (Some(part), ..) => FormField::of_part(*part),
        _ if matches_text => FormField::Char,
        (_, _, Some(rows)) => FormField::Row(rows),
        (_, ValueKind::Text | ValueKind::Key, _) => FormField::Char,
        (_, ValueKind::Boolean, _) => FormField::Boolean,
        (_, ValueKind::Date, _) => FormField::Date,
        (_, ValueKind::DateTime | ValueKind::NaiveDateTime, _) => FormField::DateTime,
        (_, ValueKind::Time, _) => FormField::Time,
        (_, ValueKind::Duration, _) => FormField::Duration,
        (_, ValueKind::Uuid, _) => FormField::Uuid,
        (_, ValueKind::Integer | ValueKind::Float | ValueKind::SingleFloat | ValueKind::Decimal, _) => {
            FormField::Number
        }
    }
}

impl FilterBackend for DjangoFilterBackend {
    async fn filter_queryset(&self, request: &Request, mut queryset: QuerySet) -> Result<QuerySet> {
        let (params, db) = (request.query_params(), request.db());
        let mut given = Vec::new();
        let mut errors: IndexMap<String, Detail> = IndexMap::new();
        let mut values_left = request.settings().max_list_items;
        for filter in self.filters.iter().filter(|filter| params.contains_key(&filter.name)) {
            match filter.clean(params, &mut values_left, db).await? {
                Ok(Some(operand)) => given.push((filter, operand)),
                Ok(None) => {}
                Err(error) => {
                    errors.insert(filter.name.clone(), error.0);
                }
            }
        }
        if !errors.is_empty() {
            return Err(APIException::from_detail(StatusCode::BAD_REQUEST, Detail::Dict(errors)).into());
        }
        for (filter, operand) in given {
            queryset = filter.apply(queryset, &operand, db);
        }
        Ok(queryset)
    }

    fn applies(&self, request: &Request) -> bool {
        request.uri().query().is_some()
    }

    fn problems(&self) -> Vec<String> {
        self.problems.clone()
    }
}

impl Filter {
    /// Reads the parameter; an invalid one is the inner error. Each value is a parameter of the statement, of
    /// which databases take a limited number.
    async fn clean(
        &self,
        params: &QueryDict,
        values_left: &mut usize,
        db: &Connection,
    ) -> Result<Result<Option<Operand>, ValidationError>> {
        let operand = match self.form.clean(&self.name, params) {
            Ok(Some(operand)) => operand,
            other => return Ok(other),
        };
        let Some(left) = values_left.checked_sub(operand.len()) else {
            return Err(APIException::too_large("The query has too many values to filter by.").into());
        };
        *values_left = left;
        Ok(match self.refuse(&operand, params, db).await? {
            Some(error) => Err(error),
            None => Ok(Some(operand)),
        })
    }

    /// Returns the errors that only the database can tell.
    async fn refuse(
        &self,
        operand: &Operand,
        params: &QueryDict,
        db: &Connection,
    ) -> Result<Option<ValidationError>> {
        match (self.comparison.operator, operand, self.kind.related) {
            (Operator::IsNull, ..) => Ok(None),
            (Operator::Regex(case), Operand::One(Cleaned::Text(pattern)), _) => {
                let valid = text_match::is_pattern(pattern, case, db).await?;
                Ok((!valid).then(|| ValidationError::new("Enter a valid value.")))
            }
            (_, _, Some(rows)) => {
                rows.refuse(&self.form, (&self.name, params), operand, (&self.key, db)).await
            }
            _ => Ok(None),
        }
    }

    fn apply(&self, queryset: QuerySet, operand: &Operand, db: &Connection) -> QuerySet {
        match self.form {
            Form::Rows(_) | Form::RowLists(_) => self.apply_distinctly(queryset, operand, db),
            _ => self.narrow(queryset, operand, db),
        }
    }

    /// Keeps each row once, however many related rows match: django-filter's `MultipleChoiceFilter`, which is `distinct`.
    /// It is an `EXISTS`, since not every column can be compared for a `DISTINCT`.
    fn apply_distinctly(&self, queryset: QuerySet, operand: &Operand, db: &Connection) -> QuerySet {
        let (matching, same_row) = queryset.again("filtered");
        let matching = self.narrow(matching, operand, db).filter(same_row);
        queryset.filter(Expr::exists(matching.into_statement().expr(Expr::val(1)).take()))
    }

    /// Applies a filter. Each is a `filter()` of its own: behind a relation to many it joins anew, and a row that meets several values
    /// is there several times, as in Django.
    fn narrow(&self, mut queryset: QuerySet, operand: &Operand, db: &Connection) -> QuerySet {
        let expr = queryset.column_joined_anew(&self.path);
        let column = Compared::new(expr, self.path.column, self.kind.value, db);
        match self.comparison.rows(&column, operand) {
            RowSet::All if self.path.relations.is_empty() => queryset,
            RowSet::All => queryset.filter(column.expr.is_not_null()),
            rows => queryset.filter(rows.condition()),
        }
    }
}
