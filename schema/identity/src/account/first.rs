use entities::{
    id::{CustomerId, UserId},
    identity::user::{Model, State},
};
use schema_kernel::{Result, Session, problem::InvalidInput};
use secrecy::{ExposeSecret, SecretString};

use crate::{
    Identity,
    input::Fields,
    password,
    user::{self, store::Taken},
};

/// An account that is made at the machine itself, not by an invitation.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// The address to sign in with.
    pub email: String,
    /// What colleagues call them.
    pub display_name: String,
    /// The name of a role.
    pub role: String,
    /// Which customer they are, where they are one.
    pub customer: Option<CustomerId>,
    /// The language to write to them in, a BCP 47 tag.
    pub language: String,
    /// Their password.
    pub password: SecretString,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq)]
pub enum FirstAccount {
    /// It is made.
    Made(UserId),
    /// A value cannot be right.
    Invalid(InvalidInput),
    /// There is somebody with this address, or who is this customer.
    Taken,
}

/// Makes an account that can sign in at once: the first administrator's, or those of a demo.
///
/// # Errors
/// When the database fails.
pub async fn make(
    identity: &Identity,
    session: &Session,
    account: NewAccount,
) -> Result<FirstAccount> {
    let (email, display_name, language) = match read(&account) {
        Ok(read) => read,
        Err(invalid) => return Ok(FirstAccount::Invalid(invalid)),
    };
    let hash = password::hash(account.password).await?;
    let now = session.now();
    let user = Model {
        id: session.new_id(),
        email,
        display_name,
        language,
        role: account.role,
        customer_id: account.customer,
        state: State::Active,
        password_hash: Some(hash),
        password_changed_at: Some(now),
        signed_in_at: None,
        created_at: now,
        updated_at: now,
        version: 1,
    };
    let inserted = identity
        .database()
        .transaction(async |transaction| user::store::insert(transaction, &user).await)
        .await?;
    Ok(match inserted {
        Ok(()) => FirstAccount::Made(user.id),
        Err(Taken::Email | Taken::Customer) => FirstAccount::Taken,
    })
}

fn read(account: &NewAccount) -> Result<(String, String, String), InvalidInput> {
    let mut fields = Fields::default();
    let email = fields.email("email", &account.email);
    let name = fields.name("displayName", &account.display_name);
    let language = fields.language("language", &account.language);
    let chosen = account.password.expose_secret();
    if let Some(problem) = password::problem(chosen, &account.email) {
        fields.problem("password", problem);
    }
    fields.finish_with(
        email
            .zip(name)
            .zip(language)
            .map(|((email, name), language)| (email, name, language)),
    )
}
