//! Reports of which somebody has to be told.

use chrono::{Days, NaiveDate};
use entities::case::baggage_report::{BaggageKind, BaggageState, Column, Entity, Model};
use schema_kernel::Result;
use sea_orm::{
    ColumnTrait, Condition, DatabaseTransaction, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    QuerySelect,
    sea_query::{LockBehavior, LockType},
};

use crate::baggage::{
    clock,
    period::{NEAR, Period},
};

/// Reports whose period is near, or over, today, that nobody was told of; held until the transaction ends. What another
/// transaction holds is passed over, and found the next time.
pub(in crate::baggage) async fn hold_near(
    transaction: &DatabaseTransaction,
    period: Period,
    today: NaiveDate,
    most: u64,
) -> Result<Vec<Model>> {
    let select = match period {
        Period::Complaint => Entity::find()
            .filter(Column::ComplaintToldOn.is_null())
            .filter(Column::ComplainedOn.is_null())
            .filter(complaints_due(today))
            .order_by_asc(Column::AtDisposalOn),
        Period::Loss => Entity::find()
            .filter(Column::LossToldOn.is_null())
            .filter(Column::Kind.eq(BaggageKind::Delayed))
            .filter(Column::State.is_in(MISSING))
            .filter(Column::ArrivedOn.lte(before(today, clock::LOSS)))
            .order_by_asc(Column::ArrivedOn),
    };
    Ok(select
        .limit(most)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .all(transaction)
        .await?)
}

/// The states of a bag that the customer does not have.
const MISSING: [BaggageState; 6] = [
    BaggageState::Reported,
    BaggageState::Tracing,
    BaggageState::Located,
    BaggageState::Forwarded,
    BaggageState::Arrived,
    BaggageState::OutForDelivery,
];

/// Those whose last day is today or one of the next ones.
fn complaints_due(today: NaiveDate) -> Condition {
    let started = |days: u64| {
        Column::AtDisposalOn.between(
            before(today, days),
            before(today, days.saturating_sub(NEAR)),
        )
    };
    let damaged = [BaggageKind::Damaged, BaggageKind::Pilfered];
    Condition::any()
        .add(Column::Kind.is_in(damaged).and(started(clock::DAMAGE)))
        .add(
            Column::Kind
                .eq(BaggageKind::Delayed)
                .and(started(clock::DELAY)),
        )
}

fn before(today: NaiveDate, days: u64) -> NaiveDate {
    today
        .checked_sub_days(Days::new(days))
        .unwrap_or(NaiveDate::MIN)
}
