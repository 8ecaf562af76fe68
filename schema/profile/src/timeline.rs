//! The timeline: what happened to a customer, in every domain, read from one index.

mod facts;
mod projection;
mod store;
mod title;

use async_graphql::{
    Context, Enum, ID, InputObject, Object,
    connection::{Connection, EmptyFields},
};
use entities::profile::timeline_entry::{self, Source};
use schema_kernel::guard::Personal;
use schema_kernel::{
    Actor, ContextExt, Error, PageArguments, Result,
    id::{self, CustomerId},
    keyset::Cursor,
    scalar::{DateTime, LanguageTag},
};

pub use self::{
    facts::Facts,
    projection::{Projection, entry},
    title::title,
};
use crate::{
    batch::{self, PageOf},
    reference::{Case, Claim, Flight, Order},
};

/// What a line of the timeline is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Enum)]
#[graphql(remote = "entities::profile::timeline_entry::Category")]
pub enum TimelineCategory {
    /// Orders and journeys.
    Travel,
    /// Interactions and cases.
    Contact,
    /// Purchases and claims.
    Money,
    /// The customer's own record.
    Profile,
}

/// What the lines of a page have in common.
#[derive(Clone, Debug, Default, InputObject)]
pub struct TimelineFilter {
    /// What they are about: any of these; all when it is left out or empty. Example: `[TRAVEL, MONEY]`.
    pub categories: Option<Vec<TimelineCategory>>,
    /// They happened at or after this instant.
    pub from: Option<DateTime>,
    /// They happened before this instant.
    pub to: Option<DateTime>,
}

/// One line of a customer's timeline.
#[derive(Clone, Debug)]
pub struct TimelineEntry(pub(crate) timeline_entry::Model);

/// One line of a customer's timeline: something that happened to them.
#[Object(requires_scopes = "customer:read", directive = Personal::apply("CONVERSATION"))]
impl TimelineEntry {
    /// Its id, opaque: take it as it is given.
    async fn id(&self) -> ID {
        id::show(self.0.id)
    }

    /// When it happened.
    async fn occurred_at(&self) -> DateTime {
        self.0.occurred_at
    }

    /// What it is about.
    async fn category(&self) -> TimelineCategory {
        self.0.category.into()
    }

    /// The type of the event it was made from. Example: `"order.journey.disrupted.v1"`.
    async fn kind(&self) -> &str {
        &self.0.kind
    }

    /// The line in words. Example: `"UA 1545 to IAH delayed by 3 h 40 min"`.
    async fn title(
        &self,
        #[graphql(
            desc = "The language to say it in: a BCP 47 tag. English and Arabic are spoken; all others read English. Example: `\"ar\"`."
        )]
        locale: Option<LanguageTag>,
    ) -> String {
        let locale = locale.as_ref().map_or("en", LanguageTag::as_str);
        match Facts::read(&self.0.kind, &self.0.data) {
            Ok(Some(facts)) => title(&facts, locale),
            // A line of an event that is no longer known still says what it was.
            Ok(None) | Err(_) => self.0.kind.clone(),
        }
    }

    /// The id of the order concerned; null for none.
    async fn order_id(&self) -> Option<ID> {
        self.0.order_id.map(id::show)
    }

    /// The id of the flight concerned; null for none.
    async fn flight_id(&self) -> Option<ID> {
        self.0.flight_id.map(id::show)
    }

    /// The id of the case concerned; null for none.
    async fn case_id(&self) -> Option<ID> {
        self.0.case_id.map(id::show)
    }

    /// The id of the claim concerned; null for none.
    async fn claim_id(&self) -> Option<ID> {
        self.0.claim_id.map(id::show)
    }

    /// The order concerned; null for none.
    async fn order(&self) -> Option<Order> {
        self.0.order_id.map(Order::from)
    }

    /// The flight concerned; null for none.
    async fn flight(&self) -> Option<Flight> {
        self.0.flight_id.map(Flight::from)
    }

    /// The case concerned; null for none.
    async fn case(&self) -> Option<Case> {
        self.0.case_id.map(Case::from)
    }

    /// The claim concerned; null for none.
    async fn claim(&self) -> Option<Claim> {
        self.0.claim_id.map(Claim::from)
    }
}

/// Which lines, in the terms of storage.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Criteria {
    categories: Vec<TimelineCategory>,
    from: Option<DateTime>,
    to: Option<DateTime>,
    sources: Vec<Source>,
}

/// One page of the timeline of a customer whom the caller sees, newest first.
pub(crate) async fn of_customer(
    context: &Context<'_>,
    customer: CustomerId,
    filter: TimelineFilter,
    arguments: &PageArguments,
) -> Result<Connection<Cursor, TimelineEntry, EmptyFields, EmptyFields>> {
    let page = batch::page_by_instant(arguments, Some(10))?;
    let criteria = filter.criteria(&context.session()?.actor)?;
    let key = store::TimelinePage(PageOf {
        customer,
        shape: (criteria, page.clone()),
    });
    let rows = context.loader()?.load_one(key).await?.unwrap_or_default();
    Ok(page.connection(
        rows,
        |row| Cursor::at(row.occurred_at, row.id),
        TimelineEntry,
    ))
}

impl TimelineFilter {
    fn criteria(self, actor: &Actor) -> Result<Criteria> {
        if let (Some(from), Some(to)) = (self.from, self.to)
            && to <= from
        {
            return Err(Error::bad_user_input(
                "`filter.to` is later than `filter.from`.",
            ));
        }
        let mut categories = self.categories.unwrap_or_default();
        categories.sort_unstable();
        categories.dedup();
        Ok(Criteria {
            categories,
            from: self.from,
            to: self.to,
            sources: readable_sources(actor),
        })
    }
}

/// The domains whose lines the actor may read: a line tells what its record would.
fn readable_sources(actor: &Actor) -> Vec<Source> {
    let scopes = [
        (Source::Order, "order:read"),
        (Source::Case, "case:read"),
        (Source::Compensation, "claim:read"),
        (Source::Profile, "customer:read"),
    ];
    scopes
        .into_iter()
        .filter(|(_, scope)| actor.has(scope))
        .map(|(source, _)| source)
        .collect()
}
