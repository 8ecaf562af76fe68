//! Amounts of an order: sums that cannot overflow, and what is given back.

/// The largest price, in minor units: a thousand million euros is more than any order costs.
pub(crate) const MAXIMUM_MINOR: i64 = 100_000_000_000;

/// The share of `price_minor` for the kilometres that were not flown, rounded up to a whole minor unit, in the
/// customer's favour. Distances divide a price that was sold as one, as in C-255/15 Mennens.
pub(super) fn unflown_share(price_minor: i64, unflown_km: u32, total_km: u32) -> i64 {
    if total_km == 0 || unflown_km >= total_km {
        return price_minor;
    }
    let exact = i128::from(price_minor.max(0)) * i128::from(unflown_km);
    let share = exact.div_euclid(i128::from(total_km))
        + i128::from(exact.rem_euclid(i128::from(total_km)) != 0);
    i64::try_from(share).unwrap_or(price_minor).min(price_minor)
}

/// A distance in whole kilometres, at least one, so that every flight has a share.
pub(super) fn whole_km(distance_km: f64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "no two airports are further apart than 20,100 km"
    )]
    let whole = distance_km.clamp(1.0, 20_100.0).round() as u32;
    whole
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_given_back_is_part_of_the_price(price in 0..=MAXIMUM_MINOR, unflown in 0..60_000_u32, flown in 0..60_000_u32) {
            prop_assume!(unflown + flown > 0);
            let share = unflown_share(price, unflown, unflown + flown);
            prop_assert!((0..=price).contains(&share));
            prop_assert_eq!(unflown_share(price, unflown + flown, unflown + flown), price);
            prop_assert_eq!(unflown_share(price, 0, unflown + flown), if unflown + flown == 0 { price } else { 0 });
        }

        #[test]
        fn both_shares_make_the_price_to_a_unit(price in 0..=MAXIMUM_MINOR, one in 1..30_000_u32, other in 1..30_000_u32) {
            let sum = unflown_share(price, one, one + other) + unflown_share(price, other, one + other);
            prop_assert!(sum == price || sum == price + 1);
        }

        #[test]
        fn more_unflown_is_never_less_money(price in 0..=MAXIMUM_MINOR, one in 0..30_000_u32, more in 0..30_000_u32) {
            prop_assert!(unflown_share(price, one, 60_000) <= unflown_share(price, one + more, 60_000));
        }
    }
}
