//! What the domains answer about an erasure, and the statement at its end.

use std::collections::BTreeMap;

use entities::profile::data_request::{Model, State};
use schema_kernel::{
    Error, Event, Result, Session,
    erasure::{self, Answered, Phase},
};
use sea_orm::{ActiveEnum, DatabaseTransaction};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    ErasurePart, event,
    state::{self, Step},
    store,
};
use crate::{
    DOMAIN,
    erasure::{PLAN, bury},
    office::Privacy,
};

/// Every domain that holds something of persons. An erasure is over when all have answered.
const DOMAINS: [&str; 6] = [
    "case",
    "compensation",
    "engagement",
    "identity",
    "order",
    "profile",
];

/// What one domain answered.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Part {
    holds: Vec<String>,
    rows: Option<BTreeMap<String, u64>>,
}

type Parts = BTreeMap<String, Part>;

/// Whether an event is an answer, or a question to this domain itself.
pub(crate) fn wants(kind: &str) -> bool {
    kind.ends_with(".erasure.answered.v1") || erasure::is_asked(kind)
}

/// This domain's own part: by what the person would be known again is noted before it is gone.
pub(crate) async fn ordered(
    transaction: &DatabaseTransaction,
    session: &Session,
    event: &Event,
    privacy: Option<&Privacy>,
) -> Result<()> {
    if event.kind == erasure::ORDERED {
        let asked: erasure::Asked = event.facts()?;
        let privacy = privacy.ok_or_else(no_office)?;
        bury(transaction, session, privacy, asked.customer_id).await?;
    }
    erasure::answer(transaction, session, event, DOMAIN, &PLAN)
        .await
        .map(drop)
}

/// A domain has answered. With the last answer the request goes on.
pub(crate) async fn answered(
    transaction: &DatabaseTransaction,
    session: &Session,
    event: &Event,
    privacy: Option<&Privacy>,
) -> Result<()> {
    let answer: Answered = event.facts()?;
    let Some(mut row) = store::lock(transaction, answer.data_request_id).await? else {
        return Ok(());
    };
    let is_awaited = match answer.phase {
        Phase::Ordered => row.state == State::Executing,
        Phase::Planned => row.state != State::Executing && row.completed_at.is_none(),
    };
    if !is_awaited {
        return Ok(());
    }
    let mut parts = read(&row);
    let is_done = answer.phase == Phase::Ordered && answer.holds.is_empty();
    parts.insert(
        event.source.clone(),
        Part {
            holds: answer.holds,
            rows: is_done.then_some(answer.rows),
        },
    );
    let is_whole = DOMAINS.iter().all(|domain| parts.contains_key(*domain));
    let is_held = parts.values().any(|part| !part.holds.is_empty());
    row.answers = serde_json::to_value(&parts)?;
    let before = row.state;
    let step = match answer.phase {
        _ if !is_whole => None,
        Phase::Planned => Some(Step::Assessed { is_held }),
        Phase::Ordered if is_held => Some(Step::Held),
        Phase::Ordered => Some(Step::Complete),
    };
    if let Some(next) = step.and_then(|step| state::after(row.kind, before, step)) {
        row.state = next;
        row.version += 1;
        if next == State::Completed {
            let privacy = privacy.ok_or_else(no_office)?;
            row.completed_at = Some(session.now());
            row.certificate = Some(certificate(session, privacy, &row, &parts)?);
        }
    }
    let row = store::replace(transaction, row).await?;
    if row.state != before {
        event::changed(transaction, session, before, &row).await?;
    }
    Ok(())
}

/// The statement that somebody was erased. It names nobody: who was erased keeps the id, or does not.
fn certificate(session: &Session, privacy: &Privacy, row: &Model, parts: &Parts) -> Result<String> {
    let now = session.now();
    let erased: BTreeMap<&String, &BTreeMap<String, u64>> = parts
        .iter()
        .filter_map(|(domain, part)| Some((domain, part.rows.as_ref()?)))
        .collect();
    let claims = json!({
        "sub": row.customer_id,
        "jti": row.id,
        "iat": now.timestamp(),
        "article": "General Data Protection Regulation, article 17",
        "requested_at": row.requested_at,
        "erased_at": now,
        "erased_rows": erased,
        "retained": [
            { "what": "orders, tickets and amounts without names", "basis": "article 17(3)(b), accounting and tax law" },
            { "what": "claims and payouts without words and destinations", "basis": "article 17(3)(b) and (e)" },
            { "what": "consents without names", "basis": "article 7(1)" },
            { "what": "who read and changed the data", "basis": "articles 5(2) and 32" }
        ],
    });
    privacy.0.certify(&claims, now).map_err(Error::internal)
}

/// What each domain answered, for people.
pub(super) fn parts(row: &Model) -> Vec<ErasurePart> {
    read(row)
        .into_iter()
        .map(|(domain, part)| ErasurePart {
            domain,
            holds: part.holds,
            erased_rows: part
                .rows
                .map(|rows| i32::try_from(rows.values().sum::<u64>()).unwrap_or(i32::MAX)),
        })
        .collect()
}

/// The name of a state, as it is stored.
pub(super) fn name(state: State) -> String {
    state.to_value()
}

fn read(row: &Model) -> Parts {
    serde_json::from_value(row.answers.clone()).unwrap_or_default()
}

fn no_office() -> Error {
    Error::internal(anyhow::anyhow!("the host attached no office for privacy"))
}
