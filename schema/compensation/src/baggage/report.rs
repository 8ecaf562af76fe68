//! A baggage report, as the case domain publishes it.

use chrono::NaiveDate;
use entities::id::{BaggageReportId, FlightId, JourneyId, PassengerId};
use serde::Deserialize;

/// The facts of `case.baggage.*` that compensation looks at.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct BaggageTold {
    /// The report.
    pub report_id: BaggageReportId,
    /// What the airport calls it: `SINEK19666`.
    pub reference: String,
    /// What is wrong.
    pub kind: BaggageKind,
    /// How far it has come.
    pub state: BaggageState,
    /// The journey the bag was checked in for.
    pub journey_id: Option<JourneyId>,
    /// The flight it came late from, or damaged.
    pub flight_id: Option<FlightId>,
    /// Whose name it was checked in under.
    pub passenger_id: Option<PassengerId>,
    /// The day on which its flight arrived, or ought to have.
    pub arrived_on: NaiveDate,
    /// The day on which the customer got it.
    pub at_disposal_on: Option<NaiveDate>,
    /// The day of the first complaint in writing.
    pub complained_on: Option<NaiveDate>,
    /// Whether the airline admits that it is lost.
    pub is_loss_admitted: bool,
    /// How many passengers had packed in it.
    pub travellers: u32,
    /// The sum of a special declaration.
    pub declared: Option<DeclaredValue>,
    /// What was spent or lost.
    #[serde(default)]
    pub expenses: Vec<ExpenseTold>,
}

/// The sum of a special declaration.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct DeclaredValue {
    /// In minor units of the currency.
    pub amount_minor: i64,
    /// ISO 4217 code.
    pub currency: String,
}

/// One expense.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ExpenseTold {
    /// In minor units of the currency.
    pub amount_minor: i64,
    /// ISO 4217 code.
    pub currency: String,
    /// The day on which it was spent.
    pub spent_on: NaiveDate,
}

/// What is wrong with a bag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum BaggageKind {
    /// It has not come.
    Delayed,
    /// It came damaged.
    Damaged,
    /// Something was taken out of it.
    Pilfered,
    /// It is lost.
    Lost,
}

/// How far the search has come, as far as the law looks at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum BaggageState {
    /// It counts as lost.
    Lost,
    /// Nothing more is done about it.
    Closed,
    /// Anything before.
    #[serde(other)]
    Open,
}
