//! The connection to the broker, and the streams on it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use anyhow::{Context as _, anyhow};
use async_nats::{
    Client, ConnectOptions, Event,
    connection::State,
    jetstream::{
        self, Context,
        stream::{Config as StreamConfig, Stream},
    },
};
use secrecy::ExposeSecret;

use crate::{config::NatsConfig, graph::subgraph::SubgraphName};

/// How long the stream keeps events for others to read.
const RETENTION: Duration = Duration::from_hours(7 * 24);
/// How long the broker knows the numbers of events that it has taken: longer than what is published again, see `publisher`.
const DUPLICATES: Duration = Duration::from_mins(20);

/// A connection that is made again by itself. Cloning is cheap.
#[derive(Clone)]
pub(super) struct Connection {
    client: Client,
    context: Context,
    prefix: Arc<str>,
    times: Arc<AtomicU64>,
}

impl Connection {
    pub(super) async fn open(config: NatsConfig<'_>) -> anyhow::Result<Self> {
        let times = Arc::new(AtomicU64::new(0));
        let counter = times.clone();
        let mut options = ConnectOptions::new()
            .name("jetbridge")
            .retry_on_initial_connect()
            .connection_timeout(Duration::from_secs(5))
            .event_callback(move |event| {
                let counter = counter.clone();
                async move {
                    match event {
                        Event::Connected => {
                            counter.fetch_add(1, Ordering::Relaxed);
                            tracing::info!("the message broker is connected");
                        }
                        Event::Disconnected => {
                            tracing::warn!(
                                "the message broker is away; events wait in the outboxes"
                            );
                        }
                        other => tracing::debug!(event = %other, "message broker"),
                    }
                }
            });
        if let Some(file) = config.credentials_file {
            options = options
                .credentials_file(file)
                .await
                .with_context(|| format!("{} cannot be read", file.display()))?;
        }
        if let (Some(user), Some(password)) = (config.user, config.password) {
            let password = password.expose_secret().to_owned();
            options = options.user_and_password(user.to_owned(), password);
        }
        // The address may hold a password, and is not repeated.
        let client = options
            .connect(config.url.expose_secret())
            .await
            .map_err(|error| anyhow!("the message broker cannot be used: {}", error.kind()))?;
        Ok(Self {
            context: jetstream::new(client.clone()),
            client,
            prefix: config.prefix.into(),
            times,
        })
    }

    pub(super) fn is_connected(&self) -> bool {
        self.client.connection_state() == State::Connected
    }

    /// How often it was made: whoever sees another number than before cannot know what the broker has lost meanwhile.
    pub(super) fn times(&self) -> u64 {
        self.times.load(Ordering::Relaxed)
    }

    /// Waits until it is there.
    pub(super) async fn wait(&self, patience: Duration) -> anyhow::Result<()> {
        let connected = async {
            while !self.is_connected() {
                tokio::time::sleep(super::SHORT_PAUSE).await;
            }
        };
        tokio::time::timeout(patience, connected)
            .await
            .context("the message broker does not answer")
    }

    pub(super) fn context(&self) -> &Context {
        &self.context
    }

    pub(super) fn client(&self) -> &Client {
        &self.client
    }

    /// The subject of an event, or of anything else under our prefix.
    pub(super) fn subject(&self, name: &str) -> String {
        format!("{}.{name}", self.prefix)
    }

    /// The subject on which flight operations report.
    pub(super) fn operations(&self) -> String {
        self.subject("ops.flight")
    }

    /// The name of the stream of our events.
    fn name(&self) -> String {
        self.prefix.replace('.', "_").to_uppercase()
    }

    /// The stream of our events, which is made where it is missing.
    pub(super) async fn events(&self) -> anyhow::Result<Stream> {
        let subjects = SubgraphName::ALL.map(|name| self.subject(&format!("{name}.>")));
        self.stream(self.name(), subjects.into()).await
    }

    /// The stream of what flight operations report.
    pub(super) async fn reports(&self) -> anyhow::Result<Stream> {
        let name = format!("{}_OPS", self.name());
        self.stream(name, vec![self.operations()]).await
    }

    async fn stream(&self, name: String, subjects: Vec<String>) -> anyhow::Result<Stream> {
        let wanted = StreamConfig {
            name: name.clone(),
            subjects: subjects.clone(),
            max_age: RETENTION,
            duplicate_window: DUPLICATES,
            ..StreamConfig::default()
        };
        let stream = self.context.get_or_create_stream(wanted).await?;
        // An operator may have made it with replicas and limits of their own; a further domain needs its subject.
        let mut present = stream.cached_info().config.clone();
        let missing = subjects
            .into_iter()
            .filter(|subject| !present.subjects.contains(subject));
        let missing: Vec<String> = missing.collect();
        if missing.is_empty() {
            return Ok(stream);
        }
        present.subjects.extend(missing);
        self.context.update_stream(present).await?;
        Ok(self.context.get_stream(name).await?)
    }
}
