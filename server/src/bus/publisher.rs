//! From an outbox to the stream: in the order of each aggregate, kept until the broker has acknowledged, and for a while
//! after that.
//!
//! The broker acknowledges before its disk has the message, unless its `sync_interval` is `always`. So what it acknowledged
//! in the last ten minutes is published again whenever it comes back, and it drops what it still knows by `Nats-Msg-Id`.

use std::collections::{BTreeMap, VecDeque};

use anyhow::{Context as _, anyhow};
use async_nats::jetstream::message::PublishMessage;
use chrono::TimeDelta;
use futures_util::future::join_all;
use schema_kernel::{
    Database, Event, Session,
    outbox::{self, Domain},
};

use super::connection::Connection;

/// How long what was acknowledged can be published again.
pub(super) const KEPT: TimeDelta = TimeDelta::minutes(10);

const BATCH: u64 = 500;

/// Publishes what waits in an outbox, and says how many events that were.
///
/// # Errors
/// When the database fails, or the broker does not acknowledge. What was acknowledged is not lost by it.
pub(super) async fn publish(
    connection: &Connection,
    domain: Domain,
    database: &Database,
    session: &Session,
) -> anyhow::Result<u64> {
    let pending = outbox::pending(database, domain, BATCH).await?;
    if pending.is_empty() {
        return Ok(0);
    }
    let times = connection.times();
    // Looked at each time, because a broker that comes back may have lost it.
    connection.events().await?;
    let mut waiting: BTreeMap<&str, VecDeque<&(i64, Event)>> = BTreeMap::new();
    for entry in &pending {
        waiting
            .entry(&entry.1.subject)
            .or_default()
            .push_back(entry);
    }
    let (mut published, mut failure) = (Vec::with_capacity(pending.len()), None);
    // One event of each aggregate at a time, so that none overtakes the one before it.
    while !waiting.is_empty() {
        if connection.times() != times {
            // The broker may have lost the event before: both are published again, in order.
            failure = Some(anyhow!("the message broker was away meanwhile"));
            break;
        }
        let wave = waiting
            .iter()
            .filter_map(|(subject, events)| Some((*subject, *events.front()?)));
        let wave = wave.map(async |(subject, (sequence, event))| {
            (subject, *sequence, send(connection, event).await)
        });
        for (subject, sequence, outcome) in join_all(wave).await {
            let is_done = waiting.get_mut(subject).is_none_or(|events| {
                events.pop_front();
                events.is_empty()
            });
            let has_failed = outcome.is_err();
            match outcome {
                Ok(()) => published.push(sequence),
                Err(error) => failure = Some(error),
            }
            if is_done || has_failed {
                waiting.remove(subject);
            }
        }
    }
    let count = outbox::mark_dispatched(database, domain, &published, session.now()).await?;
    metrics::counter!("jetbridge_events_published_total", "domain" => domain.0).increment(count);
    match failure {
        Some(failure) => Err(failure),
        None => Ok(published.len() as u64),
    }
}

async fn send(connection: &Connection, event: &Event) -> anyhow::Result<()> {
    let message = PublishMessage::build()
        .message_id(event.id.to_string())
        .header("Content-Type", "application/cloudevents+json")
        .payload(serde_json::to_vec(&event.cloud_event())?.into());
    let subject = connection.subject(&event.kind);
    let acknowledgement = connection.context().send_publish(subject, message).await?;
    acknowledgement
        .await
        .context("the message broker did not acknowledge an event")?;
    Ok(())
}

/// Takes for not published what the broker may have lost.
///
/// # Errors
/// When the database fails.
pub(super) async fn rewind(
    domain: Domain,
    database: &Database,
    session: &Session,
) -> anyhow::Result<()> {
    let again = outbox::rewind(database, domain, session.now() - KEPT).await?;
    if again > 0 {
        tracing::info!(
            domain = domain.0,
            events = again,
            "events of the last ten minutes are published again"
        );
    }
    Ok(())
}
