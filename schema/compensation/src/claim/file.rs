//! Somebody files a claim.

mod draft;
mod input;

use async_graphql::{Context, InputType, SimpleObject};
use entities::{
    compensation::{
        claim::{self, ClaimOrigin, ClaimStatus},
        filing,
    },
    id::{ClaimId, CustomerId},
};
use schema_kernel::{
    ActorKind, ContextExt, Permit, Result, Session,
    database::take_turns,
    idempotency::{Once, once},
    problem::{Conflict, InvalidInput, NotFound},
};
use sea_orm::DatabaseTransaction;
use serde::{Deserialize, Serialize};

pub use self::input::FileClaimInput;
use self::{
    draft::{draft, is_of_baggage, is_same_matter},
    input::{Asked, Where, read},
};
use super::{
    Claim, filing as filings,
    limitation::{Jurisdiction, period, presumed},
    plan::Move,
    step, store,
};
use crate::{
    DOMAIN,
    journey::{Known, store as journeys},
    matter,
    outcome::{Verdict, made, other_input, outcomes},
};

outcomes! {
    /// What became of a claim that somebody files.
    FileClaimOutcome {
        /// The claim is filed, and a person will look at it.
        ClaimFiled(ClaimFiled),
        /// There is a claim for the same already.
        ClaimStands(ClaimStands),
    } refused by {
        /// The input cannot be right.
        InvalidInput,
        /// There is no such journey, or none of the actor's.
        NotFound,
        /// It is too late to file it, or the idempotency key was used for something else.
        Conflict,
    }
}

/// The claim is filed, and a person will look at it.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "public")]
pub struct ClaimFiled {
    /// The claim.
    pub claim: Claim,
}

/// There is a claim for the same already: of the airline's own accord, or filed before. Nothing was written.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "public")]
pub struct ClaimStands {
    /// The claim there is.
    pub claim: Claim,
    /// What that means, in one sentence for people.
    pub message: String,
}

/// What was made: a new claim, or what stands in place of one.
#[derive(Clone, Copy, Serialize, Deserialize)]
enum Made {
    Filed(ClaimId),
    Stands(ClaimId),
}

/// Files a claim for a journey: a customer for their own, an agent for anybody's.
pub(crate) async fn file(context: &Context<'_>, input: FileClaimInput) -> Result<FileClaimOutcome> {
    let session = context.session()?;
    let asked = match read(&input, session.now().date_naive()) {
        Ok(asked) => asked,
        Err(refusal) => return FileClaimOutcome::refused(refusal),
    };
    let fingerprint = input.to_value();
    let state = context
        .data_opt::<Jurisdiction>()
        .cloned()
        .unwrap_or_default();
    let done = context
        .database()?
        .transaction(async |transaction| {
            let work = async || file_once(transaction, session, &asked, &state).await;
            let key = Some(input.idempotency_key);
            once(transaction, DOMAIN, session, key, &fingerprint, work).await
        })
        .await?;
    match done {
        Once::OtherInput => FileClaimOutcome::refused(other_input()),
        Once::Outcome(Err(refusal)) => FileClaimOutcome::refused(refusal),
        Once::Outcome(Ok(Made::Filed(id))) => {
            let claim = made(super::load(context, id).await)?;
            Ok(FileClaimOutcome::ClaimFiled(ClaimFiled { claim }))
        }
        Once::Outcome(Ok(Made::Stands(id))) => {
            let claim = made(super::load(context, id).await)?;
            let message = "There is a claim for the same already; follow that one. Evidence can be added to it.".to_owned();
            Ok(FileClaimOutcome::ClaimStands(ClaimStands {
                claim,
                message,
            }))
        }
    }
}

async fn file_once(
    transaction: &DatabaseTransaction,
    session: &Session,
    asked: &Asked,
    state: &Jurisdiction,
) -> Result<Verdict<Made>> {
    let Some((journey, permit)) = journey(transaction, session, asked).await? else {
        return Ok(Err(NotFound::of("journey").into()));
    };
    let about = match asked.on(&journey) {
        Ok(about) => about,
        Err(problems) => return Ok(Err(InvalidInput::of(problems).into())),
    };
    // Two who file for the same journey at the same time would not see each other's claim.
    take_turns(transaction, &format!("claims.{}", journey.id)).await?;
    let claims = store::hold_of_journey(transaction, about.passenger, journey.id).await?;
    let filed = filings::store::of(transaction, claims.iter().map(|claim| claim.id)).await?;
    let stands = claims.iter().find(|claim| {
        stands_for(
            claim,
            filed.iter().find(|filing| filing.claim_id == claim.id),
            asked,
        )
    });
    if let Some(stands) = stands {
        return Ok(Ok(Made::Stands(stands.id)));
    }
    let regime = asked
        .regime_name()
        .or_else(|| presumed(asked.incident, asked.remedy).map(str::to_owned));
    let period = period(regime.as_deref(), &state.0);
    let last = period.last_day(about.incident_on);
    if session.now().date_naive() > last {
        let message = format!(
            "A claim for something that happened on {} could be filed until {last}.",
            about.incident_on
        );
        return Ok(Err(Conflict::of(message).by(period.source).into()));
    }

    let (claim, filing) = draft(session, &journey, &about, asked);
    let id = claim.id;
    filings::store::insert(transaction, &permit, filing).await?;
    let step = Move {
        claim,
        from: None,
        reason: None,
        is_decision: false,
        incident: Some(asked.incident),
    };
    step::take(transaction, session, &permit, step).await?;
    Ok(Ok(Made::Filed(id)))
}

/// The journey, where the actor may file a claim for it.
async fn journey(
    transaction: &DatabaseTransaction,
    session: &Session,
    asked: &Asked,
) -> Result<Option<(Known, Permit<CustomerId>)>> {
    let actor = &session.actor;
    let journey = match asked.place {
        Where::Journey(journey) => journeys::known(transaction, journey).await?,
        Where::Flight(flight, named) => {
            let own = match actor.kind() {
                ActorKind::Customer(own) => Some(own),
                ActorKind::Anonymous
                | ActorKind::Staff
                | ActorKind::Partner
                | ActorKind::Device
                | ActorKind::Service => None,
            };
            match named.or(own) {
                Some(customer) => journeys::known_by_flight(transaction, customer, flight).await?,
                None => None,
            }
        }
    };
    Ok(journey.and_then(|journey| {
        let permit = actor.permit("claim:file", journey.customer)?;
        Some((journey, permit))
    }))
}

/// Whether this claim is for the same.
fn stands_for(claim: &claim::Model, filing: Option<&filing::Model>, asked: &Asked) -> bool {
    let is_same = match claim.origin {
        ClaimOrigin::Automatic if matter::is_baggage(&claim.matter) => {
            is_of_baggage(asked.incident)
        }
        ClaimOrigin::Automatic => is_same_matter(asked.incident, None),
        ClaimOrigin::Filed => is_same_matter(asked.incident, filing.map(|filing| filing.incident)),
    };
    claim.status != ClaimStatus::Withdrawn && claim.entitlement_kind == asked.remedy && is_same
}
