//! What compensation does when other domains say that something happened.

use std::sync::Arc;

use entities::id::{CaseId, ClaimId, CustomerId};
use futures_util::future::BoxFuture;
use schema_kernel::{
    Database, Error, Event, Permit, Result, Session, dispatcher::Consumer, erasure, outbox::Domain,
};
use sea_orm::DatabaseTransaction;
use serde::Deserialize;

use crate::{
    DOMAIN,
    baggage::{self, BaggageTold},
    claim,
    disruption::{self, JourneyDisrupted},
    erasure::PLAN,
    journey,
    rule_pack::RuleBook,
};

const JOURNEY_DISRUPTED: &str = "order.journey.disrupted.v1";
const CASE_OPENED: &str = "case.case.opened.v1";
const CLAIM_LINKED: &str = "case.claim.linked.v1";
const ORDER_PLACED: &str = "order.order.placed.v1";
const ORDER_CHANGED: &str = "order.order.changed.v1";
const BAGGAGE_REPORTED: &str = "case.baggage.reported.v1";
const BAGGAGE_CHANGED: &str = "case.baggage.changed.v1";
const BAGGAGE_EXPENSE_ADDED: &str = "case.baggage.expense_added.v1";

/// The consumer of the compensation domain: assesses disrupted journeys and damage to baggage, notes whose journeys there are, and in which case a
/// claim is worked on.
pub fn consumer(database: Database) -> Arc<dyn Consumer> {
    Arc::new(Compensation {
        database,
        rules: RuleBook::default(),
    })
}

struct Compensation {
    database: Database,
    rules: RuleBook,
}

impl Consumer for Compensation {
    fn domain(&self) -> Domain {
        DOMAIN
    }

    fn database(&self) -> &Database {
        &self.database
    }

    fn wants(&self, kind: &str) -> bool {
        [
            JOURNEY_DISRUPTED,
            CASE_OPENED,
            CLAIM_LINKED,
            ORDER_PLACED,
            ORDER_CHANGED,
            BAGGAGE_REPORTED,
            BAGGAGE_CHANGED,
            BAGGAGE_EXPENSE_ADDED,
            erasure::PLANNED,
            erasure::ORDERED,
        ]
        .contains(&kind)
    }

    fn consume<'a>(
        &'a self,
        transaction: &'a DatabaseTransaction,
        session: &'a Session,
        event: &'a Event,
    ) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            match event.kind.as_str() {
                JOURNEY_DISRUPTED => {
                    let report: JourneyDisrupted = event.facts()?;
                    let permit = permit(session, event)?;
                    let rules = self.rules.for_writing(transaction, session).await?;
                    disruption::receive(transaction, session, &permit, &rules, &report, event.time)
                        .await
                }
                ORDER_PLACED | ORDER_CHANGED => {
                    let permit = permit(session, event)?;
                    journey::store::note(transaction, &permit, &event.facts()?).await
                }
                BAGGAGE_REPORTED | BAGGAGE_CHANGED | BAGGAGE_EXPENSE_ADDED => {
                    let told: BaggageTold = event.facts()?;
                    let permit = permit(session, event)?;
                    let rules = self.rules.for_writing(transaction, session).await?;
                    baggage::receive(transaction, session, &permit, &rules, &told, event.time).await
                }
                CASE_OPENED => {
                    let opened: CaseOpened = event.facts()?;
                    link(
                        transaction,
                        session,
                        event,
                        &opened.claim_ids,
                        opened.case_id,
                    )
                    .await
                }
                CLAIM_LINKED => {
                    let linked: ClaimLinked = event.facts()?;
                    link(
                        transaction,
                        session,
                        event,
                        &[linked.claim_id],
                        linked.case_id,
                    )
                    .await
                }
                kind if erasure::is_asked(kind) => {
                    let answered = erasure::answer(transaction, session, event, DOMAIN, &PLAN);
                    answered.await.map(drop)
                }
                _ => Ok(()),
            }
        })
    }
}

/// The facts of `case.case.opened.v1` that compensation looks at.
#[derive(Deserialize)]
struct CaseOpened {
    case_id: CaseId,
    #[serde(default)]
    claim_ids: Vec<ClaimId>,
}

/// The facts of `case.claim.linked.v1` that compensation looks at.
#[derive(Deserialize)]
struct ClaimLinked {
    case_id: CaseId,
    claim_id: ClaimId,
}

async fn link(
    transaction: &DatabaseTransaction,
    session: &Session,
    event: &Event,
    claims: &[ClaimId],
    case: CaseId,
) -> Result<()> {
    if claims.is_empty() {
        return Ok(());
    }
    let permit = permit(session, event)?;
    claim::store::link_case(transaction, &permit, claims, case).await
}

fn permit(session: &Session, event: &Event) -> Result<Permit<CustomerId>> {
    event
        .customer_id
        .and_then(|customer| session.actor.permit("claim:decide", customer))
        .ok_or_else(|| {
            Error::internal(anyhow::anyhow!(
                "{} came without a customer, or to an actor who may not write",
                event.kind
            ))
        })
}
