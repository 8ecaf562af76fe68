//! A version comes to answer from a day on, and is taken back.

use async_graphql::{Context, ID, InputObject, SimpleObject, Union};
use chrono::NaiveDate;
use entities::compensation::rule_pack_version::{self, RulePackStatus};
use schema_kernel::{
    ContextExt, Result, Session,
    problem::{NotFound, StaleVersion, StepUpRequired, TransitionNotAllowed},
    scalar::Date,
};
use sea_orm::DatabaseTransaction;

use super::{
    AdvanceRulePackInput, RulePackRefused, RulePackVersion,
    state::{self, Step},
    store,
};

/// From when on a version answers.
#[derive(Clone, Debug, InputObject)]
pub struct ActivateRulePackInput {
    /// The id of the version.
    pub id: ID,
    /// The first day of incidents for which it answers. The version before it answers up to the day before. Example:
    /// `"2027-01-01"`.
    pub active_from: Date,
    /// `rowVersion` as it was read; when it has changed since, nothing is done.
    pub expected_version: i32,
}

/// What became of an activation, or of taking a version back.
#[derive(Union)]
pub enum ActivateRulePackOutcome {
    /// It is done, and every replica decides by it from its next decision on.
    RulePackActivated(RulePackActivated),
    /// With it the rules in force would contradict each other.
    RulePackRefused(RulePackRefused),
    /// There is no such version.
    NotFound(NotFound),
    /// The version has changed since it was read.
    StaleVersion(StaleVersion),
    /// From where it stands there is no such step.
    TransitionNotAllowed(TransitionNotAllowed),
    /// You have to show again who you are.
    StepUpRequired(StepUpRequired),
}

/// The rules in force have changed.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "rule:read")]
pub struct RulePackActivated {
    /// The version after the change.
    pub version: RulePackVersion,
}

type Held = Result<rule_pack_version::Model, ActivateRulePackOutcome>;

async fn held(
    transaction: &DatabaseTransaction,
    id: &ID,
    expected_version: i32,
    step: Step,
) -> Result<Held> {
    let Some(row) = store::hold(transaction, id).await? else {
        let problem = NotFound::of("rule pack version");
        return Ok(Err(ActivateRulePackOutcome::NotFound(problem)));
    };
    if row.row_version != expected_version {
        let problem = StaleVersion::of(row.row_version);
        return Ok(Err(ActivateRulePackOutcome::StaleVersion(problem)));
    }
    let Some(status) = state::after(row.status, step) else {
        let to = state::name(state::target(step));
        let problem =
            TransitionNotAllowed::of(state::name(row.status), to, state::allowed(row.status));
        return Ok(Err(ActivateRulePackOutcome::TransitionNotAllowed(problem)));
    };
    Ok(Ok(rule_pack_version::Model { status, ..row }))
}

/// Lets an approved version answer for incidents from a day on.
pub(crate) async fn activate(
    context: &Context<'_>,
    input: ActivateRulePackInput,
) -> Result<ActivateRulePackOutcome> {
    let session = context.session()?;
    if let Err(required) = session.actor.stepped_up(session.now()) {
        return Ok(required.into());
    }
    let database = context.database()?;
    database
        .transaction(async |transaction| {
            let first = input.active_from.0;
            let row = held(
                transaction,
                &input.id,
                input.expected_version,
                Step::Activate,
            )
            .await?;
            let row = match row {
                Ok(row) => rule_pack_version::Model {
                    active_from: Some(first),
                    activated_at: Some(session.now()),
                    row_version: row.row_version + 1,
                    ..row
                },
                Err(outcome) => return Ok(outcome),
            };
            let mut in_force = store::active_rows(transaction).await?;
            let changed = replaced(&mut in_force, &row, first, session);
            in_force.push(row.clone());
            if let Err(problems) = store::Stored::of(in_force)?.read() {
                let problems = problems.into_iter().map(Into::into).collect();
                return Ok(ActivateRulePackOutcome::RulePackRefused(RulePackRefused {
                    problems,
                }));
            }
            for other in changed {
                store::update(transaction, other).await?;
            }
            done(transaction, row).await
        })
        .await
}

/// The versions of the same pack that end the day before, or that never answer any more.
fn replaced(
    in_force: &mut [rule_pack_version::Model],
    by: &rule_pack_version::Model,
    first: NaiveDate,
    session: &Session,
) -> Vec<rule_pack_version::Model> {
    let mut changed = Vec::new();
    for other in in_force
        .iter_mut()
        .filter(|other| other.pack_id == by.pack_id)
    {
        if other.active_to.is_some_and(|last| last < first) {
            continue;
        }
        other.row_version += 1;
        if other.active_from.is_some_and(|start| start >= first) {
            other.status = RulePackStatus::Retired;
            other.retired_at = Some(session.now());
            // A period that is empty: it answers for no day.
            other.active_to = other.active_from.and_then(|start| start.pred_opt());
        } else {
            other.active_to = first.pred_opt();
        }
        changed.push(other.clone());
    }
    changed
}

/// Takes an active version back; the version before it answers again.
pub(crate) async fn roll_back(
    context: &Context<'_>,
    input: AdvanceRulePackInput,
) -> Result<ActivateRulePackOutcome> {
    let session = context.session()?;
    if let Err(required) = session.actor.stepped_up(session.now()) {
        return Ok(required.into());
    }
    context
        .database()?
        .transaction(async |transaction| {
            let row = held(
                transaction,
                &input.id,
                input.expected_version,
                Step::RollBack,
            )
            .await?;
            let row = match row {
                Ok(row) => rule_pack_version::Model {
                    retired_at: Some(session.now()),
                    row_version: row.row_version + 1,
                    ..row
                },
                Err(outcome) => return Ok(outcome),
            };
            let end_of_former = row.active_from.and_then(|first| first.pred_opt());
            let former = store::active_rows(transaction)
                .await?
                .into_iter()
                .find(|former| {
                    former.pack_id == row.pack_id
                        && end_of_former.is_some()
                        && former.active_to == end_of_former
                });
            if let Some(former) = former {
                let again = rule_pack_version::Model {
                    active_to: row.active_to,
                    row_version: former.row_version + 1,
                    ..former
                };
                store::update(transaction, again).await?;
            }
            done(transaction, row).await
        })
        .await
}

async fn done(
    transaction: &DatabaseTransaction,
    row: rule_pack_version::Model,
) -> Result<ActivateRulePackOutcome> {
    store::update(transaction, row.clone()).await?;
    store::revise(transaction).await?;
    let version = RulePackVersion(row);
    Ok(ActivateRulePackOutcome::RulePackActivated(
        RulePackActivated { version },
    ))
}
