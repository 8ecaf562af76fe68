//! What a search for customers can ask for.

use async_graphql::{Enum, InputObject};
use chrono::NaiveDate;
use schema_kernel::{
    Error, Result,
    scalar::{EmailAddress, PhoneNumber},
};

use super::name;
use crate::loyalty::{self, LoyaltyTier};

/// What the customers of a search have in common. Every field that is given must match.
#[derive(Clone, Debug, Default, InputObject)]
pub struct CustomerFilter {
    /// The beginning of the family name or of the given names, or beginnings of both in either order. Case and accents
    /// do not matter, and the spelling of the travel document matches too. Example: `"mul an"` finds Anna Müller.
    pub name: Option<String>,
    /// One of their e-mail addresses, whole; case does not matter. Example: `"amal@example.com"`.
    pub email: Option<EmailAddress>,
    /// One of their telephone numbers, whole, with the country code. Example: `"+971501234567"`.
    pub phone: Option<PhoneNumber>,
    /// One of their loyalty numbers, whole, in any programme; spaces and hyphens do not matter. Example: `"EK 123 456 789"`.
    pub loyalty_number: Option<String>,
    /// A tier they hold today in one of their programmes. Example: `GOLD`.
    pub tier: Option<LoyaltyTier>,
}

/// The order of a list of customers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub enum CustomerSort {
    /// By family name, without regard to case and accents, from A to Z.
    #[default]
    FamilyName,
    /// By the time the record was made, newest first.
    CreatedAt,
}

/// A filter in the terms of storage.
#[derive(Clone, Debug, Default)]
pub(crate) struct Criteria {
    pub(crate) name: Option<Vec<NamePattern>>,
    pub(crate) email: Option<String>,
    pub(crate) phone: Option<String>,
    pub(crate) loyalty_number: Option<String>,
    pub(crate) tier: Option<LoyaltyTier>,
    pub(crate) today: NaiveDate,
}

/// Beginnings of a customer's names; an empty one matches everything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NamePattern {
    pub(crate) given: String,
    pub(crate) family: String,
}

/// Names of more words than this are not taken apart any further.
const MAXIMUM_SPLITS: usize = 5;

impl CustomerFilter {
    /// The filter in the terms of storage, on the day `today`.
    pub(crate) fn criteria(self, today: NaiveDate) -> Result<Criteria> {
        Ok(Criteria {
            name: self.name.as_deref().map(name_patterns).transpose()?,
            email: self.email.map(|email| email.as_str().to_lowercase()),
            phone: self.phone.map(|phone| phone.as_str().to_owned()),
            loyalty_number: self
                .loyalty_number
                .as_deref()
                .map(loyalty_number)
                .transpose()?,
            tier: self.tier,
            today,
        })
    }
}

fn loyalty_number(text: &str) -> Result<String> {
    loyalty::normalised_number(text)
        .map_err(|message| Error::bad_user_input(format!("`filter.loyaltyNumber`: {message}")))
}

fn name_patterns(text: &str) -> Result<Vec<NamePattern>> {
    let key = name::search_key(text);
    if key.is_empty() || key.len() > 4 * name::MAXIMUM_LENGTH {
        return Err(Error::bad_user_input(
            "`filter.name`: a search for a name needs between 1 and 100 letters.",
        ));
    }
    Ok(patterns(&key))
}

/// Every way to read the words as the beginnings of given and family names, in either order.
pub(crate) fn patterns(key: &str) -> Vec<NamePattern> {
    let words: Vec<&str> = key.split(' ').collect();
    let mut patterns: Vec<NamePattern> = Vec::new();
    for split in 0..words.len().min(MAXIMUM_SPLITS) {
        let (front, back) = (words[..split].join(" "), words[split..].join(" "));
        patterns.push(NamePattern {
            given: front.clone(),
            family: back.clone(),
        });
        patterns.push(NamePattern {
            given: back,
            family: front,
        });
    }
    patterns
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(given: &str, family: &str) -> NamePattern {
        NamePattern {
            given: given.to_owned(),
            family: family.to_owned(),
        }
    }

    #[test]
    fn one_word_is_a_given_or_a_family_name() {
        assert_eq!(patterns("had"), [pattern("", "had"), pattern("had", "")]);
    }

    #[test]
    fn two_words_are_read_in_both_orders_and_as_one_name() {
        let read = patterns("van dijk");
        for expected in [
            pattern("", "van dijk"),
            pattern("van", "dijk"),
            pattern("dijk", "van"),
            pattern("van dijk", ""),
        ] {
            assert!(read.contains(&expected), "{expected:?}");
        }
    }

    #[test]
    fn a_search_for_no_letter_is_refused() {
        assert!(name_patterns(" . ").is_err());
        assert!(loyalty_number("  ").is_err());
    }
}
