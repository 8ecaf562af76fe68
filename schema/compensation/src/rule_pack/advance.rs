//! Submission, and approval by another person.

use async_graphql::{Context, ID, InputObject, SimpleObject, Union};
use entities::compensation::rule_pack_version;
use schema_kernel::{
    ContextExt, Result, Session, id,
    problem::{Conflict, NotFound, StaleVersion, StepUpRequired, TransitionNotAllowed},
};

use super::{
    RulePackVersion,
    state::{self, Step},
    store,
};

/// The next step of a version.
#[derive(Clone, Debug, InputObject)]
pub struct AdvanceRulePackInput {
    /// The id of the version.
    pub id: ID,
    /// `rowVersion` as it was read; when it has changed since, nothing is done.
    pub expected_version: i32,
}

/// What became of a step.
#[derive(Union)]
pub enum AdvanceRulePackOutcome {
    /// It is done.
    RulePackAdvanced(RulePackAdvanced),
    /// There is no such version.
    NotFound(NotFound),
    /// The version has changed since it was read.
    StaleVersion(StaleVersion),
    /// From where it stands there is no such step.
    TransitionNotAllowed(TransitionNotAllowed),
    /// The author cannot approve their own version.
    Conflict(Conflict),
    /// You have to show again who you are, to approve.
    StepUpRequired(StepUpRequired),
}

/// The step is done.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "rule:read")]
pub struct RulePackAdvanced {
    /// The version after the step.
    pub version: RulePackVersion,
}

/// The author gives a draft up for approval.
pub(crate) async fn submit(
    context: &Context<'_>,
    input: AdvanceRulePackInput,
) -> Result<AdvanceRulePackOutcome> {
    advance(context, input, Step::Submit).await
}

/// Another person than the author approves.
pub(crate) async fn approve(
    context: &Context<'_>,
    input: AdvanceRulePackInput,
) -> Result<AdvanceRulePackOutcome> {
    advance(context, input, Step::Approve).await
}

async fn advance(
    context: &Context<'_>,
    input: AdvanceRulePackInput,
    step: Step,
) -> Result<AdvanceRulePackOutcome> {
    let session = context.session()?;
    if step == Step::Approve
        && let Err(required) = session.actor.stepped_up(session.now())
    {
        return Ok(required.into());
    }
    context
        .database()?
        .transaction(async |transaction| {
            let Some(row) = store::hold(transaction, &input.id).await? else {
                return Ok(AdvanceRulePackOutcome::NotFound(NotFound::of(
                    "rule pack version",
                )));
            };
            if row.row_version != input.expected_version {
                return Ok(AdvanceRulePackOutcome::StaleVersion(StaleVersion::of(
                    row.row_version,
                )));
            }
            if step == Step::Approve && row.author == session.actor.id() {
                let message = "A version is approved by another person than its author.";
                return Ok(AdvanceRulePackOutcome::Conflict(Conflict::of(message)));
            }
            let Some(status) = state::after(row.status, step) else {
                let to = state::name(state::target(step));
                let refusal = TransitionNotAllowed::of(
                    state::name(row.status),
                    to,
                    state::allowed(row.status),
                );
                return Ok(AdvanceRulePackOutcome::TransitionNotAllowed(refusal));
            };
            let row = stamped(session, rule_pack_version::Model { status, ..row }, step);
            store::update(transaction, row.clone()).await?;
            let version = RulePackVersion(row);
            Ok(AdvanceRulePackOutcome::RulePackAdvanced(RulePackAdvanced {
                version,
            }))
        })
        .await
}

fn stamped(
    session: &Session,
    row: rule_pack_version::Model,
    step: Step,
) -> rule_pack_version::Model {
    let row = rule_pack_version::Model {
        row_version: row.row_version + 1,
        ..row
    };
    match step {
        Step::Approve => rule_pack_version::Model {
            approver: Some(session.actor.id().to_owned()),
            approved_at: Some(session.now()),
            ..row
        },
        _ => rule_pack_version::Model {
            submitted_at: Some(session.now()),
            ..row
        },
    }
}

/// The id, when it can be one.
pub(super) fn read(id: &ID) -> Option<entities::id::RulePackVersionId> {
    id::read(id).ok()
}
