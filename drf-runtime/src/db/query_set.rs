//! A set of rows that is not fetched yet. Django's `QuerySet`, as far as filters and pages need it.

use std::fmt;
use std::sync::OnceLock;

use sea_orm::sea_query::{
    Alias, Asterisk, Condition, DynIden, Expr, ExprTrait, Func, IntoCondition, IntoIden, JoinType, Order,
    SelectExpr, SelectStatement, SqliteQueryBuilder, TableRef,
};
use sea_orm::{
    ConnectionTrait, DbBackend, DbErr, EntityTrait, QueryResult, QueryTrait, Select, Statement, Value,
};

use super::wrapped::rows_of;
use super::{Connection, probe};
use crate::schema::{Column, ColumnPath, Entity, Relation, Through};

/// Rows of one table: filtered, ordered, and then counted or fetched.
#[derive(Clone)]
pub struct QuerySet {
    entity: &'static Entity,
    /// The statement; unset for all rows, for which most requests need none
    query: OnceLock<Box<Query>>,
}

/// A statement of the future.
#[derive(Clone)]
struct Query {
    /// The name of the table in the statement
    table: DynIden,
    statement: SelectStatement,
    /// The tables that a further use of their path finds
    joins: Vec<(String, DynIden)>,
    /// The names of joined tables, including those that a further use of their path does not find
    aliases: Vec<DynIden>,
    order: Vec<(Expr, Order, &'static Column)>,
    /// The statement without the joins that only the order needs, where these multiply rows: what is counted
    uncounted_order: Option<SelectStatement>,
    distinct: bool,
    /// Ordered by the user's own statement
    ordered: bool,
    window: Option<(u64, u64)>,
    /// Nothing was done to it that leaves out rows
    whole: bool,
}

impl QuerySet {
    /// Returns all rows.
    pub fn all(entity: &'static Entity) -> Self {
        Self { entity, query: OnceLock::new() }
    }

    /// Returns the rows of a sea-orm statement, which may filter, join and order. What it selects does not matter, as long as the primary
    /// key is there.
    ///
    /// Of a statement with a `LIMIT`, an `OFFSET`, a `UNION`, `GROUP BY` or `DISTINCT ON`, filters and keys of URLs apply to the
    /// rows that it selects, each of which is there once. It is a sub-query then: where it has a `UNION` or is `DISTINCT`, it is
    /// ordered by its own columns only.
    pub fn from_select<E: EntityTrait>(select: Select<E>) -> Self {
        Self::from_statement(Entity::of::<E>(), select.into_query())
    }

    /// Compiled once, and not for each entity.
    fn from_statement(entity: &'static Entity, mut statement: SelectStatement) -> Self {
        let ordered = probe::is_ordered(&statement);
        if probe::is_closed(&statement) {
            statement = rows_of(entity, statement);
        }
        // What fields and filters join is called otherwise than what the statement has joined.
        let aliases = probe::tables(&statement);
        let distinct = probe::is_distinct(&statement);
        // without columns nothing is distinct: that is left to `distinct`, which knows what is selected
        statement.clear_selects().distinct_on([] as [Alias; 0]);
        Self::of(entity, Query { ordered, aliases, distinct, ..Query::new(entity, statement) })
    }

    fn of(entity: &'static Entity, query: Query) -> Self {
        Self { entity, query: OnceLock::from(Box::new(query)) }
    }

    fn query(&self) -> &Query {
        self.query.get_or_init(|| Box::new(Query::of_all(self.entity)))
    }

    fn query_mut(&mut self) -> &mut Query {
        self.query();
        self.query.get_mut().expect("a query that was just made")
    }

    /// Returns all rows of the table under another name, with the condition that a row is the one that this query is at: a
    /// correlated sub-query for `EXISTS`.
    pub(crate) fn again(&self, name: &str) -> (Self, Expr) {
        let name = self.free_alias(name);
        let mut statement = SelectStatement::new();
        statement.from_as(table_only(&self.entity.table_ref), name.clone());
        let again = Self::of(self.entity, Query { table: name, ..Query::new(self.entity, statement) });
        let same_row = again.primary_key().eq(self.primary_key());
        (again, same_row)
    }

    /// Returns the table.
    pub fn entity(&self) -> &'static Entity {
        self.entity
    }

    /// Keeps the rows for which a condition holds.
    pub fn filter(mut self, condition: impl IntoCondition) -> Self {
        let query = self.query_mut();
        let condition = condition.into_condition();
        if let Some(counted) = &mut query.uncounted_order {
            counted.cond_where(condition.clone());
        }
        query.statement.cond_where(condition);
        query.whole = false;
        self
    }

    /// Keeps no row. Django's `none()`.
    pub fn none(self) -> Self {
        self.filter(Condition::any().add(Expr::val(1).eq(0)))
    }

    /// Makes each row distinct, where a join meets it several times.
    pub fn distinct(mut self) -> Self {
        self.query_mut().distinct = true;
        self
    }

    /// Orders by columns, replacing any order there was.
    pub fn order_by(mut self, order: impl IntoIterator<Item = (ColumnPath, Order)>) -> Self {
        self.query_mut().unorder();
        let joined = self.query().joins.len();
        let mut counted = None;
        for (path, direction) in order {
            if path.is_many() && counted.is_none() {
                // Django orders by each of the values, so a row is there several times, but counts it once.
                counted = Some(self.query().statement.clone());
            }
            let column = self.column(&path);
            self.query_mut().order.push((column, direction, path.column));
        }
        let query = self.query_mut();
        if counted.is_some() {
            // What is joined from now on is counted, so it joins anew.
            query.joins.truncate(joined);
        }
        query.uncounted_order = counted;
        self
    }

    /// Returns whether an order was given.
    pub fn is_ordered(&self) -> bool {
        self.query.get().is_some_and(|query| query.is_ordered())
    }

    /// Keeps at most `limit` rows, after skipping `offset` ones.
    pub fn slice(mut self, offset: u64, limit: u64) -> Self {
        let query = self.query_mut();
        query.window = Some((offset, limit));
        query.whole = false;
        self
    }

    /// Keeps the row with a primary key.
    pub(crate) fn with_key(self, key: Value, db: &Connection) -> Self {
        let key_column = self.entity.primary_key();
        self.matching(key_column, key, db)
    }

    /// Keeps the row with a value in a column of which no two rows have the same.
    pub(crate) fn matching(self, column: &'static Column, value: Value, db: &Connection) -> Self {
        let condition = db.storage(column).has(self.own(column), value);
        self.filter(condition).single()
    }

    /// Returns a column of the table as an expression, which needs no join.
    pub(crate) fn own(&self, column: &Column) -> Expr {
        Expr::col((self.query().table.clone(), Alias::new(column.name)))
    }

    /// Returns whether it is all rows of the table, so that a cached statement finds the same row.
    pub(crate) fn is_whole(&self) -> bool {
        self.query.get().is_none_or(|query| query.whole)
    }

    /// Says that there is one row at most, so that no order is needed.
    pub(crate) fn single(mut self) -> Self {
        let query = self.query_mut();
        query.unorder();
        query.ordered = true;
        self
    }

    /// Returns a column as an expression; the tables on the way are joined, each once.
    pub fn column(&mut self, path: &ColumnPath) -> Expr {
        let table = self.join(&path.relations);
        Expr::col((table, Alias::new(path.column.name)))
    }

    /// Returns a column as an expression, with joins of its own: a row that meets two values appears twice. This is how
    /// Django follows a relation to many in a further `filter()`.
    pub fn column_joined_anew(&mut self, path: &ColumnPath) -> Expr {
        if path.is_many() {
            self.query_mut().joins.retain(|(joined, _)| !starts_with(joined, &path.relations));
        }
        self.column(path)
    }

    /// Returns the alias of the table at the end of a path of relations, joining what is not joined yet.
    pub fn join(&mut self, relations: &[Relation]) -> DynIden {
        let mut from = self.query().table.clone();
        let mut null = false;
        for end in 1..=relations.len() {
            let (relation, path) = (&relations[end - 1], path_name(&relations[..end]));
            null |= !relation.is_forward() || self.is_nullable(relation, end, relations);
            if let Some((_, alias)) = self.query().joins.iter().find(|(joined, _)| *joined == path) {
                from = alias.clone();
                continue;
            }
            let kind = if null { JoinType::LeftJoin } else { JoinType::InnerJoin };
            from = self.join_one(kind, &from, relation, path);
        }
        from
    }

    fn is_nullable(&self, relation: &Relation, end: usize, relations: &[Relation]) -> bool {
        let table = if end == 1 { self.entity } else { relations[end - 2].to };
        table.column_named(&relation.from_column.to_string()).is_none_or(|column| column.null)
    }

    fn join_one(&mut self, kind: JoinType, from: &DynIden, relation: &Relation, path: String) -> DynIden {
        let alias = self.new_alias(&path);
        let mut start = (from.clone(), relation.from_column.clone());
        if let Some(through) = &relation.through {
            let between = self.new_alias(&format!("{path}_through"));
            let on = Expr::col(start).equals((between.clone(), through.from_column.clone()));
            self.query_mut().join_as(kind, &through.table_ref, &between, on);
            start = (between, through.to_column.clone());
        }
        let on = Expr::col(start).equals((alias.clone(), relation.to_column.clone()));
        let query = self.query_mut();
        query.join_as(kind, &relation.to.table_ref, &alias, on);
        query.joins.push((path, alias.clone()));
        alias
    }

    /// Joins the join table of a relation that leads to this table, and gives its alias.
    pub(crate) fn join_through(&mut self, through: &Through, end: &DynIden) -> DynIden {
        let between = self.new_alias("through");
        let end = Expr::col((self.query().table.clone(), end.clone()));
        let on = end.equals((between.clone(), through.to_column.clone()));
        self.query_mut().join_as(JoinType::InnerJoin, &through.table_ref, &between, on);
        between
    }

    /// Returns a name for a joined table.
    fn new_alias(&mut self, path: &str) -> DynIden {
        let alias = self.free_alias(path);
        self.query_mut().aliases.push(alias.clone());
        alias
    }

    fn free_alias(&self, path: &str) -> DynIden {
        let mut name = path.to_owned();
        let query = self.query();
        let taken = |name: &str| {
            name.eq_ignore_ascii_case(self.entity.table)
                || query
                    .aliases
                    .iter()
                    .chain([&query.table])
                    .any(|alias| alias.to_string().eq_ignore_ascii_case(name))
        };
        while taken(&name) {
            name.push('_');
        }
        Alias::new(name).into_iden()
    }

    /// Returns the primary key of the table as an expression.
    fn primary_key(&self) -> Expr {
        Expr::col((self.query().table.clone(), Alias::new(self.entity.primary_key().name)))
    }

    /// Counts the rows.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn count(&self, db: &Connection) -> Result<u64, DbErr> {
        let row = db.one(&self.count_statement()).await?;
        let count = row.map(|row| super::Row::new(&row).int(0)).transpose()?.flatten();
        count.map(i64::unsigned_abs).ok_or_else(|| DbErr::Type("COUNT gave no number".to_owned()))
    }

    fn count_statement(&self) -> SelectStatement {
        let query = self.query();
        let mut inner = query.uncounted_order.as_ref().unwrap_or(&query.statement).clone();
        inner.clear_order_by();
        let count = Func::count(Expr::col(Asterisk));
        if !query.distinct {
            return inner.expr(count).take();
        }
        inner.distinct().expr(self.primary_key());
        SelectStatement::new().expr(count).from_subquery(inner, Alias::new("counted")).take()
    }

    /// Returns whether there is any row.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn exists(&self, db: &Connection) -> Result<bool, DbErr> {
        let mut statement = self.query().statement.clone();
        statement.clear_order_by().expr(Expr::val(1));
        Ok(db.one_raw(render(db, &statement, Some((0, 1)))).await?.is_some())
    }

    /// Returns the rows, with the given expressions as their cells.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn fetch(&self, db: &Connection, cells: Vec<SelectExpr>) -> Result<Vec<QueryResult>, DbErr> {
        let window = self.query().window;
        if window.is_some_and(|(_, limit)| limit == 0) {
            return Ok(Vec::new());
        }
        let statement = self.select_from(Some(db), cells);
        db.query_all_raw(render(db, &statement, window)).await
    }

    /// Returns the statement that selects the given expressions, in order but without the window.
    pub fn select(&self, cells: Vec<SelectExpr>) -> SelectStatement {
        self.select_from(None, cells)
    }

    fn select_from(&self, db: Option<&Connection>, cells: Vec<SelectExpr>) -> SelectStatement {
        let query = self.query();
        let mut statement = query.statement.clone();
        statement.exprs(cells);
        // PostgreSQL cannot compare `json`, but can tell rows apart by the order and the key. An order of the user's own
        // is not known.
        let is_postgres = db.is_some_and(|db| db.get_database_backend() == DbBackend::Postgres);
        let by_key = query.distinct && is_postgres && !query.ordered;
        if by_key {
            let order = query.order.iter().map(|(expr, ..)| expr.clone()).chain([self.primary_key()]);
            let columns = order.filter_map(|expr| match expr {
                Expr::Column(column) => Some(column),
                _ => None,
            });
            statement.distinct_on(columns.collect::<Vec<_>>());
        } else if query.distinct {
            // what makes rows different, even if it is not read, and what they are ordered by
            statement.distinct().expr(self.primary_key());
            statement.exprs(query.order.iter().map(|(expr, ..)| expr.clone()));
        }
        for (expr, order, column) in &query.order {
            // the columns of a `DISTINCT ON` are what the rows are ordered by
            let expr = match db.filter(|_| !query.distinct) {
                Some(db) => db.storage(column).ordered(expr.clone()),
                None => expr.clone(),
            };
            statement.order_by_expr(expr, order.clone());
        }
        if by_key || !query.is_ordered() {
            statement.order_by_expr(self.primary_key(), Order::Asc);
        }
        statement
    }

    /// Returns the conditions and joins as a sub-query, for `EXISTS` and `IN`.
    pub fn into_statement(self) -> SelectStatement {
        self.query().statement.clone()
    }
}

impl Query {
    fn of_all(entity: &Entity) -> Self {
        let mut statement = SelectStatement::new();
        statement.from(entity.table_ref.clone());
        Self { whole: true, ..Self::new(entity, statement) }
    }

    fn new(entity: &Entity, statement: SelectStatement) -> Self {
        Self {
            table: Alias::new(entity.table).into_iden(),
            statement,
            joins: Vec::new(),
            aliases: Vec::new(),
            order: Vec::new(),
            uncounted_order: None,
            distinct: false,
            ordered: false,
            window: None,
            whole: false,
        }
    }

    fn is_ordered(&self) -> bool {
        self.ordered || !self.order.is_empty()
    }

    fn unorder(&mut self) {
        self.statement.clear_order_by();
        self.order.clear();
        if let Some(counted) = self.uncounted_order.take() {
            self.statement = counted;
        }
        self.ordered = false;
    }

    fn join_as(&mut self, kind: JoinType, table: &TableRef, alias: &DynIden, on: Expr) {
        if let Some(counted) = &mut self.uncounted_order {
            counted.join_as(kind, table_only(table), alias.clone(), on.clone());
        }
        self.statement.join_as(kind, table_only(table), alias.clone(), on);
        self.whole = false;
    }
}

impl<E: EntityTrait> From<Select<E>> for QuerySet {
    fn from(select: Select<E>) -> Self {
        Self::from_select(select)
    }
}

impl fmt::Debug for QuerySet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.select(vec![Expr::val(1).into()]).to_string(SqliteQueryBuilder))
    }
}

/// Returns the statement as text. The limit is written out and not bound, because SQLite compiles a statement with a bound
/// limit anew at each execution; the offset is bound, so that every page is the same text.
fn render(db: &Connection, statement: &SelectStatement, window: Option<(u64, u64)>) -> Statement {
    let backend = db.get_database_backend();
    let mut built = backend.build(statement);
    let Some((offset, limit)) = window else { return built };
    built.sql.push_str(&format!(" LIMIT {limit}"));
    if offset > 0 {
        let mut values = built.values.map_or_else(Vec::new, |values| values.0);
        values.push(Value::BigUnsigned(Some(offset)));
        let mark = if backend == DbBackend::Postgres { format!("${}", values.len()) } else { "?".to_owned() };
        built.sql.push_str(&format!(" OFFSET {mark}"));
        built.values = Some(sea_orm::Values(values));
    }
    built
}

fn path_name(relations: &[Relation]) -> String {
    relations.iter().map(|relation| relation.name).collect::<Vec<_>>().join("__")
}

/// Returns whether a joined path goes through the first relation to many of another path.
fn starts_with(joined: &str, relations: &[Relation]) -> bool {
    let many = relations.iter().position(|relation| relation.many).unwrap_or(0);
    let stem = path_name(&relations[..=many]);
    joined == stem || joined.strip_prefix(&stem).is_some_and(|rest| rest.starts_with("__"))
}

/// Returns the table of a reference, without an alias it may carry.
fn table_only(table: &TableRef) -> TableRef {
    match table {
        TableRef::Table(name, _) => TableRef::Table(name.clone(), None),
        other => other.clone(),
    }
}
