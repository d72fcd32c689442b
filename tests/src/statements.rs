//! How many statements an answer costs.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use drf::sea_orm::DatabaseConnection;

/// Counts the statements of a database.
#[derive(Debug, Clone, Default)]
pub struct Statements(Arc<AtomicUsize>);

impl Statements {
    /// From now on.
    pub fn of(db: &mut DatabaseConnection) -> Self {
        let statements = Self::default();
        let counted = statements.0.clone();
        db.set_metric_callback(move |_| {
            counted.fetch_add(1, Ordering::Relaxed);
        });
        statements
    }

    /// How many there were.
    pub fn count(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }

    /// Begins anew.
    pub fn reset(&self) {
        self.0.store(0, Ordering::Relaxed);
    }
}
