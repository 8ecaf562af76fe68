//! A circuit breaker: where too much fails, nobody asks for a while, and then one asks first. Pure: time is a parameter.

use std::time::{Duration, Instant};

/// When to stop asking a subgraph, and for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BreakerOptions {
    /// How many requests of a window have to be known before their failures mean anything.
    pub least_requests: u32,
    /// How many requests of a hundred have to fail.
    pub failure_percent: u32,
    /// How long requests are counted together.
    pub window: Duration,
    /// How long nobody asks.
    pub pause: Duration,
    /// How long the first one after a pause may take before another one is let through.
    pub probe: Duration,
}

impl Default for BreakerOptions {
    fn default() -> Self {
        Self {
            least_requests: 10,
            failure_percent: 50,
            window: Duration::from_secs(10),
            pause: Duration::from_secs(5),
            probe: Duration::from_secs(5),
        }
    }
}

/// How a request came out, as far as it tells how the subgraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is well.
    Well,
    /// It is not.
    Unwell,
    /// Nothing can be said: nobody waited for the answer.
    Unknown,
}

/// Leave to ask once. Tells requests that began before a change of state from those after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ticket(u64);

#[derive(Debug, Clone, Copy)]
enum State {
    /// Everybody asks.
    Closed {
        since: Instant,
        requests: u32,
        failures: u32,
    },
    /// Nobody asks.
    Open { until: Instant },
    /// One asks, for all others to see how it comes out.
    Probing { until: Instant },
}

#[derive(Debug)]
pub(super) struct Breaker {
    options: BreakerOptions,
    state: State,
    era: u64,
}

impl Breaker {
    pub(super) fn new(options: BreakerOptions, now: Instant) -> Self {
        Self {
            options,
            state: counting(now),
            era: 0,
        }
    }

    /// Whether one may ask now.
    pub(super) fn admit(&mut self, now: Instant) -> Option<Ticket> {
        match self.state {
            State::Closed { .. } => {}
            State::Open { until } | State::Probing { until } if now >= until => {
                let until = now + self.options.probe;
                self.enter(State::Probing { until });
            }
            State::Open { .. } | State::Probing { .. } => return None,
        }
        Some(Ticket(self.era))
    }

    /// Takes in how an admitted request came out. What began before the last change of state says nothing any more.
    pub(super) fn record(&mut self, now: Instant, ticket: Ticket, verdict: Verdict) {
        if ticket.0 != self.era {
            return;
        }
        match (&mut self.state, verdict) {
            (State::Closed { .. }, Verdict::Unknown) | (State::Open { .. }, _) => {}
            (
                State::Closed {
                    since,
                    requests,
                    failures,
                },
                _,
            ) => {
                if now.saturating_duration_since(*since) >= self.options.window {
                    (*since, *requests, *failures) = (now, 0, 0);
                }
                *requests = requests.saturating_add(1);
                *failures = failures.saturating_add(u32::from(verdict == Verdict::Unwell));
                let is_too_much = u64::from(*failures) * 100
                    >= u64::from(*requests) * u64::from(self.options.failure_percent);
                if *failures > 0 && *requests >= self.options.least_requests && is_too_much {
                    self.open(now);
                }
            }
            (State::Probing { .. }, Verdict::Well) => self.enter(counting(now)),
            (State::Probing { .. }, Verdict::Unwell) => self.open(now),
            // The next one may try at once.
            (State::Probing { .. }, Verdict::Unknown) => self.enter(State::Open { until: now }),
        }
    }

    /// Whether requests are held back.
    pub(super) fn is_open(&self) -> bool {
        !matches!(self.state, State::Closed { .. })
    }

    fn open(&mut self, now: Instant) {
        let until = now + self.options.pause;
        self.enter(State::Open { until });
    }

    fn enter(&mut self, state: State) {
        self.state = state;
        self.era += 1;
    }
}

fn counting(since: Instant) -> State {
    State::Closed {
        since,
        requests: 0,
        failures: 0,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[derive(Debug, Clone)]
    enum Step {
        Ask,
        Hear(usize, Verdict),
        Wait(u64),
    }

    fn verdict() -> impl Strategy<Value = Verdict> {
        prop_oneof![
            Just(Verdict::Well),
            Just(Verdict::Unwell),
            Just(Verdict::Unknown)
        ]
    }

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        let step = prop_oneof![
            3 => Just(Step::Ask),
            3 => (0_usize..8, verdict()).prop_map(|(which, verdict)| Step::Hear(which, verdict)),
            1 => (0_u64..7_000).prop_map(Step::Wait),
        ];
        prop::collection::vec(step, 0..200)
    }

    struct World {
        breaker: Breaker,
        now: Instant,
        waiting: Vec<Ticket>,
    }

    impl World {
        fn new() -> Self {
            let now = Instant::now();
            Self {
                breaker: Breaker::new(BreakerOptions::default(), now),
                now,
                waiting: Vec::new(),
            }
        }

        fn take(&mut self, step: &Step) -> Option<Ticket> {
            match *step {
                Step::Ask => {
                    let ticket = self.breaker.admit(self.now);
                    self.waiting.extend(ticket);
                    return ticket;
                }
                Step::Hear(which, verdict) if !self.waiting.is_empty() => {
                    let ticket = self.waiting.swap_remove(which % self.waiting.len());
                    self.breaker.record(self.now, ticket, verdict);
                }
                Step::Hear(..) => {}
                Step::Wait(millis) => self.now += Duration::from_millis(millis),
            }
            None
        }
    }

    proptest! {
        #[test]
        fn nobody_asks_during_a_pause(steps in steps()) {
            let mut world = World::new();
            let mut pause_ends = None;
            for step in &steps {
                let era = world.breaker.era;
                let admitted = world.take(step).is_some();
                prop_assert!(!admitted || pause_ends.is_none_or(|end| world.now >= end));
                let unwell = matches!(step, Step::Hear(_, Verdict::Unwell));
                if unwell && world.breaker.era > era {
                    pause_ends = Some(world.now + BreakerOptions::default().pause);
                }
            }
        }

        #[test]
        fn one_probe_at_a_time(steps in steps()) {
            let mut world = World::new();
            let mut probe: Option<(Ticket, Instant)> = None;
            for step in &steps {
                let was_open = world.breaker.is_open();
                if let Some(ticket) = world.take(step) && was_open {
                    let limit = BreakerOptions::default().probe;
                    let other = probe.filter(|(other, begun)| world.waiting.contains(other) && world.now < *begun + limit);
                    prop_assert!(other.is_none());
                    probe = Some((ticket, world.now));
                }
            }
        }

        #[test]
        fn it_always_recovers(steps in steps()) {
            let mut world = World::new();
            for step in &steps {
                world.take(step);
            }
            let options = BreakerOptions::default();
            world.now += options.pause.max(options.probe);
            let ticket = world.breaker.admit(world.now);
            prop_assert!(ticket.is_some());
            if let Some(ticket) = ticket && world.breaker.is_open() {
                world.breaker.record(world.now, ticket, Verdict::Well);
                prop_assert!(!world.breaker.is_open());
            }
        }

        #[test]
        fn it_stays_closed_below_its_bar(failing in prop::collection::vec(any::<bool>(), 0..200)) {
            let mut world = World::new();
            let mut failures = 0_usize;
            for (before, wants_to_fail) in failing.into_iter().enumerate() {
                let fails = wants_to_fail && (failures + 1) * 2 < before + 1;
                failures += usize::from(fails);
                let verdict = if fails { Verdict::Unwell } else { Verdict::Well };
                prop_assert!(world.take(&Step::Ask).is_some());
                world.take(&Step::Hear(0, verdict));
            }
        }
    }

    #[test]
    fn it_opens_at_its_bar() {
        let mut world = World::new();
        for _ in 0..BreakerOptions::default().least_requests {
            assert!(!world.breaker.is_open());
            world.take(&Step::Ask);
            world.take(&Step::Hear(0, Verdict::Unwell));
        }
        assert!(world.breaker.is_open());
        assert_eq!(world.take(&Step::Ask), None);
    }
}
