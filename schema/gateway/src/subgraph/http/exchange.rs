//! Asking until there is an answer or no sense in asking again, with an eye on how the subgraph is.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use super::{
    Inner,
    breaker::{Ticket, Verdict},
    client::{Failure, Heard},
};

/// From when on a late answer says something about the subgraph, and not only about how little time it was given.
const FAIR_TIME: Duration = Duration::from_secs(1);

impl Inner {
    /// Asks, by `ask`, until there is an answer, or no sense in asking again.
    pub(super) async fn exchange<T: Heard, Asking: Future<Output = Result<T, Failure>>>(
        &self,
        deadline: Instant,
        may_repeat: bool,
        ask: impl Fn() -> Asking,
    ) -> Result<T, Failure> {
        lock(&self.budget).pay_in();
        let mut attempt = 1;
        loop {
            let outcome = self.attempt(ask(), deadline).await;
            attempt += 1;
            let pause = self.options.retry.pause_before(attempt, fastrand::f64());
            let wants_to_repeat = may_repeat
                && attempt <= self.options.retry.attempts
                && is_worth_repeating(&outcome)
                && Instant::now() + pause < deadline;
            if !wants_to_repeat || !lock(&self.budget).take() {
                return outcome;
            }
            metrics::counter!("jetbridge_subgraph_retries_total", "subgraph" => self.name.clone())
                .increment(1);
            tokio::time::sleep(pause).await;
        }
    }

    /// Asks once, where the breaker lets it, and tells the breaker how it went.
    async fn attempt<T: Heard>(
        &self,
        asking: impl Future<Output = Result<T, Failure>>,
        deadline: Instant,
    ) -> Result<T, Failure> {
        let begun = Instant::now();
        let ticket = lock(&self.breaker).admit(begun).ok_or(Failure::HeldBack)?;
        let mut report = Report {
            inner: self,
            ticket,
            verdict: Verdict::Unknown,
        };
        let outcome = tokio::time::timeout_at(deadline.into(), asking)
            .await
            .unwrap_or(Err(Failure::Late));
        report.verdict = verdict(
            &outcome,
            begun.elapsed() >= self.options.timeout.min(FAIR_TIME),
        );
        outcome
    }
}

/// Tells the breaker at the end, however it comes: also when nobody waits any more.
struct Report<'a> {
    inner: &'a Inner,
    ticket: Ticket,
    verdict: Verdict,
}

impl Drop for Report<'_> {
    fn drop(&mut self) {
        let mut breaker = lock(&self.inner.breaker);
        let was_open = breaker.is_open();
        breaker.record(Instant::now(), self.ticket, self.verdict);
        let is_open = breaker.is_open();
        drop(breaker);
        if was_open != is_open {
            let name = &self.inner.name;
            tracing::warn!(subgraph = name, held_back = is_open, "circuit breaker");
            metrics::gauge!("jetbridge_subgraph_held_back", "subgraph" => name.clone())
                .set(f64::from(u8::from(is_open)));
        }
    }
}

/// What an outcome says about the subgraph. A large answer is the fault of who asked for it, and must not cost others
/// theirs.
fn verdict(outcome: &Result<impl Heard, Failure>, had_fair_time: bool) -> Verdict {
    match outcome {
        Ok(heard) => match heard.reply() {
            Some(reply) if reply.status.is_server_error() && !reply.is_graphql => Verdict::Unwell,
            _ => Verdict::Well,
        },
        Err(Failure::TooLarge) => Verdict::Well,
        Err(Failure::Late) if !had_fair_time => Verdict::Unknown,
        Err(_) => Verdict::Unwell,
    }
}

/// Whether the next try may well come out otherwise. What was late is not asked again: it has work enough.
fn is_worth_repeating(outcome: &Result<impl Heard, Failure>) -> bool {
    match outcome {
        Ok(heard) => heard.reply().is_some_and(|reply| {
            !reply.is_graphql && !reply.says_when && matches!(reply.status.as_u16(), 502..=504)
        }),
        Err(failure) => matches!(failure, Failure::Unreachable | Failure::Interrupted),
    }
}

/// A thread that panicked with the lock held left nothing half-done that would matter here.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
