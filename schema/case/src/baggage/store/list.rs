use entities::case::{
    baggage_bag,
    baggage_report::{BaggageState, Column, Model},
};
use schema_kernel::{Page, Result, Rows};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, Order, QueryFilter, QuerySelect,
    QueryTrait,
};

use super::visible_to;
use crate::baggage::filter::Criteria;

/// One page of the reports that fit, the newest first, in one statement.
pub(crate) async fn list(
    connection: &impl ConnectionTrait,
    rows: Rows,
    criteria: &Criteria,
    page: &Page,
) -> Result<Vec<Model>> {
    let reports = visible_to(rows).filter(condition(criteria));
    Ok(page
        .apply(reports, Column::ReportedAt, Column::Id, &Order::Desc)
        .all(connection)
        .await?)
}

fn condition(criteria: &Criteria) -> Condition {
    // What is missing has neither come nor been given up.
    let missing = [
        BaggageState::Reported,
        BaggageState::Tracing,
        BaggageState::Located,
        BaggageState::Forwarded,
        BaggageState::Lost,
    ];
    let tagged = criteria.bag_tag.as_ref().map(|tag| {
        let bags = baggage_bag::Entity::find()
            .select_only()
            .column(baggage_bag::Column::ReportId)
            .filter(baggage_bag::Column::Tag.eq(tag.as_str()));
        Column::Id.in_subquery(bags.into_query())
    });
    Condition::all()
        .add_option(
            criteria
                .states
                .as_ref()
                .map(|states| Column::State.is_in(states.iter().copied())),
        )
        .add_option(
            criteria
                .kinds
                .as_ref()
                .map(|kinds| Column::Kind.is_in(kinds.iter().copied())),
        )
        .add_option(
            criteria
                .station
                .as_ref()
                .map(|it| Column::Station.eq(it.as_str())),
        )
        .add_option(
            criteria
                .reference
                .as_ref()
                .map(|it| Column::Reference.eq(it.as_str())),
        )
        .add_option(criteria.customer_id.map(|id| Column::CustomerId.eq(id)))
        .add_option(criteria.order_id.map(|id| Column::OrderId.eq(id)))
        .add_option(criteria.missing_since.map(|day| {
            Condition::all()
                .add(Column::ArrivedOn.lte(day))
                .add(Column::AtDisposalOn.is_null())
                .add(Column::State.is_in(missing))
        }))
        .add_option(tagged)
}
