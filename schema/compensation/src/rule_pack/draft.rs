use async_graphql::{Context, InputObject, SimpleObject, Union};
use entities::{
    compensation::rule_pack_version::{self, RulePackStatus},
    id::RulePackVersionId,
};
use schema_kernel::{
    ContextExt, Error, Result, Session,
    idempotency::{Once, once},
    problem::{Conflict, FieldProblem, InvalidInput},
};
use sea_orm::DatabaseTransaction;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{RulePackProblem, RulePackVersion, store};
use crate::{DOMAIN, engine::RuleSet};

/// How long a note may be, in characters.
const NOTE: usize = 2_000;

/// A new version of a rule pack.
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct DraftRulePackInput {
    /// The file: TOML with conditions in CEL. Its `id` names the pack, and its `version` is one more than the newest.
    pub text: String,
    /// Why it is made. Example: `"Caps of 2027"`.
    pub note: Option<String>,
    /// The same key with the same input is carried out once.
    pub idempotency_key: Option<Uuid>,
}

/// What became of a draft.
#[derive(Union)]
pub enum DraftRulePackOutcome {
    /// It is stored.
    RulePackDrafted(RulePackDrafted),
    /// The text is no rule pack.
    RulePackRefused(RulePackRefused),
    /// The input cannot be right.
    InvalidInput(InvalidInput),
    /// The version does not follow the newest, or the idempotency key was used for something else.
    Conflict(Conflict),
}

/// The draft is stored.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "rule:read")]
pub struct RulePackDrafted {
    /// The new version.
    pub version: RulePackVersion,
}

/// The text is no rule pack, or contradicts the others.
#[derive(Clone, SimpleObject, Serialize, Deserialize)]
#[graphql(requires_scopes = "rule:read")]
pub struct RulePackRefused {
    /// Everything that is wrong.
    pub problems: Vec<RulePackProblem>,
}

#[derive(Serialize, Deserialize)]
enum Outcome {
    Drafted(RulePackVersionId),
    Refused(RulePackRefused),
    Conflict(Conflict),
}

/// Stores a draft, when its text is a rule pack.
pub(crate) async fn draft(
    context: &Context<'_>,
    input: DraftRulePackInput,
) -> Result<DraftRulePackOutcome> {
    let session = context.session()?;
    if input
        .note
        .as_ref()
        .is_some_and(|note| note.chars().count() > NOTE)
    {
        let problem = FieldProblem::at("input.note", "A note has at most 2000 characters.");
        return Ok(DraftRulePackOutcome::InvalidInput(InvalidInput::of(vec![
            problem,
        ])));
    }
    let done = context
        .database()?
        .transaction(async |transaction| {
            let work = async || draft_once(transaction, session, &input).await;
            once(
                transaction,
                DOMAIN,
                session,
                input.idempotency_key,
                &input,
                work,
            )
            .await
        })
        .await?;
    Ok(match done {
        Once::Outcome(Outcome::Drafted(id)) => {
            let stored = store::by_id(context.database()?.reader(), id).await?;
            let vanished = || Error::internal(anyhow::anyhow!("a drafted version vanished"));
            let version = RulePackVersion(stored.ok_or_else(vanished)?);
            DraftRulePackOutcome::RulePackDrafted(RulePackDrafted { version })
        }
        Once::Outcome(Outcome::Refused(refused)) => DraftRulePackOutcome::RulePackRefused(refused),
        Once::Outcome(Outcome::Conflict(conflict)) => DraftRulePackOutcome::Conflict(conflict),
        Once::OtherInput => {
            let message = "This idempotency key was used for another draft; take a new one.";
            DraftRulePackOutcome::Conflict(Conflict::of(message))
        }
    })
}

async fn draft_once(
    transaction: &DatabaseTransaction,
    session: &Session,
    input: &DraftRulePackInput,
) -> Result<Outcome> {
    store::ship_if_empty(transaction, session).await?;
    let zones = store::zones_in_force(transaction).await?;
    let rules = match RuleSet::read(&zones, [input.text.as_str()]) {
        Ok(rules) => rules,
        Err(problems) => {
            let problems = problems.into_iter().map(Into::into).collect();
            return Ok(Outcome::Refused(RulePackRefused { problems }));
        }
    };
    let Some(pack) = rules.packs().first() else {
        return Ok(Outcome::Conflict(Conflict::of("The text holds no pack.")));
    };
    let newest = store::newest_version(transaction, pack.id()).await?;
    let version = i32::try_from(pack.version()).unwrap_or(i32::MAX);
    if version != newest + 1 {
        let message = format!(
            "The newest version of {} is {newest}; write `version = {}`.",
            pack.id(),
            newest + 1
        );
        return Ok(Outcome::Conflict(Conflict::of(message)));
    }
    let row = rule_pack_version::Model {
        id: session.new_id(),
        pack_id: pack.id().to_owned(),
        version,
        title: pack.title().to_owned(),
        sha256: store::fingerprint(&input.text),
        text: input.text.clone(),
        status: RulePackStatus::Draft,
        active_from: None,
        active_to: None,
        author: session.actor.id().to_owned(),
        approver: None,
        note: input.note.clone(),
        created_at: session.now(),
        submitted_at: None,
        approved_at: None,
        activated_at: None,
        retired_at: None,
        row_version: 1,
    };
    let id = row.id;
    store::insert(transaction, row).await?;
    Ok(Outcome::Drafted(id))
}
