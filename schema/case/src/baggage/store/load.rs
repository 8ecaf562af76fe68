use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use entities::{
    case::{
        baggage_bag, baggage_expense,
        baggage_report::{Column, Entity, Model},
    },
    id::{BaggageReportId, CaseId, CustomerId, OrderId},
};
use schema_kernel::{Error, Reader, Result, Rows};
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder};

use super::visible_to;
use crate::{
    paging::{Baggage, PageOf},
    store::pages,
};

/// A report, as far as its asker reaches it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ReportKey {
    pub(crate) id: BaggageReportId,
    pub(crate) rows: Rows,
}

/// The report of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ReportOfCase(pub(crate) CaseId);

/// The bags of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Bags(pub(crate) BaggageReportId);

/// The expenses of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Expenses(pub(crate) BaggageReportId);

impl Loader<ReportKey> for Reader {
    type Value = Model;
    type Error = Error;

    async fn load(&self, keys: &[ReportKey]) -> Result<HashMap<ReportKey, Model>> {
        let mut by_rows: HashMap<Rows, Vec<BaggageReportId>> = HashMap::new();
        for key in keys {
            by_rows.entry(key.rows).or_default().push(key.id);
        }
        let mut found = HashMap::new();
        for (rows, ids) in by_rows {
            let reports = visible_to(rows)
                .filter(Column::Id.is_in(ids))
                .all(self.database.reader())
                .await?;
            found.extend(reports.into_iter().map(|report| {
                (
                    ReportKey {
                        id: report.id,
                        rows,
                    },
                    report,
                )
            }));
        }
        Ok(found)
    }
}

impl Loader<ReportOfCase> for Reader {
    type Value = Model;
    type Error = Error;

    async fn load(&self, keys: &[ReportOfCase]) -> Result<HashMap<ReportOfCase, Model>> {
        let reports = Entity::find()
            .filter(Column::CaseId.is_in(keys.iter().map(|key| key.0)))
            .all(self.database.reader())
            .await?;
        Ok(reports
            .into_iter()
            .map(|report| (ReportOfCase(report.case_id), report))
            .collect())
    }
}

impl Loader<PageOf<CustomerId, Baggage>> for Reader {
    type Value = Vec<Model>;
    type Error = Error;

    async fn load(
        &self,
        keys: &[PageOf<CustomerId, Baggage>],
    ) -> Result<HashMap<PageOf<CustomerId, Baggage>, Vec<Model>>> {
        let arm = |key: &PageOf<CustomerId, Baggage>| {
            let reports = visible_to(key.view.0).filter(Column::CustomerId.eq(key.parent));
            key.page
                .apply(reports, Column::ReportedAt, Column::Id, &Order::Desc)
        };
        pages(self, keys, arm, |report| Some(report.customer_id)).await
    }
}

impl Loader<PageOf<OrderId, Baggage>> for Reader {
    type Value = Vec<Model>;
    type Error = Error;

    async fn load(
        &self,
        keys: &[PageOf<OrderId, Baggage>],
    ) -> Result<HashMap<PageOf<OrderId, Baggage>, Vec<Model>>> {
        let arm = |key: &PageOf<OrderId, Baggage>| {
            let reports = visible_to(key.view.0).filter(Column::OrderId.eq(key.parent));
            key.page
                .apply(reports, Column::ReportedAt, Column::Id, &Order::Desc)
        };
        pages(self, keys, arm, |report| report.order_id).await
    }
}

impl Loader<Bags> for Reader {
    type Value = Vec<baggage_bag::Model>;
    type Error = Error;

    async fn load(&self, keys: &[Bags]) -> Result<HashMap<Bags, Vec<baggage_bag::Model>>> {
        let rows = baggage_bag::Entity::find()
            .filter(baggage_bag::Column::ReportId.is_in(keys.iter().map(|key| key.0)))
            .order_by_asc(baggage_bag::Column::Tag)
            .all(self.database.reader())
            .await?;
        let mut found: HashMap<Bags, Vec<baggage_bag::Model>> = HashMap::new();
        for row in rows {
            found.entry(Bags(row.report_id)).or_default().push(row);
        }
        Ok(found)
    }
}

impl Loader<Expenses> for Reader {
    type Value = Vec<baggage_expense::Model>;
    type Error = Error;

    async fn load(
        &self,
        keys: &[Expenses],
    ) -> Result<HashMap<Expenses, Vec<baggage_expense::Model>>> {
        let rows = baggage_expense::Entity::find()
            .filter(baggage_expense::Column::ReportId.is_in(keys.iter().map(|key| key.0)))
            .order_by_asc(baggage_expense::Column::AddedAt)
            .order_by_asc(baggage_expense::Column::Id)
            .all(self.database.reader())
            .await?;
        let mut found: HashMap<Expenses, Vec<baggage_expense::Model>> = HashMap::new();
        for row in rows {
            found.entry(Expenses(row.report_id)).or_default().push(row);
        }
        Ok(found)
    }
}
