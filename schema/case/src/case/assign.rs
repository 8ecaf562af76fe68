use async_graphql::{ID, InputObject, MaybeUndefined, SimpleObject, Union};
use entities::{
    case::{agent, case::Status},
    id::{AgentId, CaseId},
};
use schema_kernel::{
    Database, Result, Session,
    problem::{FieldProblem, InvalidInput, NotFound, StaleVersion, TransitionNotAllowed},
};
use sea_orm::DatabaseTransaction;

use super::{
    about::{mover, standing},
    hold::hold,
    policy,
    revision::{Revision, spelled},
    state, store,
    view::Case,
};
use crate::{agent as agents, input::Fields};

/// Who is to have a case.
#[derive(Clone, Debug, InputObject)]
pub struct AssignCaseInput {
    /// The id of the case.
    pub case_id: ID,
    /// The version you last read.
    pub expected_version: i32,
    /// The id of the agent, who works here now and works the case's queue; `null` takes the case off its agent.
    pub agent_id: MaybeUndefined<ID>,
    /// Why, in up to 1,000 characters.
    pub reason: Option<String>,
}

/// What became of an assignment.
#[derive(Union)]
pub enum AssignCaseOutcome {
    /// It is done.
    CaseAssigned(CaseAssigned),
    /// A value cannot be right.
    InvalidInput(InvalidInput),
    /// There is no such case or agent that you may see.
    NotFound(NotFound),
    /// The case has changed.
    StaleVersion(StaleVersion),
    /// Nobody works on a case in this state.
    TransitionNotAllowed(TransitionNotAllowed),
}

/// The assignment is done. A case that was new or triaged is `ASSIGNED` now.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "case:read")]
pub struct CaseAssigned {
    /// The case.
    pub case: Case,
}

struct Assignment {
    case_id: CaseId,
    expected_version: i32,
    agent_id: Option<AgentId>,
    reason: Option<String>,
}

/// Gives a case to an agent, or to nobody.
pub(crate) async fn assign(
    session: &Session,
    database: &Database,
    input: AssignCaseInput,
) -> Result<AssignCaseOutcome> {
    match read(input) {
        Ok(assignment) => {
            database
                .transaction(async |transaction| write(transaction, session, &assignment).await)
                .await
        }
        Err(invalid) => Ok(invalid.into()),
    }
}

async fn write(
    transaction: &DatabaseTransaction,
    session: &Session,
    assignment: &Assignment,
) -> Result<AssignCaseOutcome> {
    let held = hold(
        transaction,
        session,
        assignment.case_id,
        assignment.expected_version,
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
            &spelled(Status::Assigned),
            allowed,
        )
        .into());
    }
    if let Some(agent_id) = assignment.agent_id {
        let Some((agent, queues)) = agents::with_queues(transaction, agent_id).await? else {
            return Ok(NotFound::of("agent").into());
        };
        if let Some(problem) = unfit(&agent, &queues, &case.queue) {
            return Ok(InvalidInput::of(vec![problem]).into());
        }
    }
    if case.assignee_id == assignment.agent_id {
        return Ok(CaseAssigned {
            case: Case::from(case),
        }
        .into());
    }

    let mut revision = Revision::of(case);
    if assignment.agent_id.is_some() {
        for next in state::on_assignment(revision.case.status) {
            revision.enter(*next, session.actor.id(), session.now(), None);
        }
    }
    revision.assign(assignment.agent_id, assignment.reason.as_deref());
    let case = store::revise(transaction, &permit, session, revision).await?;
    Ok(CaseAssigned {
        case: Case::from(case),
    }
    .into())
}

/// Why this agent cannot have a case of that queue.
fn unfit(agent: &agent::Model, queues: &[String], queue: &str) -> Option<FieldProblem> {
    const RULE: &str = "domain 2.5: an agent is active and works the queue";
    if !agent.is_active {
        return Some(
            FieldProblem::at(
                "input.agentId",
                "This agent does not work here now; take another.",
            )
            .by(RULE),
        );
    }
    let works_it = queues.iter().any(|own| own == queue);
    (!works_it).then(|| {
        FieldProblem::at(
            "input.agentId",
            format!("This agent does not work the queue {queue}; take another."),
        )
        .by(RULE)
    })
}

fn read(input: AssignCaseInput) -> Result<Assignment, InvalidInput> {
    let mut fields = Fields::default();
    let case_id = fields.id("input.caseId", &input.case_id);
    let agent_id = match &input.agent_id {
        MaybeUndefined::Value(agent) => fields.id("input.agentId", agent),
        MaybeUndefined::Null => None,
        MaybeUndefined::Undefined => {
            fields.extend([FieldProblem::at(
                "input.agentId",
                "Give the id of an agent, or null to take the case off its agent.",
            )]);
            None
        }
    };
    let reason = fields.optional_text("input.reason", input.reason.as_deref(), policy::REASON);
    let case_id = fields.finish_with(case_id)?;
    Ok(Assignment {
        case_id,
        expected_version: input.expected_version,
        agent_id,
        reason,
    })
}
