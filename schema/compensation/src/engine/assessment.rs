use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::code::CurrencyCode;
use super::fact::FactName;
use super::inputs::Inputs;
use super::rule::Rule;

/// What one regime says about one passenger and one event.
///
/// A record, not a view: it is stored as it is and never changed. New facts make a new assessment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    /// The body of law or policy that was asked.
    pub regime: Regime,
    /// The rule that answered.
    pub rule_id: Cow<'static, str>,
    /// The version of that rule in force on the day of the incident.
    pub rule_version: u32,
    /// Whether the regime governs this passenger's journey, or may: then [`Flag::NeedsFacts`] says what decides it.
    /// A regime that applies may still grant nothing.
    pub applies: bool,
    /// The reason in one sentence, for the agent and the customer.
    pub why: String,
    /// What is owed; empty when nothing is.
    pub entitlements: Vec<Entitlement>,
    /// What a person should look at.
    pub flags: Vec<Flag>,
    /// The distance the decision rests on, in metres; absent where distance does not matter.
    pub distance_metres: Option<u32>,
    /// SHA-256 in hexadecimal of the canonical JSON of all inputs with rule id and version.
    pub inputs_hash: String,
}

impl Assessment {
    /// The blank form: the regime applies and grants nothing yet.
    pub(crate) fn under(rule: &Rule, inputs: &Inputs) -> Self {
        Self {
            regime: rule.regime,
            rule_id: rule.id.into(),
            rule_version: rule.version,
            applies: true,
            why: String::new(),
            entitlements: Vec::new(),
            flags: Vec::new(),
            distance_metres: None,
            inputs_hash: inputs.hash(rule),
        }
    }

    /// Whether the result stands without a person: no missing fact and no doubt about the law.
    pub fn is_settled(&self) -> bool {
        !self
            .flags
            .iter()
            .any(|flag| matches!(flag, Flag::NeedsFacts { .. } | Flag::ManualReview { .. }))
    }

    /// The facts that would settle it; empty when none is missing.
    pub fn missing_facts(&self) -> BTreeSet<FactName> {
        self.flags
            .iter()
            .filter_map(|flag| {
                if let Flag::NeedsFacts { which } = flag {
                    Some(which)
                } else {
                    None
                }
            })
            .flatten()
            .copied()
            .collect()
    }
}

/// A body of law or policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Regime {
    /// Regulation (EC) 261/2004.
    #[serde(rename = "EU261")]
    Eu261,
    /// Refunds under 14 CFR part 260 of the United States Department of Transportation.
    #[serde(rename = "US_DOT")]
    UsDot,
}

impl Regime {
    /// The name used in stored decisions, for example `EU261`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Eu261 => "EU261",
            Self::UsDot => "US_DOT",
        }
    }
}

impl fmt::Display for Regime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// One thing that is owed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entitlement {
    /// What sort of debt it is.
    pub kind: EntitlementKind,
    /// Amount in minor units of the currency.
    pub amount_minor: i64,
    /// Currency of the amount.
    pub currency: CurrencyCode,
    /// Whether money is owed: a voucher settles it only with the passenger's agreement.
    pub cash_required: bool,
    /// Last day to pay, counted from the day of the incident; absent where nothing sets one.
    pub due_by: Option<NaiveDate>,
    /// The article that grants it.
    pub basis: Cow<'static, str>,
    /// Whether missing facts may still reduce it to nothing or to less. Such an amount is an exposure, not a debt.
    pub is_provisional: bool,
}

/// Sorts of debt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum EntitlementKind {
    /// A fixed sum for the trouble.
    Compensation,
    /// The fare back.
    Refund,
    /// Other travel to the destination.
    Reroute,
    /// Meals, communication, hotel, transfer.
    Care,
    /// A share of the fare for a lower cabin.
    DowngradeReimbursement,
    /// Proven damage up to a limit.
    DamagesCap,
    /// The fee for a service that was not provided.
    FeeRefund,
    /// Given without being owed.
    Goodwill,
}

/// What a person should know before acting on an assessment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "flag", rename_all = "snake_case")]
pub enum Flag {
    /// The distance is so close to a limit that another model of the earth could give another amount.
    NearThreshold {
        /// The limit, in metres.
        threshold_metres: u32,
    },
    /// Facts are missing that would change the result.
    NeedsFacts {
        /// Their names.
        which: BTreeSet<FactName>,
    },
    /// The law is not settled, or leaves the case to judgement.
    ManualReview {
        /// What is in doubt.
        reason: ReviewReason,
    },
    /// Another regime grants the same sort of entitlement for the same event.
    OverlapsWith {
        /// The other regime.
        regime: Regime,
    },
}

impl Flag {
    /// The flag for these missing facts; none when none is missing.
    pub(crate) fn needing(which: BTreeSet<FactName>) -> Option<Self> {
        (!which.is_empty()).then_some(Self::NeedsFacts { which })
    }
}

/// Doubts that a person has to settle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ReviewReason {
    /// The part that was not extraordinary is under the halving limit and the whole delay is not; the net was used.
    NetOrGrossDelay,
    /// Saint Barthélemy left the Union in 2012, yet the Commission's guidelines still list it; it was taken as inside.
    OverseasTerritoryStatus,
    /// The band rests on reading a flight to or from Iceland, Norway or Switzerland as intra-Community.
    AssociatedStateBand,
    /// The band rests on reading a long flight to or from an outermost region as intra-Community.
    OutermostRegionBand,
    /// Nothing was granted because the tolerance of Art 5(1)(c)(ii) was read as covering a flight brought forward.
    BroughtForwardTolerance,
    /// The passenger flew in a lower cabin: by guidance, not by rule, the difference in fare is owed.
    FareDifference,
}
