//! The protocol at work on one socket.

use std::{collections::HashMap, sync::Arc};

use axum::{Error as AxumError, extract::ws::Message};
use chrono::{DateTime, Utc};
use futures_util::{Stream, StreamExt};
use schema_gateway::{GraphQlError, GraphQlRequest, ResponseStream};
use schema_kernel::Code;
use serde_json::{Map, Value};
use tokio::{
    task::{AbortHandle, JoinError, JoinSet},
    time::{Instant, Interval, MissedTickBehavior, interval_at, sleep_until},
};
use tokio_util::sync::CancellationToken;

use super::{
    Host, Settings,
    close::Close,
    message::{Incoming, Outgoing},
    outbox::{Ended, Gone, Outbox},
    stopping,
};
use crate::{auth::Identity, graph::operation::is_subscription};

/// A socket that speaks the protocol.
pub(super) struct Connection<H> {
    host: Arc<H>,
    identity: Identity,
    settings: Settings,
    outbox: Outbox,
    has_init: bool,
    is_closing: bool,
    // Whether anything came since the last sign of life was asked for.
    is_alive: bool,
    operations: HashMap<String, Operation>,
    tasks: JoinSet<Outcome>,
    begun: u64,
}

/// An operation under way.
struct Operation {
    // Ids are used again; numbers are not.
    number: u64,
    task: AbortHandle,
    ended: Ended,
    is_subscription: bool,
}

/// How an operation came to its end by itself.
struct Outcome {
    id: String,
    number: u64,
    /// Why nothing was executed.
    refusal: Option<Vec<GraphQlError>>,
}

/// The socket's end: with a code, or without a word where nobody would hear it.
struct End(Option<Close>);

impl From<Close> for End {
    fn from(close: Close) -> Self {
        Self(Some(close))
    }
}

impl From<Gone> for End {
    fn from(_: Gone) -> Self {
        Self(None)
    }
}

impl<H: Host> Connection<H> {
    /// A socket on behalf of `identity`, until `connection_init` says otherwise.
    pub(super) fn new(
        host: Arc<H>,
        identity: Identity,
        settings: Settings,
        outbox: Outbox,
    ) -> Self {
        Self {
            host,
            identity,
            settings,
            outbox,
            has_init: false,
            is_closing: false,
            is_alive: true,
            operations: HashMap::new(),
            tasks: JoinSet::new(),
            begun: 0,
        }
    }

    /// Speaks until the end, and says how to close.
    pub(super) async fn run(
        mut self,
        incoming: impl Stream<Item = Result<Message, AxumError>>,
        closing: &CancellationToken,
    ) -> Option<Close> {
        let mut incoming = std::pin::pin!(incoming);
        let init_until = Instant::now() + self.settings.init_timeout;
        let mut signs = self.signs_of_life();
        loop {
            let step = tokio::select! {
                () = stopping(closing, self.is_closing) => self.begin_to_close(),
                () = sleep_until(init_until), if !self.has_init => Err(Close::init_timeout().into()),
                () = expiry(&self.host, self.identity.expires_at), if self.has_init => {
                    Err(Close::forbidden("the token has expired").into())
                }
                () = self.host.revoked(&self.identity), if self.has_init => {
                    Err(Close::forbidden("what you have shown was revoked").into())
                }
                Some(outcome) = self.tasks.join_next() => self.finish(outcome).await,
                message = incoming.next(), if !self.is_closing => self.hear(message).await,
                _ = signs.tick() => self.ask_for_a_sign().await,
            };
            if let Err(End(close)) = step {
                return close;
            }
        }
    }

    fn signs_of_life(&self) -> Interval {
        let period = self.settings.keep_alive;
        let mut signs = interval_at(Instant::now() + period, period);
        signs.set_missed_tick_behavior(MissedTickBehavior::Delay);
        signs
    }

    async fn ask_for_a_sign(&mut self) -> Result<(), End> {
        if !std::mem::take(&mut self.is_alive) {
            return Err(End(None));
        }
        Ok(self
            .outbox
            .send(Message::Ping(axum::body::Bytes::new()))
            .await?)
    }

    // Subscriptions would never end; what is answered once is answered.
    fn begin_to_close(&mut self) -> Result<(), End> {
        self.is_closing = true;
        for operation in self.operations.values() {
            if operation.is_subscription {
                operation.ended.set();
                operation.task.abort();
            }
        }
        self.operations
            .retain(|_, operation| !operation.is_subscription);
        self.close_when_done()
    }

    fn close_when_done(&self) -> Result<(), End> {
        if self.is_closing && self.operations.is_empty() {
            return Err(Close::going_away().into());
        }
        Ok(())
    }

    async fn hear(&mut self, message: Option<Result<Message, AxumError>>) -> Result<(), End> {
        self.is_alive = true;
        match message {
            Some(Ok(Message::Text(text))) => match Incoming::read(&text) {
                Ok(message) => self.act(message).await,
                Err(what) => Err(Close::bad_request(what).into()),
            },
            Some(Ok(Message::Binary(_))) => Err(Close::bad_request("messages are text").into()),
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(()),
            Some(Ok(Message::Close(_))) | None => Err(End(None)),
            Some(Err(error)) => Err(End(is_too_long(error).then(Close::too_long))),
        }
    }

    async fn act(&mut self, message: Incoming) -> Result<(), End> {
        match message {
            Incoming::ConnectionInit { payload } => self.init(payload).await,
            Incoming::Ping { payload } => self.say(&Outgoing::Pong { payload }).await,
            Incoming::Pong { .. } => Ok(()),
            Incoming::Subscribe { id, payload } => self.begin(id, payload).await,
            Incoming::Complete { id } => {
                if let Some(operation) = self.operations.remove(&id) {
                    operation.ended.set();
                    operation.task.abort();
                }
                Ok(())
            }
        }
    }

    async fn init(&mut self, payload: Option<Map<String, Value>>) -> Result<(), End> {
        if self.has_init {
            return Err(Close::too_many_inits().into());
        }
        self.has_init = true;
        let mut tokens = payload
            .iter()
            .flatten()
            .filter(|(name, _)| name.eq_ignore_ascii_case("authorization"));
        if let Some((_, token)) = tokens.next() {
            let token = token
                .as_str()
                .filter(|_| tokens.next().is_none())
                .ok_or_else(|| Close::forbidden("Authorization is one text: Bearer and a token"))?;
            self.identity = self.host.identify(token).map_err(Close::forbidden)?;
        }
        self.say(&Outgoing::ConnectionAck).await
    }

    async fn begin(&mut self, id: String, request: GraphQlRequest) -> Result<(), End> {
        if !self.has_init {
            return Err(Close::unauthorized().into());
        }
        if self.operations.contains_key(&id) {
            return Err(Close::subscriber_exists(&id).into());
        }
        if self.operations.len() >= self.settings.operations {
            return self.refuse_one_more(&id).await;
        }
        self.begun += 1;
        let (number, ended) = (self.begun, Ended::default());
        let is_subscription = is_subscription(&request, &self.settings.limits);
        let work = follow(
            self.host.clone(),
            self.identity.clone(),
            request,
            self.outbox.clone(),
            (id.clone(), number, ended.clone()),
        );
        let task = self.tasks.spawn(work);
        let operation = Operation {
            number,
            task,
            ended,
            is_subscription,
        };
        self.operations.insert(id, operation);
        Ok(())
    }

    async fn refuse_one_more(&self, id: &str) -> Result<(), End> {
        let message = format!(
            "A socket runs at most {} operations at a time: complete one first.",
            self.settings.operations
        );
        let error = GraphQlError::with_code(Code::RateLimited.as_str(), message);
        self.say(&Outgoing::Error {
            id,
            payload: &[error],
        })
        .await
    }

    async fn finish(&mut self, outcome: Result<Outcome, JoinError>) -> Result<(), End> {
        let Outcome {
            id,
            number,
            refusal,
        } = match outcome {
            Ok(outcome) => outcome,
            Err(error) if error.is_panic() => return Err(Close::internal().into()),
            Err(_) => return Ok(()),
        };
        if self
            .operations
            .get(&id)
            .is_none_or(|operation| operation.number != number)
        {
            return Ok(());
        }
        // Forgotten first: the client may use the id again as soon as it has heard.
        self.operations.remove(&id);
        match &refusal {
            Some(errors) => {
                self.say(&Outgoing::Error {
                    id: &id,
                    payload: errors,
                })
                .await?;
            }
            None => self.say(&Outgoing::Complete { id: &id }).await?,
        }
        self.close_when_done()
    }

    async fn say(&self, message: &Outgoing<'_>) -> Result<(), End> {
        let text = message.write().map_err(|_| Close::internal())?;
        Ok(self.outbox.send(Message::text(text)).await?)
    }
}

async fn expiry<H: Host>(host: &Arc<H>, expires_at: Option<DateTime<Utc>>) {
    match expires_at {
        Some(expires_at) => host.clock().wait_until(expires_at).await,
        None => std::future::pending().await,
    }
}

async fn follow<H: Host>(
    host: Arc<H>,
    identity: Identity,
    request: GraphQlRequest,
    outbox: Outbox,
    (id, number, ended): (String, u64, Ended),
) -> Outcome {
    let responses = host.answer(&identity, request);
    let refusal = pass_on(responses, &outbox, &id, &ended).await;
    Outcome {
        id,
        number,
        refusal,
    }
}

async fn pass_on(
    mut responses: ResponseStream,
    outbox: &Outbox,
    id: &str,
    ended: &Ended,
) -> Option<Vec<GraphQlError>> {
    let mut is_first = true;
    while let Some(response) = responses.next().await {
        if std::mem::take(&mut is_first) && response.is_request_error() {
            return Some(response.errors);
        }
        let next = Outgoing::Next {
            id,
            payload: &response,
        };
        let sent = match next.write() {
            Ok(text) => outbox.send_of(Message::text(text), ended).await,
            Err(error) => {
                tracing::error!(%error, "an answer could not be written");
                Err(Gone)
            }
        };
        if sent.is_err() {
            break;
        }
    }
    None
}

fn is_too_long(error: AxumError) -> bool {
    // The library says so in words alone, and does not show the type that it uses inside.
    let text = error.to_string();
    text.contains("too long") || text.contains("too big")
}
