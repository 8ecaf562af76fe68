use async_graphql::{Context, ID, InputObject, InputType, SimpleObject};
use entities::{
    compensation::evidence::Model,
    id::{ClaimId, EvidenceId},
};
use schema_kernel::{
    ContextExt, Result, Session, id,
    idempotency::{Once, once},
    problem::{Conflict, FieldProblem, InvalidInput, LimitExceeded, NotFound},
};
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::{EvidenceKind, file, store};
use crate::{
    DOMAIN,
    claim::{self, Claim, decide::text, state},
    outcome::{Refusal, Verdict, made, other_input, outcomes},
};

/// The most pieces of evidence that one claim has.
const MOST: i32 = 50;

/// Evidence for a claim.
#[derive(Clone, Debug, InputObject)]
pub struct AddClaimEvidenceInput {
    /// The claim.
    pub claim_id: ID,
    /// What it is.
    pub kind: EvidenceKind,
    /// What it shows, in words; at most 2000 characters. Numbers of payment cards are taken out.
    pub description: String,
    /// The file, where there is one.
    pub file: Option<EvidenceFileInput>,
    /// The same key with the same input adds it once, however often it is sent.
    pub idempotency_key: Uuid,
}

/// A small file.
#[derive(Clone, Debug, InputObject)]
pub struct EvidenceFileInput {
    /// Its name, without a path. Example: `"hotel.pdf"`.
    pub name: String,
    /// Its media type: `application/pdf`, `image/jpeg`, `image/png` or `text/plain`.
    pub content_type: String,
    /// The file in Base64; at most 1 MiB before it is written so, and no more than a request may hold.
    pub content: String,
}

outcomes! {
    /// What became of evidence that somebody gives.
    AddClaimEvidenceOutcome {
        /// It is kept with the claim.
        ClaimEvidenceAdded(ClaimEvidenceAdded),
    } refused by {
        /// The input cannot be right.
        InvalidInput,
        /// There is no such claim, or none of the actor's.
        NotFound,
        /// The claim has as much evidence as one may have.
        LimitExceeded,
        /// Nothing is open about the claim any more, or the idempotency key was used for something else.
        Conflict,
    }
}

/// The evidence is kept with the claim.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "public")]
pub struct ClaimEvidenceAdded {
    /// The claim.
    pub claim: Claim,
    /// The id of the evidence.
    pub evidence_id: ID,
}

/// The input after it was checked.
struct Given {
    claim: ClaimId,
    kind: EvidenceKind,
    description: String,
    file: Option<file::File>,
}

/// Adds evidence to a claim: the claimant to their own, those who decide claims to anybody's.
pub(crate) async fn add(
    context: &Context<'_>,
    input: AddClaimEvidenceInput,
) -> Result<AddClaimEvidenceOutcome> {
    let session = context.session()?;
    let given = match read(&input) {
        Ok(given) => given,
        Err(refusal) => return AddClaimEvidenceOutcome::refused(refusal),
    };
    let fingerprint = input.to_value();
    let done = context
        .database()?
        .transaction(async |transaction| {
            let work = async || add_once(transaction, session, &given).await;
            let key = Some(input.idempotency_key);
            once(transaction, DOMAIN, session, key, &fingerprint, work).await
        })
        .await?;
    match done {
        Once::OtherInput => AddClaimEvidenceOutcome::refused(other_input()),
        Once::Outcome(Err(refusal)) => AddClaimEvidenceOutcome::refused(refusal),
        Once::Outcome(Ok(evidence)) => {
            let claim = made(claim::load(context, given.claim).await)?;
            let added = ClaimEvidenceAdded {
                claim,
                evidence_id: id::show(evidence),
            };
            Ok(AddClaimEvidenceOutcome::ClaimEvidenceAdded(added))
        }
    }
}

fn read(input: &AddClaimEvidenceInput) -> Result<Given, Refusal> {
    let mut problems = Vec::new();
    let description = text("input.description", Some(&input.description), &mut problems);
    if description.is_none() && problems.is_empty() {
        let message = "Say what it shows, in a sentence.";
        problems.push(FieldProblem::at("input.description", message));
    }
    let file = match &input.file {
        None => None,
        Some(given) => match file::read(&given.name, &given.content_type, &given.content) {
            Ok(file) => Some(file),
            Err(found) => {
                problems.extend(found);
                None
            }
        },
    };
    match description {
        Some(description) if problems.is_empty() => Ok(Given {
            claim: id::try_read(&input.claim_id).ok_or_else(|| NotFound::of("claim"))?,
            kind: input.kind,
            description,
            file,
        }),
        _ => Err(InvalidInput::of(problems).into()),
    }
}

async fn add_once(
    transaction: &DatabaseTransaction,
    session: &Session,
    given: &Given,
) -> Result<Verdict<EvidenceId>> {
    let rows = session.actor.rows("claim:file");
    // Held, so that two who add at the same time do not pass the limit together.
    let Some(claim) = claim::store::hold(transaction, given.claim, rows).await? else {
        return Ok(Err(NotFound::of("claim").into()));
    };
    let Some(permit) = session.actor.permit("claim:file", claim.customer_id) else {
        return Ok(Err(NotFound::of("claim").into()));
    };
    if !state::takes_evidence(claim.status) {
        let message = format!(
            "The claim is {}; evidence helps one that is open or refused.",
            claim.status.as_str()
        );
        return Ok(Err(Conflict::of(message).into()));
    }
    if store::count(transaction, claim.id).await? >= MOST.unsigned_abs().into() {
        let message = format!("A claim has at most {MOST} pieces of evidence.");
        return Ok(Err(LimitExceeded::of(MOST, message).into()));
    }
    let file = given.file.as_ref();
    let evidence = Model {
        id: session.new_id(),
        claim_id: claim.id,
        customer_id: claim.customer_id,
        kind: given.kind.into(),
        description: given.description.clone(),
        file_name: file.map(|file| file.name.clone()),
        content_type: file.map(|file| file.content_type.clone()),
        size: file
            .and_then(|file| i32::try_from(file.content.len()).ok())
            .unwrap_or_default(),
        sha256: file.map(file::File::sha256),
        content: file.map(|file| file.content.clone()),
        added_by: session.actor.id().to_owned(),
        added_at: session.now(),
    };
    let id = evidence.id;
    store::insert(transaction, &permit, evidence).await?;
    Ok(Ok(id))
}
