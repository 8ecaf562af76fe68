//! What a passenger is owed, decided from facts alone.
//!
//! [`assess`] takes everything that is known about one passenger's disrupted journey and returns one [`Assessment`]
//! per regime that has a rule for the event. There is no clock, no database and no configuration in here: the same
//! [`CaseFacts`] always give the same bytes, so a decision can be replayed years later.
//!
//! Three habits hold everywhere below:
//! - A fact that is not known is [`Fact::Unknown`]. Where it could change the result the assessment carries
//!   [`Flag::NeedsFacts`], and whatever amount it shows is marked provisional.
//! - The rule is chosen by the date of the incident, never by today's date. Thresholds and amounts stand in dated
//!   tables of [`Rule`]s, one table per event.
//! - Money is in minor units of its currency, and amounts of different currencies are never added.
//!
//! A regime is a [`RulePack`]. Adding one is one module and one line in [`rule_packs`].

mod assessment;
mod calendar;
mod code;
mod distance;
mod eu261;
mod fact;
mod facts;
mod inputs;
mod overlap;
mod pack;
mod rule;
mod us_dot;
mod verdict;
mod zone;

pub use assessment::{Assessment, Entitlement, EntitlementKind, Flag, Regime, ReviewReason};
pub use calendar::Deadline;
pub use code::{AirlineCode, AirportCode, Code, CountryCode, CurrencyCode, MalformedCode};
pub use distance::{Coordinates, CoordinatesOutOfRange, great_circle_metres};
pub use fact::{Fact, FactName};
pub use facts::{
    Airport, Carrier, CaseFacts, DiversionOutcome, Event, EventKind, Journey, Passenger,
    PaymentMethod, Purchase, Rerouting,
};
pub use inputs::Inputs;
pub use pack::{RulePack, rule_packs};
pub use rule::Rule;

/// Every regime's answer for one passenger and one event, in the order of [`rule_packs`].
///
/// A regime without a rule for this kind of event on that date is left out. A regime whose scope does not reach the
/// passenger answers with `applies: false` and says why.
pub fn assess(facts: &CaseFacts) -> Vec<Assessment> {
    let inputs = Inputs::of(facts);
    let mut assessments: Vec<_> = rule_packs()
        .iter()
        .filter_map(|pack| pack.assess(facts, &inputs))
        .collect();
    overlap::mark(&mut assessments);
    assessments
}
