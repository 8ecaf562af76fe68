//! How often something may be tried.
//!
//! Tries are counted in the database, so that several processes count together, and by hashes, so that nobody reads from
//! it who tried. Where it cannot be reached nobody signs in.

mod store;

use chrono::{DateTime, TimeDelta, Utc};
use schema_kernel::{Database, Result};

use crate::secret::fingerprint;

/// So many tries in so long a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// How many.
    pub tries: i32,
    /// In how long a time, from the first of them.
    pub window: TimeDelta,
}

/// What may be tried how often.
#[derive(Clone, Copy, Debug)]
pub struct Throttles {
    /// Signing in to one account from one address.
    pub login: Allowance,
    /// Signing in to one account, wherever from.
    pub account: Allowance,
    /// Signing in from one address, to whatever account.
    pub address: Allowance,
    /// Asking for mails to one address of mail, or from one address.
    pub mail: Allowance,
}

/// Something that is counted.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Count<'a> {
    Login { email: &'a str, address: &'a str },
    Account { email: &'a str },
    Address { address: &'a str },
    MailTo { email: &'a str },
    MailFrom { address: &'a str },
    SecondFactor { user: &'a str },
    Client { address: &'a str },
    Device { whose: &'a str },
    Lookup { device: &'a str },
}

impl Count<'_> {
    /// The name of what is counted, without who it is.
    fn bucket(&self) -> String {
        let (kind, whose) = match self {
            Self::Login { email, address } => ("login", format!("{email}\n{address}")),
            Self::Account { email } => ("account", (*email).to_owned()),
            Self::Address { address } => ("address", (*address).to_owned()),
            Self::MailTo { email } => ("mail-to", (*email).to_owned()),
            Self::MailFrom { address } => ("mail-from", (*address).to_owned()),
            Self::SecondFactor { user } => ("second-factor", (*user).to_owned()),
            Self::Client { address } => ("client", (*address).to_owned()),
            Self::Device { whose } => ("device", (*whose).to_owned()),
            Self::Lookup { device } => ("lookup", (*device).to_owned()),
        };
        format!("{kind}:{}", fingerprint(&whose))
    }
}

/// Counts one more try of each, and gives back how long to wait where one of them was tried too often. All of them are
/// counted, whatever the first says, so that the answer does not depend on which one it was.
pub(crate) async fn count(
    database: &Database,
    now: DateTime<Utc>,
    tries: &[(Count<'_>, Allowance)],
) -> Result<Option<TimeDelta>> {
    let mut wait = None;
    for (what, allowance) in tries {
        let counted = store::one_more(
            database.writer(),
            &what.bucket(),
            now,
            now + allowance.window,
        )
        .await?;
        if counted.tries > allowance.tries {
            wait = wait.max(Some((counted.resets_at - now).max(TimeDelta::seconds(1))));
        }
    }
    Ok(wait)
}

/// How long to wait where something was tried too often before; it is not counted.
pub(crate) async fn is_over(
    database: &Database,
    now: DateTime<Utc>,
    what: Count<'_>,
    allowance: Allowance,
) -> Result<Option<TimeDelta>> {
    let counted = store::counted(database.writer(), &what.bucket(), now).await?;
    let over = counted.filter(|counted| counted.tries > allowance.tries);
    Ok(over.map(|counted| counted.resets_at - now))
}

/// Forgets the tries of what has succeeded.
pub(crate) async fn forgive(database: &Database, what: &[Count<'_>]) -> Result<()> {
    let buckets: Vec<String> = what.iter().map(Count::bucket).collect();
    store::forget(database.writer(), buckets).await
}

/// Forgets what was counted in windows that are over.
pub(crate) use self::store::sweep;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_name_nobody() {
        let (email, address) = ("amal@example.com", "203.0.113.7");
        let all = [
            Count::Login { email, address },
            Count::Account { email },
            Count::Address { address },
            Count::MailTo { email },
            Count::MailFrom { address },
            Count::Device { whose: address },
            Count::Lookup { device: address },
        ];
        let buckets: std::collections::BTreeSet<String> = all.iter().map(Count::bucket).collect();
        assert_eq!(buckets.len(), all.len());
        for bucket in buckets {
            assert!(
                !bucket.contains("amal") && !bucket.contains("203"),
                "{bucket}"
            );
        }
    }
}
