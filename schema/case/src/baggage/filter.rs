//! Which baggage reports a list holds.

use async_graphql::{ID, InputObject};
use chrono::NaiveDate;
use entities::{
    case::baggage_report as stored,
    id::{CustomerId, OrderId},
};
use schema_kernel::{
    Result, id,
    scalar::{BagTagNumber, BaggageReference, Date, IataAirport},
};

use super::kind::{BaggageKind, BaggageState};
use crate::case::values;

/// Which baggage reports to list. Every part that is given has to fit; an empty filter fits every report.
#[derive(Clone, Debug, Default, InputObject)]
pub struct BaggageReportFilter {
    /// How far it has come.
    pub state: Option<BaggageStateFilter>,
    /// What is wrong.
    pub kind: Option<BaggageKindFilter>,
    /// The station of its reference. Example: `"SIN"`.
    pub station: Option<IataAirport>,
    /// Its reference. Example: `"SINEK19666"`.
    pub reference: Option<BaggageReference>,
    /// The tag of one of its bags. Example: `"0176123456"`.
    pub bag_tag: Option<BagTagNumber>,
    /// The id of the customer whose baggage it is.
    pub customer_id: Option<ID>,
    /// The id of the order it was carried under.
    pub order_id: Option<ID>,
    /// The bag ought to have come on this day or before, and has not come. With the day three weeks ago it finds what may be
    /// treated as lost. Example: `"2026-10-30"`.
    pub missing_since: Option<Date>,
}

/// States of baggage. Example: `{ in: [TRACING, LOCATED] }`.
#[derive(Clone, Debug, Default, InputObject)]
pub struct BaggageStateFilter {
    /// It is this one.
    pub eq: Option<BaggageState>,
    /// It is one of these.
    #[graphql(name = "in")]
    pub one_of: Option<Vec<BaggageState>>,
}

/// Kinds of irregularity. Example: `{ eq: DAMAGED }`.
#[derive(Clone, Debug, Default, InputObject)]
pub struct BaggageKindFilter {
    /// It is this one.
    pub eq: Option<BaggageKind>,
    /// It is one of these.
    #[graphql(name = "in")]
    pub one_of: Option<Vec<BaggageKind>>,
}

/// The filter, understood.
#[derive(Clone, Debug, Default)]
pub(crate) struct Criteria {
    pub(crate) states: Option<Vec<stored::BaggageState>>,
    pub(crate) kinds: Option<Vec<stored::BaggageKind>>,
    pub(crate) station: Option<IataAirport>,
    pub(crate) reference: Option<BaggageReference>,
    pub(crate) bag_tag: Option<BagTagNumber>,
    pub(crate) customer_id: Option<CustomerId>,
    pub(crate) order_id: Option<OrderId>,
    pub(crate) missing_since: Option<NaiveDate>,
}

impl Criteria {
    /// Reads a filter.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` when an id in it cannot be one, or it asks for more values than a filter can hold.
    pub(crate) fn read(filter: BaggageReportFilter) -> Result<Self> {
        let (state, kind) = (
            filter.state.unwrap_or_default(),
            filter.kind.unwrap_or_default(),
        );
        Ok(Self {
            states: values(state.eq, state.one_of)?,
            kinds: values(kind.eq, kind.one_of)?,
            station: filter.station,
            reference: filter.reference,
            bag_tag: filter.bag_tag,
            customer_id: filter.customer_id.as_ref().map(id::read).transpose()?,
            order_id: filter.order_id.as_ref().map(id::read).transpose()?,
            missing_since: filter.missing_since.map(|day| day.0),
        })
    }
}
