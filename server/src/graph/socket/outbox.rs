//! What waits to be sent: few messages, so that whoever takes slowly slows down what is made for them.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use axum::extract::ws::Message;
use futures_util::{Sink, SinkExt};
use tokio::{sync::mpsc, time::timeout};

use super::close::Close;

/// How many messages may wait.
const LENGTH: usize = 16;

/// Something to send.
enum Item {
    Message(Message),
    /// A message of an operation, which nobody waits for any more once that has ended.
    OfOperation(Message, Ended),
    End(Option<Close>),
}

/// Whether an operation has been ended by its client.
#[derive(Clone, Debug, Default)]
pub(super) struct Ended(Arc<AtomicBool>);

impl Ended {
    pub(super) fn set(&self) {
        self.0.store(true, Ordering::Release);
    }

    fn is_set(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// The end of the queue where messages are put. Cloning is cheap.
#[derive(Clone)]
pub(super) struct Outbox(mpsc::Sender<Item>);

/// Nobody takes messages any more.
#[derive(Debug)]
pub(super) struct Gone;

impl Outbox {
    /// Puts a message in, and waits for a place where there is none.
    pub(super) async fn send(&self, message: Message) -> Result<(), Gone> {
        self.put(Item::Message(message)).await
    }

    /// The same for a message of an operation.
    pub(super) async fn send_of(&self, message: Message, ended: &Ended) -> Result<(), Gone> {
        self.put(Item::OfOperation(message, ended.clone())).await
    }

    /// Nothing comes after this; the socket closes with a code, or without a word.
    pub(super) async fn end(&self, close: Option<Close>) {
        // Where nobody takes messages, there is nothing left to close.
        let _ = self.put(Item::End(close)).await;
    }

    async fn put(&self, item: Item) -> Result<(), Gone> {
        self.0.send(item).await.map_err(|_| Gone)
    }
}

/// A queue, and the work of sending what is in it. The work ends after the end of the queue, when the client is gone, or
/// when it takes nothing for `patience`.
pub(super) fn open<S>(sink: S, patience: Duration) -> (Outbox, impl Future<Output = ()>)
where
    S: Sink<Message> + Send,
{
    let (sender, receiver) = mpsc::channel(LENGTH);
    (Outbox(sender), write(sink, receiver, patience))
}

async fn write<S: Sink<Message>>(sink: S, mut items: mpsc::Receiver<Item>, patience: Duration) {
    let mut sink = std::pin::pin!(sink);
    while let Some(item) = items.recv().await {
        let message = match item {
            Item::OfOperation(_, ended) if ended.is_set() => continue,
            Item::OfOperation(message, _) | Item::Message(message) => message,
            Item::End(None) => return,
            Item::End(Some(close)) => {
                let close = Message::Close(Some(close.into()));
                let _ = timeout(patience, sink.send(close)).await;
                return;
            }
        };
        if !matches!(timeout(patience, sink.send(message)).await, Ok(Ok(()))) {
            return;
        }
    }
}
