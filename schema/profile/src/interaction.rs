//! Interactions: contacts between a customer and the airline, at every touchpoint.

mod code;
mod record;
mod store;

use async_graphql::{
    Context, ID, Object,
    connection::{Connection, EmptyFields},
};
use entities::profile::interaction;
use schema_kernel::guard::Personal;
use schema_kernel::{
    ContextExt, PageArguments, Result,
    id::{self, CustomerId},
    keyset::Cursor,
    scalar::DateTime,
};

pub use self::{
    code::{
        InteractionChannel, InteractionDirection, InteractionKind, InteractionPurpose,
        InteractionRetention, Sentiment,
    },
    record::{InteractionRecorded, RecordInteractionInput, RecordInteractionPayload},
};
use crate::{
    batch::{self, PageOf},
    reference::{Case, Flight, Order},
};

/// A contact between a customer and the airline.
#[derive(Clone, Debug)]
pub struct Interaction(pub(crate) interaction::Model);

/// A contact between a customer and the airline, at any touchpoint.
#[Object(requires_scopes = "customer:read", directive = Personal::apply("CONVERSATION"))]
impl Interaction {
    /// Its id, opaque: take it as it is given.
    async fn id(&self) -> ID {
        id::show(self.0.id)
    }

    /// What it was.
    async fn kind(&self) -> InteractionKind {
        self.0.kind.into()
    }

    /// When it took place.
    async fn occurred_at(&self) -> DateTime {
        self.0.occurred_at
    }

    /// Through what it went.
    async fn channel(&self) -> InteractionChannel {
        self.0.channel.into()
    }

    /// Who began it.
    async fn direction(&self) -> InteractionDirection {
        self.0.direction.into()
    }

    /// What was said, in short; card data has been taken out.
    async fn summary(&self) -> &str {
        &self.0.summary
    }

    /// How the customer felt; null when nobody has said.
    async fn sentiment(&self) -> Option<Sentiment> {
        self.0.sentiment.map(Sentiment::from)
    }

    /// What the record is kept for.
    async fn purpose(&self) -> InteractionPurpose {
        self.0.purpose.into()
    }

    /// How long the record is kept.
    async fn retention(&self) -> InteractionRetention {
        self.0.retention.into()
    }

    /// Who took part for the airline; null for machines. Scope: `case:internal`.
    #[graphql(requires_scopes = "case:internal")]
    async fn agent_id(&self) -> Option<&str> {
        self.0.agent_id.as_deref()
    }

    /// The flight it was about; null for none.
    async fn flight(&self) -> Option<Flight> {
        self.0.flight_id.map(Flight::from)
    }

    /// The order it was about; null for none.
    async fn order(&self) -> Option<Order> {
        self.0.order_id.map(Order::from)
    }

    /// The case it belongs to; null for none.
    async fn case(&self) -> Option<Case> {
        self.0.case_id.map(Case::from)
    }

    /// When it was recorded.
    async fn created_at(&self) -> DateTime {
        self.0.created_at
    }
}

/// The mutations of interactions.
#[derive(Default)]
pub struct InteractionMutation;

#[Object]
impl InteractionMutation {
    /// Records a contact with a customer, which then stands on their timeline. Card numbers and security codes are taken
    /// out of the summary. Scope: `customer:write`.
    #[graphql(requires_scopes = "customer:write")]
    async fn record_interaction(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The contact.")] input: RecordInteractionInput,
    ) -> Result<RecordInteractionPayload> {
        record::record(context, input).await
    }
}

/// One page of the interactions of a customer whom the caller sees, newest first.
pub(crate) async fn of_customer(
    context: &Context<'_>,
    customer: CustomerId,
    arguments: &PageArguments,
) -> Result<Connection<Cursor, Interaction, EmptyFields, EmptyFields>> {
    let page = batch::page_by_instant(arguments, Some(10))?;
    let key = store::InteractionPage(PageOf {
        customer,
        shape: page.clone(),
    });
    let rows = context.loader()?.load_one(key).await?.unwrap_or_default();
    Ok(page.connection(rows, |row| Cursor::at(row.occurred_at, row.id), Interaction))
}
