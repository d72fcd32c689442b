//! Statements of the user that a further condition would not narrow.

use sea_orm::sea_query::{
    Alias, DynIden, Expr, ExprTrait, Func, IntoIden, JoinType, SelectStatement, WindowStatement,
};

use super::probe;
use crate::schema::Entity;

/// The place of a row in the order of the user's statement.
const PLACE: &str = "drf_place";

/// Returns the rows of the table whose keys a statement selects, in its order.
///
/// A condition on a statement with a `LIMIT`, a `UNION`, groups or `DISTINCT ON` is applied before these, or to the first part of
/// a union only: rows would be found that the statement leaves out.
pub(super) fn rows_of(entity: &Entity, inner: SelectStatement) -> SelectStatement {
    let name = Alias::new(format!("{}_selected", entity.table)).into_iden();
    if probe::is_compound(&inner) || probe::is_distinct(&inner) && !probe::is_distinct_on(&inner) {
        return among_keys(entity, inner, &name);
    }
    match probe::is_distinct_on(&inner) {
        true => joined(entity, placed(entity, inner), &name, true),
        false => grouped(entity, inner, &name),
    }
}

/// `SELECT FROM book WHERE book.id IN (SELECT id FROM (..) AS selected)`: what a union or a `DISTINCT` selects must stay as it is.
fn among_keys(entity: &Entity, inner: SelectStatement, name: &DynIden) -> SelectStatement {
    let orders = probe::orders(&inner);
    let key = Alias::new(entity.primary_key().name);
    let keys = SelectStatement::new().column((name.clone(), key)).from_subquery(inner, name.clone()).take();
    let mut statement = SelectStatement::new();
    statement.from(entity.table_ref.clone()).and_where(key_of(entity).in_subquery(keys));
    for order in orders {
        statement.add_order_by(order);
    }
    statement
}

/// `SELECT FROM book JOIN (SELECT id, ROW_NUMBER() OVER (ORDER BY ..) ..) AS selected ON selected.id = book.id ORDER BY selected.place`
fn grouped(entity: &Entity, mut inner: SelectStatement, name: &DynIden) -> SelectStatement {
    let orders = probe::orders(&inner);
    inner.clear_selects().expr_as(key_of(entity), Alias::new(entity.primary_key().name));
    let is_ordered = !orders.is_empty();
    if is_ordered {
        let mut window = WindowStatement::new();
        for order in orders {
            window.add_order_by(order);
        }
        inner.expr_window_as(Func::cust("ROW_NUMBER"), window, PLACE);
    }
    joined(entity, inner, name, is_ordered)
}

/// `SELECT id, MIN(place) FROM (SELECT id, ROW_NUMBER() OVER () AS place FROM (SELECT DISTINCT ON (..) id .. ORDER BY ..)) GROUP BY id`: a
/// number within the statement would be that of a row before the others are left out. PostgreSQL, which alone has `DISTINCT ON`,
/// numbers the rows as they come.
fn placed(entity: &Entity, mut inner: SelectStatement) -> SelectStatement {
    let (distinct, numbered) = (Alias::new("drf_distinct"), Alias::new("drf_numbered"));
    let key = Alias::new(entity.primary_key().name);
    inner.clear_selects().expr_as(key_of(entity), key.clone());
    let mut numbers = SelectStatement::new();
    numbers.column((distinct.clone(), key.clone())).from_subquery(inner, distinct);
    numbers.expr_window_as(Func::cust("ROW_NUMBER"), WindowStatement::new(), PLACE);
    let first = Func::min(Expr::col((numbered.clone(), PLACE)));
    let mut statement = SelectStatement::new();
    statement.column((numbered.clone(), key.clone())).expr_as(first, PLACE);
    statement.from_subquery(numbers, numbered.clone()).group_by_col((numbered, key)).take()
}

/// `SELECT FROM book JOIN (..) AS selected ON selected.id = book.id ORDER BY selected.place`
fn joined(entity: &Entity, inner: SelectStatement, name: &DynIden, is_ordered: bool) -> SelectStatement {
    let key = Alias::new(entity.primary_key().name);
    let mut statement = SelectStatement::new();
    statement.from(entity.table_ref.clone());
    if is_ordered {
        statement.order_by((name.clone(), PLACE), sea_orm::Order::Asc);
    }
    let on = key_of(entity).equals((name.clone(), key));
    statement.join_subquery(JoinType::InnerJoin, inner, name.clone(), on);
    statement
}

fn key_of(entity: &Entity) -> Expr {
    Expr::col((Alias::new(entity.table), Alias::new(entity.primary_key().name)))
}
