//! Carrying out what a person asked for, step by step.

use async_graphql::{Context, Enum, ID, InputObject, SimpleObject, Union};
use chrono::Months;
use entities::{
    id::DataRequestId,
    profile::data_request::{Kind, Model, State},
};
use schema_kernel::{
    ContextExt, Result, Rows, Session,
    problem::{
        ApprovalRequired, InvalidInput, NotFound, StaleVersion, StepUpRequired,
        TransitionNotAllowed,
    },
};
use sea_orm::DatabaseTransaction;

use super::{
    DataRequest, EXECUTE, event,
    state::{self, Step},
    store,
};
use crate::check::Problems;

/// By how many months an answer can be put off, once (General Data Protection Regulation, article 12(3)).
const EXTENSION: Months = Months::new(2);

/// The longest reason, in characters.
const LONGEST_REASON: usize = 500;

/// What is to be done with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum DataRequestStep {
    /// It is known that it is the person who asked.
    Verify,
    /// Ask every domain what stands in the way of an erasure.
    Assess,
    /// Erase. For somebody else than who verified it, with a fresh proof of who they are.
    Execute,
    /// It is done; for an erasure the domains say so themselves.
    Complete,
    /// Put the answer off by two months, with a reason. Once.
    Extend,
    /// Refuse it, with a reason.
    Refuse,
}

/// The next step of a request.
#[derive(Clone, Debug, InputObject)]
pub struct AdvanceDataRequestInput {
    /// The request.
    pub data_request_id: ID,
    /// The step.
    pub step: DataRequestStep,
    /// The version that you read.
    pub expected_version: i32,
    /// Why: needed to refuse and to extend, 1 to 500 characters.
    pub reason: Option<String>,
}

/// The step was done.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "privacy:read")]
pub struct DataRequestAdvanced {
    /// The request as it is now.
    pub data_request: DataRequest,
}

/// What became of `advanceDataRequest`.
#[derive(Union)]
pub enum AdvanceDataRequestOutcome {
    /// The step was done.
    DataRequestAdvanced(DataRequestAdvanced),
    /// A value cannot be right.
    InvalidInput(InvalidInput),
    /// There is no such request that you may carry out.
    NotFound(NotFound),
    /// Somebody else was faster.
    StaleVersion(StaleVersion),
    /// The request is not so far, or is over.
    TransitionNotAllowed(TransitionNotAllowed),
    /// Somebody else has to do it.
    ApprovalRequired(ApprovalRequired),
    /// Show who you are, and do it again.
    StepUpRequired(StepUpRequired),
}

/// Does one step.
pub(super) async fn advance(
    context: &Context<'_>,
    input: AdvanceDataRequestInput,
) -> Result<AdvanceDataRequestOutcome> {
    let session = context.session()?;
    let id = match input.check() {
        Ok(id) => id,
        Err(problem) => return Ok(problem.into()),
    };
    if session.actor.rows(EXECUTE) != Rows::All {
        return Ok(NotFound::of("data request").into());
    }
    if input.step == DataRequestStep::Execute
        && let Err(problem) = session.actor.stepped_up(session.now())
    {
        return Ok(problem.into());
    }
    context
        .database()?
        .transaction(async |transaction| write(transaction, session, id, &input).await)
        .await
}

async fn write(
    transaction: &DatabaseTransaction,
    session: &Session,
    id: DataRequestId,
    input: &AdvanceDataRequestInput,
) -> Result<AdvanceDataRequestOutcome> {
    let Some(row) = store::lock(transaction, id).await? else {
        return Ok(NotFound::of("data request").into());
    };
    if row.version != input.expected_version {
        return Ok(StaleVersion::of(row.version).into());
    }
    let Some(step) = input.step.step() else {
        return extend(transaction, session, row, input).await;
    };
    let (kind, before) = (row.kind, row.state);
    let by_person = kind != Kind::Erase || step != Step::Complete;
    let Some(next) = state::after(kind, before, step).filter(|_| by_person) else {
        return Ok(not_allowed(&row, input.step).into());
    };
    if step == Step::Execute && row.verified_by.as_deref() == Some(session.actor.id()) {
        let second = "Who verified the request does not carry it out as well: ask a colleague.";
        return Ok(ApprovalRequired::of("data-privacy-officer", second).into());
    }
    let row = changed(session, row, input, step, next);
    let row = store::replace(transaction, row).await?;
    follow(transaction, session, &row, step).await?;
    if row.state != before {
        event::changed(transaction, session, before, &row).await?;
    }
    Ok(done(row))
}

fn changed(
    session: &Session,
    mut row: Model,
    input: &AdvanceDataRequestInput,
    step: Step,
    next: State,
) -> Model {
    row.state = next;
    row.version += 1;
    let actor = || Some(session.actor.id().to_owned());
    match step {
        Step::Verify => row.verified_by = actor(),
        Step::Assess | Step::Execute => {
            row.answers = serde_json::json!({});
            if step == Step::Execute {
                row.decided_by = actor();
            }
        }
        Step::Complete | Step::Refuse => {
            row.decided_by = actor();
            row.completed_at = Some(session.now());
        }
        Step::Assessed { .. } | Step::Held => {}
    }
    if step == Step::Refuse {
        row.reason.clone_from(&input.reason);
    }
    row
}

/// What follows from a step.
async fn follow(
    transaction: &DatabaseTransaction,
    session: &Session,
    row: &Model,
    step: Step,
) -> Result<()> {
    match (step, row.kind) {
        (Step::Assess, _) => event::planned(transaction, session, row).await,
        (Step::Execute, _) => event::ordered(transaction, session, row).await,
        (Step::Complete, Kind::Restrict | Kind::Object) => {
            store::restrict(transaction, row.customer_id, row.kind, session.now()).await?;
            crate::consent::object(transaction, session, row.customer_id).await
        }
        _ => Ok(()),
    }
}

async fn extend(
    transaction: &DatabaseTransaction,
    session: &Session,
    mut row: Model,
    input: &AdvanceDataRequestInput,
) -> Result<AdvanceDataRequestOutcome> {
    if row.is_extended || row.completed_at.is_some() {
        return Ok(not_allowed(&row, input.step).into());
    }
    row.is_extended = true;
    row.due_at = row
        .due_at
        .checked_add_months(EXTENSION)
        .unwrap_or(row.due_at);
    row.reason.clone_from(&input.reason);
    row.version += 1;
    let row = store::replace(transaction, row).await?;
    event::changed(transaction, session, row.state, &row).await?;
    Ok(done(row))
}

fn done(row: Model) -> AdvanceDataRequestOutcome {
    DataRequestAdvanced {
        data_request: DataRequest(row),
    }
    .into()
}

fn not_allowed(row: &Model, step: DataRequestStep) -> TransitionNotAllowed {
    let from = super::answer::name(row.state);
    let to = format!("{step:?}").to_uppercase();
    TransitionNotAllowed::of(&from, &to, state::allowed(row.kind, row.state))
}

impl DataRequestStep {
    fn step(self) -> Option<Step> {
        Some(match self {
            Self::Verify => Step::Verify,
            Self::Assess => Step::Assess,
            Self::Execute => Step::Execute,
            Self::Complete => Step::Complete,
            Self::Refuse => Step::Refuse,
            Self::Extend => return None,
        })
    }
}

impl AdvanceDataRequestInput {
    fn check(&self) -> Result<DataRequestId, InvalidInput> {
        let mut problems = Problems::default();
        let id = problems.id::<DataRequestId>("input.dataRequestId", &self.data_request_id);
        let length = self
            .reason
            .as_deref()
            .map_or(0, |reason| reason.trim().chars().count());
        let needs_reason = matches!(self.step, DataRequestStep::Extend | DataRequestStep::Refuse);
        if (needs_reason && length == 0) || length > LONGEST_REASON {
            let message = "Say why, in 1 to 500 characters.";
            problems.refuse(
                "input.reason",
                message,
                "General Data Protection Regulation, article 12",
            );
        }
        problems.finish(id)
    }
}
