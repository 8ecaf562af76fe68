use async_graphql::{ID, InputObject, SimpleObject, Union};
use entities::case::case::{Channel, Modifiers};
use schema_kernel::{
    ActorKind, Database, Permit, Result, Session,
    idempotency::{self, Once},
    problem::{Conflict, FieldProblem, InvalidInput, NotFound},
};
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::{
    about::{About, reach},
    draft::Draft,
    policy, store,
    view::Case,
    weight::CaseModifiersInput,
};
use crate::{
    DOMAIN, incident,
    input::Fields,
    kind::{CaseChannel, CaseImpact, CaseType, CaseUrgency},
    paging::Reach,
};

/// A case to open.
#[derive(Clone, Debug, InputObject)]
pub struct OpenCaseInput {
    /// Makes repeating safe: the same key opens one case, however often it comes. A UUID of your choice.
    pub idempotency_key: Option<Uuid>,
    /// What it is about. It decides the queue, and the weight when none is given.
    #[graphql(name = "type")]
    pub case_type: CaseType,
    /// What it is about, in a line of 1 to 200 characters. Example: `"EK47 cancelled"`.
    pub subject: String,
    /// What it is about, in full, 1 to 10,000 characters. Card numbers are taken out.
    pub description: String,
    /// The id of the customer it is about. A customer leaves it out.
    pub customer_id: Option<ID>,
    /// The id of the order it is about.
    pub order_id: Option<ID>,
    /// The id of the flight it is about. The case joins the flight's incident, if there is one.
    pub flight_id: Option<ID>,
    /// The way it came in; `WEB` when left out. A customer leaves it out.
    pub channel: Option<CaseChannel>,
    /// How hard it hits the customer; what is usual for the type when left out. Only staff say it.
    pub impact: Option<CaseImpact>,
    /// How soon it is over; what is usual for the type when left out. Only staff say it.
    pub urgency: Option<CaseUrgency>,
    /// What else moves the priority. Only staff say it.
    pub modifiers: Option<CaseModifiersInput>,
}

/// What became of a request to open a case.
#[derive(Union)]
pub enum OpenCaseOutcome {
    /// It is open.
    CaseOpened(CaseOpened),
    /// A value cannot be right.
    InvalidInput(InvalidInput),
    /// There is no such customer that you may open a case for.
    NotFound(NotFound),
    /// The idempotency key was used for another case.
    Conflict(Conflict),
}

/// The case is open.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "case:read")]
pub struct CaseOpened {
    /// The case.
    pub case: Case,
}

/// Opens a case, in state `NEW` and in the queue of its type.
pub(crate) async fn open(
    session: &Session,
    database: &Database,
    input: OpenCaseInput,
) -> Result<OpenCaseOutcome> {
    let draft = match read(session, &input) {
        Ok(draft) => draft,
        Err(invalid) => return Ok(invalid.into()),
    };
    let Some(permit) = session.actor.permit("case:write", About(draft.customer_id)) else {
        return Ok(NotFound::of("customer").into());
    };

    let once = database
        .transaction(async |transaction| {
            let work = async || write(transaction, &permit, session, draft.clone()).await;
            idempotency::once(
                transaction,
                DOMAIN,
                session,
                input.idempotency_key,
                &draft,
                work,
            )
            .await
        })
        .await?;

    let Once::Outcome(id) = once else {
        return Ok(
            Conflict::of("This idempotency key was used for another case; take a new one.").into(),
        );
    };
    let case = store::by_id(database.reader(), session.actor.rows("case:write"), id).await?;
    Ok(match case {
        Some(case) => CaseOpened {
            case: Case::from(case),
        }
        .into(),
        None => NotFound::of("case").into(),
    })
}

async fn write(
    transaction: &DatabaseTransaction,
    permit: &Permit<About>,
    session: &Session,
    draft: Draft,
) -> Result<entities::id::CaseId> {
    let incident = match draft.flight_id {
        Some(flight) => incident::of_flight(transaction, flight).await?,
        None => None,
    };
    let id = session.new_id();
    let reference = store::take_reference(transaction, id).await?;
    let case = draft.open(
        id,
        reference,
        incident.map(|incident| incident.id),
        session.now(),
    );
    Ok(store::insert(transaction, permit, session, case, &[])
        .await?
        .id)
}

fn read(session: &Session, input: &OpenCaseInput) -> Result<Draft, InvalidInput> {
    let mut fields = Fields::default();
    let subject = fields.text("input.subject", &input.subject, policy::SUBJECT);
    let description = fields.text("input.description", &input.description, policy::TEXT);
    let customer_id = fields.optional_id("input.customerId", input.customer_id.as_ref());
    let order_id = fields.optional_id("input.orderId", input.order_id.as_ref());
    let flight_id = fields.optional_id("input.flightId", input.flight_id.as_ref());
    if reach(&session.actor) == Reach::Public {
        fields.extend(reserved_for_staff(input));
    }
    fields.finish()?;

    let own = match session.actor.kind() {
        ActorKind::Customer(own) => Some(own),
        ActorKind::Staff
        | ActorKind::Service
        | ActorKind::Partner
        | ActorKind::Device
        | ActorKind::Anonymous => None,
    };
    let case_type = input.case_type.into();
    let (impact, urgency) = policy::usual_weight(case_type);
    Ok(Draft {
        case_type,
        subject,
        description,
        channel: input.channel.map_or(Channel::Web, Into::into),
        impact: input.impact.map_or(impact, Into::into),
        urgency: input.urgency.map_or(urgency, Into::into),
        modifiers: input.modifiers.map_or_else(Modifiers::default, Into::into),
        customer_id: customer_id.or(own),
        order_id,
        flight_id,
        source_key: None,
    })
}

/// A customer does not say how important their own case is.
fn reserved_for_staff(input: &OpenCaseInput) -> Vec<FieldProblem> {
    [
        ("input.channel", input.channel.is_some()),
        ("input.impact", input.impact.is_some()),
        ("input.urgency", input.urgency.is_some()),
        ("input.modifiers", input.modifiers.is_some()),
    ]
    .into_iter()
    .filter(|(_, is_given)| *is_given)
    .map(|(path, _)| {
        FieldProblem::at(path, "Only staff can say this; leave it out.").by("case:internal")
    })
    .collect()
}
