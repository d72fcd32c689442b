//! What all requests share: settings, databases, state.

use std::sync::Arc;

use sea_orm::DatabaseConnection;

use crate::settings::Settings;
use crate::throttling::ThrottleStore;

/// Settings, databases and shared state; cheap to clone. Routers are mounted on it.
#[derive(Debug, Clone)]
pub struct App {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    settings: Settings,
    reads: DatabaseConnection,
    writes: DatabaseConnection,
    throttles: ThrottleStore,
}

impl App {
    /// An app on one database.
    pub fn new(settings: Settings, db: DatabaseConnection) -> Self {
        Self::with_replica(settings, db.clone(), db)
    }

    /// An app that reads from one database and writes to another: lists and single rows come from `reads`; what is
    /// validated, written and shown after writing goes to `writes`.
    pub fn with_replica(settings: Settings, reads: DatabaseConnection, writes: DatabaseConnection) -> Self {
        let throttles = ThrottleStore::default();
        Self { shared: Arc::new(Shared { settings, reads, writes, throttles }) }
    }

    /// The same with another place for the counts of throttles: one that several processes share, or one with a clock.
    ///
    /// # Panics
    /// If the app is shared already: call it first.
    pub fn with_throttle_store(mut self, throttles: ThrottleStore) -> Self {
        let shared = Arc::get_mut(&mut self.shared).expect("an app that is not shared yet");
        shared.throttles = throttles;
        self
    }

    /// The settings.
    pub fn settings(&self) -> &Settings {
        &self.shared.settings
    }

    /// Where reads go.
    pub fn read(&self) -> &DatabaseConnection {
        &self.shared.reads
    }

    /// Where writes go.
    pub fn write(&self) -> &DatabaseConnection {
        &self.shared.writes
    }

    pub(crate) fn throttle_store(&self) -> &ThrottleStore {
        &self.shared.throttles
    }
}
