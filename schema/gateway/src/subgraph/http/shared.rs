//! Identical queries under way at the same time, asked once.

use std::{
    collections::HashMap,
    hash::{Hash, Hasher},
    sync::{Mutex, PoisonError},
};

use futures_util::{
    FutureExt,
    future::{BoxFuture, Shared, WeakShared},
};
use http::HeaderMap;

use super::{
    client::{Failure, Question, Reply},
    header::TRACE,
};

type Outcome = Result<Reply, Failure>;

/// Everything the subgraph can tell two questions apart by: the whole body, and every header that is passed on, whoever's
/// identity it carries. What only names a request is left out.
#[derive(Clone, PartialEq, Eq)]
struct Key(Question);

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.body.hash(state);
    }
}

fn key(question: &Question) -> Key {
    let mut headers = HeaderMap::clone(&question.headers);
    for name in TRACE {
        headers.remove(name);
    }
    Key(Question {
        body: question.body.clone(),
        headers,
    })
}

/// How many entries there may be before those that are over are looked for.
const FEW: usize = 64;

/// The queries under way. An answer is never kept: the map holds weak references, and those that are over go when there
/// are many.
#[derive(Default)]
pub(super) struct InFlight(Mutex<Exchanges>);

#[derive(Default)]
struct Exchanges {
    by_key: HashMap<Key, WeakShared<BoxFuture<'static, Outcome>>>,
    /// How many were under way when those that were over were last looked for.
    live: usize,
}

impl Exchanges {
    /// Costs a constant time for each entry, on average.
    fn tidy(&mut self) {
        if self.by_key.len() >= FEW.max(2 * self.live) {
            self.by_key.retain(|_, exchange| is_under_way(exchange));
            self.live = self.by_key.len();
        }
    }
}

fn is_under_way(exchange: &WeakShared<BoxFuture<'static, Outcome>>) -> bool {
    exchange.upgrade().is_some_and(|one| one.peek().is_none())
}

impl InFlight {
    /// The exchange for this question: one that is under way, or the one that `begin` makes. The second value says
    /// whether it is somebody else's. It goes on as long as one of those who wait for it does.
    pub(super) fn join(
        &self,
        question: &Question,
        begin: impl FnOnce() -> BoxFuture<'static, Outcome>,
    ) -> (Shared<BoxFuture<'static, Outcome>>, bool) {
        let mut exchanges = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = key(question);
        let under_way = exchanges
            .by_key
            .get(&key)
            .and_then(WeakShared::upgrade)
            .filter(|exchange| exchange.peek().is_none());
        if let Some(exchange) = under_way {
            return (exchange, true);
        }
        let exchange = begin().shared();
        exchanges.tidy();
        exchanges
            .by_key
            .extend(exchange.downgrade().map(|weak| (key, weak)));
        (exchange, false)
    }
}

#[cfg(test)]
mod tests {
    use http::{HeaderValue, StatusCode, header};

    use super::*;

    fn question(body: &'static str, token: &'static str, id: &'static str) -> Question {
        let mut headers = HeaderMap::new();
        headers.insert(header::AUTHORIZATION, HeaderValue::from_static(token));
        headers.insert("x-request-id", HeaderValue::from_static(id));
        Question {
            body: body.into(),
            headers,
        }
    }

    fn answer() -> BoxFuture<'static, Outcome> {
        Box::pin(async {
            Ok(Reply {
                status: StatusCode::OK,
                is_graphql: true,
                says_when: false,
                body: "{}".into(),
            })
        })
    }

    #[tokio::test]
    async fn only_the_same_question_of_the_same_caller_is_shared() {
        let in_flight = InFlight::default();
        let (first, _) = in_flight.join(&question("a", "amira", "1"), answer);
        let joins = |question| in_flight.join(&question, answer).1;
        assert!(joins(question("a", "amira", "2")));
        assert!(!joins(question("a", "eve", "1")));
        assert!(!joins(question("b", "amira", "1")));
        first.await.unwrap();
        assert!(!joins(question("a", "amira", "1")), "an answer is not kept");
    }

    #[test]
    fn what_is_over_is_forgotten() {
        let in_flight = InFlight::default();
        let kept = in_flight.join(&question("kept", "amira", "1"), answer);
        for number in 0..10 * FEW {
            let body: &'static str = number.to_string().leak();
            drop(in_flight.join(&question(body, "amira", "1"), answer));
        }
        assert!(in_flight.0.lock().unwrap().by_key.len() <= FEW);
        assert!(in_flight.join(&question("kept", "amira", "1"), answer).1);
        drop(kept);
    }

    #[tokio::test]
    async fn what_nobody_waits_for_is_not_joined() {
        let in_flight = InFlight::default();
        drop(in_flight.join(&question("a", "amira", "1"), answer));
        assert!(!in_flight.join(&question("a", "amira", "1"), answer).1);
    }
}
