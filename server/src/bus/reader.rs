//! From a stream to whoever acts on it: in the order of the stream, from where the last one came to.

use std::time::Duration;

use anyhow::anyhow;
use async_nats::jetstream::{
    Message,
    consumer::{AckPolicy, Consumer, DeliverPolicy, pull},
    stream::Stream,
};
use futures_util::StreamExt;
use schema_kernel::{Database, outbox::Domain, position};

/// How many messages share a transaction.
const BATCH: usize = 250;
/// The longest that a request for messages may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// After how long the broker offers a message again that was not acknowledged.
const ACKNOWLEDGED_WITHIN: Duration = Duration::from_mins(1);

/// A durable consumer on a stream, placed after the last message that the domain has dealt with.
pub(super) struct Reader {
    consumer: Consumer<pull::Config>,
    stream: String,
    incarnation: String,
    position: u64,
}

/// Messages, and the place after them.
#[derive(Default)]
pub(super) struct Batch {
    pub(super) messages: Vec<Message>,
    last: u64,
}

impl Reader {
    /// Opens `stream` for the domain. The broker's own place is set to ours, so that nothing is left out and order is kept,
    /// whoever read before.
    pub(super) async fn open(
        stream: &Stream,
        durable: &str,
        domain: Domain,
        database: &Database,
    ) -> anyhow::Result<Self> {
        let info = stream.get_info().await?;
        let (name, incarnation) = (info.config.name, info.created.to_string());
        let mut position = position::read(database, domain, &name, &incarnation).await?;
        if position > info.state.last_sequence {
            // The same stream from an older copy of its disk.
            position = 0;
        }
        // There may be none yet.
        let _ = stream.delete_consumer(durable).await;
        let config = pull::Config {
            durable_name: Some(durable.to_owned()),
            description: Some(format!("What the {} domain has dealt with.", domain.0)),
            deliver_policy: DeliverPolicy::ByStartSequence {
                start_sequence: position + 1,
            },
            ack_policy: AckPolicy::All,
            ack_wait: ACKNOWLEDGED_WITHIN,
            ..pull::Config::default()
        };
        Ok(Self {
            consumer: stream.create_consumer(config).await?,
            stream: name,
            incarnation,
            position,
        })
    }

    /// The next messages; none where there are none at this moment.
    pub(super) async fn next(&self) -> anyhow::Result<Batch> {
        let read = async {
            let mut stream = self.consumer.fetch().max_messages(BATCH).messages().await?;
            let mut batch = Batch {
                last: self.position,
                ..Batch::default()
            };
            while let Some(message) = stream.next().await {
                let message = message.map_err(|error| anyhow!(error))?;
                let sequence = message
                    .info()
                    .map_err(|error| anyhow!(error))?
                    .stream_sequence;
                // What was not acknowledged in time comes again.
                if sequence > batch.last {
                    batch.last = sequence;
                    batch.messages.push(message);
                }
            }
            Ok(batch)
        };
        tokio::time::timeout(PATIENCE, read).await?
    }

    /// Notes that the messages were dealt with.
    pub(super) async fn pass(
        &mut self,
        batch: &Batch,
        domain: Domain,
        database: &Database,
    ) -> anyhow::Result<()> {
        let Some(last) = batch.messages.last() else {
            return Ok(());
        };
        position::write(
            database,
            domain,
            &self.stream,
            &self.incarnation,
            batch.last,
        )
        .await?;
        self.position = batch.last;
        last.ack().await.map_err(|error| anyhow!(error))
    }
}

/// Whether the domain has dealt with everything that is in the stream at this moment.
pub(super) async fn is_at_the_end(
    stream: &Stream,
    domain: Domain,
    database: &Database,
) -> anyhow::Result<bool> {
    let info = stream.get_info().await?;
    let incarnation = info.created.to_string();
    let position = position::read(database, domain, &info.config.name, &incarnation).await?;
    Ok(position >= info.state.last_sequence)
}
