//! `case_baggage_bag`: the bags of a baggage report.

use sea_orm::entity::prelude::*;

use crate::id::BaggageReportId;

/// One bag, by its tag.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_baggage_bag")]
pub struct Model {
    /// The report.
    #[sea_orm(primary_key, auto_increment = false)]
    pub report_id: BaggageReportId,
    /// The licence plate on its tag: 10 digits. Used again after a time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tag: String,
    /// Its colour and type on the baggage chart: `"BK22"`.
    pub colour_type: Option<String>,
}

/// No relations are declared: stores join by key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
