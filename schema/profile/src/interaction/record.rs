//! Recording a contact with a customer.

use async_graphql::{Context, ID, InputObject, SimpleObject};
use chrono::TimeDelta;
use entities::profile::interaction;
use schema_kernel::{
    ActorKind, ContextExt, Permit, Result, Session,
    id::{CaseId, CustomerId, FlightId, InteractionId, OrderId},
    idempotency::{self, Once},
    problem::InvalidInput,
    redact,
    scalar::DateTime,
    text,
};
use sea_orm::DatabaseTransaction;
use serde::Serialize;
use uuid::Uuid;

use super::{
    Interaction, InteractionChannel, InteractionDirection, InteractionKind, InteractionPurpose,
    InteractionRetention, Sentiment, store,
};
use crate::{
    DOMAIN,
    check::Problems,
    customer::{self, Customer, WRITE},
    event,
    outcome::{Outcome, Refusal, payload},
};

/// A contact with a customer that is to be recorded.
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct RecordInteractionInput {
    /// Makes the request safe to repeat: the same key with the same input records one contact. A random UUID.
    pub idempotency_key: Option<Uuid>,
    /// The customer.
    pub customer_id: ID,
    /// What it was.
    pub kind: InteractionKind,
    /// When it took place, not in the future; now when it is left out.
    pub occurred_at: Option<DateTime>,
    /// Through what it went.
    pub channel: InteractionChannel,
    /// Who began it.
    pub direction: InteractionDirection,
    /// What was said, in short: 1 to 4,000 characters.
    pub summary: String,
    /// How the customer felt.
    pub sentiment: Option<Sentiment>,
    /// What the record is kept for.
    #[graphql(default_with = "InteractionPurpose::Service")]
    pub purpose: InteractionPurpose,
    /// How long the record is kept.
    #[graphql(default_with = "InteractionRetention::Transcript")]
    pub retention: InteractionRetention,
    /// The flight it was about.
    pub flight_id: Option<ID>,
    /// The order it was about.
    pub order_id: Option<ID>,
    /// The case it belongs to.
    pub case_id: Option<ID>,
}

/// The contact was recorded.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "public")]
pub struct InteractionRecorded {
    /// The new interaction.
    pub interaction: Interaction,
    /// With whom.
    pub customer: Customer,
}

payload! {
    /// What became of `recordInteraction`.
    RecordInteractionPayload = InteractionRecorded | InvalidInput | NotFound | Conflict
}

struct Draft {
    customer: CustomerId,
    occurred_at: DateTime,
    summary: String,
    flight: Option<FlightId>,
    order: Option<OrderId>,
    case: Option<CaseId>,
}

/// Records the contact, once for each idempotency key.
pub(super) async fn record(
    context: &Context<'_>,
    input: RecordInteractionInput,
) -> Result<RecordInteractionPayload> {
    let session = context.session()?;
    let draft = match input.check(session) {
        Ok(draft) => draft,
        Err(problem) => return RecordInteractionPayload::of(Err(problem.into())),
    };
    let Some(permit) = session.actor.permit(WRITE, draft.customer) else {
        return RecordInteractionPayload::of(Err(Refusal::missing("customer")));
    };

    let kept: Once<Outcome<InteractionId>> = context
        .database()?
        .transaction(async |transaction| {
            let work = async || write(transaction, session, &permit, &input, &draft).await;
            idempotency::once(
                transaction,
                DOMAIN,
                session,
                input.idempotency_key,
                &input,
                work,
            )
            .await
        })
        .await?;

    let recorded = match kept {
        Once::Outcome(Ok(id)) => store::find(context.database()?.reader(), &permit, id).await?,
        Once::Outcome(Err(refusal)) => return RecordInteractionPayload::of(Err(refusal)),
        Once::OtherInput => return RecordInteractionPayload::of(Err(Refusal::key_reused())),
    };
    let Some(row) = recorded else {
        return RecordInteractionPayload::of(Err(Refusal::missing("interaction")));
    };
    let customer = customer::changed(context, &permit).await?;
    RecordInteractionPayload::of(Ok(InteractionRecorded {
        interaction: Interaction(row),
        customer,
    }))
}

async fn write(
    transaction: &DatabaseTransaction,
    session: &Session,
    permit: &Permit<CustomerId>,
    input: &RecordInteractionInput,
    draft: &Draft,
) -> Result<Outcome<InteractionId>> {
    if customer::store::lock(transaction, permit).await?.is_none() {
        return Ok(Err(Refusal::missing("customer")));
    }
    let row = store::insert(transaction, permit, row(session, input, draft)).await?;
    event::recorded(transaction, session, &row).await?;
    Ok(Ok(row.id))
}

fn row(session: &Session, input: &RecordInteractionInput, draft: &Draft) -> interaction::Model {
    interaction::Model {
        id: session.new_id(),
        customer_id: draft.customer,
        kind: input.kind.into(),
        occurred_at: draft.occurred_at,
        channel: input.channel.into(),
        direction: input.direction.into(),
        agent_id: (session.actor.kind() == ActorKind::Staff).then(|| session.actor.id().to_owned()),
        flight_id: draft.flight,
        order_id: draft.order,
        case_id: draft.case,
        summary: draft.summary.clone(),
        sentiment: input.sentiment.map(Into::into),
        purpose: input.purpose.into(),
        retention: input.retention.into(),
        created_at: session.now(),
    }
}

const MAXIMUM_SUMMARY: usize = 4_000;
/// How far the clocks of touchpoints may run ahead of ours.
const CLOCK_TOLERANCE: TimeDelta = TimeDelta::minutes(5);

impl RecordInteractionInput {
    fn check(&self, session: &Session) -> Result<Draft, InvalidInput> {
        let mut problems = Problems::default();
        let customer = problems.id("input.customerId", &self.customer_id);
        let occurred_at = self.occurred_at.unwrap_or_else(|| session.now());
        if occurred_at > session.now() + CLOCK_TOLERANCE || occurred_at < DateTime::UNIX_EPOCH {
            problems.refuse(
                "input.occurredAt",
                "A contact took place in the past, after 1970.",
                "not in the future",
            );
        }
        // What the airline said, and how long its record is kept, a customer cannot state.
        let set_by_staff = [
            (
                "input.direction",
                self.direction == InteractionDirection::Outbound,
            ),
            (
                "input.retention",
                self.retention != InteractionRetention::Transcript,
            ),
        ];
        problems.staff_only(&session.actor, set_by_staff);
        let summary = self.summary.trim();
        if !text::is_readable(summary) {
            problems.refuse("input.summary", text::READABLE, "readable text");
        }
        if summary.is_empty() || summary.chars().count() > MAXIMUM_SUMMARY {
            problems.refuse(
                "input.summary",
                format!("A summary has 1 to {MAXIMUM_SUMMARY} characters."),
                "length",
            );
        }
        let flight = problems.optional_id("input.flightId", self.flight_id.as_ref());
        let order = problems.optional_id("input.orderId", self.order_id.as_ref());
        let case = problems.optional_id("input.caseId", self.case_id.as_ref());
        let draft = customer.map(|customer| Draft {
            customer,
            occurred_at: truncated(occurred_at),
            summary: redact(summary).into_owned(),
            flight,
            order,
            case,
        });
        problems.finish(draft)
    }
}

// Whole milliseconds are what both databases give back.
fn truncated(instant: DateTime) -> DateTime {
    DateTime::from_timestamp_millis(instant.timestamp_millis()).unwrap_or(instant)
}
