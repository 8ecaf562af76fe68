//! Events that this domain could not consume, for those who run the platform.

use crate::{DOMAIN, consumer};

schema_kernel::dead_letters! {
    DOMAIN, consumer;
    /// The events that the insight domain could not consume, latest first. `first` or `last` is needed, at most 100.
    insight_dead_letters;
    /// Tries an event again that the insight domain could not consume, with the others of its aggregate, in order. An event
    /// takes effect once, however often it is replayed.
    replay_insight_dead_letter;
}
