//! A bag comes further, or counts as lost.

use async_graphql::{ID, InputObject, SimpleObject, Union};
use chrono::NaiveDate;
use entities::{
    case::{
        baggage_report::{BaggageState as State, Model},
        case::CaseType,
        case_event::CaseEventKind,
        comment::Visibility,
    },
    id::{BaggageReportId, CustomerId},
};
use schema_kernel::{
    Database, Error, Permit, Result, Session,
    problem::{FieldProblem, InvalidInput, NotFound, StaleVersion, TransitionNotAllowed},
    scalar::Date,
};
use sea_orm::DatabaseTransaction;

use super::{
    BaggageReport, event,
    kind::BaggageState,
    part,
    state::{self, Part, Standing},
    store,
};
use crate::{
    case::{self, About, Revision, policy, spelled},
    input::Fields,
};

/// How far a bag has come.
#[derive(Clone, Debug, InputObject)]
pub struct ChangeBaggageStateInput {
    /// The id of the report.
    pub report_id: ID,
    /// The version you last read.
    pub expected_version: i32,
    /// The state to bring it to; `BaggageReport.nextStates` says which you can.
    pub to: BaggageState,
    /// The day on which the customer got it; today when left out. Given with `DELIVERED` alone. Example: `"2026-11-20"`.
    pub delivered_on: Option<Date>,
    /// Whether the airline admits the loss (Montreal Convention Art 17(3)), so that it counts as lost before 21 days are over.
    /// Given with `LOST` alone, by staff.
    pub is_loss_admitted: Option<bool>,
    /// Why, or where it is, in up to 1,000 characters that the customer reads.
    pub reason: Option<String>,
}

/// What became of a change of state.
#[derive(Union)]
pub enum ChangeBaggageStateOutcome {
    /// It is done.
    BaggageStateChanged(BaggageStateChanged),
    /// A value cannot be right.
    InvalidInput(InvalidInput),
    /// There is no such report that you may see.
    NotFound(NotFound),
    /// The report has changed.
    StaleVersion(StaleVersion),
    /// The way of a bag does not lead there, not yet, or not for you.
    TransitionNotAllowed(TransitionNotAllowed),
}

/// The report is in the new state.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "case:read")]
pub struct BaggageStateChanged {
    /// The report.
    pub report: BaggageReport,
}

struct Change {
    report_id: BaggageReportId,
    expected_version: i32,
    to: State,
    delivered_on: Option<NaiveDate>,
    is_loss_admitted: bool,
    reason: Option<String>,
}

/// Brings a report to another state. What is lost goes to those who deal with losses.
pub(crate) async fn change_state(
    session: &Session,
    database: &Database,
    input: ChangeBaggageStateInput,
) -> Result<ChangeBaggageStateOutcome> {
    match read(session, &input) {
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
) -> Result<ChangeBaggageStateOutcome> {
    let rows = session.actor.rows("case:write");
    let Some(report) = store::hold(transaction, rows, change.report_id).await? else {
        return Ok(NotFound::of("baggage report").into());
    };
    let Some(permit) = session.actor.permit("case:write", report.customer_id) else {
        return Ok(NotFound::of("baggage report").into());
    };
    if report.version != change.expected_version {
        return Ok(StaleVersion::of(report.version).into());
    }
    let today = session.now().date_naive();
    let standing = Standing {
        is_loss_admitted: report.is_loss_admitted || change.is_loss_admitted,
        ..Standing::from(&report)
    };
    if let Err(rule) = state::step(standing, part(session), change.to, today) {
        let reachable = state::reachable(Standing::from(&report), part(session), today);
        let allowed = reachable.into_iter().map(spelled).collect();
        let refusal =
            TransitionNotAllowed::of(&spelled(report.state), &spelled(change.to), allowed);
        return Ok(refusal.by(rule).into());
    }
    if change
        .delivered_on
        .is_some_and(|day| day < report.arrived_on)
    {
        let message = format!("Its flight arrived on {}.", report.arrived_on);
        let problem = FieldProblem::at("input.deliveredOn", message);
        return Ok(InvalidInput::of(vec![problem]).into());
    }
    let from = report.state;
    let report = moved(session, report, change);
    store::update(transaction, &permit, &report).await?;
    note(
        transaction,
        session,
        &report,
        from,
        change.reason.as_deref(),
    )
    .await?;
    tell(transaction, &permit, session, &report, from).await?;
    Ok(BaggageStateChanged {
        report: BaggageReport::from(report),
    }
    .into())
}

fn moved(session: &Session, report: Model, change: &Change) -> Model {
    let now = session.now();
    let at_disposal_on = match change.to {
        State::Delivered => Some(change.delivered_on.unwrap_or(now.date_naive())),
        _ => report.at_disposal_on,
    };
    Model {
        state: change.to,
        at_disposal_on,
        // What turned up is not lost.
        is_loss_admitted: change.to != State::Located
            && (report.is_loss_admitted || change.is_loss_admitted),
        updated_at: now,
        version: report.version + 1,
        ..report
    }
}

async fn tell(
    transaction: &DatabaseTransaction,
    permit: &Permit<CustomerId>,
    session: &Session,
    report: &Model,
    from: State,
) -> Result<()> {
    let from = Some(from);
    event::publish(transaction, permit, session, event::CHANGED, report, from).await
}

/// Notes the step in the history of the case, and hands the case of what is lost to those who deal with losses.
async fn note(
    transaction: &DatabaseTransaction,
    session: &Session,
    report: &Model,
    from: State,
    reason: Option<&str>,
) -> Result<()> {
    let rows = session.actor.rows("case:write");
    let case = case::hold_case(transaction, rows, report.case_id)
        .await?
        .ok_or_else(|| Error::internal(anyhow::anyhow!("a baggage report has lost its case")))?;
    let permit = session
        .actor
        .permit("case:write", About(case.customer_id))
        .ok_or_else(|| Error::internal(anyhow::anyhow!("a report without the right to a case")))?;
    let mut revision = Revision::of(case);
    revision.note(
        CaseEventKind::BaggageChanged,
        Visibility::Public,
        Some(spelled(from)),
        Some(spelled(report.state)),
        reason,
    );
    let is_handed_over = report.state == State::Lost
        && revision.case.is_open
        && revision.case.case_type == CaseType::BaggageDelayed;
    if is_handed_over {
        revision.case.case_type = CaseType::BaggageLost;
        policy::queue_of(CaseType::BaggageLost).clone_into(&mut revision.case.queue);
        if revision.case.assignee_id.is_some() {
            revision.assign(None, Some("The bag counts as lost."));
        }
    }
    case::revise(transaction, &permit, session, revision).await?;
    Ok(())
}

fn read(session: &Session, input: &ChangeBaggageStateInput) -> Result<Change, InvalidInput> {
    let mut fields = Fields::default();
    let report_id = fields.id("input.reportId", &input.report_id);
    let reason = fields.optional_text("input.reason", input.reason.as_deref(), policy::REASON);
    let today = session.now().date_naive();
    if let Some(day) = input.delivered_on {
        if input.to != BaggageState::Delivered {
            let message = "Only DELIVERED has a day; leave it out.";
            fields.extend([FieldProblem::at("input.deliveredOn", message)]);
        } else if day.0 > today {
            let message = format!("Today is {today}; what has not come is not delivered.");
            fields.extend([FieldProblem::at("input.deliveredOn", message)]);
        }
    }
    if input.is_loss_admitted.is_some() {
        let problem = |message: &str| FieldProblem::at("input.isLossAdmitted", message);
        if part(session) == Part::Customer {
            let message = "Only staff can say this; leave it out.";
            fields.extend([problem(message).by("case:internal")]);
        } else if input.to != BaggageState::Lost {
            fields.extend([problem("Only LOST has an admission; leave it out.")]);
        }
    }
    let report_id = fields.finish_with(report_id)?;
    Ok(Change {
        report_id,
        expected_version: input.expected_version,
        to: input.to.into(),
        delivered_on: input.delivered_on.map(|day| day.0),
        is_loss_admitted: input.is_loss_admitted.unwrap_or_default(),
        reason,
    })
}
