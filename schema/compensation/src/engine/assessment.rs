use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::code::CurrencyCode;
use super::fact::FactName;

/// What one regime says about one passenger and one event.
///
/// A record, not a view: it is stored as it is and never changed. New facts make a new assessment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    /// The body of law or policy that was asked.
    pub regime: Regime,
    /// The question it was asked: `compensation`, `assistance`, `downgrade`.
    pub answer: Cow<'static, str>,
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
    /// Refunds, baggage fees and denied boarding under the rules of the United States Department of Transportation.
    #[serde(rename = "US_DOT")]
    UsDot,
    /// Regulation (EC) 261/2004 as it has effect in the law of the United Kingdom.
    #[serde(rename = "UK261")]
    Uk261,
    /// The Air Passenger Protection Regulations of Canada.
    #[serde(rename = "CA_APPR")]
    CaAppr,
    /// The Montreal Convention of 1999.
    #[serde(rename = "MONTREAL")]
    Montreal,
    /// The passenger welfare rules of the United Arab Emirates.
    #[serde(rename = "UAE_PWP")]
    UaePwp,
    /// What the airline gives without owing it.
    #[serde(rename = "GOODWILL")]
    Goodwill,
}

impl Regime {
    /// The name used in stored decisions, for example `EU261`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Eu261 => "EU261",
            Self::UsDot => "US_DOT",
            Self::Uk261 => "UK261",
            Self::CaAppr => "CA_APPR",
            Self::Montreal => "MONTREAL",
            Self::UaePwp => "UAE_PWP",
            Self::Goodwill => "GOODWILL",
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
    /// What is to be provided, where it is no money; empty otherwise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub care: Vec<CareItem>,
    /// Whether the passenger may choose it in place of something else; it is owed once they have.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_choice: bool,
    /// The regime that already pays for the same loss, where it is paid once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub satisfied_by: Option<Regime>,
}

impl Entitlement {
    /// The currency code that stands for miles: no currency is involved (ISO 4217).
    pub const MILES: CurrencyCode = CurrencyCode::literal(*b"XXX");

    /// Whether an amount is owed by itself: not care, not one choice of several, not paid under another law.
    pub fn is_payable(&self) -> bool {
        self.amount_minor > 0 && !self.is_choice && self.satisfied_by.is_none()
    }

    /// The amount in miles, when it is one.
    pub fn miles(&self) -> Option<i64> {
        (self.currency == Self::MILES).then_some(self.amount_minor)
    }
}

/// What a passenger is provided with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CareItem {
    /// Word of what happens and of what is owed.
    Information,
    /// Meals and refreshments.
    Meals,
    /// Calls and messages.
    Communication,
    /// A room.
    Hotel,
    /// Transfer between airport and room.
    Transport,
    /// What the circumstances call for, where the law leaves it to them.
    CareAsAppropriate,
    /// Return to the start or other travel to the destination.
    RerouteOrReturn,
    /// The opportunity to leave the aircraft.
    Disembarkation,
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
    /// The compensation is paid under another regime, and once.
    SatisfiedBy {
        /// The regime that pays.
        regime: Regime,
    },
    /// The compensation of another regime is satisfied by this one, because it is paid once.
    Satisfies {
        /// The regime that is satisfied.
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
    /// The numbers of the case are beyond what the rules can compute with.
    BeyondArithmetic,
    /// Goodwill was given often, or refused before, or asked for by somebody else.
    GoodwillAbuse,
}
