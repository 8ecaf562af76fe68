//! Counting in one process.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use moka::sync::Cache;

use super::Counted;

/// How many callers are remembered: about 20 MiB. Who asks seldom is forgotten first.
const CALLERS: u64 = 100_000;

/// Windows of callers.
#[derive(Debug)]
pub(super) struct Memory(Cache<String, Arc<Mutex<Counted>>>);

impl Memory {
    /// For windows of this length.
    pub(super) fn new(window: Duration) -> Self {
        Self(
            Cache::builder()
                .max_capacity(CALLERS)
                .time_to_idle(window)
                .build(),
        )
    }

    /// Counts so many more, anew where the window is over.
    pub(super) fn count(
        &self,
        key: &str,
        units: u64,
        now: DateTime<Utc>,
        window: TimeDelta,
    ) -> Counted {
        let anew = Counted {
            used: 0,
            resets_at: now + window,
        };
        let kept = self.0.get_with_by_ref(key, || Arc::new(Mutex::new(anew)));
        let mut counted = kept.lock().unwrap_or_else(PoisonError::into_inner);
        if counted.resets_at <= now {
            *counted = anew;
        }
        counted.used = counted.used.saturating_add(units);
        *counted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_end_and_callers_are_apart() {
        let memory = Memory::new(Duration::from_mins(1));
        let (now, window) = (DateTime::UNIX_EPOCH, TimeDelta::minutes(1));
        assert_eq!(memory.count("a", 2, now, window).used, 2);
        assert_eq!(memory.count("a", 1, now, window).used, 3);
        assert_eq!(memory.count("b", 1, now, window).used, 1);
        let counted = memory.count("a", 1, now + TimeDelta::seconds(59), window);
        assert_eq!((counted.used, counted.resets_at), (4, now + window));
        assert_eq!(memory.count("a", 1, now + window, window).used, 1);
    }

    #[test]
    fn what_comes_at_the_same_moment_is_all_counted() {
        let memory = Memory::new(Duration::from_mins(1));
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..100 {
                        memory.count("a", 1, DateTime::UNIX_EPOCH, TimeDelta::minutes(1));
                    }
                });
            }
        });
        let counted = memory.count("a", 0, DateTime::UNIX_EPOCH, TimeDelta::minutes(1));
        assert_eq!(counted.used, 800);
    }
}
