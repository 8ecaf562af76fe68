//! Baggage that came late, damaged or not at all: property irregularity reports, and what people spent because of it.

pub mod clock;
pub mod kind;
pub mod number;
pub mod state;

mod add_expense;
mod change_state;
mod event;
mod expense;
mod filter;
mod load;
mod mutation;
mod period;
mod query;
mod report;
mod store;

use async_graphql::{Context, ID, Object, SimpleObject};
use entities::case::baggage_report::Model;
use schema_kernel::guard::Personal;
use schema_kernel::{
    ActorKind, ContextExt, Money, Result, Session, id,
    scalar::{Date, DateTime},
};

pub(crate) use self::store::case_of;
pub use self::{
    add_expense::{AddBaggageExpenseInput, AddBaggageExpenseOutcome, BaggageExpenseAdded},
    change_state::{BaggageStateChanged, ChangeBaggageStateInput, ChangeBaggageStateOutcome},
    expense::BaggageExpense,
    filter::{BaggageKindFilter, BaggageReportFilter, BaggageStateFilter},
    mutation::BaggageMutation,
    period::tell as tell_of_periods,
    query::BaggageQuery,
    report::{
        BagInput, BaggageReportStands, BaggageReported, ReportBaggageInput, ReportBaggageOutcome,
    },
};
use self::{
    kind::{BaggageKind, BaggageState},
    state::{Part, Standing},
    store::{Bags, Expenses},
};
use crate::{
    case::Case,
    reference::{Customer, Flight, Journey, Order},
};

/// The most bags of a report.
const BAGS: usize = 10;
/// The most expenses of a report.
const EXPENSES: u64 = 50;

/// A property irregularity report.
pub struct BaggageReport(Model);

/// One bag of a report.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(requires_scopes = "case:read")]
pub struct ReportedBag {
    /// The licence plate on its tag: 10 digits. Example: `"0176123456"`.
    pub tag: String,
    /// Its colour and type on the baggage chart: two letters and two digits. Example: `"BK22"`.
    pub colour_type: Option<String>,
}

/// A property irregularity report (PIR): baggage that came late, damaged or not at all, and how far it has come. It admits no
/// liability. People work on it in its case.
#[Object(directive = Personal::apply("CASE"))]
impl BaggageReport {
    /// Unique for ever.
    #[graphql(requires_scopes = "public")]
    async fn id(&self) -> ID {
        id::show(self.0.id)
    }

    /// What the airport calls it: station, airline and five digits. Used again after some years. Example: `"SINEK19666"`.
    #[graphql(requires_scopes = "case:read")]
    async fn reference(&self) -> &str {
        &self.0.reference
    }

    /// What is wrong.
    #[graphql(requires_scopes = "case:read")]
    async fn kind(&self) -> BaggageKind {
        self.0.kind.into()
    }

    /// How far it has come.
    #[graphql(requires_scopes = "case:read")]
    async fn state(&self) -> BaggageState {
        self.0.state.into()
    }

    /// The states you can bring it to now with `changeBaggageState`. Staff can also bring what is searched for to `LOST` at any
    /// time by admitting the loss.
    #[graphql(requires_scopes = "case:read")]
    async fn next_states(&self, ctx: &Context<'_>) -> Result<Vec<BaggageState>> {
        let session = ctx.session()?;
        let today = session.now().date_naive();
        let reachable = state::reachable(Standing::from(&self.0), part(session), today);
        Ok(reachable.into_iter().map(Into::into).collect())
    }

    /// The bags, by tag; 10 at most. Empty when no tag is known.
    #[graphql(requires_scopes = "case:read")]
    async fn bags(&self, ctx: &Context<'_>) -> Result<Vec<ReportedBag>> {
        let bags = ctx.loader()?.load_one(Bags(self.0.id)).await?;
        let shown = |bag: entities::case::baggage_bag::Model| ReportedBag {
            tag: bag.tag,
            colour_type: bag.colour_type,
        };
        Ok(bags.unwrap_or_default().into_iter().map(shown).collect())
    }

    /// What is wrong, in the words of who reported it. Card numbers were taken out before it was stored.
    #[graphql(requires_scopes = "case:read")]
    async fn description(&self) -> &str {
        &self.0.description
    }

    /// The local day on which its flight arrived, or ought to have arrived: the law of that day decides, and the periods of loss
    /// and of an action begin with it.
    #[graphql(requires_scopes = "case:read")]
    async fn arrived_on(&self) -> Date {
        Date(self.0.arrived_on)
    }

    /// The day on which the customer got it; `null` while they have not.
    #[graphql(requires_scopes = "case:read")]
    async fn at_disposal_on(&self) -> Option<Date> {
        self.0.at_disposal_on.map(Date)
    }

    /// The day of the first complaint in writing; `null` while there is none. A report that a customer makes here is one, and so
    /// is the first expense.
    #[graphql(requires_scopes = "case:read")]
    async fn complained_on(&self) -> Option<Date> {
        self.0.complained_on.map(Date)
    }

    /// The last day to complain in writing: seven days after a damaged bag, 21 after a delayed one was at the customer's disposal
    /// (Montreal Convention Art 31(2)). `null` while that has not begun, and of a loss, which needs no complaint.
    #[graphql(requires_scopes = "case:read")]
    async fn complaint_due_on(&self) -> Option<Date> {
        clock::complaint_due_on(self.0.kind, self.0.at_disposal_on).map(Date)
    }

    /// Whether the complaint in writing came in time; `null` while that is open.
    #[graphql(requires_scopes = "case:read")]
    async fn is_complaint_in_time(&self) -> Option<bool> {
        clock::is_complaint_in_time(&self.0)
    }

    /// The day from which it may be treated as lost, 21 days after it ought to have come (Montreal Convention Art 17(3)); `null`
    /// once it has come.
    #[graphql(requires_scopes = "case:read")]
    async fn deemed_lost_on(&self) -> Option<Date> {
        let is_there = self.0.at_disposal_on.is_some();
        (!is_there).then(|| Date(clock::deemed_lost_on(self.0.arrived_on)))
    }

    /// The last day to bring an action, two years after arrival (Montreal Convention Art 35).
    #[graphql(requires_scopes = "case:read")]
    async fn action_due_on(&self) -> Date {
        Date(clock::action_due_on(self.0.arrived_on))
    }

    /// Whether the airline admits that it is lost.
    #[graphql(requires_scopes = "case:read")]
    async fn is_loss_admitted(&self) -> bool {
        self.0.is_loss_admitted
    }

    /// How many passengers had packed in it; each has a limit of their own (C-410/11).
    #[graphql(requires_scopes = "case:read")]
    async fn travellers(&self) -> i32 {
        self.0.travellers
    }

    /// The sum of a special declaration, which takes the place of the limit (Montreal Convention Art 22(2)); `null` without one.
    #[graphql(requires_scopes = "case:read")]
    async fn declared_value(&self) -> Option<Result<Money>> {
        let currency = self.0.declared_currency.as_deref()?;
        Some(expense::money(self.0.declared_minor?, currency))
    }

    /// What was spent or lost because of it, in the order in which it was noted; 50 at most.
    #[graphql(requires_scopes = "case:read")]
    async fn expenses(&self, ctx: &Context<'_>) -> Result<Vec<BaggageExpense>> {
        let expenses = ctx.loader()?.load_one(Expenses(self.0.id)).await?;
        Ok(expenses
            .unwrap_or_default()
            .into_iter()
            .map(BaggageExpense)
            .collect())
    }

    /// The case in which people work on it.
    #[graphql(requires_scopes = "case:read")]
    async fn case(&self, ctx: &Context<'_>) -> Option<Result<Case>> {
        Case::load(ctx, self.0.case_id).await.transpose()
    }

    /// The customer whose baggage it is.
    #[graphql(requires_scopes = "case:read")]
    async fn customer(&self) -> Option<Customer> {
        Some(Customer(self.0.customer_id))
    }

    /// The order it was carried under, where that is known.
    #[graphql(requires_scopes = "case:read")]
    async fn order(&self) -> Option<Order> {
        self.0.order_id.map(Order)
    }

    /// The journey it was checked in for, where that is known.
    #[graphql(requires_scopes = "case:read")]
    async fn journey(&self) -> Option<Journey> {
        self.0.journey_id.map(Journey)
    }

    /// The flight it came late from, or damaged, where that is known.
    #[graphql(requires_scopes = "case:read")]
    async fn flight(&self) -> Option<Flight> {
        self.0.flight_id.map(Flight)
    }

    /// The id of the passenger under whose name it was checked in, where that is known.
    #[graphql(requires_scopes = "case:read")]
    async fn passenger_id(&self) -> Option<ID> {
        self.0.passenger_id.map(id::show)
    }

    /// When it was reported.
    #[graphql(requires_scopes = "case:read")]
    async fn reported_at(&self) -> DateTime {
        self.0.reported_at
    }

    /// When anything on it last changed.
    #[graphql(requires_scopes = "case:read")]
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at
    }

    /// Counted up by each change; send it as `expectedVersion`.
    #[graphql(requires_scopes = "case:read")]
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// What an actor is to baggage.
fn part(session: &Session) -> Part {
    match session.actor.kind() {
        ActorKind::Customer(_) => Part::Customer,
        ActorKind::Staff
        | ActorKind::Service
        | ActorKind::Partner
        | ActorKind::Device
        | ActorKind::Anonymous => Part::Staff,
    }
}
