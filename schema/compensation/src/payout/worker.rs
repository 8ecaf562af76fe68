//! The program that sends payouts: it can die at any moment and run in any number, and nothing is paid twice.
//!
//! A payout is taken under a lease, and written down as `SENDING` before the provider hears of it. The provider is asked
//! under the payout's id; while nobody knows the answer, it is asked again under the same id, by whoever comes next. What
//! the answer means is written only by who still holds the lease.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use entities::{
    compensation::payout::{Model, PayoutStatus},
    id::{CustomerId, OrderId, PayoutWorkerId},
};
use schema_kernel::{Database, Error, Permit, Result, Rows, Session};
use sea_orm::DatabaseTransaction;

use super::{
    provider::{Answer, Payment, Provider},
    state::Step,
    step::{held, next, pays, take},
    store,
};
use crate::{claim, rule_pack::RuleBook};

/// Why a payout is called off whose claim is not the one that was to be paid.
const CLAIM_CHANGED: &str = "The claim changed before the payout was sent.";

/// The longest pause before a provider is asked again.
const LONGEST_PAUSE: TimeDelta = TimeDelta::minutes(15);

/// How a worker works.
#[derive(Clone, Debug)]
pub struct WorkerOptions {
    /// How long nobody else takes up a payout that this worker has taken. Longer than a provider may take to answer.
    pub lease: Duration,
    /// The pause before a provider is asked again whose answer is not known; it doubles each time.
    pub pause: Duration,
}

/// Sends payouts.
#[derive(Clone)]
pub struct Worker {
    database: Database,
    provider: Arc<dyn Provider>,
    session: Session,
    options: WorkerOptions,
    rules: Arc<RuleBook>,
    id: PayoutWorkerId,
}

/// A payout that this worker has taken.
struct Taken {
    payout: Model,
    order: OrderId,
    attempts: i32,
}

/// What there is to do.
enum Work {
    Nothing,
    /// A payout was called off; there may be more.
    CalledOff,
    Ask(Box<Taken>),
}

impl Worker {
    /// A worker on this database that pays by this provider, on behalf of `session`.
    pub fn new(
        database: Database,
        provider: Arc<dyn Provider>,
        session: Session,
        options: WorkerOptions,
    ) -> Self {
        let id = session.new_id();
        Self {
            database,
            provider,
            session,
            options,
            rules: Arc::default(),
            id,
        }
    }

    /// Works until nothing is left to do now, and returns how often a provider was asked.
    ///
    /// # Errors
    /// When the database fails. What was given to a provider stays written down, and is taken up by the next call.
    pub async fn run(&self) -> Result<u64> {
        let mut asked = 0;
        loop {
            match self.take().await? {
                Work::Nothing => return Ok(asked),
                Work::CalledOff => {}
                Work::Ask(taken) => {
                    asked += 1;
                    let answer = self.ask(&taken).await;
                    self.finish(&taken, &answer).await?;
                }
            }
        }
    }

    async fn take(&self) -> Result<Work> {
        self.database
            .transaction(async |transaction| {
                let now = self.session.now();
                let Some(payout) = store::hold_next(transaction, now).await? else {
                    return Ok(Work::Nothing);
                };
                let claim = held(transaction, &payout).await?;
                let permit = self.permit(&payout)?;
                let taken = match payout.status {
                    PayoutStatus::Approved if !pays(&payout, &claim) => {
                        self.call_off(transaction, &permit, &payout).await?;
                        return Ok(Work::CalledOff);
                    }
                    PayoutStatus::Approved => self.send(transaction, &permit, &payout).await?,
                    PayoutStatus::Requested
                    | PayoutStatus::Sending
                    | PayoutStatus::Sent
                    | PayoutStatus::Settled
                    | PayoutStatus::Failed
                    | PayoutStatus::Cancelled => payout,
                };
                let attempts = taken.attempts.saturating_add(1);
                let until = now + span(self.options.lease);
                let lease = Some((self.id, until));
                let next = (attempts, taken.next_attempt_at);
                store::schedule(transaction, taken.id, lease, next).await?;
                Ok(Work::Ask(Box::new(Taken {
                    payout: taken,
                    order: claim.order_id,
                    attempts,
                })))
            })
            .await
    }

    async fn send(
        &self,
        transaction: &DatabaseTransaction,
        permit: &Permit<CustomerId>,
        payout: &Model,
    ) -> Result<Model> {
        let sending = self.moved(payout, Step::Send)?;
        let step = (Step::Send, Some(payout.status));
        take(transaction, &self.session, permit, step, &sending).await?;
        Ok(sending)
    }

    async fn call_off(
        &self,
        transaction: &DatabaseTransaction,
        permit: &Permit<CustomerId>,
        payout: &Model,
    ) -> Result<()> {
        let cancelled = Model {
            reason: Some(CLAIM_CHANGED.to_owned()),
            ..self.moved(payout, Step::Cancel)?
        };
        let step = (Step::Cancel, Some(payout.status));
        take(transaction, &self.session, permit, step, &cancelled).await
    }

    async fn ask(&self, taken: &Taken) -> Answer {
        let payment = Payment::of(&taken.payout, taken.order);
        let answer = if taken.payout.status == PayoutStatus::Sent {
            self.provider.status(&payment).await
        } else {
            self.provider.pay(&payment).await
        };
        let outcome = match &answer {
            Answer::Settled { .. } => "settled",
            Answer::Accepted { .. } => "accepted",
            Answer::Refused { .. } => "refused",
            Answer::Unknown { why } => {
                tracing::warn!(payout.id = %payment.key, taken.attempts, why, "the outcome of a payout is not known; it is asked for again");
                "unknown"
            }
        };
        metrics::counter!("jetbridge_payout_answers_total", "outcome" => outcome).increment(1);
        answer
    }

    async fn finish(&self, taken: &Taken, answer: &Answer) -> Result<()> {
        self.database
            .transaction(async |transaction| {
                // Before the payout, in the order in which decisions and reports hold them.
                let journey = match answer {
                    Answer::Refused { .. } | Answer::Settled { .. } => {
                        claim::settle::hold(transaction, taken.payout.claim_id).await?
                    }
                    Answer::Accepted { .. } | Answer::Unknown { .. } => None,
                };
                let payout = store::hold(transaction, taken.payout.id, Rows::All).await?;
                let Some(payout) = payout.filter(|payout| self.is_mine(payout, taken)) else {
                    tracing::info!(payout.id = %taken.payout.id, "somebody else went on with a payout");
                    return Ok(());
                };
                let permit = self.permit(&payout)?;
                self.write(transaction, &permit, &payout, taken, answer).await?;
                match journey {
                    // What was reported while the payment was on its way comes to count.
                    Some(journey) => {
                        claim::settle::again(
                            transaction,
                            &self.session,
                            &permit,
                            &self.rules,
                            journey,
                        )
                        .await
                    }
                    None => Ok(()),
                }
            })
            .await
    }

    fn is_mine(&self, payout: &Model, taken: &Taken) -> bool {
        payout.leased_by == Some(self.id) && payout.version == taken.payout.version
    }

    /// Writes what the answer means.
    async fn write(
        &self,
        transaction: &DatabaseTransaction,
        permit: &Permit<CustomerId>,
        payout: &Model,
        taken: &Taken,
        answer: &Answer,
    ) -> Result<()> {
        let (step, reference, reason) = match answer {
            Answer::Settled { reference } => (Step::Settle, Some(reference), None),
            Answer::Refused { reason } => (Step::Fail, None, Some(reason)),
            Answer::Accepted { reference } if payout.status == PayoutStatus::Sending => {
                (Step::Accept, Some(reference), None)
            }
            Answer::Accepted { .. } | Answer::Unknown { .. } => {
                let next = self.next_attempt(payout, taken, answer);
                return store::schedule(transaction, payout.id, None, (taken.attempts, next)).await;
            }
        };
        let moved = self.moved(payout, step)?;
        let moved = Model {
            next_attempt_at: self
                .next_attempt(&moved, taken, answer)
                .filter(|_| moved.status == PayoutStatus::Sent),
            provider_reference: reference.cloned().or(moved.provider_reference),
            reason: reason.cloned(),
            leased_by: None,
            leased_until: None,
            ..moved
        };
        let step = (step, Some(payout.status));
        take(transaction, &self.session, permit, step, &moved).await
    }

    /// When the provider is asked next, after this answer.
    fn next_attempt(
        &self,
        payout: &Model,
        taken: &Taken,
        answer: &Answer,
    ) -> Option<DateTime<Utc>> {
        let now = self.session.now();
        match answer {
            Answer::Unknown { .. } => Some(now + pause(self.options.pause, taken.attempts)),
            Answer::Accepted { .. } | Answer::Settled { .. } | Answer::Refused { .. } => self
                .provider
                .polls_every()
                .filter(|_| payout.status == PayoutStatus::Sent)
                .map(|every| now + span(every)),
        }
    }

    fn moved(&self, payout: &Model, step: Step) -> Result<Model> {
        next(&self.session, payout, step).ok_or_else(|| {
            Error::internal(anyhow::anyhow!(
                "a payout was taken that does not wait to be sent"
            ))
        })
    }

    fn permit(&self, payout: &Model) -> Result<Permit<CustomerId>> {
        self.session
            .actor
            .permit("payout:approve", payout.customer_id)
            .ok_or_else(|| Error::internal(anyhow::anyhow!("payouts are sent by a service")))
    }
}

fn span(duration: Duration) -> TimeDelta {
    TimeDelta::from_std(duration).unwrap_or(LONGEST_PAUSE)
}

/// The pause before the next try, after so many.
fn pause(first: Duration, attempts: i32) -> TimeDelta {
    let doublings = u32::try_from(attempts.saturating_sub(1))
        .unwrap_or_default()
        .min(20);
    span(first.saturating_mul(1 << doublings)).min(LONGEST_PAUSE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_to_a_limit() {
        let second = Duration::from_secs(1);
        assert_eq!(
            [1, 2, 3, 30].map(|attempts| pause(second, attempts).num_seconds()),
            [1, 2, 4, 900]
        );
    }
}
