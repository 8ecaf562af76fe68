use chrono::{DateTime, Utc};
use entities::{
    case::{case_claim, case_event::CaseEventKind, comment::Visibility},
    id::{CaseId, ClaimId, PassengerId},
};
use schema_kernel::{Permit, Result, Session};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter, Set};

use super::write::{publish, record};
use crate::{
    case::{about::About, revision::Entry},
    event::{self, ClaimLinked},
};

/// A claim that is linked to a case, and the passenger it is for.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    pub(crate) claim_id: ClaimId,
    pub(crate) passenger_id: Option<PassengerId>,
    /// Why somebody has to look at it. Staff read it in the history.
    pub(crate) reason: Option<String>,
}

/// Links a claim to a case.
pub(crate) async fn link(
    transaction: &DatabaseTransaction,
    permit: &Permit<About>,
    session: &Session,
    case: CaseId,
    link: Link,
) -> Result<()> {
    insert_links(
        transaction,
        case,
        std::slice::from_ref(&link),
        session.now(),
    )
    .await?;
    record(transaction, session, case, vec![linked_entry(&link)]).await?;
    let data = ClaimLinked {
        case_id: case,
        claim_id: link.claim_id,
    };
    publish(
        transaction,
        permit,
        session,
        event::CLAIM_LINKED,
        case,
        &[data],
    )
    .await
}

/// Moves every claim of one case to another.
pub(crate) async fn merge_claims(
    transaction: &DatabaseTransaction,
    permit: &Permit<About>,
    session: &Session,
    from: CaseId,
    into: CaseId,
) -> Result<()> {
    let links = case_claim::Entity::find()
        .filter(case_claim::Column::CaseId.eq(from))
        .all(transaction)
        .await?;
    if links.is_empty() {
        return Ok(());
    }
    case_claim::Entity::update_many()
        .set(case_claim::ActiveModel {
            case_id: Set(into),
            ..Default::default()
        })
        .filter(case_claim::Column::CaseId.eq(from))
        .exec(transaction)
        .await?;
    let data: Vec<ClaimLinked> = links
        .iter()
        .map(|link| ClaimLinked {
            case_id: into,
            claim_id: link.claim_id,
        })
        .collect();
    publish(
        transaction,
        permit,
        session,
        event::CLAIM_LINKED,
        into,
        &data,
    )
    .await
}

pub(super) async fn insert_links(
    transaction: &DatabaseTransaction,
    case: CaseId,
    links: &[Link],
    at: DateTime<Utc>,
) -> Result<()> {
    if links.is_empty() {
        return Ok(());
    }
    let rows = links.iter().map(|link| {
        case_claim::Model {
            claim_id: link.claim_id,
            case_id: case,
            passenger_id: link.passenger_id,
            linked_at: at,
        }
        .into_active_model()
    });
    case_claim::Entity::insert_many(rows)
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}

pub(super) fn linked_entry(link: &Link) -> Entry {
    Entry {
        kind: CaseEventKind::ClaimLinked,
        visibility: Visibility::Public,
        old: None,
        new: Some(link.claim_id.to_string()),
        reason: link.reason.clone(),
    }
}
