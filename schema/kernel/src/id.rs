//! Making, showing and reading identifiers.

use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::ID;
use chrono::{DateTime, Utc};
pub use entities::id::*;
use uuid::{ContextV7, NoContext, Timestamp, Uuid};

use crate::{Error, Result};

/// Where new identifiers come from: UUIDv7 (RFC 9562, section 5.7).
///
/// The production source is random; a seeded source gives the same identifiers in the same order, for tests and for
/// demo worlds that must come out the same byte for byte.
#[derive(Clone, Debug)]
pub struct IdSource(Source);

#[derive(Clone, Debug)]
enum Source {
    // The context counts within a millisecond, so that identifiers of one process never go backwards.
    Random(Arc<Mutex<ContextV7>>),
    Seeded { seed: u64, state: Arc<Mutex<u64>> },
}

impl Default for IdSource {
    fn default() -> Self {
        Self::random()
    }
}

impl IdSource {
    /// Identifiers that nobody can guess.
    pub fn random() -> Self {
        Self(Source::Random(Arc::new(Mutex::new(ContextV7::new()))))
    }

    /// Identifiers that follow from `seed` and the order of calls.
    pub fn seeded(seed: u64) -> Self {
        Self(Source::Seeded {
            seed,
            state: Arc::new(Mutex::new(seed)),
        })
    }

    /// Identifiers for one piece of work: those of a seeded source follow from its seed and `piece` alone, so that work
    /// which was interrupted, and is gone on with, gives the ones it would have given. A random source stays as it is.
    #[must_use]
    pub fn apart(&self, piece: u64) -> Self {
        match &self.0 {
            Source::Random(_) => self.clone(),
            Source::Seeded { seed, .. } => {
                let mut state = seed.rotate_left(32) ^ piece;
                Self::seeded(split_mix(&mut state))
            }
        }
    }

    /// A new identifier for something that happens at `at`.
    pub fn next<Id: TypedId>(&self, at: DateTime<Utc>) -> Id {
        let seconds = u64::try_from(at.timestamp()).unwrap_or_default();
        let nanos = at.timestamp_subsec_nanos();
        Id::from(match &self.0 {
            Source::Random(context) => {
                let context = context.lock().unwrap_or_else(PoisonError::into_inner);
                Uuid::new_v7(Timestamp::from_unix(&*context, seconds, nanos))
            }
            Source::Seeded { state, .. } => {
                let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
                let mut bytes = [0; 16];
                bytes[..8].copy_from_slice(&split_mix(&mut state).to_be_bytes());
                bytes[8..].copy_from_slice(&split_mix(&mut state).to_be_bytes());
                let millis = Timestamp::from_unix(NoContext, seconds, nanos).to_unix();
                let millis = millis.0 * 1_000 + u64::from(millis.1 / 1_000_000);
                let tail: [u8; 10] = std::array::from_fn(|index| bytes[index + 6]);
                uuid::Builder::from_unix_timestamp_millis(millis, &tail).into_uuid()
            }
        })
    }
}

/// `SplitMix64` (Steele, Lea, Flood 2014): small, and good enough for identifiers that need only differ.
fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

/// An identifier as the graph shows it.
pub fn show<Id: TypedId>(id: Id) -> ID {
    ID(id.to_string())
}

/// Reads an identifier that a caller sent.
///
/// # Errors
/// `BAD_USER_INPUT` when the text is not a UUID. The text itself is not repeated: it may be anything.
pub fn read<Id: TypedId>(id: &ID) -> Result<Id> {
    try_read(id).ok_or_else(|| {
        Error::bad_user_input(format!(
            "This is not the id of a {kind}; an id looks like \"01936f5e-7d8a-7c3e-9a52-0f6b1d2c4e5f\" and is taken as it was given.",
            kind = Id::KIND
        ))
    })
}

/// Reads an identifier, or says with `None` that it cannot be one.
pub fn try_read<Id: TypedId>(id: &ID) -> Option<Id> {
    Uuid::try_parse(id.as_str()).ok().map(Id::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Clock;

    #[test]
    fn seeded_ids_repeat_and_differ() {
        let at = DateTime::from_timestamp_millis(1_385_856_000_123).unwrap();
        let (first, second) = (IdSource::seeded(7), IdSource::seeded(7));
        let a: Vec<CustomerId> = (0..100).map(|_| first.next(at)).collect();
        let b: Vec<CustomerId> = (0..100).map(|_| second.next(at)).collect();
        assert_eq!(a, b);
        assert_eq!(
            a.iter().collect::<std::collections::HashSet<_>>().len(),
            100
        );
        assert_eq!(a[0].0.get_version_num(), 7);
    }

    #[test]
    fn each_piece_of_work_has_ids_of_its_own() {
        let at = Clock::fixed(DateTime::UNIX_EPOCH).now();
        let whole = IdSource::seeded(7);
        let first = whole.apart(1).next::<CustomerId>(at);
        let _: CustomerId = whole.next(at);
        assert_eq!(whole.apart(1).next::<CustomerId>(at), first);
        assert_ne!(whole.apart(2).next::<CustomerId>(at), first);
        assert_ne!(IdSource::seeded(8).apart(1).next::<CustomerId>(at), first);
    }

    #[test]
    fn what_is_shown_can_be_read() {
        let at = DateTime::from_timestamp_millis(1_385_856_000_123).unwrap();
        let id: OrderId = IdSource::random().next(at);
        assert_eq!(read::<OrderId>(&show(id)).unwrap(), id);
        assert_eq!(
            read::<OrderId>(&ID::from("nonsense")).unwrap_err().code(),
            crate::Code::BadUserInput
        );
    }
}
