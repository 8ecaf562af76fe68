use entities::case::case::{Column, Model};
use schema_kernel::{Page, Result, Rows};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, Order, QueryFilter};

use super::visible_to;
use crate::case::filter::{Assignee, CaseSort, Criteria};

/// One page of the cases that fit, in one statement that an index answers.
pub(crate) async fn list(
    connection: &impl ConnectionTrait,
    rows: Rows,
    criteria: &Criteria,
    sort: CaseSort,
    page: &Page,
) -> Result<Vec<Model>> {
    let cases = visible_to(rows).filter(condition(criteria, sort));
    let cases = match sort {
        CaseSort::Priority => page.apply(cases, Column::Rank, Column::Id, &Order::Asc),
        CaseSort::OpenedAt => page.apply(cases, Column::OpenedAt, Column::Id, &Order::Desc),
    };
    Ok(cases.all(connection).await?)
}

fn condition(criteria: &Criteria, sort: CaseSort) -> Condition {
    let mut all = Condition::all();
    if let Some(queues) = &criteria.queues {
        all = all.add(one_of(Column::Queue, queues));
    }
    if let Some(statuses) = &criteria.statuses {
        all = all.add(one_of(Column::Status, statuses));
    }
    if let Some(priorities) = &criteria.priorities {
        all = all.add(one_of(Column::Priority, priorities));
    }
    if let Some(case_types) = &criteria.case_types {
        all = all.add(one_of(Column::CaseType, case_types));
    }
    all = match criteria.assignee {
        Assignee::Any => all,
        Assignee::Agent(agent) => all.add(Column::AssigneeId.eq(agent)),
        Assignee::Nobody => all.add(Column::AssigneeId.is_null()),
        Assignee::Somebody => all.add(Column::AssigneeId.is_not_null()),
    };
    if let Some(is_open) = criteria.is_open(sort) {
        all = all.add(Column::IsOpen.eq(is_open));
    }
    all.add_option(criteria.customer_id.map(|id| Column::CustomerId.eq(id)))
        .add_option(criteria.order_id.map(|id| Column::OrderId.eq(id)))
        .add_option(criteria.opened_from.map(|from| Column::OpenedAt.gte(from)))
        .add_option(
            criteria
                .opened_before
                .map(|before| Column::OpenedAt.lt(before)),
        )
}

// A single value as an equation, so that an index that begins with the column keeps its order.
fn one_of<Value: Clone + Into<sea_orm::Value>>(
    column: Column,
    values: &[Value],
) -> sea_orm::sea_query::SimpleExpr {
    match values {
        [only] => column.eq(only.clone()),
        several => column.is_in(several.iter().cloned()),
    }
}
