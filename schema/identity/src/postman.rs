//! What the host does for this domain: bring letters, and make the records of customers.

use entities::id::{CustomerId, SignInTicketId};
use futures_util::future::BoxFuture;
use secrecy::SecretString;

/// What a letter is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// Somebody wants an account with this address: confirm that it is yours.
    Registration,
    /// Somebody wants an account with this address, and there is one.
    AlreadyRegistered,
    /// You were invited: choose a password.
    Invitation,
    /// You want another password: choose it.
    PasswordReset,
    /// Your password was changed.
    PasswordChanged,
    /// You, or somebody else, allowed offers by e-mail: say that it was you.
    Consent,
}

/// A letter to somebody who has an account, or wants one. The host knows the words.
#[derive(Clone, Debug)]
pub struct Message {
    /// What it is about.
    pub about: About,
    /// The address.
    pub address: String,
    /// The name beside it.
    pub name: String,
    /// The language to write in, a BCP 47 tag.
    pub language: String,
    /// The secret that the letter brings, where it brings one.
    pub token: Option<SecretString>,
}

/// What brings letters. It takes them at once and brings them later, so that how long an answer takes does not tell
/// whether there was a letter.
pub trait Postman: Send + Sync + 'static {
    /// Takes a letter.
    fn take(&self, message: Message);
}

/// A person who wants an account as a customer, and has shown that the address is theirs.
#[derive(Clone, Debug)]
pub struct NewCustomer {
    /// The same whenever the same person is registered, so that their record is made once.
    pub key: SignInTicketId,
    /// The address.
    pub email: String,
    /// Given names, where they have some.
    pub given_name: Option<String>,
    /// Family name, or the only one.
    pub family_name: String,
    /// Given names as the travel document spells them, in A to Z, where they are in another script.
    pub travel_document_given_name: Option<String>,
    /// Family name as the travel document spells it, by the same rule.
    pub travel_document_family_name: Option<String>,
    /// The language to address them in, a BCP 47 tag.
    pub language: String,
}

/// What makes the records of customers, which are another domain's.
pub trait Registrar: Send + Sync {
    /// The record of this person, made once.
    fn register<'a>(
        &'a self,
        customer: &'a NewCustomer,
    ) -> BoxFuture<'a, anyhow::Result<CustomerId>>;
}
