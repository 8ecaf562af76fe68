//! What things cost. All amounts are in minor units of the money they are sold in.

use entities::order::{flight_segment::Cabin, passenger::PassengerKind};

use super::stream::Stream;

/// How many units of each money a euro is worth, in thousandths, and how many decimals it has.
const RATES: [(&str, i64, u32); 5] = [
    ("EUR", 1_000, 2),
    ("USD", 1_080, 2),
    ("GBP", 850, 2),
    ("AED", 3_970, 2),
    ("JPY", 165_000, 0),
];

/// An amount of euro cents in another money, rounded as prices are.
pub(super) fn in_currency(euro_cents: i64, currency: &str) -> i64 {
    let (_, rate, decimals) = RATES
        .iter()
        .find(|(code, ..)| *code == currency)
        .unwrap_or(&RATES[0]);
    match decimals {
        0 => euro_cents * rate / 10_0000 / 10 * 10,
        _ => euro_cents * rate / 1_000 / 100 * 100,
    }
}

/// The fare of one passenger for one journey. `demand` is in per cent of what is usual.
pub(super) fn fare(
    kilometres: i64,
    cabin: Cabin,
    kind: PassengerKind,
    demand: i64,
    currency: &str,
) -> i64 {
    let usual = 3_500 + kilometres * 17 / 2;
    let cabin = match cabin {
        Cabin::F => 600,
        Cabin::J => 360,
        Cabin::W => 180,
        Cabin::Y => 100,
    };
    let kind = match kind {
        PassengerKind::Adult => 100,
        PassengerKind::Child => 75,
        PassengerKind::Infant => 10,
    };
    in_currency(usual * cabin / 100 * kind / 100 * demand / 100, currency)
}

/// How fares stand against the usual ones, in per cent.
pub(super) fn demand(stream: &mut Stream) -> i64 {
    stream.between(70, 150)
}

/// The booking class in which a cabin was sold at this demand: one letter.
pub(super) fn booking_class(cabin: Cabin, demand: i64) -> &'static str {
    let letters = match cabin {
        Cabin::F => ["A", "F", "F"],
        Cabin::J => ["D", "C", "J"],
        Cabin::W => ["E", "W", "W"],
        Cabin::Y => ["L", "K", "Y"],
    };
    match demand {
        ..90 => letters[0],
        90..125 => letters[1],
        125.. => letters[2],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fares_grow_with_distance_and_comfort() {
        let fare = |kilometres, cabin| fare(kilometres, cabin, PassengerKind::Adult, 100, "EUR");
        assert_eq!(fare(4_840, Cabin::Y), 44_600);
        assert!(
            fare(1_000, Cabin::Y) < fare(1_000, Cabin::W)
                && fare(1_000, Cabin::W) < fare(1_000, Cabin::J)
        );
        assert!(fare(1_000, Cabin::Y) < fare(2_000, Cabin::Y));
    }

    #[test]
    fn every_money_has_its_decimals() {
        assert_eq!(in_currency(10_000, "EUR"), 10_000);
        assert_eq!(in_currency(10_000, "AED"), 39_700);
        assert_eq!(in_currency(10_000, "JPY"), 16_500);
    }
}
