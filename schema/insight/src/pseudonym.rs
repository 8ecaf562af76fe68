//! Names that say nothing, to whoever lacks the key.

use std::sync::Arc;

use aws_lc_rs::hmac::{HMAC_SHA256, Key, sign};
use entities::id::CustomerId;

use crate::fingerprint::hex;

/// Makes the names under which people are known here. Cloning is cheap.
///
/// A name is HMAC-SHA-256 of the customer's id under a key of its own for each partner and agreement, which follows from
/// the key of this installation: whoever has the names of two agreements cannot tell which belong together, and nobody
/// can tell whose they are without that key.
#[derive(Clone)]
pub struct Pseudonyms(Arc<Key>);

impl Pseudonyms {
    /// From the key of this installation.
    pub fn new(key: &[u8; 32]) -> Self {
        Self(Arc::new(Key::new(HMAC_SHA256, key)))
    }

    /// The names of one partner under one agreement. A new agreement is a new set of names.
    pub fn of(&self, partner: &str, agreement: &str) -> Agreement {
        // The length keeps ("a", "bc") and ("ab", "c") apart.
        let text = format!("{}:{partner}:{agreement}", partner.len());
        Agreement(Key::new(
            HMAC_SHA256,
            sign(&self.0, text.as_bytes()).as_ref(),
        ))
    }

    /// The names of the read model itself, which no partner ever gets.
    pub(crate) fn of_model(&self) -> Agreement {
        self.of("", "model")
    }
}

impl std::fmt::Debug for Pseudonyms {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Pseudonyms")
    }
}

/// The names of one partner under one agreement.
pub struct Agreement(Key);

impl Agreement {
    /// The name of a customer: 64 hexadecimal digits.
    pub fn name(&self, customer: CustomerId) -> String {
        self.name_of("customer", &customer.to_string())
    }

    /// The name of a record of some kind.
    pub(crate) fn name_of(&self, kind: &str, id: &str) -> String {
        hex(sign(&self.0, format!("{kind}:{id}").as_bytes()).as_ref())
    }
}

impl std::fmt::Debug for Agreement {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Agreement")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use uuid::Uuid;

    use super::*;

    #[test]
    fn two_partners_cannot_join() {
        let pseudonyms = Pseudonyms::new(&[7; 32]);
        let agreements = [
            ("hotel", "2026"),
            ("hotel", "2027"),
            ("hotel2", "026"),
            ("", "model"),
        ];
        let mut names = BTreeSet::new();
        for (partner, agreement) in agreements {
            for person in 0..50 {
                let id = CustomerId(Uuid::from_u128(person));
                let name = pseudonyms.of(partner, agreement).name(id);
                assert_eq!(name, pseudonyms.of(partner, agreement).name(id));
                assert!(names.insert(name), "no name stands in two agreements");
            }
        }
        let other = Pseudonyms::new(&[8; 32]).of("hotel", "2026");
        assert!(!names.contains(&other.name(CustomerId(Uuid::from_u128(1)))));
    }
}
