//! The parts of a statement that a user made.

use std::cell::{Cell, RefCell};

use sea_orm::sea_query::{
    BinOper, ConditionHolder, DynIden, EscapeBuilder, ExplainStatement, Expr, JoinExpr, LockClause, Oper,
    OperLeftAssocDecider, OrderExpr, PrecedenceDecider, QueryBuilder, Quote, QuotedBuilder, SelectDistinct,
    SelectExpr, SelectInto, SelectStatement, SqlWriter, SubQueryStatement, TableRef, TableRefBuilder,
    UnionType, Value, WindowStatement, WithClause,
};

/// Returns whether a statement orders its rows.
pub(super) fn is_ordered(statement: &SelectStatement) -> bool {
    let mut unordered = statement.clone();
    unordered.clear_order_by();
    unordered != *statement
}

/// Returns whether the rows of a statement are grouped, limited, distinct by columns or those of several statements: a further
/// condition does not narrow them.
pub(super) fn is_closed(statement: &SelectStatement) -> bool {
    let mut open = statement.clone();
    open.clear_group_by().clear_having().reset_limit().reset_offset();
    let probe = Probe::of(statement);
    open != *statement || probe.compound.get() || probe.distinct_on.get()
}

/// Returns whether equal rows of a statement are one.
pub(super) fn is_distinct(statement: &SelectStatement) -> bool {
    Probe::of(statement).distinct.get()
}

/// Returns whether a statement has a `DISTINCT ON`.
pub(super) fn is_distinct_on(statement: &SelectStatement) -> bool {
    Probe::of(statement).distinct_on.get()
}

/// Returns whether the rows are those of several statements.
pub(super) fn is_compound(statement: &SelectStatement) -> bool {
    Probe::of(statement).compound.get()
}

/// Returns the names under which a statement reads from tables.
pub(super) fn tables(statement: &SelectStatement) -> Vec<DynIden> {
    Probe::of(statement).tables.into_inner()
}

/// Returns what the rows of a statement are ordered by.
pub(super) fn orders(statement: &SelectStatement) -> Vec<OrderExpr> {
    Probe::of(statement).orders.into_inner()
}

/// A query builder that writes nothing and notes what it is asked for: `SelectStatement` does not show its unions.
#[derive(Default)]
struct Probe {
    compound: Cell<bool>,
    distinct: Cell<bool>,
    distinct_on: Cell<bool>,
    orders: RefCell<Vec<OrderExpr>>,
    tables: RefCell<Vec<DynIden>>,
}

impl Probe {
    fn of(statement: &SelectStatement) -> Self {
        let probe = Self::default();
        probe.prepare_select_statement(statement, &mut String::new());
        probe
    }
}

impl QuotedBuilder for Probe {
    fn quote(&self) -> Quote {
        Quote::new(b'"')
    }
}

impl EscapeBuilder for Probe {}

impl TableRefBuilder for Probe {}

impl OperLeftAssocDecider for Probe {
    fn well_known_left_associative(&self, _: &BinOper) -> bool {
        false
    }
}

impl PrecedenceDecider for Probe {
    fn inner_expr_well_known_greater_precedence(&self, _: &Expr, _: &Oper) -> bool {
        false
    }
}

impl QueryBuilder for Probe {
    fn prepare_union_statement(&self, _: UnionType, _: &SelectStatement, _: &mut impl SqlWriter) {
        self.compound.set(true);
    }

    fn prepare_select_distinct(&self, distinct: &SelectDistinct, _: &mut impl SqlWriter) {
        self.distinct.set(!matches!(distinct, SelectDistinct::All));
        self.distinct_on.set(matches!(distinct, SelectDistinct::DistinctOn(columns) if !columns.is_empty()));
    }

    fn prepare_order_expr(&self, order: &OrderExpr, _: &mut impl SqlWriter) {
        self.orders.borrow_mut().push(order.clone());
    }

    fn prepare_table_ref(&self, table: &TableRef, _: &mut impl SqlWriter) {
        let name = match table {
            TableRef::Table(_, Some(alias))
            | TableRef::SubQuery(_, alias)
            | TableRef::ValuesList(_, alias)
            | TableRef::FunctionCall(_, alias) => alias,
            TableRef::Table(name, None) => &name.1,
            _ => return,
        };
        self.tables.borrow_mut().push(name.clone());
    }

    fn prepare_join_expr(&self, join: &JoinExpr, sql: &mut impl SqlWriter) {
        self.prepare_table_ref(&join.table, sql);
    }

    // The parts below may hold statements with unions of their own.
    fn prepare_query_statement(&self, _: &SubQueryStatement, _: &mut impl SqlWriter) {}
    fn prepare_explain_statement(&self, _: &ExplainStatement, _: &mut impl SqlWriter) {}
    fn prepare_select_into(&self, _: &SelectInto, _: &mut impl SqlWriter) {}
    fn prepare_select_lock(&self, _: &LockClause, _: &mut impl SqlWriter) {}
    fn prepare_window_statement(&self, _: &WindowStatement, _: &mut impl SqlWriter) {}
    fn prepare_with_clause(&self, _: &WithClause, _: &mut impl SqlWriter) {}
    fn prepare_select_expr(&self, _: &SelectExpr, _: &mut impl SqlWriter) {}
    fn prepare_condition(&self, _: &ConditionHolder, _: &str, _: &mut impl SqlWriter) {}
    fn prepare_expr(&self, _: &Expr, _: &mut impl SqlWriter) {}
    fn prepare_value(&self, _: Value, _: &mut impl SqlWriter) {}
}

#[cfg(test)]
mod tests {
    use sea_orm::sea_query::{Alias, ExprTrait, Func, JoinType, Order, Query};

    use super::*;

    fn books() -> SelectStatement {
        Query::select().from("book").take()
    }

    /// The words that a search through the SQL would find.
    const WORDS: &str = "a LIMIT b UNION c GROUP BY d DISTINCT e ORDER BY f";

    #[test]
    fn words_in_values_and_names_are_no_clauses() {
        let mut inner = books();
        inner.column("id").limit(1).distinct().order_by("id", Order::Asc).group_by_col("id");
        inner.union(UnionType::All, books().column("id").take());
        let statements = [
            books(),
            books().and_where(Expr::col("title").eq(WORDS)).take(),
            books().and_where(Expr::col(Alias::new(WORDS)).is_null()).take(),
            books().and_where(Expr::col("id").in_subquery(inner.clone())).take(),
            books().from_subquery(inner, "inner").take(),
            books().expr(Func::count_distinct(Expr::col("id"))).take(),
        ];
        for statement in statements {
            assert!(!is_ordered(&statement) && !is_closed(&statement), "{statement:?}");
        }
    }

    #[test]
    fn tables_are_known_by_their_names_in_the_statement() {
        let mut statement = books();
        let on = Expr::val(1).eq(1);
        statement.left_join("author", on.clone());
        statement.join_as(JoinType::InnerJoin, "author", "editor", on.clone());
        statement.join_subquery(JoinType::InnerJoin, books().column("id").take(), "recent", on);
        let names: Vec<_> = tables(&statement).iter().map(ToString::to_string).collect();
        assert_eq!(names, ["book", "author", "editor", "recent"]);
    }

    #[test]
    fn clauses_are_seen() {
        assert!(is_ordered(&books().order_by("id", Order::Desc).take()));
        let closed = [
            books().group_by_col("id").take(),
            books().and_having(Expr::col("id").gt(1)).take(),
            books().limit(1).take(),
            books().offset(1).take(),
            books().distinct_on(["id"]).take(),
            books().union(UnionType::Distinct, books()).take(),
        ];
        for statement in closed {
            assert!(is_closed(&statement) && !is_ordered(&statement), "{statement:?}");
        }
    }
}
