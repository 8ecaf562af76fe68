use async_graphql::{ID, InputObject, SimpleObject, Union};
use entities::{
    case::case::{Impact, Modifiers, Status, Urgency},
    id::CaseId,
};
use schema_kernel::{
    Database, Result, Session,
    problem::{InvalidInput, NotFound, StaleVersion, TransitionNotAllowed},
};
use sea_orm::DatabaseTransaction;

use super::{
    about::{mover, standing},
    hold::hold,
    policy,
    revision::{Revision, spelled},
    state, store,
    view::Case,
    weight::CaseModifiersInput,
};
use crate::{
    input::Fields,
    kind::{CaseImpact, CaseUrgency},
};

/// What is to set the priority of a case.
#[derive(Clone, Debug, InputObject)]
pub struct ChangeCasePriorityInput {
    /// The id of the case.
    pub case_id: ID,
    /// The version you last read.
    pub expected_version: i32,
    /// How hard it hits the customer; as before when left out.
    pub impact: Option<CaseImpact>,
    /// How soon it is over; as before when left out.
    pub urgency: Option<CaseUrgency>,
    /// What else moves the priority; as before when left out.
    pub modifiers: Option<CaseModifiersInput>,
    /// Why, in up to 1,000 characters.
    pub reason: Option<String>,
}

/// What became of new inputs of a priority.
#[derive(Union)]
pub enum ChangeCasePriorityOutcome {
    /// They are taken.
    CasePriorityChanged(CasePriorityChanged),
    /// A value cannot be right.
    InvalidInput(InvalidInput),
    /// There is no such case that you may see.
    NotFound(NotFound),
    /// The case has changed.
    StaleVersion(StaleVersion),
    /// Nobody works on a case in this state.
    TransitionNotAllowed(TransitionNotAllowed),
}

/// The inputs are taken, and the priority and target follow from them. The priority of requests about personal data, of
/// regulators and of assistance is never lowered.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "case:read")]
pub struct CasePriorityChanged {
    /// The case.
    pub case: Case,
}

struct Change {
    case_id: CaseId,
    expected_version: i32,
    impact: Option<Impact>,
    urgency: Option<Urgency>,
    modifiers: Option<Modifiers>,
    reason: Option<String>,
}

/// Weighs a case anew.
pub(crate) async fn change_priority(
    session: &Session,
    database: &Database,
    input: ChangeCasePriorityInput,
) -> Result<ChangeCasePriorityOutcome> {
    match read(input) {
        Ok(change) => {
            database
                .transaction(async |transaction| write(transaction, session, &change).await)
                .await
        }
        Err(invalid) => Ok(invalid.into()),
    }
}

async fn write(
    transaction: &DatabaseTransaction,
    session: &Session,
    change: &Change,
) -> Result<ChangeCasePriorityOutcome> {
    let held = hold(
        transaction,
        session,
        change.case_id,
        change.expected_version,
    )
    .await?;
    let (case, permit) = match held {
        Ok(held) => held,
        Err(refusal) => return Ok(refusal),
    };
    if !case.is_open {
        let reachable = state::reachable(&standing(&case), &mover(session), session.now());
        let allowed = reachable.into_iter().map(spelled).collect();
        return Ok(TransitionNotAllowed::of(
            &spelled(case.status),
            &spelled(Status::Triaged),
            allowed,
        )
        .into());
    }

    let impact = change.impact.unwrap_or(case.impact);
    let urgency = change.urgency.unwrap_or(case.urgency);
    let modifiers = change.modifiers.unwrap_or(case.modifiers);
    if (impact, urgency, modifiers) == (case.impact, case.urgency, case.modifiers) {
        return Ok(CasePriorityChanged {
            case: Case::from(case),
        }
        .into());
    }
    let mut revision = Revision::of(case);
    revision.weigh(impact, urgency, modifiers, change.reason.as_deref());
    let case = store::revise(transaction, &permit, session, revision).await?;
    Ok(CasePriorityChanged {
        case: Case::from(case),
    }
    .into())
}

fn read(input: ChangeCasePriorityInput) -> Result<Change, InvalidInput> {
    let mut fields = Fields::default();
    let case_id = fields.id("input.caseId", &input.case_id);
    let reason = fields.optional_text("input.reason", input.reason.as_deref(), policy::REASON);
    let case_id = fields.finish_with(case_id)?;
    Ok(Change {
        case_id,
        expected_version: input.expected_version,
        impact: input.impact.map(Into::into),
        urgency: input.urgency.map(Into::into),
        modifiers: input.modifiers.map(Into::into),
        reason,
    })
}
