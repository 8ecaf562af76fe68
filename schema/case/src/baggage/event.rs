//! What is told about baggage: the whole report each time, so that who missed a step is none the worse for it.

use chrono::NaiveDate;
use entities::{
    case::{
        baggage_expense,
        baggage_report::{BaggageKind, BaggageState, Model},
    },
    id::{BaggageReportId, CaseId, CustomerId, FlightId, JourneyId, OrderId, PassengerId},
};
use schema_kernel::{NewEvent, Permit, Result, Session, outbox};
use sea_orm::DatabaseTransaction;
use serde::Serialize;

use super::{clock, store};
use crate::DOMAIN;

pub(super) const REPORTED: &str = "case.baggage.reported.v1";
pub(super) const CHANGED: &str = "case.baggage.changed.v1";
pub(super) const COMPLAINT_DUE: &str = "case.baggage.complaint_due.v1";
pub(super) const DEEMED_LOST: &str = "case.baggage.deemed_lost.v1";
pub(super) const EXPENSE_ADDED: &str = "case.baggage.expense_added.v1";

/// The facts of `case.baggage.*`.
#[derive(Serialize)]
struct BaggageFacts<'a> {
    report_id: BaggageReportId,
    case_id: CaseId,
    reference: &'a str,
    kind: BaggageKind,
    state: BaggageState,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<BaggageState>,
    order_id: Option<OrderId>,
    journey_id: Option<JourneyId>,
    flight_id: Option<FlightId>,
    passenger_id: Option<PassengerId>,
    arrived_on: NaiveDate,
    at_disposal_on: Option<NaiveDate>,
    complained_on: Option<NaiveDate>,
    complaint_due_on: Option<NaiveDate>,
    deemed_lost_on: NaiveDate,
    is_loss_admitted: bool,
    travellers: i32,
    declared: Option<Amount<'a>>,
    expenses: Vec<Expense<'a>>,
    version: i32,
}

#[derive(Serialize)]
struct Amount<'a> {
    amount_minor: i64,
    currency: &'a str,
}

#[derive(Serialize)]
struct Expense<'a> {
    amount_minor: i64,
    currency: &'a str,
    spent_on: NaiveDate,
}

impl<'a> From<&'a baggage_expense::Model> for Expense<'a> {
    fn from(expense: &'a baggage_expense::Model) -> Self {
        Self {
            amount_minor: expense.amount_minor,
            currency: &expense.currency,
            spent_on: expense.spent_on,
        }
    }
}

/// Tells what a report says now, and with a change from which state it came.
pub(super) async fn publish(
    transaction: &DatabaseTransaction,
    permit: &Permit<CustomerId>,
    session: &Session,
    kind: &'static str,
    report: &Model,
    from: Option<BaggageState>,
) -> Result<()> {
    let expenses = store::expenses_of(transaction, report.id).await?;
    let declared = report
        .declared_minor
        .zip(report.declared_currency.as_deref())
        .map(|(amount_minor, currency)| Amount {
            amount_minor,
            currency,
        });
    let data = BaggageFacts {
        report_id: report.id,
        case_id: report.case_id,
        reference: &report.reference,
        kind: report.kind,
        state: report.state,
        from,
        order_id: report.order_id,
        journey_id: report.journey_id,
        flight_id: report.flight_id,
        passenger_id: report.passenger_id,
        arrived_on: report.arrived_on,
        at_disposal_on: report.at_disposal_on,
        complained_on: report.complained_on,
        complaint_due_on: clock::complaint_due_on(report.kind, report.at_disposal_on),
        deemed_lost_on: clock::deemed_lost_on(report.arrived_on),
        is_loss_admitted: report.is_loss_admitted,
        travellers: report.travellers,
        declared,
        expenses: expenses.iter().map(Expense::from).collect(),
        version: report.version,
    };
    let event = NewEvent {
        kind,
        subject: report.id.to_string(),
        customer_id: Some(*permit.subject()),
        time: session.now(),
        data: &data,
    };
    outbox::append(transaction, DOMAIN, session, &[event]).await
}
