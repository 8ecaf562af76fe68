//! Numbers that people and other airlines use, made from the ids of the records they stand for.

use uuid::Uuid;

/// Letters and digits that are not taken for one another when they are read out: no 0, 1, I, O.
const ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// A record locator of six characters, from the random tail of an order's id. The database says when two are the same;
/// another id then gives another one.
pub fn locator(id: Uuid) -> String {
    let tail = id.as_u128();
    (0..6)
        .map(|place| {
            char::from(ALPHABET[usize::try_from((tail >> (5 * place)) & 31).unwrap_or_default()])
        })
        .collect()
}

/// The number of a ticket or an EMD: the airline's three digits, then a document number of ten digits from the random
/// tail of the record's id.
pub fn document(ticketing_prefix: &str, id: Uuid) -> String {
    let tail = id.as_u128() & u128::from(u64::MAX >> 2);
    format!("{ticketing_prefix}{:010}", tail % 10_000_000_000)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use schema_kernel::scalar::{RecordLocator, TicketNumber};

    use super::*;

    proptest! {
        #[test]
        fn every_id_gives_a_locator_that_can_be_read_out(id in any::<u128>()) {
            let locator = locator(Uuid::from_u128(id));
            let parsed = RecordLocator::parse(&locator).unwrap();
            prop_assert_eq!(parsed.as_str(), locator.as_str());
            prop_assert!(!locator.contains(['0', '1', 'I', 'O']));
        }

        #[test]
        fn every_id_gives_a_ticket_number(id in any::<u128>()) {
            let number = document("176", Uuid::from_u128(id));
            prop_assert!(TicketNumber::parse(&number).is_ok() && number.starts_with("176"));
        }
    }
}
