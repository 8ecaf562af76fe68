use chrono::{DateTime, Utc};
use entities::{
    case::{
        case::{Column, Entity, Model},
        case_event::{self, CaseEventKind},
        comment::{self, Visibility},
    },
    id::{CaseEventId, CaseId, ClaimId},
};
use schema_kernel::{Error, NewEvent, Permit, Result, Session, outbox};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
    QuerySelect, sea_query::Expr,
};
use serde::Serialize;

use super::claim::{Link, insert_links, linked_entry};
use crate::{
    DOMAIN,
    case::{
        about::{About, author_kind},
        reference,
        revision::{Entry, Revision, spelled},
    },
    event::{self, CaseChanged, CaseCommented, CaseOpened, CaseRevised},
};

/// The first reference of this id that no other case has.
pub(crate) async fn take_reference(
    transaction: &DatabaseTransaction,
    id: CaseId,
) -> Result<String> {
    let candidates = reference::candidates(id);
    let taken: Vec<String> = Entity::find()
        .select_only()
        .column(Column::Reference)
        .filter(Column::Reference.is_in(candidates.iter().map(String::as_str)))
        .into_tuple()
        .all(transaction)
        .await?;
    candidates
        .into_iter()
        .find(|candidate| !taken.contains(candidate))
        .ok_or_else(|| Error::internal(anyhow::anyhow!("every reference of case {id} is taken")))
}

/// Opens a case, with the claims it is about.
pub(crate) async fn insert(
    transaction: &DatabaseTransaction,
    permit: &Permit<About>,
    session: &Session,
    case: Model,
    claims: &[Link],
) -> Result<Model> {
    Entity::insert(case.clone().into_active_model())
        .exec_without_returning(transaction)
        .await?;
    let opened = Entry {
        kind: CaseEventKind::Opened,
        visibility: Visibility::Public,
        old: None,
        new: Some(spelled(case.status)),
        reason: None,
    };
    let linked = claims.iter().map(linked_entry);
    record(
        transaction,
        session,
        case.id,
        std::iter::once(opened).chain(linked).collect(),
    )
    .await?;
    insert_links(transaction, case.id, claims, session.now()).await?;
    let claim_ids: Vec<ClaimId> = claims.iter().map(|link| link.claim_id).collect();
    let data = CaseOpened {
        case_id: case.id,
        reference: &case.reference,
        case_type: case.case_type,
        priority: case.priority,
        queue: &case.queue,
        order_id: case.order_id,
        flight_id: case.flight_id,
        incident_id: case.incident_id,
        claim_ids: &claim_ids,
    };
    publish(
        transaction,
        permit,
        session,
        event::CASE_OPENED,
        case.id,
        &[data],
    )
    .await?;
    Ok(case)
}

/// Writes a change to a case: its row, its history and its events.
pub(crate) async fn revise(
    transaction: &DatabaseTransaction,
    permit: &Permit<About>,
    session: &Session,
    revision: Revision,
) -> Result<Model> {
    let Revision {
        mut case,
        entries,
        steps,
    } = revision;
    case.version += 1;
    case.updated_at = session.now();
    Entity::update(case.clone().into_active_model().reset_all())
        .exec(transaction)
        .await?;
    record(transaction, session, case.id, entries).await?;
    let changes: Vec<CaseChanged<'_>> = steps
        .into_iter()
        .map(|step| CaseChanged {
            case_id: case.id,
            reference: &case.reference,
            queue: &case.queue,
            from: step.from,
            to: step.to,
            reason: step.answer,
        })
        .collect();
    if changes.is_empty() {
        let revised = CaseRevised {
            case_id: case.id,
            reference: &case.reference,
            queue: &case.queue,
        };
        let kind = event::CASE_REVISED;
        publish(transaction, permit, session, kind, case.id, &[revised]).await?;
    }
    publish(
        transaction,
        permit,
        session,
        event::CASE_CHANGED,
        case.id,
        &changes,
    )
    .await?;
    Ok(case)
}

/// Adds a comment. A customer's timeline hears of public ones alone.
pub(crate) async fn comment(
    transaction: &DatabaseTransaction,
    permit: &Permit<About>,
    session: &Session,
    case: &Model,
    comment: &comment::Model,
) -> Result<()> {
    comment::Entity::insert(comment.clone().into_active_model())
        .exec_without_returning(transaction)
        .await?;
    let entry = Entry {
        kind: CaseEventKind::Commented,
        visibility: comment.visibility,
        old: None,
        new: Some(comment.id.to_string()),
        reason: None,
    };
    record(transaction, session, case.id, vec![entry]).await?;
    let customer_id = match comment.visibility {
        Visibility::Public => permit.subject().0,
        Visibility::Internal => None,
    };
    let data = CaseCommented {
        case_id: case.id,
        reference: &case.reference,
        queue: &case.queue,
        visibility: comment.visibility,
        author_kind: comment.author_kind,
    };
    let event = NewEvent {
        kind: event::CASE_COMMENTED,
        subject: case.id.to_string(),
        customer_id,
        time: session.now(),
        data: &data,
    };
    outbox::append(transaction, DOMAIN, session, &[event]).await
}

/// Notes that something on a case changed that is not in its row.
pub(crate) async fn touch(
    transaction: &DatabaseTransaction,
    _: &Permit<About>,
    case: CaseId,
    at: DateTime<Utc>,
) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::UpdatedAt, Expr::value(at))
        .filter(Column::Id.eq(case))
        .exec(transaction)
        .await?;
    Ok(())
}

/// Adds entries to a case's history, in order.
pub(crate) async fn record(
    transaction: &DatabaseTransaction,
    session: &Session,
    case: CaseId,
    entries: Vec<Entry>,
) -> Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    // Entries of one instant are sorted by id, and not every source of ids counts upwards.
    let mut ids: Vec<CaseEventId> = entries.iter().map(|_| session.new_id()).collect();
    ids.sort_unstable();
    let rows = ids.into_iter().zip(entries).map(|(id, entry)| {
        let row = case_event::Model {
            id,
            case_id: case,
            kind: entry.kind,
            visibility: entry.visibility,
            actor: session.actor.id().to_owned(),
            actor_kind: author_kind(&session.actor),
            old_value: entry.old,
            new_value: entry.new,
            reason: entry.reason,
            at: session.now(),
        };
        row.into_active_model()
    });
    case_event::Entity::insert_many(rows)
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}

pub(super) async fn publish<T: Serialize>(
    transaction: &DatabaseTransaction,
    permit: &Permit<About>,
    session: &Session,
    kind: &'static str,
    case: CaseId,
    data: &[T],
) -> Result<()> {
    let events: Vec<NewEvent<'_, T>> = data
        .iter()
        .map(|data| NewEvent {
            kind,
            subject: case.to_string(),
            customer_id: permit.subject().0,
            time: session.now(),
            data,
        })
        .collect();
    outbox::append(transaction, DOMAIN, session, &events).await
}
