//! Consent: what people allowed, each time they said so, and what held at any moment.
//!
//! Statements are only ever added. What holds at a moment is the last statement before it, unless it had expired; what was
//! never said, is only asked, or was forbidden by an objection is not allowed. Service alone needs nobody's consent.

mod change;
mod confirm;
mod effective;
mod mutation;
mod store;
mod view;

use schema_kernel::{Result, Session, id::CustomerId};
use sea_orm::DatabaseTransaction;

pub(crate) use self::view::of_customer;
pub use self::{
    change::{
        ConsentChanged, GrantConsentInput, GrantConsentOutcome, WithdrawConsentInput,
        WithdrawConsentOutcome,
    },
    confirm::{ConfirmConsentInput, ConfirmConsentOutcome, ConsentConfirmed},
    effective::stricter,
    mutation::ConsentMutation,
    view::{Consent, ConsentPurpose, ConsentState},
};

/// Withdraws whatever a person has allowed beyond service: they have objected.
pub(crate) async fn object(
    transaction: &DatabaseTransaction,
    session: &Session,
    customer: CustomerId,
) -> Result<()> {
    change::withdraw_all(transaction, session, customer).await
}
