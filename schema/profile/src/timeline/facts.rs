//! What events say, as far as a timeline needs it. Pure functions.

use entities::profile::timeline_entry::{Category, Source};
use schema_kernel::{
    Error, Result,
    id::{CaseId, ClaimId, FlightId, JourneyId, OrderId},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A passenger's journey was disturbed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JourneyDisrupted {
    pub order_id: OrderId,
    pub journey_id: JourneyId,
    pub flight_id: FlightId,
    pub flight_designator: String,
    pub kind: String,
    pub destination: Place,
    pub departure_delay_minutes: Option<i64>,
    pub arrival_delay_minutes: Option<i64>,
    #[serde(default)]
    pub missed_connection: bool,
}

/// An airport, by its code.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    pub iata: String,
}

/// An order was placed, changed or cancelled.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OrderFacts {
    pub order_id: OrderId,
    pub record_locator: String,
    pub total_minor: i64,
    pub currency: String,
    pub refund_minor: Option<i64>,
}

/// Something was bought on board or on the web.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PurchaseMade {
    pub channel: String,
    pub description_code: String,
    pub total_minor: i64,
    pub currency: String,
}

/// A claim was opened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClaimOpened {
    pub claim_id: ClaimId,
    pub order_id: Option<OrderId>,
    pub journey_id: Option<JourneyId>,
    pub flight_id: Option<FlightId>,
    pub regime: String,
    pub entitlement_kind: String,
    pub amount_minor: i64,
    pub currency: String,
    pub basis: String,
    #[serde(default)]
    pub needs_review: bool,
}

/// A claim's state or amount changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClaimChanged {
    pub claim_id: ClaimId,
    pub from: String,
    pub to: String,
    pub amount_minor: i64,
    pub currency: String,
}

/// A case was opened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CaseOpened {
    pub case_id: CaseId,
    pub reference: String,
    pub order_id: Option<OrderId>,
    pub flight_id: Option<FlightId>,
}

/// A case's state changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CaseChanged {
    pub case_id: CaseId,
    pub reference: String,
    pub from: String,
    pub to: String,
}

/// A claim was linked to a case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClaimLinked {
    pub case_id: CaseId,
    pub claim_id: ClaimId,
}

/// A claim was filed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClaimFiled {
    pub claim_id: ClaimId,
    pub order_id: Option<OrderId>,
    pub journey_id: Option<JourneyId>,
    pub flight_id: Option<FlightId>,
    pub entitlement_kind: String,
    pub amount_minor: i64,
    pub currency: String,
}

/// Baggage was reported, came further, or cost something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BaggageFacts {
    pub case_id: CaseId,
    pub reference: String,
    pub kind: String,
    pub state: String,
    pub order_id: Option<OrderId>,
    pub journey_id: Option<JourneyId>,
    pub flight_id: Option<FlightId>,
}

/// Somebody wrote in a case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CaseCommented {
    pub case_id: CaseId,
    pub reference: String,
    pub visibility: String,
}

/// A customer's record changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CustomerUpdated {
    pub fields: Vec<String>,
}

/// A contact with a customer was recorded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InteractionRecorded {
    pub kind: String,
    pub channel: String,
    pub direction: String,
}

/// A customer's record was made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CustomerCreated {}

macro_rules! facts {
    ($($kind:literal => $variant:ident($facts:ident), $source:ident, $category:ident;)*) => {
        /// What an event says, by its type.
        #[derive(Clone, Debug, PartialEq)]
        #[expect(missing_docs, reason = "each variant is the event of its name")]
        pub enum Facts {
            $($variant($facts),)*
        }

        impl Facts {
            /// Whether events of this type make lines.
            pub fn knows(kind: &str) -> bool {
                matches!(kind, $($kind)|*)
            }

            /// What an event of type `kind` says; `None` when the type is not known here.
            ///
            /// # Errors
            /// When facts are missing that the type promises.
            pub fn read(kind: &str, data: &Value) -> Result<Option<Self>> {
                match kind {
                    $($kind => $facts::deserialize(data).map(|facts| Some(Self::$variant(facts))),)*
                    _ => Ok(None),
                }
                .map_err(|error| Error::internal(anyhow::Error::new(error).context(format!("facts of {kind}"))))
            }

            /// The facts that the line keeps, and no others.
            pub(super) fn data(&self) -> Result<Value> {
                Ok(match self {
                    $(Self::$variant(facts) => serde_json::to_value(facts)?,)*
                })
            }

            /// The domain they come from.
            pub(super) fn source(&self) -> Source {
                match self {
                    $(Self::$variant(_) => Source::$source,)*
                }
            }

            /// What they are about.
            pub(super) fn category(&self) -> Category {
                match self {
                    $(Self::$variant(_) => Category::$category,)*
                }
            }
        }
    };
}

facts! {
    "order.journey.disrupted.v1" => JourneyDisrupted(JourneyDisrupted), Order, Travel;
    "order.order.placed.v1" => OrderPlaced(OrderFacts), Order, Travel;
    "order.order.changed.v1" => OrderChanged(OrderFacts), Order, Travel;
    "order.order.cancelled.v1" => OrderCancelled(OrderFacts), Order, Travel;
    "order.purchase.made.v1" => PurchaseMade(PurchaseMade), Order, Money;
    "compensation.claim.opened.v1" => ClaimOpened(ClaimOpened), Compensation, Money;
    "compensation.claim.filed.v1" => ClaimFiled(ClaimFiled), Compensation, Money;
    "compensation.claim.changed.v1" => ClaimChanged(ClaimChanged), Compensation, Money;
    "case.case.opened.v1" => CaseOpened(CaseOpened), Case, Contact;
    "case.case.changed.v1" => CaseChanged(CaseChanged), Case, Contact;
    "case.case.commented.v1" => CaseCommented(CaseCommented), Case, Contact;
    "case.claim.linked.v1" => ClaimLinked(ClaimLinked), Case, Contact;
    "case.baggage.reported.v1" => BaggageReported(BaggageFacts), Case, Contact;
    "case.baggage.changed.v1" => BaggageChanged(BaggageFacts), Case, Contact;
    "case.baggage.complaint_due.v1" => BaggageComplaintDue(BaggageFacts), Case, Contact;
    "case.baggage.deemed_lost.v1" => BaggageDeemedLost(BaggageFacts), Case, Contact;
    "case.baggage.expense_added.v1" => BaggageExpenseAdded(BaggageFacts), Case, Contact;
    "profile.customer.created.v1" => CustomerCreated(CustomerCreated), Profile, Profile;
    "profile.customer.updated.v1" => CustomerUpdated(CustomerUpdated), Profile, Profile;
    "profile.interaction.recorded.v1" => InteractionRecorded(InteractionRecorded), Profile, Contact;
}

/// The records that facts concern.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Subjects {
    pub(super) order: Option<OrderId>,
    pub(super) journey: Option<JourneyId>,
    pub(super) flight: Option<FlightId>,
    pub(super) case: Option<CaseId>,
    pub(super) claim: Option<ClaimId>,
}

impl Facts {
    /// Whether the customer may know: an internal comment of a case is the staff's own.
    pub(super) fn is_for_customers(&self) -> bool {
        !matches!(self, Self::CaseCommented(comment) if comment.visibility != "PUBLIC")
    }

    /// The records they concern.
    pub(super) fn subjects(&self) -> Subjects {
        let none = Subjects::default();
        match self {
            Self::JourneyDisrupted(facts) => Subjects {
                order: Some(facts.order_id),
                journey: Some(facts.journey_id),
                flight: Some(facts.flight_id),
                ..none
            },
            Self::OrderPlaced(facts) | Self::OrderChanged(facts) | Self::OrderCancelled(facts) => {
                Subjects {
                    order: Some(facts.order_id),
                    ..none
                }
            }
            Self::ClaimOpened(facts) => Subjects {
                order: facts.order_id,
                journey: facts.journey_id,
                flight: facts.flight_id,
                claim: Some(facts.claim_id),
                ..none
            },
            Self::ClaimFiled(facts) => Subjects {
                order: facts.order_id,
                journey: facts.journey_id,
                flight: facts.flight_id,
                claim: Some(facts.claim_id),
                ..none
            },
            Self::BaggageReported(facts)
            | Self::BaggageChanged(facts)
            | Self::BaggageComplaintDue(facts)
            | Self::BaggageDeemedLost(facts)
            | Self::BaggageExpenseAdded(facts) => Subjects {
                order: facts.order_id,
                journey: facts.journey_id,
                flight: facts.flight_id,
                case: Some(facts.case_id),
                ..none
            },
            Self::ClaimChanged(facts) => Subjects {
                claim: Some(facts.claim_id),
                ..none
            },
            Self::CaseOpened(facts) => Subjects {
                order: facts.order_id,
                flight: facts.flight_id,
                case: Some(facts.case_id),
                ..none
            },
            Self::CaseChanged(facts) => Subjects {
                case: Some(facts.case_id),
                ..none
            },
            Self::CaseCommented(facts) => Subjects {
                case: Some(facts.case_id),
                ..none
            },
            Self::ClaimLinked(facts) => Subjects {
                case: Some(facts.case_id),
                claim: Some(facts.claim_id),
                ..none
            },
            Self::PurchaseMade(_)
            | Self::CustomerCreated(_)
            | Self::CustomerUpdated(_)
            | Self::InteractionRecorded(_) => none,
        }
    }
}
