//! What a membership may hold. Pure functions.

use async_graphql::InputObject;
use chrono::NaiveDate;
use entities::profile::loyalty_membership;
use schema_kernel::{Actor, Session, id::CustomerId, money::Long, scalar::Date};
use serde::Serialize;

use super::LoyaltyTier;
use crate::check::{Problems, Unchecked};

/// A membership of a loyalty programme.
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct LoyaltyMembershipInput {
    /// Code of the programme: 2 to 20 letters, digits or hyphens; case does not matter. Example: `"SKYWARDS"`.
    pub programme: String,
    /// Number in the programme: 4 to 20 letters or digits; spaces and hyphens do not matter. Example: `"EK 123 456 789"`.
    pub number: String,
    /// The tier reached. Everything but `BASE` is set by staff.
    #[graphql(default_with = "LoyaltyTier::Base")]
    pub tier: LoyaltyTier,
    /// First day on which the tier holds; today when it is left out.
    pub valid_from_on: Option<Unchecked<Date>>,
    /// Last day on which the tier holds, not before the first; no end when it is left out.
    pub valid_to_on: Option<Unchecked<Date>>,
    /// Miles that count towards the next tier, 0 or more. Everything but 0 is set by staff.
    #[graphql(default_with = "Long(0)")]
    pub qualifying_miles: Long,
    /// Miles that can be spent, 0 or more. Everything but 0 is set by staff.
    #[graphql(default_with = "Long(0)")]
    pub redeemable_miles: Long,
}

/// A membership whose fields have been checked.
#[derive(Clone, Debug)]
pub(crate) struct Membership {
    pub(crate) programme: String,
    pub(crate) number: String,
    tier: LoyaltyTier,
    valid_from: NaiveDate,
    valid_to: Option<NaiveDate>,
    qualifying_miles: i64,
    redeemable_miles: i64,
}

impl LoyaltyMembershipInput {
    /// The membership, or notes of what is wrong with it at `path`.
    pub(crate) fn check(
        &self,
        problems: &mut Problems,
        path: &str,
        today: NaiveDate,
    ) -> Option<Membership> {
        let at = |field: &str| format!("{path}.{field}");
        let programme = problems.take(
            &at("programme"),
            "programme code",
            normalised_programme(&self.programme),
        );
        let number = problems.take(
            &at("number"),
            "loyalty number",
            normalised_number(&self.number),
        );
        let valid_from = problems
            .read_optional(&at("validFromOn"), self.valid_from_on.as_ref())
            .map_or(today, NaiveDate::from);
        let valid_to = problems
            .read_optional(&at("validToOn"), self.valid_to_on.as_ref())
            .map(NaiveDate::from);
        if valid_to.is_some_and(|valid_to| valid_to < valid_from) {
            problems.refuse(
                &at("validToOn"),
                "The last day is not before the first.",
                "period",
            );
        }
        for (field, miles) in [
            ("qualifyingMiles", self.qualifying_miles),
            ("redeemableMiles", self.redeemable_miles),
        ] {
            if miles.0 < 0 {
                problems.refuse(&at(field), "Miles are 0 or more.", "miles");
            }
        }
        let (programme, number) = programme.zip(number)?;
        Some(Membership {
            programme,
            number,
            tier: self.tier,
            valid_from,
            valid_to,
            qualifying_miles: self.qualifying_miles.0,
            redeemable_miles: self.redeemable_miles.0,
        })
    }

    /// Notes fields that customers do not set about themselves.
    pub(super) fn check_staff_fields(&self, problems: &mut Problems, path: &str, actor: &Actor) {
        let fields = [
            (format!("{path}.tier"), self.tier != LoyaltyTier::Base),
            (
                format!("{path}.qualifyingMiles"),
                self.qualifying_miles.0 != 0,
            ),
            (
                format!("{path}.redeemableMiles"),
                self.redeemable_miles.0 != 0,
            ),
        ];
        problems.staff_only(
            actor,
            fields.iter().map(|(path, is_set)| (path.as_str(), *is_set)),
        );
    }
}

impl Membership {
    /// A new row.
    pub(crate) fn row(&self, session: &Session, customer: CustomerId) -> loyalty_membership::Model {
        loyalty_membership::Model {
            id: session.new_id(),
            customer_id: customer,
            programme: self.programme.clone(),
            number: self.number.clone(),
            tier: self.tier.into(),
            valid_from: self.valid_from,
            valid_to: self.valid_to,
            qualifying_miles: self.qualifying_miles,
            redeemable_miles: self.redeemable_miles,
            created_at: session.now(),
        }
    }
}

fn normalised_programme(text: &str) -> Result<String, String> {
    let code = text.trim().to_ascii_uppercase();
    if (2..=20).contains(&code.len())
        && code
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    {
        Ok(code)
    } else {
        Err(
            "A programme's code has 2 to 20 letters, digits or hyphens, like \"SKYWARDS\"."
                .to_owned(),
        )
    }
}

/// A loyalty number as it is stored and searched: upper-case letters and digits, without separators.
///
/// # Errors
/// One sentence that says what is wrong and what would be right.
pub fn normalised_number(text: &str) -> Result<String, String> {
    let number: String = text
        .chars()
        .filter(|character| !matches!(character, ' ' | '-' | '\u{a0}'))
        .collect();
    let number = number.to_ascii_uppercase();
    if (4..=20).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        Ok(number)
    } else {
        Err("A loyalty number has 4 to 20 letters or digits, like \"EK 123 456 789\".".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn separators_and_case_do_not_matter() {
        assert_eq!(normalised_number("ek 123-456 789").unwrap(), "EK123456789");
        assert!(normalised_number("12").is_err());
        assert!(normalised_number("12345\u{660}").is_err());
        assert_eq!(normalised_programme(" skywards ").unwrap(), "SKYWARDS");
        assert!(normalised_programme("S").is_err());
    }

    proptest! {
        #[test]
        fn a_normalised_number_is_normal(text in ".{0,30}") {
            if let Ok(number) = normalised_number(&text) {
                prop_assert_eq!(normalised_number(&number).unwrap(), number);
            }
        }
    }
}
