use sea_orm::sea_query::{Condition, Expr};

use super::FilterBackend;
use super::split::search_smart_split;
use crate::db::{Connection, QuerySet};
use crate::exceptions::{Result, ValidationError};
use crate::lookups::{
    Compared, Comparison, Operator, SearchLookup, Searchable, ValueKind, check_null_characters, text_match,
};
use crate::request::Request;
use crate::schema::{ColumnPath, Place, Source};
use crate::settings::Settings;

/// Keeps the rows that have each term of `?search=` in one of some columns. DRF's `SearchFilter`, which
/// `search_fields(..)` makes.
///
/// Terms are separated by white space and commas; quotes keep a phrase together. A row is there once, even if several
/// related rows have a term.
#[derive(Debug, Clone, Default)]
pub struct SearchFilter {
    fields: Vec<SearchField>,
    problems: Vec<String>,
}

#[derive(Debug, Clone)]
struct SearchField {
    path: ColumnPath,
    operator: Operator,
}

impl SearchFilter {
    /// Creates a search of no columns, which keeps all rows.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a column: `field(source, lookups::icontains)`.
    pub fn field<S: Searchable, L: SearchLookup>(mut self, source: &Source<S>, lookup: L) -> Self {
        self.add(&source.place, lookup.comparison(), S::kind().many);
        self
    }

    fn add(&mut self, place: &Place, comparison: Comparison, many: bool) {
        self.problems.extend(place.problem.clone());
        if many && !place.path.is_many() {
            self.problems.push(format!("`{}` is a list, which cannot be searched", place.path.name));
        }
        self.fields.push(SearchField { path: place.path.clone(), operator: comparison.operator });
    }

    /// Checks the terms that are regular expressions.
    ///
    /// # Errors
    /// 400 for one that the database cannot read: DRF leaves it to the database, which is a 500 there.
    async fn check_patterns(&self, terms: &[String], db: &Connection) -> Result<()> {
        for field in &self.fields {
            let Operator::Regex(case) = field.operator else { continue };
            for term in terms {
                if !text_match::is_pattern(term, case, db).await? {
                    return Err(ValidationError::new("Enter a valid value.").into());
                }
            }
        }
        Ok(())
    }

    /// Returns the rows that have each term in some column, the tables of which are joined once.
    fn condition(&self, queryset: &mut QuerySet, terms: &[String], db: &Connection) -> Condition {
        let columns: Vec<Expr> = self.fields.iter().map(|field| queryset.column(&field.path)).collect();
        let mut all = Condition::all();
        for term in terms {
            let mut any = Condition::any();
            for (field, column) in self.fields.iter().zip(&columns) {
                let column = Compared::new(column.clone(), field.path.column, ValueKind::Text, db);
                any = any.add(column.matches(field.operator, term).condition());
            }
            all = all.add(any);
        }
        all
    }

    /// Rows that meet a term several times are there once, but as often as they were before: DRF's `Exists`.
    fn filter_distinctly(&self, queryset: QuerySet, terms: &[String], db: &Connection) -> QuerySet {
        let (mut matching, same_row) = queryset.again("searched");
        let condition = self.condition(&mut matching, terms, db);
        let matching = matching.filter(condition).filter(same_row);
        queryset.filter(Expr::exists(matching.into_statement().expr(Expr::val(1)).take()))
    }
}

/// Returns the terms of a search, as many and as long as the settings let them be.
fn terms(text: &str, settings: &Settings) -> Result<Vec<String>, ValidationError> {
    check_null_characters(text)?;
    let terms = search_smart_split(text);
    if terms.len() > settings.max_search_terms {
        let message = format!("Ensure this search has no more than {} terms.", settings.max_search_terms);
        return Err(ValidationError::with_code(message, "max_terms"));
    }
    if terms.iter().any(|term| term.chars().count() > settings.max_search_term_length) {
        let max = settings.max_search_term_length;
        let message = format!("Ensure that each term of this search has no more than {max} characters.");
        return Err(ValidationError::with_code(message, "max_length"));
    }
    Ok(terms)
}

impl FilterBackend for SearchFilter {
    async fn filter_queryset(&self, request: &Request, mut queryset: QuerySet) -> Result<QuerySet> {
        let settings = request.settings();
        let text = request.query_params().get(&settings.search_param).and_then(|text| text.as_str());
        let terms = terms(text.unwrap_or(""), settings)?;
        if terms.is_empty() || self.fields.is_empty() {
            return Ok(queryset);
        }
        let db = request.db();
        self.check_patterns(&terms, db).await?;
        if self.fields.iter().any(|field| field.path.is_many()) {
            return Ok(self.filter_distinctly(queryset, &terms, db));
        }
        let condition = self.condition(&mut queryset, &terms, db);
        Ok(queryset.filter(condition))
    }

    fn applies(&self, request: &Request) -> bool {
        request.uri().query().is_some()
    }

    fn problems(&self) -> Vec<String> {
        self.problems.clone()
    }
}
