//! A subscription at the end of a wire: its events as they are taken, to the end or to the loss of it.
//!
//! Nothing is read before it is asked for, so what a client takes slowly waits at the subgraph, which knows what to do about
//! it. Dropping the stream ends the connection, and with it the work of the subgraph.

use std::sync::Arc;

use futures_util::{StreamExt, stream};
use tokio::time::timeout;

use super::{
    Inner, answer,
    client::{Failure, failure},
    event::{EventReader, Told, TooLong},
};
use crate::subgraph::{SubgraphResponse, SubgraphStream};

/// The events of a subscription that a subgraph has begun.
pub(super) fn follow(
    inner: Arc<Inner>,
    response: reqwest::Response,
    request_id: String,
) -> SubgraphStream {
    inner.gauge().increment(1.0);
    let following = Following {
        events: EventReader::new(inner.options.response_limit),
        inner,
        response,
        request_id,
    };
    stream::unfold(State::Following(Box::new(following)), State::next).boxed()
}

enum State {
    Following(Box<Following>),
    /// It was said that it is lost.
    Lost,
    Over,
}

impl State {
    async fn next(self) -> Option<(SubgraphResponse, Self)> {
        let mut following = match self {
            Self::Following(following) => following,
            Self::Lost => {
                // What ends at once with its first word has never begun. This one had.
                tokio::task::yield_now().await;
                return None;
            }
            Self::Over => return None,
        };
        match following.event().await {
            Ok(Told::Next(body)) => {
                let (response, may_go_on) = answer::read_event(&body, &following.request_id);
                let following = may_go_on.then_some(following);
                Some((response, following.map_or(Self::Over, Self::Following)))
            }
            Ok(Told::Complete) => None,
            Err(failure) => {
                following.lose(failure);
                Some((answer::broken_off(), Self::Lost))
            }
        }
    }
}

struct Following {
    inner: Arc<Inner>,
    response: reqwest::Response,
    events: EventReader,
    request_id: String,
}

impl Following {
    async fn event(&mut self) -> Result<Told, Failure> {
        loop {
            if let Some(told) = self.events.next().map_err(|TooLong| Failure::TooLarge)? {
                return Ok(told);
            }
            let chunk = timeout(self.inner.options.silence, self.response.chunk())
                .await
                .map_err(|_| Failure::Late)?
                .map_err(failure)?
                // A stream that ends without a word was broken off.
                .ok_or(Failure::Interrupted)?;
            self.events.read(&chunk);
        }
    }

    fn lose(&self, failure: Failure) {
        let (subgraph, reason) = (&self.inner.name, failure.as_str());
        let request_id = &self.request_id;
        tracing::warn!(
            subgraph,
            request_id,
            reason,
            "a subscription was broken off"
        );
        metrics::counter!("jetbridge_subgraph_subscriptions_lost_total", "subgraph" => subgraph.clone(), "reason" => reason)
            .increment(1);
    }
}

impl Drop for Following {
    fn drop(&mut self) {
        self.inner.gauge().decrement(1.0);
    }
}

impl Inner {
    fn gauge(&self) -> metrics::Gauge {
        metrics::gauge!("jetbridge_subgraph_subscriptions_open", "subgraph" => self.name.clone())
    }
}
