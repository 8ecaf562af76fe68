//! Somebody notes what they spent or lost because of a bag.

use async_graphql::{ID, InputObject, SimpleObject, Union};
use chrono::NaiveDate;
use entities::{
    case::{
        baggage_expense::{BaggageExpenseKind as Kind, Model as Expense},
        baggage_report::Model,
    },
    id::{BaggageExpenseId, BaggageReportId, CustomerId},
};
use schema_kernel::{
    Database, Money, Permit, Result, Session,
    idempotency::{self, Once},
    money::Long,
    problem::{Conflict, FieldProblem, InvalidInput, LimitExceeded, NotFound},
    scalar::Date,
};
use sea_orm::DatabaseTransaction;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{BaggageReport, EXPENSES, clock, event, kind::BaggageExpenseKind, store};
use crate::{DOMAIN, case::policy, input::Fields};

/// The most that can be asked for at once, in minor units: more is a slip of the pen.
const MOST: i64 = 1_000_000_000;

/// What was spent or lost because of a bag.
#[derive(Clone, Debug, InputObject)]
pub struct AddBaggageExpenseInput {
    /// The id of the report.
    pub report_id: ID,
    /// Makes repeating safe: the same key notes one expense, however often it comes. A UUID of your choice.
    pub idempotency_key: Uuid,
    /// What the money went for.
    pub kind: BaggageExpenseKind,
    /// How much it was, in minor units of the currency. Example: `4250` with `EUR` is 42.50 euro.
    pub amount_minor: Long,
    /// ISO 4217 code. Example: `"EUR"`.
    pub currency: String,
    /// The day on which it was spent; of things that are gone, the day of the loss. Example: `"2026-11-20"`.
    pub spent_on: Date,
    /// What it was, 1 to 1,000 characters. Card numbers are taken out.
    pub description: String,
    /// What the receipt is called, in up to 200 characters. Example: `"receipt 4711"`.
    pub receipt: Option<String>,
}

/// What became of an expense.
#[derive(Union)]
pub enum AddBaggageExpenseOutcome {
    /// It is noted.
    BaggageExpenseAdded(BaggageExpenseAdded),
    /// A value cannot be right.
    InvalidInput(InvalidInput),
    /// There is no such report that you may see.
    NotFound(NotFound),
    /// The report has as many as fit.
    LimitExceeded(LimitExceeded),
    /// It is too late to claim anything, or the idempotency key was used for another expense.
    Conflict(Conflict),
}

/// The expense is noted, and what is owed for it is assessed.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "case:read")]
pub struct BaggageExpenseAdded {
    /// The report, with the expense.
    pub report: BaggageReport,
}

#[derive(Clone, Serialize)]
struct Asked {
    report_id: BaggageReportId,
    kind: Kind,
    amount_minor: i64,
    currency: String,
    spent_on: NaiveDate,
    description: String,
    receipt: Option<String>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
enum Made {
    Added,
    NoReport,
    Full,
    TooLate,
    TooEarly(NaiveDate),
}

/// Notes an expense. The first one is a complaint in writing, where there was none.
pub(crate) async fn add_expense(
    session: &Session,
    database: &Database,
    input: AddBaggageExpenseInput,
) -> Result<AddBaggageExpenseOutcome> {
    let asked = match read(session, &input) {
        Ok(asked) => asked,
        Err(invalid) => return Ok(invalid.into()),
    };
    let once = database
        .transaction(async |transaction| {
            let work = async || write(transaction, session, &asked).await;
            let key = Some(input.idempotency_key);
            idempotency::once(transaction, DOMAIN, session, key, &asked, work).await
        })
        .await?;
    let Once::Outcome(made) = once else {
        let message = "This idempotency key was used for another expense; take a new one.";
        return Ok(Conflict::of(message).into());
    };
    Ok(match made {
        Made::Added => added(session, database, asked.report_id).await?,
        Made::NoReport => NotFound::of("baggage report").into(),
        Made::Full => {
            let limit = i32::try_from(EXPENSES).unwrap_or(i32::MAX);
            let message = format!("A report has at most {EXPENSES} expenses; sum some up.");
            LimitExceeded::of(limit, message).into()
        }
        Made::TooLate => Conflict::of("Two years after arrival nothing can be claimed any more.")
            .by("Montreal Convention Art 35")
            .into(),
        Made::TooEarly(arrived_on) => {
            let message = format!("Its flight arrived on {arrived_on}; nothing was spent before.");
            InvalidInput::of(vec![FieldProblem::at("input.spentOn", message)]).into()
        }
    })
}

async fn added(
    session: &Session,
    database: &Database,
    id: BaggageReportId,
) -> Result<AddBaggageExpenseOutcome> {
    let rows = session.actor.rows("case:write");
    Ok(match store::by_id(database.reader(), rows, id).await? {
        Some(report) => BaggageExpenseAdded {
            report: BaggageReport::from(report),
        }
        .into(),
        None => NotFound::of("baggage report").into(),
    })
}

async fn write(
    transaction: &DatabaseTransaction,
    session: &Session,
    asked: &Asked,
) -> Result<Made> {
    let rows = session.actor.rows("case:write");
    let Some(report) = store::hold(transaction, rows, asked.report_id).await? else {
        return Ok(Made::NoReport);
    };
    let Some(permit) = session.actor.permit("case:write", report.customer_id) else {
        return Ok(Made::NoReport);
    };
    let today = session.now().date_naive();
    if clock::action_due_on(report.arrived_on) < today {
        return Ok(Made::TooLate);
    }
    if asked.spent_on < report.arrived_on {
        return Ok(Made::TooEarly(report.arrived_on));
    }
    if store::count_expenses(transaction, report.id).await? >= EXPENSES {
        return Ok(Made::Full);
    }
    keep(transaction, &permit, session, asked, report).await?;
    Ok(Made::Added)
}

async fn keep(
    transaction: &DatabaseTransaction,
    permit: &Permit<CustomerId>,
    session: &Session,
    asked: &Asked,
    report: Model,
) -> Result<()> {
    let now = session.now();
    let id: BaggageExpenseId = session.new_id();
    let expense = Expense {
        id,
        report_id: report.id,
        customer_id: report.customer_id,
        kind: asked.kind,
        amount_minor: asked.amount_minor,
        currency: asked.currency.clone(),
        spent_on: asked.spent_on,
        description: asked.description.clone(),
        receipt: asked.receipt.clone(),
        added_at: now,
    };
    store::insert_expense(transaction, permit, &expense).await?;
    let report = Model {
        complained_on: report.complained_on.or(Some(now.date_naive())),
        updated_at: now,
        version: report.version + 1,
        ..report
    };
    store::update(transaction, permit, &report).await?;
    let kind = event::EXPENSE_ADDED;
    event::publish(transaction, permit, session, kind, &report, None).await
}

fn read(session: &Session, input: &AddBaggageExpenseInput) -> Result<Asked, InvalidInput> {
    let mut fields = Fields::default();
    let report_id = fields.id("input.reportId", &input.report_id);
    let description = fields.text("input.description", &input.description, policy::REASON);
    let receipt = fields.optional_text("input.receipt", input.receipt.as_deref(), policy::SUBJECT);
    let amount_minor = input.amount_minor.0;
    if !(1..=MOST).contains(&amount_minor) {
        let message = format!("An amount is between 1 and {MOST} minor units of its currency.");
        fields.extend([FieldProblem::at("input.amountMinor", message)]);
    }
    if Money::new(amount_minor, &input.currency).is_none() {
        let message = "A currency is an ISO 4217 code, like \"EUR\".";
        fields.extend([FieldProblem::at("input.currency", message).by("ISO 4217")]);
    }
    let today = session.now().date_naive();
    if input.spent_on.0 > today {
        let message = format!("Today is {today}; an expense has been made.");
        fields.extend([FieldProblem::at("input.spentOn", message)]);
    }
    let report_id = fields.finish_with(report_id)?;
    Ok(Asked {
        report_id,
        kind: input.kind.into(),
        amount_minor,
        currency: input.currency.clone(),
        spent_on: input.spent_on.0,
        description,
        receipt,
    })
}
