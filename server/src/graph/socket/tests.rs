use axum::extract::ws::Message;
use futures_util::{StreamExt, sink, stream};
use tokio::sync::mpsc;

use super::*;
use crate::auth::TokenError;

/// Answers every operation with a defect.
struct Broken(Clock);

impl Host for Broken {
    fn identify(&self, _: &str) -> Result<Identity, TokenError> {
        Err(TokenError::Malformed)
    }

    fn answer(&self, _: &Identity, request: GraphQlRequest) -> ResponseStream {
        if request.query == "never" {
            return stream::pending().boxed();
        }
        panic!("a defect")
    }

    fn clock(&self) -> &Clock {
        &self.0
    }

    fn revoked<'a>(&'a self, _: &'a Identity) -> BoxFuture<'a, ()> {
        std::future::pending().boxed()
    }
}

/// What a client hears who says this, and then nothing.
async fn hear(said: &[&str], keep_alive: Duration) -> (Option<Close>, Vec<Message>) {
    let (sender, mut heard) = mpsc::unbounded_channel();
    let sink = sink::unfold(sender, async |sender, message| {
        sender.send(message).map_err(|_| ())?;
        Ok::<_, ()>(sender)
    });
    let settings = Settings {
        init_timeout: Duration::from_secs(20),
        keep_alive,
        operations: 10,
        limits: schema_gateway::Limits::default(),
    };
    let (queue, writing) = outbox::open(sink, Duration::from_secs(20));
    let host = Arc::new(Broken(Clock::system()));
    let connection = Connection::new(host, Identity::anonymous(), settings, queue.clone());
    let said = said.iter().map(|text| Ok(Message::text(*text)));
    let incoming = stream::iter(said.collect::<Vec<_>>()).chain(stream::pending());
    let reading = async {
        let close = connection.run(incoming, &CancellationToken::new()).await;
        queue.end(close.clone()).await;
        close
    };
    let (close, ()) = tokio::join!(reading, writing);
    let mut messages = Vec::new();
    while let Ok(message) = heard.try_recv() {
        messages.push(message);
    }
    (close, messages)
}

const INIT: &str = r#"{"type":"connection_init"}"#;

#[tokio::test]
async fn code_4500_for_a_defect() {
    let subscribe = r#"{"type":"subscribe","id":"a","payload":{"query":"{ a }"}}"#;
    let (close, messages) = hear(&[INIT, subscribe], Duration::from_secs(20)).await;
    assert_eq!(close, Some(Close::internal()));
    assert_eq!(messages[0], Message::text(r#"{"type":"connection_ack"}"#));
}

#[tokio::test]
async fn who_shows_no_sign_of_life_is_given_up() {
    let subscribe = r#"{"type":"subscribe","id":"a","payload":{"query":"never"}}"#;
    let (close, messages) = hear(&[INIT, subscribe], Duration::from_millis(20)).await;
    assert_eq!(close, None);
    assert!(
        matches!(messages.last(), Some(Message::Ping(_))),
        "{messages:?}"
    );
}

#[test]
fn reasons_fit_into_their_frame() {
    let close = Close::subscriber_exists(&"é".repeat(200));
    assert!(close.reason.len() <= 123, "{}", close.reason.len());
}
