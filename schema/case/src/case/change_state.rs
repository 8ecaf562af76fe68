use async_graphql::{ID, InputObject, SimpleObject, Union};
use entities::{
    case::{
        case::{Model, Status},
        case_event::CaseEventKind,
        comment::Visibility,
    },
    id::CaseId,
};
use schema_kernel::{
    Database, Permit, Result, Session,
    problem::{
        ApprovalRequired, FieldProblem, InvalidInput, NotFound, StaleVersion, TransitionNotAllowed,
    },
};
use sea_orm::DatabaseTransaction;

use super::{
    about::{About, mover, standing},
    hold::hold,
    policy::{self, Resolution},
    revision::{Entry, Revision, spelled},
    state::{self, Refusal},
    store,
    view::Case,
};
use crate::{
    input::Fields,
    kind::{CaseResolutionCode, CaseStatus},
};

/// Where a case is to go.
#[derive(Clone, Debug, InputObject)]
pub struct ChangeCaseStateInput {
    /// The id of the case.
    pub case_id: ID,
    /// The version you last read.
    pub expected_version: i32,
    /// The state to bring it to; `Case.nextStatuses` says which you can.
    pub to: CaseStatus,
    /// Why, in up to 1,000 characters.
    pub reason: Option<String>,
    /// How the case is answered. Needed to resolve, and given for nothing else.
    pub resolution_code: Option<CaseResolutionCode>,
    /// The answer, in up to 10,000 characters that the customer reads. Needed to resolve, and given for nothing else.
    pub resolution_summary: Option<String>,
    /// The rule or article a rejection rests on. Needed with `REJECTED_NOT_ENTITLED`. Example: `"EU261 Art 3(1)(b)"`.
    pub resolution_basis: Option<String>,
    /// Ids or references of what proves extraordinary circumstances. Needed with `REJECTED_EXTRAORDINARY`.
    pub resolution_evidence: Option<Vec<String>>,
    /// The id of the case that goes on in its place. Needed to merge, and given for nothing else.
    pub merge_into_id: Option<ID>,
}

/// What became of a change of state.
#[derive(Union)]
pub enum ChangeCaseStateOutcome {
    /// It is done.
    CaseStateChanged(CaseStateChanged),
    /// A value cannot be right, or one that the new state needs is missing.
    InvalidInput(InvalidInput),
    /// There is no such case that you may see.
    NotFound(NotFound),
    /// The case has changed.
    StaleVersion(StaleVersion),
    /// The lifecycle does not lead there, not any more, or not for you.
    TransitionNotAllowed(TransitionNotAllowed),
    /// You asked for the approval yourself; somebody else gives it.
    ApprovalRequired(ApprovalRequired),
}

/// The case is in the new state.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "case:read")]
pub struct CaseStateChanged {
    /// The case.
    pub case: Case,
}

struct Change {
    case_id: CaseId,
    expected_version: i32,
    to: Status,
    reason: Option<String>,
    resolution: Resolution,
    merge_into: Option<CaseId>,
}

/// Brings a case to another state of its lifecycle.
pub(crate) async fn change_state(
    session: &Session,
    database: &Database,
    input: ChangeCaseStateInput,
) -> Result<ChangeCaseStateOutcome> {
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
) -> Result<ChangeCaseStateOutcome> {
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
    if let Err(refusal) = state::step(&standing(&case), &mover(session), change.to, session.now()) {
        return Ok(refused(session, &case, change.to, refusal));
    }
    let problems = missing(change);
    if !problems.is_empty() {
        return Ok(InvalidInput::of(problems).into());
    }

    let mut revision = Revision::of(case);
    if let Some(into) = change.merge_into {
        let from = &revision.case;
        if let Err(problem) = merge(transaction, session, &permit, from, into).await? {
            return Ok(InvalidInput::of(vec![problem]).into());
        }
        revision.case.merged_into_id = Some(into);
    }
    if change.to == Status::Resolved {
        revision.answer(change.resolution.clone());
    }
    revision.enter(
        change.to,
        session.actor.id(),
        session.now(),
        change.reason.as_deref(),
    );
    let case = store::revise(transaction, &permit, session, revision).await?;
    Ok(CaseStateChanged {
        case: Case::from(case),
    }
    .into())
}

fn refused(
    session: &Session,
    case: &Model,
    to: Status,
    refusal: Refusal,
) -> ChangeCaseStateOutcome {
    match refusal {
        Refusal::OwnRequest => {
            let message = "You asked for this approval yourself; somebody else has to give it.";
            let rule = "domain 2.4: PENDING_APPROVAL needs an approver other than the requester";
            ApprovalRequired::of("supervisor", message).by(rule).into()
        }
        Refusal::NoWay(rule) => {
            let reachable = state::reachable(&standing(case), &mover(session), session.now());
            let allowed = reachable.into_iter().map(spelled).collect();
            TransitionNotAllowed::of(&spelled(case.status), &spelled(to), allowed)
                .by(rule)
                .into()
        }
    }
}

/// What the new state needs and was not given, or does not take and was.
fn missing(change: &Change) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    if change.to == Status::Resolved {
        problems.extend(change.resolution.problems());
    } else if !change.resolution.is_empty() {
        problems.push(FieldProblem::at(
            "input.to",
            "An answer goes with RESOLVED alone; leave the resolution fields out.",
        ));
    }
    match (change.to == Status::Merged, change.merge_into) {
        (true, None) => problems.push(FieldProblem::at(
            "input.mergeIntoId",
            "A merge names the case that goes on.",
        )),
        (false, Some(_)) => problems.push(FieldProblem::at(
            "input.mergeIntoId",
            "Only a merge names another case; leave it out.",
        )),
        (true, Some(into)) if into == change.case_id => {
            problems.push(FieldProblem::at(
                "input.mergeIntoId",
                "A case cannot be merged into itself.",
            ));
        }
        (true, Some(_)) | (false, None) => {}
    }
    problems
}

/// Lets another case go on in place of this one: its claims move there.
async fn merge(
    transaction: &DatabaseTransaction,
    session: &Session,
    permit: &Permit<About>,
    from: &Model,
    into: CaseId,
) -> Result<Result<(), FieldProblem>> {
    let at = |message| Ok(Err(FieldProblem::at("input.mergeIntoId", message)));
    let Some(target) = store::hold(transaction, session.actor.rows("case:write"), into).await?
    else {
        return at("There is no case with this id that you may see.");
    };
    if state::is_ended(target.status) {
        return at("The case that goes on has ended; reopen it first, or take another.");
    }
    if target.customer_id != from.customer_id {
        return at("The two cases are about different customers.");
    }
    store::merge_claims(transaction, permit, session, from.id, into).await?;
    let entry = Entry {
        kind: CaseEventKind::Merged,
        visibility: Visibility::Public,
        old: None,
        new: Some(from.id.to_string()),
        reason: None,
    };
    store::record(transaction, session, into, vec![entry]).await?;
    store::touch(transaction, permit, into, session.now()).await?;
    Ok(Ok(()))
}

fn read(input: ChangeCaseStateInput) -> Result<Change, InvalidInput> {
    let mut fields = Fields::default();
    let case_id = fields.id("input.caseId", &input.case_id);
    let merge_into = fields.optional_id("input.mergeIntoId", input.merge_into_id.as_ref());
    let reason = fields.optional_text("input.reason", input.reason.as_deref(), policy::REASON);
    let evidence = input.resolution_evidence.unwrap_or_default();
    if evidence.len() > policy::EVIDENCE {
        let message = format!("At most {} pieces of evidence fit here.", policy::EVIDENCE);
        fields.extend([FieldProblem::at("input.resolutionEvidence", message)]);
    }
    let evidence = (0..).zip(evidence.iter().take(policy::EVIDENCE));
    let resolution = Resolution {
        code: input.resolution_code.map(Into::into),
        evidence: evidence
            .map(|(place, text): (usize, _)| {
                fields.text(
                    &format!("input.resolutionEvidence.{place}"),
                    text,
                    policy::SUBJECT,
                )
            })
            .collect(),
        summary: fields.optional_text(
            "input.resolutionSummary",
            input.resolution_summary.as_deref(),
            policy::TEXT,
        ),
        basis: fields.optional_text(
            "input.resolutionBasis",
            input.resolution_basis.as_deref(),
            policy::REASON,
        ),
    };
    let case_id = fields.finish_with(case_id)?;
    Ok(Change {
        case_id,
        expected_version: input.expected_version,
        to: input.to.into(),
        reason,
        resolution,
        merge_into,
    })
}
