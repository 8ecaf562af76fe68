//! Baggage reports in the database.

mod list;
mod load;
mod period;

use chrono::NaiveDate;
use entities::{
    case::{
        baggage_bag, baggage_expense,
        baggage_report::{Column, Entity, Model},
    },
    id::{BaggageReportId, CaseId, CustomerId},
};
use schema_kernel::{Permit, Result, Rows};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select, sea_query::Expr,
};

pub(super) use self::period::hold_near;
pub(crate) use self::{
    list::list,
    load::{Bags, Expenses, ReportKey, ReportOfCase},
};

/// Reports, as far as somebody reaches them.
pub(super) fn visible_to(rows: Rows) -> Select<Entity> {
    match rows {
        Rows::All => Entity::find(),
        Rows::Of(customer) => Entity::find().filter(Column::CustomerId.eq(customer)),
        Rows::None => Entity::find().filter(Expr::value(false)),
    }
}

/// The report, held against other changes until the transaction ends.
pub(crate) async fn hold(
    transaction: &DatabaseTransaction,
    rows: Rows,
    id: BaggageReportId,
) -> Result<Option<Model>> {
    Ok(visible_to(rows)
        .filter(Column::Id.eq(id))
        .lock_exclusive()
        .one(transaction)
        .await?)
}

/// The report with this id.
pub(crate) async fn by_id(
    connection: &impl ConnectionTrait,
    rows: Rows,
    id: BaggageReportId,
) -> Result<Option<Model>> {
    Ok(visible_to(rows)
        .filter(Column::Id.eq(id))
        .one(connection)
        .await?)
}

/// The case in which people work on a report.
pub(crate) async fn case_of(
    transaction: &DatabaseTransaction,
    id: BaggageReportId,
) -> Result<Option<CaseId>> {
    let report = Entity::find_by_id(id).one(transaction).await?;
    Ok(report.map(|report| report.case_id))
}

/// The reports of this reference that were made since a day, the latest first.
pub(super) async fn of_reference(
    transaction: &DatabaseTransaction,
    reference: &str,
    since: NaiveDate,
) -> Result<Option<Model>> {
    Ok(Entity::find()
        .filter(Column::Reference.eq(reference))
        .filter(Column::ReportedOn.gte(since))
        .order_by_desc(Column::ReportedOn)
        .one(transaction)
        .await?)
}

/// Which of these references have a report since a day.
pub(super) async fn taken(
    transaction: &DatabaseTransaction,
    references: &[String],
    since: NaiveDate,
) -> Result<Vec<String>> {
    Ok(Entity::find()
        .select_only()
        .column(Column::Reference)
        .filter(Column::Reference.is_in(references.iter().map(String::as_str)))
        .filter(Column::ReportedOn.gte(since))
        .into_tuple()
        .all(transaction)
        .await?)
}

pub(super) async fn insert(
    transaction: &DatabaseTransaction,
    _: &Permit<CustomerId>,
    report: &Model,
    bags: &[baggage_bag::Model],
) -> Result<()> {
    Entity::insert(report.clone().into_active_model())
        .exec_without_returning(transaction)
        .await?;
    if bags.is_empty() {
        return Ok(());
    }
    baggage_bag::Entity::insert_many(bags.iter().cloned().map(IntoActiveModel::into_active_model))
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}

/// Writes every column of a report that is held.
pub(super) async fn update(
    transaction: &DatabaseTransaction,
    _: &Permit<CustomerId>,
    report: &Model,
) -> Result<()> {
    Entity::update(report.clone().into_active_model().reset_all())
        .exec(transaction)
        .await?;
    Ok(())
}

pub(super) async fn insert_expense(
    transaction: &DatabaseTransaction,
    _: &Permit<CustomerId>,
    expense: &baggage_expense::Model,
) -> Result<()> {
    baggage_expense::Entity::insert(expense.clone().into_active_model())
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}

/// The expenses of a report, in the order in which they were noted.
pub(super) async fn expenses_of(
    transaction: &DatabaseTransaction,
    report: BaggageReportId,
) -> Result<Vec<baggage_expense::Model>> {
    Ok(baggage_expense::Entity::find()
        .filter(baggage_expense::Column::ReportId.eq(report))
        .order_by_asc(baggage_expense::Column::AddedAt)
        .order_by_asc(baggage_expense::Column::Id)
        .all(transaction)
        .await?)
}

/// How many expenses a report has.
pub(super) async fn count_expenses(
    transaction: &DatabaseTransaction,
    report: BaggageReportId,
) -> Result<u64> {
    Ok(baggage_expense::Entity::find()
        .filter(baggage_expense::Column::ReportId.eq(report))
        .count(transaction)
        .await?)
}
