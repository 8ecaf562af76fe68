//! What flight operations report on their subject, as events for the domain that records it.

use async_nats::jetstream::Message;
use schema_kernel::{Database, Event, Session, delivery::Delivery};
use schema_order::report;

use super::connection::Connection;

/// Takes the messages in order, and says of each on `ops.flight.outcome` what became of it.
///
/// # Errors
/// When the database fails. What was taken has its effect once, however often it comes.
pub(super) async fn take(
    connection: &Connection,
    delivery: Delivery<'_>,
    database: &Database,
    session: &Session,
    messages: &[Message],
) -> anyhow::Result<()> {
    let events: Vec<Event> = messages
        .iter()
        .map(|message| report::event_of_message(session, &message.payload))
        .collect();
    delivery.deliver(&events.iter().collect::<Vec<_>>()).await?;
    for event in &events {
        let outcome = report::outcome_of(database, event).await?;
        let subject = connection.subject("ops.flight.outcome");
        // Whoever does not listen loses nothing: the outcome stands in the database.
        let payload = serde_json::to_vec(&outcome)?.into();
        if let Err(error) = connection.client().publish(subject, payload).await {
            tracing::debug!(%error, "an outcome could not be told");
        }
    }
    Ok(())
}
