//! Whether somebody is known already.

use schema_kernel::{
    Result,
    problem::Conflict,
    scalar::{EmailAddress, PhoneNumber},
};
use sea_orm::DatabaseTransaction;

use crate::{
    contact_point::{self, ContactPointKind},
    loyalty::{self, Membership},
};

/// The refusal when a customer with one of these keys exists. It says which rule, never whose record: an answer that named
/// a person would let anybody look up who is a customer.
pub(super) async fn find(
    transaction: &DatabaseTransaction,
    email: Option<&EmailAddress>,
    phone: Option<&PhoneNumber>,
    membership: Option<&Membership>,
) -> Result<Option<Conflict>> {
    if let Some(email) = email
        && contact_point::is_known(transaction, ContactPointKind::Email, email.as_str()).await?
    {
        return Ok(Some(conflict("e-mail address")));
    }
    if let Some(phone) = phone
        && contact_point::is_known(transaction, ContactPointKind::Phone, phone.as_str()).await?
    {
        return Ok(Some(conflict("telephone number")));
    }
    if let Some(membership) = membership
        && loyalty::is_known(transaction, &membership.programme, &membership.number).await?
    {
        return Ok(Some(conflict("loyalty number")));
    }
    Ok(None)
}

fn conflict(key: &str) -> Conflict {
    let message = format!(
        "A customer with this {key} exists already. Search for them instead of making a second record."
    );
    Conflict::of(message).by(format!("one customer per {key}"))
}
