//! Lines of customers' timelines, as the timeline itself would write them on the same events.

use chrono::{DateTime, Utc};
use entities::{id::CustomerId, profile::timeline_entry};
use schema_kernel::{Error, Event};
use serde_json::Value;

use super::stream::Stream;

/// Adds the line for an event about a customer, if the timeline shows such events. `what` is the type of the event and its
/// time; `whom` is what it happened to and the customer.
pub(super) fn tell(
    lines: &mut Vec<timeline_entry::Model>,
    stream: &Stream,
    what: (&str, DateTime<Utc>),
    whom: (impl ToString, CustomerId),
    data: Value,
) -> Result<(), Error> {
    let ((kind, time), (subject, customer)) = (what, whom);
    let event = Event {
        id: stream.id(time),
        source: kind.split('.').next().unwrap_or_default().to_owned(),
        kind: kind.to_owned(),
        subject: subject.to_string(),
        time,
        customer_id: Some(customer),
        correlation_id: "seed".to_owned(),
        data,
    };
    lines.extend(schema_profile::timeline::entry(stream.id(time), &event)?);
    Ok(())
}
