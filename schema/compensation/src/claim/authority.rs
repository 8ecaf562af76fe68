//! Who may grant how much, and who has to agree.
//!
//! The limits are ours (domain 1.7 for miles, and in its spirit for money). They are data, and what follows from them is
//! worked out here without time, database or persons.

use entities::compensation::claim::MILES;

/// How far somebody's authority goes, by their role. The order is that of the limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Answers customers.
    Agent,
    /// Decides complaints and claims.
    Supervisor,
    /// Answers for what claims cost.
    Manager,
}

/// Limits by currency, in minor units, of agents, supervisors and managers. What is in no row is granted by nobody.
const LIMITS: &[(&str, [i64; 3])] = &[
    (MILES, [10_000, 30_000, 50_000]),
    ("AED", [160_000, 1_000_000, 4_000_000]),
    ("AUD", [70_000, 400_000, 1_600_000]),
    ("CAD", [60_000, 370_000, 1_500_000]),
    ("CHF", [40_000, 240_000, 950_000]),
    ("CNY", [310_000, 1_900_000, 7_800_000]),
    ("CZK", [1_000_000, 6_200_000, 25_000_000]),
    ("DKK", [300_000, 1_900_000, 7_500_000]),
    ("EUR", [40_000, 250_000, 1_000_000]),
    ("GBP", [35_000, 210_000, 850_000]),
    ("HKD", [340_000, 2_100_000, 8_500_000]),
    ("HUF", [15_500_000, 97_000_000, 390_000_000]),
    ("INR", [3_700_000, 23_000_000, 92_000_000]),
    ("JPY", [65_000, 400_000, 1_600_000]),
    ("KWD", [130_000, 830_000, 3_300_000]),
    ("NOK", [460_000, 2_900_000, 11_500_000]),
    ("NZD", [75_000, 460_000, 1_800_000]),
    ("PLN", [170_000, 1_100_000, 4_300_000]),
    ("SAR", [160_000, 1_000_000, 4_000_000]),
    ("SEK", [450_000, 2_800_000, 11_300_000]),
    ("SGD", [58_000, 360_000, 1_450_000]),
    ("TRY", [1_900_000, 12_000_000, 48_000_000]),
    ("USD", [45_000, 270_000, 1_100_000]),
    ("ZAR", [800_000, 5_000_000, 20_000_000]),
];

/// Whether a grant stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Authority {
    /// By itself.
    Alone,
    /// With the approval of a second person, who has at least this authority.
    With(Level),
    /// Never: nobody has authority in this currency.
    Unknown,
}

/// Why somebody's approval does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotEntitled {
    /// They asked for it themselves.
    OwnRequest,
    /// It needs more authority: at least this.
    Needs(Level),
    /// Nobody has authority in this currency.
    Unknown,
}

impl Level {
    /// The authority of a role; `None` where the role grants nothing.
    pub fn of(role: &str) -> Option<Self> {
        match role {
            "contact-centre-agent" => Some(Self::Agent),
            "customer-affairs" => Some(Self::Supervisor),
            "cmp-manager" | "finance" | "administrator" => Some(Self::Manager),
            _ => None,
        }
    }

    /// A role that has it, for messages.
    pub fn role(self) -> &'static str {
        match self {
            Self::Agent => "contact-centre-agent",
            Self::Supervisor => "customer-affairs",
            Self::Manager => "cmp-manager",
        }
    }

    fn limit(self, limits: [i64; 3]) -> i64 {
        let [agent, supervisor, manager] = limits;
        match self {
            Self::Agent => agent,
            Self::Supervisor => supervisor,
            Self::Manager => manager,
        }
    }
}

/// The least authority that covers an amount: in minor units of the currency, or in miles. Above all limits it is a
/// manager's, and then two managers have to agree. `None` where nobody has authority in this currency.
pub fn needed(amount_minor: i64, currency: &str) -> Option<Level> {
    let limits = limits(currency)?;
    [Level::Agent, Level::Supervisor]
        .into_iter()
        .find(|level| amount_minor <= level.limit(limits))
        .or(Some(Level::Manager))
}

/// Whether a grant by somebody of this authority stands.
pub fn grant(level: Option<Level>, amount_minor: i64, currency: &str) -> Authority {
    let (Some(limits), Some(needed)) = (limits(currency), needed(amount_minor, currency)) else {
        return Authority::Unknown;
    };
    match level {
        Some(level) if amount_minor <= level.limit(limits) => Authority::Alone,
        _ => Authority::With(needed),
    }
}

/// Whether somebody may be the second person.
///
/// # Errors
/// Why they may not.
pub fn second(
    (approver, level): (&str, Option<Level>),
    requester: &str,
    amount_minor: i64,
    currency: &str,
) -> Result<(), NotEntitled> {
    let needed = needed(amount_minor, currency).ok_or(NotEntitled::Unknown)?;
    if approver == requester {
        return Err(NotEntitled::OwnRequest);
    }
    if level.is_none_or(|level| level < needed) {
        return Err(NotEntitled::Needs(needed));
    }
    Ok(())
}

fn limits(currency: &str) -> Option<[i64; 3]> {
    LIMITS
        .iter()
        .find(|(known, _)| *known == currency)
        .map(|(_, limits)| *limits)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use schema_kernel::Money;

    use super::*;

    const LEVELS: [Level; 3] = [Level::Agent, Level::Supervisor, Level::Manager];

    fn currency() -> impl Strategy<Value = &'static str> {
        prop::sample::select(
            LIMITS
                .iter()
                .map(|(currency, _)| *currency)
                .collect::<Vec<_>>(),
        )
    }

    #[test]
    fn limits_grow_and_are_of_currencies_that_exist() {
        for (currency, [agent, supervisor, manager]) in LIMITS {
            assert!(
                0 < *agent && agent < supervisor && supervisor < manager,
                "{currency}"
            );
            assert!(
                *currency == MILES || Money::new(1, currency).is_some(),
                "{currency}"
            );
        }
    }

    #[test]
    fn the_limits_of_goodwill_are_those_of_the_policy() {
        for (miles, level) in [
            (10_000, Level::Agent),
            (30_000, Level::Supervisor),
            (50_000, Level::Manager),
        ] {
            assert_eq!(grant(Some(level), miles, MILES), Authority::Alone);
            assert_eq!(
                grant(Some(level), miles + 1, MILES),
                Authority::With(needed(miles + 1, MILES).unwrap())
            );
        }
    }

    proptest! {
        #[test]
        fn more_authority_never_grants_less(amount in 1..2_000_000_000_i64, currency in currency()) {
            let stands = LEVELS.map(|level| grant(Some(level), amount, currency) == Authority::Alone);
            prop_assert!(stands.windows(2).all(|pair| pair[0] <= pair[1]));
        }

        #[test]
        fn nobody_agrees_with_themselves(amount in 1..2_000_000_000_i64, currency in currency(), place in 0..3_usize) {
            let own = second(("a", Some(LEVELS[place])), "a", amount, currency);
            prop_assert_eq!(own, Err(NotEntitled::OwnRequest));
        }

        #[test]
        fn what_needs_a_second_person_finds_one(amount in 1..2_000_000_000_i64, currency in currency(), place in 0..3_usize) {
            if let Authority::With(level) = grant(Some(LEVELS[place]), amount, currency) {
                prop_assert!(second(("b", Some(level)), "a", amount, currency).is_ok());
                prop_assert!(second(("b", None), "a", amount, currency).is_err());
            }
        }
    }

    #[test]
    fn a_currency_without_limits_is_granted_by_nobody() {
        assert_eq!(grant(Some(Level::Manager), 1, "XAU"), Authority::Unknown);
        assert_eq!(
            second(("b", Some(Level::Manager)), "a", 1, "XXX"),
            Err(NotEntitled::Unknown)
        );
    }
}
