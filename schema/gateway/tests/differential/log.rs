//! What the gateway writes into its log, which is where the planner's errors go.

use std::{
    fmt::Debug,
    sync::{Arc, Mutex},
};

use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
    subscriber::DefaultGuard,
};
use tracing_subscriber::{
    Layer,
    layer::{Context, SubscriberExt},
    util::SubscriberInitExt,
};

#[derive(Debug, Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Option<String>>>);

impl Log {
    /// Listens on this thread for as long as the guard lives.
    pub(crate) fn listen() -> (Self, DefaultGuard) {
        let log = Self::default();
        let guard = tracing_subscriber::registry()
            .with(log.clone())
            .set_default();
        (log, guard)
    }

    pub(crate) fn clear(&self) {
        self.0.lock().unwrap().take();
    }

    /// Why the last query has no plan.
    pub(crate) fn reason(&self) -> Option<String> {
        self.0.lock().unwrap().clone()
    }
}

impl<S: Subscriber> Layer<S> for Log {
    fn on_event(&self, event: &Event<'_>, _context: Context<'_, S>) {
        let mut found = Found::default();
        event.record(&mut found);
        if found.message == "no plan" {
            *self.0.lock().unwrap() = Some(found.error);
        }
    }
}

#[derive(Default)]
struct Found {
    message: String,
    error: String,
}

impl Visit for Found {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        match field.name() {
            "message" => self.message = format!("{value:?}"),
            "error" => self.error = format!("{value:?}"),
            _ => {}
        }
    }
}
