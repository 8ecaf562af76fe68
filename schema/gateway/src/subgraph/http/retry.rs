//! When to ask again. A subgraph in need is not asked more often for it: retries come out of a budget that requests fill.

use std::time::Duration;

/// How often, and how soon, a query is asked again. Mutations never are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryOptions {
    /// How often one query is asked at most, the first time included; 1 means never again.
    pub attempts: u32,
    /// How many retries a hundred requests pay for.
    pub percent: u32,
    /// How many retries can be saved up, and stand ready at the start.
    pub burst: u32,
    /// The longest pause before the second time; it doubles with each further time.
    pub pause: Duration,
}

impl Default for RetryOptions {
    fn default() -> Self {
        Self {
            attempts: 3,
            percent: 10,
            burst: 10,
            pause: Duration::from_millis(50),
        }
    }
}

impl RetryOptions {
    /// How long to wait before attempt `next` (2 for the first retry). `share`, from 0 to 1, spreads callers that failed
    /// together over the second half of the pause.
    pub(super) fn pause_before(&self, next: u32, share: f64) -> Duration {
        let doublings = next.saturating_sub(2).min(16);
        let longest = self.pause.saturating_mul(1 << doublings);
        longest.mul_f64(0.5 + share.clamp(0.0, 1.0) / 2.0)
    }
}

/// What one retry costs. Requests pay in percent of it.
const RETRY: u64 = 100;

/// A token bucket that requests fill, and retries empty.
#[derive(Debug)]
pub(super) struct RetryBudget {
    options: RetryOptions,
    saved: u64,
}

impl RetryBudget {
    pub(super) fn new(options: RetryOptions) -> Self {
        Self {
            options,
            saved: u64::from(options.burst) * RETRY,
        }
    }

    /// A request was begun.
    pub(super) fn pay_in(&mut self) {
        let full = u64::from(self.options.burst) * RETRY;
        self.saved = (self.saved + u64::from(self.options.percent)).min(full);
    }

    /// Whether a retry can be paid for; it then is.
    pub(super) fn take(&mut self) -> bool {
        match self.saved.checked_sub(RETRY) {
            Some(rest) => {
                self.saved = rest;
                true
            }
            None => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn retries_stay_within_the_budget(asks in prop::collection::vec(any::<bool>(), 0..500)) {
            let options = RetryOptions::default();
            let mut budget = RetryBudget::new(options);
            let (mut requests, mut retries) = (0_u64, 0_u64);
            for is_request in asks {
                if is_request {
                    budget.pay_in();
                    requests += 1;
                } else {
                    retries += u64::from(budget.take());
                }
                let paid_for = u64::from(options.burst) + requests * u64::from(options.percent) / 100;
                prop_assert!(retries <= paid_for);
            }
        }

        #[test]
        fn pauses_double_and_spread(next in 2_u32..40, share in -1.0_f64..2.0) {
            let options = RetryOptions::default();
            let longest = options.pause * (1 << (next - 2).min(16));
            let pause = options.pause_before(next, share);
            prop_assert!(pause >= longest / 2 && pause <= longest);
        }
    }

    #[test]
    fn requests_pay_for_retries() {
        let options = RetryOptions {
            percent: 50,
            burst: 1,
            ..RetryOptions::default()
        };
        let mut budget = RetryBudget::new(options);
        assert!(budget.take());
        assert!(!budget.take());
        budget.pay_in();
        assert!(!budget.take());
        budget.pay_in();
        assert!(budget.take());
    }
}
