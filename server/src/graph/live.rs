//! A gateway that can be replaced while it answers.

use schema_gateway::Gateway;
use tokio::sync::watch;

/// The gateway of the moment. A request keeps the one it began with, so a change fails none.
#[derive(Debug)]
pub struct Live(watch::Sender<Gateway>);

impl Live {
    /// Begins with this one.
    pub fn new(gateway: Gateway) -> Self {
        Self(watch::Sender::new(gateway))
    }

    /// The one to answer the next request with.
    pub fn current(&self) -> Gateway {
        self.0.borrow().clone()
    }

    /// From now on requests are answered by this one.
    pub fn replace(&self, gateway: Gateway) {
        self.0.send_replace(gateway);
    }
}
