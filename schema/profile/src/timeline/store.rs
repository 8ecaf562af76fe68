//! The timeline in storage.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use entities::profile::timeline_entry::{self, Category, Column};
use schema_kernel::{Error, Page, Reader, Result, id::CustomerId};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, Order,
    QueryFilter, QueryTrait, Select, sea_query::OnConflict,
};

use super::Criteria;
use crate::batch::{self, PageOf};

/// How many domains the lines come from.
const SOURCES: usize = 4;

/// One page of a customer's timeline, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct TimelinePage(pub(super) PageOf<(Criteria, Page)>);

impl Loader<TimelinePage> for Reader {
    type Value = Vec<timeline_entry::Model>;
    type Error = Error;

    async fn load(
        &self,
        keys: &[TimelinePage],
    ) -> Result<HashMap<TimelinePage, Vec<timeline_entry::Model>>> {
        let keys: Vec<PageOf<(Criteria, Page)>> = keys.iter().map(|key| key.0.clone()).collect();
        let select = |customer: CustomerId, (criteria, page): &(Criteria, Page)| {
            page.apply(
                lines_of(customer, criteria),
                Column::OccurredAt,
                Column::Id,
                &Order::Desc,
            )
        };
        let pages = batch::pages(self, &keys, select, |row: &timeline_entry::Model| {
            row.customer_id
        })
        .await?;
        Ok(pages
            .into_iter()
            .map(|(key, rows)| (TimelinePage(key), rows))
            .collect())
    }
}

fn lines_of(customer: CustomerId, criteria: &Criteria) -> Select<timeline_entry::Entity> {
    timeline_entry::Entity::find()
        .filter(Column::CustomerId.eq(customer))
        .apply_if(criteria.from, |select, from| {
            select.filter(Column::OccurredAt.gte(from))
        })
        .apply_if(criteria.to, |select, to| {
            select.filter(Column::OccurredAt.lt(to))
        })
        .apply_if(
            Some(&criteria.sources).filter(|sources| sources.len() < SOURCES),
            |select, sources| select.filter(Column::Source.is_in(sources.iter().copied())),
        )
        .apply_if(
            Some(&criteria.categories).filter(|categories| !categories.is_empty()),
            |select, categories| {
                select
                    .filter(Column::Category.is_in(categories.iter().copied().map(Category::from)))
            },
        )
}

/// Writes a line, unless its event has made one already.
pub(super) async fn insert(
    connection: &impl ConnectionTrait,
    row: timeline_entry::Model,
) -> Result<()> {
    let known = OnConflict::column(Column::SourceEventId)
        .do_nothing()
        .to_owned();
    timeline_entry::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(known)
        .try_insert()
        .exec_without_returning(connection)
        .await?;
    Ok(())
}
