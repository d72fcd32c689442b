//! `LIKE` and regular expressions, as each database has them.

use std::sync::LazyLock;

use moka::sync::Cache;
use regex::RegexBuilder;
use sea_orm::sea_query::{BinOper, Expr, ExprTrait, Func};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};

use crate::connect::is_unavailable;
use crate::db::Connection;

/// The longest pattern that SQLite takes.
const SQLITE_MAX_PATTERN: usize = 50_000;

/// The place in which a text is looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Anchor {
    Anywhere,
    Start,
    End,
    Whole,
}

/// The treatment of upper and lower case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Case {
    Sensitive,
    Insensitive,
}

impl Anchor {
    pub(crate) fn name(self, case: Case) -> &'static str {
        match (self, case) {
            (Anchor::Anywhere, Case::Sensitive) => "contains",
            (Anchor::Anywhere, Case::Insensitive) => "icontains",
            (Anchor::Start, Case::Sensitive) => "startswith",
            (Anchor::Start, Case::Insensitive) => "istartswith",
            (Anchor::End, Case::Sensitive) => "endswith",
            (Anchor::End, Case::Insensitive) => "iendswith",
            (Anchor::Whole, _) => "iexact",
        }
    }

    fn pattern(self, text: &str) -> String {
        let text = text.replace('\\', r"\\").replace('%', r"\%").replace('_', r"\_");
        match self {
            Anchor::Anywhere => format!("%{text}%"),
            Anchor::Start => format!("{text}%"),
            Anchor::End => format!("%{text}"),
            Anchor::Whole => text,
        }
    }
}

/// Returns whether a column has the text in a place; `None` if no text can have it.
pub(crate) fn like(column: Expr, text: &str, place: Anchor, case: Case, backend: DbBackend) -> Option<Expr> {
    let pattern = place.pattern(text);
    Some(match (backend, case) {
        (DbBackend::Sqlite, _) if pattern.len() > SQLITE_MAX_PATTERN => return None,
        // the `LIKE` of SQLite has no escape unless it is told so, and no case for ASCII
        (DbBackend::Sqlite, _) => Expr::cust_with_exprs(r"? LIKE ? ESCAPE '\'", [column, Expr::val(pattern)]),
        (DbBackend::Postgres, Case::Insensitive) => {
            Expr::from(Func::upper(column)).binary(BinOper::Like, Func::upper(Expr::val(pattern)))
        }
        (DbBackend::MySql, Case::Sensitive) => {
            Expr::cust_with_exprs("? LIKE BINARY ?", [column, Expr::val(pattern)])
        }
        _ => column.binary(BinOper::Like, Expr::val(pattern)),
    })
}

/// Returns whether a column matches a pattern.
pub(crate) fn matches(column: Expr, pattern: &str, case: Case, backend: DbBackend) -> Expr {
    let pattern = Expr::val(native_pattern(pattern, case, backend));
    match (backend, case) {
        (DbBackend::Postgres, Case::Sensitive) => Expr::cust_with_exprs("$1 ~ $2", [column, pattern]),
        (DbBackend::Postgres, Case::Insensitive) => Expr::cust_with_exprs("$1 ~* $2", [column, pattern]),
        _ => Expr::cust_with_exprs("? REGEXP ?", [column, pattern]),
    }
}

/// Returns the pattern with the case said in it, where the database has no operator for that.
fn native_pattern(pattern: &str, case: Case, backend: DbBackend) -> String {
    match (backend, case) {
        (DbBackend::Postgres, _) | (DbBackend::Sqlite, Case::Sensitive) => pattern.to_owned(),
        (_, Case::Insensitive) => format!("(?i){pattern}"),
        // the collation of the column has a say, too
        (_, Case::Sensitive) => format!("(?-i){pattern}"),
    }
}

/// The patterns that were checked not long ago, by database engine.
static CHECKED: LazyLock<Cache<String, bool>> = LazyLock::new(|| Cache::new(1_000));

/// Longer patterns are not cached.
const MAX_CACHED_PATTERN: usize = 200;

/// The bytes of the longest pattern: databases take long to read longer ones.
const MAX_PATTERN: usize = 4_000;

/// The bytes that a pattern may take when it is compiled for SQLite: compiling takes as long as the result is large, and
/// its `REGEXP` compiles the pattern once more.
const MAX_COMPILED_PATTERN: usize = 1024 * 1024;

/// Returns whether the database can read a pattern. A bad one must not become a failure of the database.
pub(crate) async fn is_pattern(pattern: &str, case: Case, db: &Connection) -> Result<bool, DbErr> {
    if pattern.len() > MAX_PATTERN || pattern.contains('\0') {
        return Ok(false);
    }
    let backend = db.get_database_backend();
    let pattern = native_pattern(pattern, case, backend);
    if pattern.len() > MAX_CACHED_PATTERN {
        return check_pattern(pattern, backend, db).await;
    }
    let key = format!("{backend:?} {pattern}");
    if let Some(is_pattern) = CHECKED.get(&key) {
        return Ok(is_pattern);
    }
    let is_pattern = check_pattern(pattern, backend, db).await?;
    CHECKED.insert(key, is_pattern);
    Ok(is_pattern)
}

async fn check_pattern(pattern: String, backend: DbBackend, db: &Connection) -> Result<bool, DbErr> {
    let probe = match backend {
        // its `REGEXP` is this crate
        DbBackend::Sqlite => {
            return Ok(RegexBuilder::new(&pattern).size_limit(MAX_COMPILED_PATTERN).build().is_ok());
        }
        DbBackend::Postgres => "SELECT '' ~ $1",
        _ => "SELECT '' REGEXP ?",
    };
    // outside of any transaction, which a failure would end
    match db.query_one_raw(Statement::from_sql_and_values(backend, probe, [pattern.into()])).await {
        // That says nothing about the pattern.
        Err(error) if is_unavailable(&error) => Err(error),
        probed => Ok(probed.is_ok()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sea_orm::sea_query::{MysqlQueryBuilder, PostgresQueryBuilder, Query, SqliteQueryBuilder};

    fn sql(expr: Expr, backend: DbBackend) -> String {
        let query = Query::select().expr(expr).take();
        match backend {
            DbBackend::Postgres => query.build(PostgresQueryBuilder).0,
            DbBackend::MySql => query.build(MysqlQueryBuilder).0,
            _ => query.build(SqliteQueryBuilder).0,
        }
    }

    #[test]
    fn patterns_are_escaped() {
        assert_eq!(Anchor::Anywhere.pattern(r"100%_\"), r"%100\%\_\\%");
        assert_eq!(Anchor::Whole.pattern("a_b"), r"a\_b");
    }

    #[test]
    fn like_of_each_database() {
        let of =
            |case, backend| sql(like(Expr::col("name"), "a", Anchor::Start, case, backend).unwrap(), backend);
        assert_eq!(of(Case::Sensitive, DbBackend::Sqlite), r#"SELECT "name" LIKE ? ESCAPE '\'"#);
        assert_eq!(of(Case::Insensitive, DbBackend::Sqlite), r#"SELECT "name" LIKE ? ESCAPE '\'"#);
        assert_eq!(of(Case::Sensitive, DbBackend::Postgres), r#"SELECT "name" LIKE $1"#);
        assert_eq!(of(Case::Insensitive, DbBackend::Postgres), r#"SELECT UPPER("name") LIKE UPPER($1)"#);
        assert_eq!(of(Case::Sensitive, DbBackend::MySql), "SELECT `name` LIKE BINARY ?");
        assert_eq!(of(Case::Insensitive, DbBackend::MySql), "SELECT `name` LIKE ?");
    }

    #[test]
    fn regex_of_each_database() {
        let of = |case, backend| sql(matches(Expr::col("name"), "a", case, backend), backend);
        assert_eq!(of(Case::Insensitive, DbBackend::Sqlite), r#"SELECT "name" REGEXP ?"#);
        assert_eq!(of(Case::Sensitive, DbBackend::Postgres), r#"SELECT "name" ~ $1"#);
        assert_eq!(of(Case::Insensitive, DbBackend::Postgres), r#"SELECT "name" ~* $1"#);
        assert_eq!(of(Case::Sensitive, DbBackend::MySql), "SELECT `name` REGEXP ?");
        assert_eq!(native_pattern("a", Case::Sensitive, DbBackend::MySql), "(?-i)a");
    }
}
