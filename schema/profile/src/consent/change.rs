//! Allowing, and not allowing any more: one is as easy as the other.

use async_graphql::{Context, ID, InputObject, SimpleObject, Union};
use entities::profile::{
    consent::{Model, Purpose, State},
    customer as customer_row,
};
use schema_kernel::{
    ContextExt, NewEvent, Permit, Result, Session,
    id::CustomerId,
    outbox,
    problem::{InvalidInput, NotFound},
    scalar::DateTime,
};
use sea_orm::DatabaseTransaction;
use secrecy::ExposeSecret;
use serde::Serialize;

use super::{ConsentPurpose, effective, store, view::ConsentState};
use crate::{
    DOMAIN,
    check::Problems,
    customer::{self, Customer, WRITE},
    office::{self, ConsentLetter, Privacy},
};

/// The longest name of a version of a text, in characters.
const LONGEST_VERSION: usize = 40;

/// Something that a person allows.
#[derive(Clone, Debug, InputObject)]
pub struct GrantConsentInput {
    /// The customer.
    pub customer_id: ID,
    /// What for. `SERVICE` needs no consent.
    pub purpose: ConsentPurpose,
    /// Which words they were shown, 1 to 40 characters. Example: `"2026-11"`.
    pub text_version: String,
    /// Until when it holds; for ever when left out.
    pub expires_at: Option<DateTime>,
}

/// Something that a person does not allow, or not any more.
#[derive(Clone, Debug, InputObject)]
pub struct WithdrawConsentInput {
    /// The customer.
    pub customer_id: ID,
    /// What for.
    pub purpose: ConsentPurpose,
}

/// It is written down.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "public")]
pub struct ConsentChanged {
    /// The customer.
    pub customer: Customer,
    /// What holds now: `PENDING` where a letter asks whether it was really they.
    pub state: ConsentState,
}

/// What became of `grantConsent`.
#[derive(Union)]
#[expect(
    clippy::large_enum_variant,
    reason = "one is made for each request and lives as long as its answer"
)]
pub enum GrantConsentOutcome {
    /// It is written down.
    ConsentChanged(ConsentChanged),
    /// A value cannot be right.
    InvalidInput(InvalidInput),
    /// There is no such customer that you may write about.
    NotFound(NotFound),
}

/// What became of `withdrawConsent`.
#[derive(Union)]
#[graphql(name = "WithdrawConsentOutcome")]
#[expect(
    clippy::large_enum_variant,
    reason = "one is made for each request and lives as long as its answer"
)]
pub enum WithdrawConsentOutcome {
    /// It is written down.
    ConsentChanged(ConsentChanged),
    /// A value cannot be right.
    InvalidInput(InvalidInput),
    /// There is no such customer that you may write about.
    NotFound(NotFound),
}

/// What is said.
struct Said {
    purpose: Purpose,
    state: State,
    text_version: String,
    expires_at: Option<DateTime>,
}

pub(super) async fn grant(
    context: &Context<'_>,
    input: GrantConsentInput,
) -> Result<GrantConsentOutcome> {
    let session = context.session()?;
    let (customer_id, said) = match input.check(session) {
        Ok(checked) => checked,
        Err(problem) => return Ok(problem.into()),
    };
    let Some(permit) = session.actor.permit(WRITE, customer_id) else {
        return Ok(NotFound::of("customer").into());
    };
    Ok(match say(context, &permit, said).await? {
        Some(changed) => changed.into(),
        None => NotFound::of("customer").into(),
    })
}

pub(super) async fn withdraw(
    context: &Context<'_>,
    input: WithdrawConsentInput,
) -> Result<WithdrawConsentOutcome> {
    let session = context.session()?;
    let mut problems = Problems::default();
    let id = problems.id::<CustomerId>("input.customerId", &input.customer_id);
    let customer_id = match problems.finish(id) {
        Ok(id) => id,
        Err(problem) => return Ok(problem.into()),
    };
    let Some(permit) = session.actor.permit(WRITE, customer_id) else {
        return Ok(NotFound::of("customer").into());
    };
    let said = Said {
        purpose: input.purpose.into(),
        state: State::Withdrawn,
        text_version: String::new(),
        expires_at: None,
    };
    Ok(match say(context, &permit, said).await? {
        Some(changed) => changed.into(),
        None => NotFound::of("customer").into(),
    })
}

async fn say(
    context: &Context<'_>,
    permit: &Permit<CustomerId>,
    mut said: Said,
) -> Result<Option<ConsentChanged>> {
    let session = context.session()?;
    let mut token = None;
    if said.state == State::Granted && store::is_asked_by_letter(said.purpose) {
        let privacy = office::needed(context)?;
        let secret = privacy.0.secret().map_err(schema_kernel::Error::internal)?;
        token = Some((privacy, secret));
        said.state = State::Pending;
    }
    let hash = token
        .as_ref()
        .map(|(privacy, secret)| hash(privacy, secret.expose_secret()));
    let written = context
        .database()?
        .transaction(async |transaction| {
            write(transaction, session, permit, &said, hash.clone()).await
        })
        .await?;
    let Some((row, address, state)) = written else {
        return Ok(None);
    };
    if let Some((privacy, token)) = token
        && let Some(address) = address
    {
        privacy.0.ask(ConsentLetter {
            address,
            name: customer::name::display_name(row.given_name.as_deref(), &row.family_name),
            language: row.language.clone(),
            token,
        });
    }
    let customer = Customer(row);
    Ok(Some(ConsentChanged { customer, state }))
}

type Written = (customer_row::Model, Option<String>, ConsentState);

async fn write(
    transaction: &DatabaseTransaction,
    session: &Session,
    permit: &Permit<CustomerId>,
    said: &Said,
    token_hash: Option<String>,
) -> Result<Option<Written>> {
    let Some(customer) = customer::store::lock(transaction, permit).await? else {
        return Ok(None);
    };
    let row = Model {
        id: session.new_id(),
        customer_id: customer.id,
        purpose: said.purpose,
        state: said.state,
        text_version: said.text_version.clone(),
        language: customer.language.clone(),
        recorded_by: session.actor.id().to_owned(),
        expires_at: said.expires_at,
        token_hash,
        at: session.now(),
    };
    store::insert(transaction, row.clone()).await?;
    told(transaction, session, &row).await?;
    let statements = store::of_customer(transaction, customer.id).await?;
    let effective = effective::at(&statements, session.now());
    let state = effective
        .get(&said.purpose)
        .map_or(ConsentState::Unknown, |(state, _)| *state);
    let address = store::address(transaction, customer.id).await?;
    Ok(Some((customer, address, state)))
}

/// Withdraws whatever is allowed beyond service.
pub(super) async fn withdraw_all(
    transaction: &DatabaseTransaction,
    session: &Session,
    customer_id: CustomerId,
) -> Result<()> {
    let now = session.now();
    let statements = store::of_customer(transaction, customer_id).await?;
    let granted: Vec<&Model> = effective::at(&statements, now)
        .into_values()
        .filter(|(state, _)| matches!(state, ConsentState::Granted | ConsentState::Pending))
        .map(|(_, statement)| statement)
        .collect();
    for statement in granted {
        let row = Model {
            id: session.new_id(),
            state: State::Withdrawn,
            recorded_by: session.actor.id().to_owned(),
            token_hash: None,
            expires_at: None,
            at: now,
            ..statement.clone()
        };
        let row = store::insert(transaction, row).await?;
        told(transaction, session, &row).await?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Changed {
    customer_id: CustomerId,
    purpose: Purpose,
    state: State,
}

/// Tells the other domains: whoever is about to write or to count looks here first.
pub(super) async fn told(
    transaction: &DatabaseTransaction,
    session: &Session,
    row: &Model,
) -> Result<()> {
    let data = Changed {
        customer_id: row.customer_id,
        purpose: row.purpose,
        state: row.state,
    };
    let event = NewEvent {
        kind: "profile.consent.changed.v1",
        subject: row.customer_id.to_string(),
        customer_id: Some(row.customer_id),
        time: row.at,
        data: &data,
    };
    outbox::append(transaction, DOMAIN, session, &[event]).await
}

/// What is kept of the secret in a letter.
pub(super) fn hash(privacy: &Privacy, secret: &str) -> String {
    privacy.0.fingerprint(&format!("consent:{secret}"))
}

impl GrantConsentInput {
    fn check(&self, session: &Session) -> Result<(CustomerId, Said), InvalidInput> {
        let mut problems = Problems::default();
        let id = problems.id::<CustomerId>("input.customerId", &self.customer_id);
        let length = self.text_version.trim().chars().count();
        if length == 0 || length > LONGEST_VERSION {
            let message = "Say which words they were shown, in 1 to 40 characters.";
            problems.refuse(
                "input.textVersion",
                message,
                "General Data Protection Regulation, article 7(1)",
            );
        }
        if self.expires_at.is_some_and(|until| until <= session.now()) {
            let message =
                "What is allowed has to be allowed for some time: give an instant that lies ahead.";
            problems.refuse("input.expiresAt", message, "later than now");
        }
        let said = Said {
            purpose: self.purpose.into(),
            state: State::Granted,
            text_version: self.text_version.trim().to_owned(),
            expires_at: self.expires_at,
        };
        problems.finish(id.map(|id| (id, said)))
    }
}
