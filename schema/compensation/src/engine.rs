//! What a passenger is owed, decided from facts alone.
//!
//! [`assess`] takes everything that is known about one passenger's disrupted journey and returns one [`Assessment`]
//! per regime that has a rule for the event. There is no clock, no database and no configuration in here: the same
//! [`CaseFacts`] always give the same bytes, so a decision can be replayed years later.
//!
//! Three habits hold everywhere below:
//! - A fact that is not known is [`Fact::Unknown`]. Where it could change the result the assessment carries
//!   [`Flag::NeedsFacts`], and whatever amount it shows is marked provisional.
//! - The rule is chosen by the date of the incident, never by today's date. Thresholds and amounts stand in the packs,
//!   each with its article.
//! - Money is in minor units of its currency, and amounts of different currencies are never added.
//!
//! A body of law is a [`RulePack`]: a file that a lawyer can read, checked when it is loaded. The packs that answer
//! together are a [`RuleSet`]; those that come with the program are [`RuleSet::shipped`].

mod assessment;
mod calendar;
mod circumstances;
mod code;
mod distance;
mod expression;
mod fact;
mod facts;
mod inputs;
mod jurisdiction;
mod overlap;
mod pack;
mod rule;
mod ruleset;
mod shipped;
mod trace;
mod vocabulary;

pub use assessment::{
    Assessment, CareItem, Entitlement, EntitlementKind, Flag, Regime, ReviewReason,
};
pub use calendar::Deadline;
pub use circumstances::{
    Baggage, Boarding, Cabin, Control, Damage, Issue, Operation, Price, ServiceIssue, Stay, Tier,
};
pub use code::{AirlineCode, AirportCode, Code, CountryCode, CurrencyCode, MalformedCode};
pub use distance::{Coordinates, CoordinatesOutOfRange, great_circle_metres};
pub use fact::{Fact, FactName};
pub use facts::{
    Airport, Carrier, CaseFacts, DiversionOutcome, Event, EventKind, Journey, Passenger,
    PaymentMethod, Purchase, Rerouting,
};
pub use inputs::Inputs;
pub use pack::{PackProblem, PackStatus, RulePack};
pub use rule::Rule;
pub use ruleset::{Period, RuleSet};
pub use shipped::{ShippedPack, shipped_packs};
pub use trace::{Step, StepOutcome};
pub use vocabulary::{FactType, VocabularyEntry, vocabulary};

/// Every answer for one passenger and one event under these rules, in the order of the packs.
///
/// A body of law answers one or more questions (compensation, care, baggage); one without a rule for this kind of event
/// on that date is left out. Where scope does not reach the passenger the answer has `applies: false` and says why.
pub fn assess(facts: &CaseFacts, rules: &RuleSet) -> Vec<Assessment> {
    rules.assess(facts)
}

/// Every rule that was tried for one passenger and one event, in order, and why it did or did not apply.
pub fn explain(facts: &CaseFacts, rules: &RuleSet) -> Vec<Step> {
    rules.explain(facts)
}
