//! A payment service that does what real ones do on bad days.

use std::{
    collections::{HashMap, VecDeque},
    sync::Mutex,
    time::Duration,
};

use entities::id::{ClaimId, PayoutId};
use futures_util::future::BoxFuture;
use schema_compensation::payout::{
    Provider,
    provider::{Answer, Payment},
};
use tokio::sync::Notify;

/// What goes wrong when it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It never hears of it.
    RequestLost,
    /// It pays, and the answer does not come.
    AnswerLost,
    /// It pays, and who asked dies before the answer.
    AskerDies,
    /// Who asked dies before it pays.
    AskerDiesFirst,
    /// It refuses.
    Refused,
}

impl Fault {
    pub(crate) const ALL: [Self; 5] = [
        Self::RequestLost,
        Self::AnswerLost,
        Self::AskerDies,
        Self::AskerDiesFirst,
        Self::Refused,
    ];
}

#[derive(Default)]
pub(crate) struct Bank {
    paid: Mutex<HashMap<PayoutId, Payment>>,
    faults: Mutex<VecDeque<Fault>>,
    /// Somebody who asked is to die now.
    pub(crate) death: Notify,
}

impl Bank {
    pub(crate) fn expect(&self, faults: &[Fault]) {
        *self.faults.lock().unwrap() = faults.iter().copied().collect();
    }

    /// How many payments stand.
    pub(crate) fn paid(&self) -> usize {
        self.paid.lock().unwrap().len()
    }

    /// The payments of a claim that stand.
    pub(crate) fn paid_of(&self, claim: ClaimId) -> Vec<Payment> {
        let paid = self.paid.lock().unwrap();
        paid.values()
            .filter(|payment| payment.claim_id == claim)
            .cloned()
            .collect()
    }

    /// The money comes back.
    pub(crate) fn send_back(&self, payout: PayoutId) {
        self.paid.lock().unwrap().remove(&payout);
    }

    fn accept(&self, payment: &Payment) -> Answer {
        let mut paid = self.paid.lock().unwrap();
        let first = paid.entry(payment.key).or_insert_with(|| payment.clone());
        assert_eq!(
            first, payment,
            "asked for something else under the same key"
        );
        Answer::Accepted {
            reference: "bank".to_owned(),
        }
    }
}

impl Provider for Bank {
    fn pay<'a>(&'a self, payment: &'a Payment) -> BoxFuture<'a, Answer> {
        Box::pin(async move {
            let known = self.paid.lock().unwrap().contains_key(&payment.key);
            let fault = self.faults.lock().unwrap().pop_front();
            let unknown = || Answer::Unknown {
                why: "test".to_owned(),
            };
            match fault {
                None => self.accept(payment),
                Some(Fault::RequestLost) => unknown(),
                Some(Fault::AnswerLost) => {
                    self.accept(payment);
                    unknown()
                }
                Some(Fault::AskerDies) => {
                    self.accept(payment);
                    self.die().await
                }
                Some(Fault::AskerDiesFirst) => self.die().await,
                // What it paid before, it does not refuse now.
                Some(Fault::Refused) if known => self.accept(payment),
                Some(Fault::Refused) => Answer::Refused {
                    reason: "CARD_CLOSED".to_owned(),
                },
            }
        })
    }

    fn status<'a>(&'a self, payment: &'a Payment) -> BoxFuture<'a, Answer> {
        Box::pin(async move {
            assert!(
                self.paid.lock().unwrap().contains_key(&payment.key),
                "what was sent is there"
            );
            Answer::Accepted {
                reference: "bank".to_owned(),
            }
        })
    }

    fn polls_every(&self) -> Option<Duration> {
        Some(Duration::from_mins(5))
    }
}

impl Bank {
    async fn die(&self) -> Answer {
        self.death.notify_waiters();
        std::future::pending().await
    }
}
