//! How much the graph may be asked: so many requests in so long a time, for each person, program or address.
//!
//! A request counts when it comes, once, and when it was answered as often again as it cost more than a plain one. Several
//! processes count together in Redis or Valkey where one is configured; while it cannot be reached each counts for itself,
//! so that nobody is kept from reading. Sign-ins are counted elsewhere, and closed when they cannot be counted
//! (`schema_identity::throttle`).

mod caller;
mod memory;
mod shared;
mod told;

use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use schema_kernel::Clock;

pub use self::{caller::Caller, told::Admission};
use self::{memory::Memory, shared::Shared};
use crate::config::{Profile, RateConfig};

/// For how long the shared store is left in peace after it failed: nobody waits for it in vain with each request.
const LEFT_IN_PEACE: TimeDelta = TimeDelta::seconds(1);

/// How often somebody has asked in a window, and when it is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Counted {
    used: u64,
    resets_at: DateTime<Utc>,
}

/// What is counted, for all who ask.
#[derive(Debug)]
pub struct Rates {
    config: RateConfig,
    is_on: bool,
    clock: Clock,
    memory: Memory,
    shared: Option<Shared>,
    /// Until when, in milliseconds since 1970.
    left_until: AtomicI64,
}

impl Rates {
    /// As it is configured. It does not wait for the shared store.
    ///
    /// # Errors
    /// When the address of the shared store cannot be one.
    pub fn new(config: &RateConfig, profile: Profile, clock: Clock) -> anyhow::Result<Self> {
        let is_on = config.is_on(profile);
        let shared = match config.redis_url().filter(|_| is_on) {
            Some(url) => Some(Shared::at(url, config.redis_timeout)?),
            None => None,
        };
        Ok(Self {
            is_on,
            clock,
            memory: Memory::new(config.window),
            shared,
            config: config.clone(),
            left_until: AtomicI64::new(0),
        })
    }

    /// Counts a request that has come. `None` where nothing is counted.
    pub async fn enter(&self, caller: &Caller) -> Option<Admission> {
        if !self.is_on {
            return None;
        }
        let limit = match caller {
            Caller::User(_) | Caller::Bearer(_) => self.config.user,
            Caller::Client(_) => self.config.client,
            Caller::Address(_) => self.config.anonymous,
        };
        Some(self.count(caller.policy(), &caller.key(), limit, 1).await)
    }

    /// Counts the fields at the root of an operation that may be asked for less often, and gives back the first that was
    /// asked for too often.
    pub async fn enter_fields(&self, caller: &Caller, fields: &[String]) -> Option<Admission> {
        if !self.is_on {
            return None;
        }
        let mut first = None;
        for name in fields {
            let Some(limit) = self.config.fields.get(name) else {
                continue;
            };
            let key = format!("{name}:{}", caller.key());
            let admission = self.count(name, &key, *limit, 1).await;
            if admission.is_over() && first.is_none() {
                first = Some(admission);
            }
        }
        first
    }

    /// Counts what a request cost beyond one, and says so in what its caller is told.
    pub async fn charge(&self, caller: &Caller, admission: &mut Admission, cost: u64) {
        let more = cost.div_ceil(self.config.cost).saturating_sub(1);
        if more > 0 {
            let limit = admission.limit;
            *admission = self
                .count(caller.policy(), &caller.key(), limit, more)
                .await;
        }
    }

    /// Whether a document may name a field that is counted by itself; what it says for certain is for a parser to find.
    pub fn may_name(&self, document: &str) -> bool {
        self.is_on
            && self
                .config
                .fields
                .keys()
                .any(|name| document.contains(name.as_str()))
    }

    async fn count(&self, policy: &str, key: &str, limit: u64, units: u64) -> Admission {
        let now = self.clock.now();
        let window = TimeDelta::from_std(self.config.window).unwrap_or(TimeDelta::hours(1));
        let counted = match self.counted_together(key, units, now, window).await {
            Some(counted) => counted,
            None => self.memory.count(key, units, now, window),
        };
        Admission {
            policy: policy.to_owned(),
            limit,
            window,
            used: counted.used,
            resets_in: (counted.resets_at - now).max(TimeDelta::zero()),
        }
    }

    async fn counted_together(
        &self,
        key: &str,
        units: u64,
        now: DateTime<Utc>,
        window: TimeDelta,
    ) -> Option<Counted> {
        let shared = self.shared.as_ref()?;
        if now.timestamp_millis() < self.left_until.load(Ordering::Relaxed) {
            return None;
        }
        match shared.count(key, units, now, window).await {
            Ok(counted) => Some(counted),
            Err(error) => {
                let until = (now + LEFT_IN_PEACE).timestamp_millis();
                self.left_until.store(until, Ordering::Relaxed);
                metrics::counter!("jetbridge_rate_store_failed_total").increment(1);
                tracing::warn!(kind = ?error.kind(), "the store of rate.redis_url cannot be reached: this process counts for itself");
                None
            }
        }
    }
}
