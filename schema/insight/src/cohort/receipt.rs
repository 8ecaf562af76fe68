//! Receipts: what was asked and answered, signed.

use async_graphql::{ID, SimpleObject};
use entities::{id::InsightQueryId, insight::release};
use schema_kernel::{Result, Session, id, scalar::DateTime};
use serde_json::json;

use super::Cohort;
use crate::{
    Insight,
    cube::{K, STEP},
    fingerprint::fingerprint,
    notary::Signed,
};

/// The proof of what was asked and answered. Every library for JSON Web Signatures checks it, with the keys at
/// `/.well-known/jwks.json`.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(requires_scopes = "insight:read")]
pub struct InsightReceipt {
    /// Unique for ever; the airline's log of questions has it too.
    pub id: ID,
    /// When the question was asked.
    pub asked_at: DateTime,
    /// Who asked. Example: `"client-0193..."`.
    pub partner: String,
    /// SHA-256 of the question in its canonical form, in hexadecimal.
    pub question_hash: String,
    /// SHA-256 of the cohorts of the answer, in hexadecimal.
    pub answer_hash: String,
    /// SHA-256 of the editions that answered, in hexadecimal: the same as long as nothing else is published.
    pub data_revision: String,
    /// The fewest people of whom anything is told. Example: `20`.
    pub k: i32,
    /// What the question cost of the year's privacy budget; 0 for what was paid for, and without noise.
    pub epsilon: f64,
    /// The receipt itself: a compact JSON Web Signature (RFC 7515), Ed25519.
    pub token: String,
}

/// What a receipt is of.
pub(super) struct Subject<'a> {
    pub(super) id: InsightQueryId,
    pub(super) question_hash: &'a str,
    pub(super) cohorts: &'a [Cohort],
    pub(super) releases: &'a [&'a release::Model],
    pub(super) epsilon: f64,
}

/// Signs a receipt; gives it back with the key that signed it.
pub(super) fn sign(
    insight: &Insight,
    session: &Session,
    subject: &Subject<'_>,
) -> Result<(InsightReceipt, Signed)> {
    let (now, partner) = (session.now(), session.actor.id());
    let answer_hash = fingerprint(&subject.cohorts)?;
    let editions = subject.releases.iter().map(|it| (&it.month, &it.revision));
    let data_revision = fingerprint(&editions.collect::<Vec<_>>())?;
    let claims = json!({
        "jti": subject.id,
        "iat": now.timestamp(),
        "partner": partner,
        "question": subject.question_hash,
        "answer": answer_hash,
        "data": data_revision,
        "k": K,
        "rounded_to": STEP,
        "epsilon": subject.epsilon,
    });
    let signed = insight.notary().sign(&claims, now)?;
    let receipt = InsightReceipt {
        id: id::show(subject.id),
        asked_at: now,
        partner: partner.to_owned(),
        question_hash: subject.question_hash.to_owned(),
        answer_hash,
        data_revision,
        k: i32::try_from(K).unwrap_or(i32::MAX),
        epsilon: subject.epsilon,
        token: signed.token.clone(),
    };
    Ok((receipt, signed))
}
