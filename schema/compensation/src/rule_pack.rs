//! The rules in force, kept in the database version by version.
//!
//! The packs that come with the program are stored at their first use; from then on the database says which versions
//! answer for which days. A decision names the versions it was made by, and can be made again from their stored text.

mod activate;
mod advance;
mod book;
mod draft;
mod replay;
mod simulate;
pub mod state;
pub(crate) mod store;
mod take_up;
mod validate;

use async_graphql::{Context, Enum, ID, Object};
use entities::compensation::rule_pack_version::{self, RulePackStatus as Stored};
use schema_kernel::{
    Code, ContextExt, Error, Result, Rows, Scope, id,
    scalar::{Date, DateTime},
};

pub use activate::{ActivateRulePackInput, ActivateRulePackOutcome, RulePackActivated};
pub(crate) use activate::{activate, roll_back};
pub use advance::{AdvanceRulePackInput, AdvanceRulePackOutcome, RulePackAdvanced};
pub(crate) use advance::{approve, submit};
pub use book::RuleBook;
pub(crate) use draft::draft;
pub use draft::{DraftRulePackInput, DraftRulePackOutcome, RulePackDrafted, RulePackRefused};
pub use replay::{Replay, ReplayError, replay};
pub(crate) use simulate::simulate;
pub use simulate::{RulePackSimulated, SimulateRulePackInput, SimulateRulePackOutcome, Total};
pub use take_up::{TakenUp, take_up};
pub(crate) use validate::validate;
pub use validate::{RulePackProblem, RulePackValidation};

/// A body of law or policy, with its versions.
pub struct RulePack {
    id: String,
    versions: Vec<rule_pack_version::Model>,
}

/// One version of a rule pack.
pub struct RulePackVersion(pub(crate) rule_pack_version::Model);

/// Where a version of a rule pack stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Stored")]
pub enum RulePackStatus {
    /// It can still be submitted.
    Draft,
    /// It waits for another person's approval.
    Submitted,
    /// It may be activated.
    Approved,
    /// It answers for incidents of its days.
    Active,
    /// It answered once, and is kept so that its decisions can be made again.
    Retired,
    /// It is kept and never answers.
    Disabled,
}

/// A body of law or policy, with its versions.
#[Object(requires_scopes = "rule:read")]
impl RulePack {
    /// The name of the pack. Example: `"EU261"`.
    async fn id(&self) -> &str {
        &self.id
    }

    /// What people call it, by its newest version.
    async fn title(&self) -> &str {
        self.versions.first().map_or("", |newest| &newest.title)
    }

    /// Its versions, the newest first.
    async fn versions(&self) -> Vec<RulePackVersion> {
        self.versions.iter().cloned().map(RulePackVersion).collect()
    }
}

/// One version of a rule pack. Its text never changes; what changes is where it stands and the days it answers for.
#[Object(requires_scopes = "rule:read")]
impl RulePackVersion {
    /// The id of the version.
    async fn id(&self) -> ID {
        id::show(self.0.id)
    }

    /// The name of the pack. Example: `"EU261"`.
    async fn pack_id(&self) -> &str {
        &self.0.pack_id
    }

    /// The number of the version, counted from 1.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// What people call it.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// The file, to the byte: TOML with conditions in CEL.
    async fn text(&self) -> &str {
        &self.0.text
    }

    /// SHA-256 of the text in hexadecimal.
    async fn sha256(&self) -> &str {
        &self.0.sha256
    }

    /// Where it stands.
    async fn status(&self) -> RulePackStatus {
        self.0.status.into()
    }

    /// The first day of incidents for which it answers; null when nothing limits it.
    async fn active_from(&self) -> Option<Date> {
        self.0.active_from.map(Date)
    }

    /// The last day of incidents for which it answers; null when nothing limits it.
    async fn active_to(&self) -> Option<Date> {
        self.0.active_to.map(Date)
    }

    /// Who wrote it. Example: `"agent-7"`.
    async fn author(&self) -> &str {
        &self.0.author
    }

    /// Who approved it, never the author; null before.
    async fn approver(&self) -> Option<&str> {
        self.0.approver.as_deref()
    }

    /// Why it was made; null when nobody said.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// When it was stored, in UTC.
    async fn created_at(&self) -> DateTime {
        self.0.created_at
    }

    /// When it was submitted, in UTC; null before.
    async fn submitted_at(&self) -> Option<DateTime> {
        self.0.submitted_at
    }

    /// When it was approved, in UTC; null before.
    async fn approved_at(&self) -> Option<DateTime> {
        self.0.approved_at
    }

    /// When it was activated, in UTC; null before.
    async fn activated_at(&self) -> Option<DateTime> {
        self.0.activated_at
    }

    /// When it was taken back, in UTC; null before.
    async fn retired_at(&self) -> Option<DateTime> {
        self.0.retired_at
    }

    /// Rises with every change; what `expectedVersion` of the next step has to say.
    async fn row_version(&self) -> i32 {
        self.0.row_version
    }
}

/// The rules that the schema was built with.
pub(crate) fn book<'a>(context: &Context<'a>) -> Result<&'a RuleBook> {
    context
        .data_opt::<RuleBook>()
        .ok_or_else(|| Error::internal(anyhow::anyhow!("the schema was built without rules")))
}

/// Rules are about no customer: whoever reaches only their own rows does not reach them, whatever scopes they were given.
pub(crate) fn require_staff(context: &Context<'_>, scope: Scope) -> Result<()> {
    if context.session()?.actor.rows(scope) == Rows::All {
        return Ok(());
    }
    Err(Error::client(
        Code::Forbidden,
        "Rules are read and made by staff.",
    ))
}

/// Every pack by name, or one.
pub(crate) async fn list(context: &Context<'_>, only: Option<&str>) -> Result<Vec<RulePack>> {
    require_staff(context, "rule:read")?;
    let rows = store::newest_first(context.database()?.reader(), only).await?;
    let mut packs: Vec<RulePack> = Vec::new();
    for row in rows {
        match packs.last_mut().filter(|pack| pack.id == row.pack_id) {
            Some(pack) => pack.versions.push(row),
            None => packs.push(RulePack {
                id: row.pack_id.clone(),
                versions: vec![row],
            }),
        }
    }
    Ok(packs)
}
