//! Which tier a customer has. Pure functions.

use chrono::NaiveDate;
use entities::profile::loyalty_membership::{Model, Tier};

/// The place of a tier among tiers, 0 for the lowest.
pub(super) fn rank(tier: Tier) -> u8 {
    match tier {
        Tier::Base => 0,
        Tier::Silver => 1,
        Tier::Gold => 2,
        Tier::Platinum => 3,
    }
}

/// Whether the tier of a membership holds on a day; first and last day count.
pub(super) fn holds(membership: &Model, day: NaiveDate) -> bool {
    membership.valid_from <= day && membership.valid_to.is_none_or(|last| day <= last)
}

/// The highest tier that holds on a day.
pub(super) fn best(memberships: &[Model], day: NaiveDate) -> Option<Tier> {
    let holding = memberships
        .iter()
        .filter(|membership| holds(membership, day));
    holding
        .map(|membership| membership.tier)
        .max_by_key(|tier| rank(*tier))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use schema_kernel::id::{CustomerId, LoyaltyMembershipId};
    use uuid::Uuid;

    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    fn membership(tier: Tier, from: u32, to: Option<u32>) -> Model {
        Model {
            id: LoyaltyMembershipId(Uuid::nil()),
            customer_id: CustomerId(Uuid::nil()),
            programme: "SKYWARDS".to_owned(),
            number: "1".to_owned(),
            tier,
            valid_from: day(from),
            valid_to: to.map(day),
            qualifying_miles: 0,
            redeemable_miles: 0,
            created_at: chrono::DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn the_best_tier_is_the_highest_that_holds_today() {
        let all = [
            membership(Tier::Platinum, 1, Some(9)),
            membership(Tier::Gold, 5, Some(20)),
            membership(Tier::Silver, 1, None),
        ];
        assert_eq!(best(&all, day(9)), Some(Tier::Platinum));
        assert_eq!(best(&all, day(10)), Some(Tier::Gold));
        assert_eq!(best(&all, day(21)), Some(Tier::Silver));
        assert_eq!(best(&all[..2], day(21)), None);
    }
}
