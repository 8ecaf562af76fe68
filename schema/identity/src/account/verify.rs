use entities::{
    id::CustomerId,
    identity::{
        ticket::{self as stored, Purpose},
        user::{Model, State},
    },
};
use schema_kernel::{Error, Result, Session};

use super::register::Waiting;
use crate::{
    Identity,
    postman::{NewCustomer, Registrar},
    ticket, user,
};

/// The role of who registers by themselves.
const ROLE: &str = "customer";

/// Makes the account of somebody who has shown that the address is theirs, with the record of a customer. Says whether the
/// secret was one that works.
///
/// # Errors
/// When the database fails, or the record cannot be made; the secret then goes on to work.
pub async fn verify(
    identity: &Identity,
    session: &Session,
    registrar: &dyn Registrar,
    token: &str,
) -> Result<bool> {
    let (database, now) = (identity.database(), session.now());
    let found = ticket::store::find(database.writer(), Purpose::Registration, token, now).await?;
    let Some(found) = found else {
        return Ok(false);
    };
    let waiting: Waiting = serde_json::from_value(found.data.clone().unwrap_or_default())?;
    if user::store::by_email(database.writer(), &waiting.email)
        .await?
        .is_some()
    {
        return Ok(false);
    }
    let customer = NewCustomer {
        key: found.id,
        email: waiting.email.clone(),
        given_name: waiting.given_name.clone(),
        family_name: waiting.family_name.clone(),
        travel_document_given_name: waiting.travel_document_given_name.clone(),
        travel_document_family_name: waiting.travel_document_family_name.clone(),
        language: waiting.language.clone(),
    };
    let customer = registrar
        .register(&customer)
        .await
        .map_err(Error::internal)?;
    database
        .transaction(async |transaction| {
            if !ticket::store::take(transaction, found.id, now).await? {
                return Ok(false);
            }
            let user = account(session, &found, &waiting, customer);
            Ok(user::store::insert(transaction, &user).await?.is_ok())
        })
        .await
}

fn account(
    session: &Session,
    ticket: &stored::Model,
    waiting: &Waiting,
    customer: CustomerId,
) -> Model {
    let now = session.now();
    let given = waiting.given_name.as_deref().unwrap_or_default();
    let name = format!("{given} {}", waiting.family_name);
    Model {
        id: session.new_id(),
        email: waiting.email.clone(),
        display_name: name.trim().to_owned(),
        language: waiting.language.clone(),
        role: ROLE.to_owned(),
        customer_id: Some(customer),
        state: State::Active,
        password_hash: Some(waiting.password_hash.clone()),
        password_changed_at: Some(ticket.created_at),
        signed_in_at: None,
        created_at: now,
        updated_at: now,
        version: 1,
    }
}
