//! The file as it is written. Unknown keys are refused, so that a slip of the pen never switches a condition off.

use chrono::NaiveDate;
use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use super::{PackStatus, Speaks};
use crate::engine::assessment::{CareItem, EntitlementKind, Regime, ReviewReason};
use crate::engine::calendar::Deadline;

/// An expression or a sentence, with its place in the file.
pub(super) type Written = Spanned<String>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PackText {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) version: u32,
    pub(super) regime: Regime,
    pub(super) status: PackStatus,
    #[expect(dead_code, reason = "written for people")]
    pub(super) source: String,
    pub(super) pays_once_and_starts_here: Option<Written>,
    #[serde(default)]
    pub(super) define: Vec<DefinitionText>,
    pub(super) answer: Vec<AnswerText>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DefinitionText {
    pub(super) name: Written,
    pub(super) is: Written,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AnswerText {
    pub(super) name: String,
    pub(super) speaks: Speaks,
    pub(super) territory: Option<Written>,
    #[serde(default)]
    pub(super) scope: Vec<CheckText>,
    #[serde(default)]
    pub(super) review: Vec<ReviewText>,
    pub(super) near: Option<NearText>,
    pub(super) rule: Vec<RuleText>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NearText {
    pub(super) value: Written,
    pub(super) limits: Vec<u32>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CheckText {
    pub(super) require: Option<Written>,
    pub(super) unless: Option<Written>,
    pub(super) because: Written,
    pub(super) review: Option<ReviewReason>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReviewText {
    pub(super) when: Written,
    pub(super) reason: ReviewReason,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleText {
    pub(super) id: Written,
    pub(super) version: u32,
    pub(super) effective_from: Datetime,
    pub(super) effective_to: Option<Datetime>,
    pub(super) source: String,
    pub(super) fits: Written,
    pub(super) if_unclear: Option<Written>,
    pub(super) needs: Option<NeedsText>,
    #[serde(default)]
    pub(super) check: Vec<CheckText>,
    pub(super) why: Written,
    pub(super) if_nothing: Option<Written>,
    #[serde(default)]
    pub(super) review: Vec<ReviewText>,
    #[serde(default)]
    pub(super) grant: Vec<GrantText>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NeedsText {
    pub(super) facts: Vec<Written>,
    pub(super) otherwise: Written,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GrantText {
    pub(super) kind: EntitlementKind,
    pub(super) currency: Option<Written>,
    #[serde(default)]
    pub(super) cash_required: bool,
    #[serde(default)]
    pub(super) passenger_chooses: bool,
    pub(super) due: Option<Deadline>,
    #[serde(default)]
    pub(super) basis: String,
    #[serde(default)]
    pub(super) row: Vec<RowText>,
    #[serde(default)]
    pub(super) item: Vec<ItemText>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RowText {
    pub(super) when: Option<Written>,
    pub(super) amount: Written,
    pub(super) basis: String,
    pub(super) due: Option<Deadline>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ItemText {
    pub(super) give: CareItem,
    pub(super) when: Option<Written>,
}

/// A day without a time.
pub(crate) fn date(written: Datetime) -> Option<NaiveDate> {
    let date = written.date.filter(|_| written.time.is_none())?;
    NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
}
