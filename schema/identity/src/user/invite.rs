use async_graphql::{ID, InputObject, SimpleObject, Union};
use entities::{
    id::CustomerId,
    identity::{
        role::Kind,
        ticket::Purpose,
        user::{Model, State},
    },
};
use schema_kernel::{
    Result, Rows, Session,
    problem::{Conflict, InvalidInput, NotFound, StepUpRequired},
};
use sea_orm::DatabaseTransaction;
use secrecy::SecretString;

use super::{
    User, WRITE,
    store::{self, Taken},
};
use crate::{
    Identity,
    input::Fields,
    postman::{About, Message},
    ticket,
};

/// Who is to be a user.
#[derive(Clone, Debug, InputObject)]
pub struct InviteUserInput {
    /// The address they will sign in with. Example: `"amal@example.com"`.
    pub email: String,
    /// What colleagues call them, or they themselves; 1 to 100 characters. Example: `"Amal Haddad"`.
    pub display_name: String,
    /// What they are to the airline: the name of a role for staff or for customers. Example: `"finance"`.
    pub role: String,
    /// Which customer they are; needed with the role of a customer, and with no other.
    pub customer_id: Option<ID>,
    /// The language to write to them in: a BCP 47 tag; `"en"` when it is left out.
    pub language: Option<String>,
}

/// What became of it.
#[derive(Union)]
pub enum InviteUserOutcome {
    /// They are invited.
    UserInvited(UserInvited),
    /// A value cannot be right.
    InvalidInput(InvalidInput),
    /// You may not.
    NotFound(NotFound),
    /// There is somebody with this address, or who is this customer.
    Conflict(Conflict),
    /// You have to show again who you are.
    StepUpRequired(StepUpRequired),
}

/// The invitation is on its way.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "account:read user:write")]
pub struct UserInvited {
    /// The user, in state `INVITED`.
    pub user: User,
}

#[derive(Clone, Debug)]
struct Draft {
    email: String,
    display_name: String,
    role: String,
    customer: Option<CustomerId>,
    language: String,
}

/// Makes a user, and asks them to choose a password.
pub(super) async fn invite(
    session: &Session,
    identity: &Identity,
    input: InviteUserInput,
) -> Result<InviteUserOutcome> {
    if session.actor.rows(WRITE) != Rows::All {
        return Ok(NotFound::of("user").into());
    }
    if let Err(required) = session.actor.stepped_up(session.now()) {
        return Ok(required.into());
    }
    let draft = match read(identity, &input) {
        Ok(draft) => draft,
        Err(invalid) => return Ok(invalid.into()),
    };
    let written = identity
        .database()
        .transaction(async |transaction| write(transaction, session, &draft).await)
        .await?;
    let (user, token) = match written {
        Ok(invited) => invited,
        Err(Taken::Email) => {
            return Ok(Conflict::of("There is a user with this address already.").into());
        }
        Err(Taken::Customer) => {
            return Ok(Conflict::of("This customer is a user already.").into());
        }
    };
    identity.postman().take(Message {
        about: About::Invitation,
        address: user.email.clone(),
        name: user.display_name.clone(),
        language: user.language.clone(),
        token: Some(token),
    });
    Ok(UserInvited { user: User(user) }.into())
}

fn read(identity: &Identity, input: &InviteUserInput) -> Result<Draft, InvalidInput> {
    let mut fields = Fields::default();
    let email = fields.email("input.email", &input.email);
    let name = fields.name("input.displayName", &input.display_name);
    let language = fields.language("input.language", input.language.as_deref().unwrap_or("en"));
    let standing = identity.standing().current();
    let kind = standing.role(&input.role).map(|role| role.kind);
    if !matches!(kind, Some(Kind::Staff | Kind::Customer)) {
        let problem = "There is no such role for people; `roles` lists those there are.";
        fields.problem("input.role", problem);
    }
    let customer = match (&input.customer_id, kind) {
        (Some(id), Some(Kind::Customer)) => fields.id("input.customerId", id),
        (Some(_), _) => {
            let problem = "Only a user with the role of a customer is a customer.";
            fields.problem("input.customerId", problem);
            None
        }
        (None, Some(Kind::Customer)) => {
            fields.problem("input.customerId", "Say which customer they are.");
            None
        }
        (None, _) => None,
    };
    let (email, display_name, language) = fields.finish_with(
        email
            .zip(name)
            .zip(language)
            .map(|((email, name), language)| (email, name, language)),
    )?;
    Ok(Draft {
        email,
        display_name,
        role: input.role.clone(),
        customer,
        language,
    })
}

async fn write(
    transaction: &DatabaseTransaction,
    session: &Session,
    draft: &Draft,
) -> Result<Result<(Model, SecretString), Taken>> {
    let now = session.now();
    let user = match store::by_email(transaction, &draft.email).await? {
        Some(known) if known.state == State::Invited => {
            let again = Model {
                display_name: draft.display_name.clone(),
                role: draft.role.clone(),
                language: draft.language.clone(),
                updated_at: now,
                version: known.version + 1,
                ..known
            };
            store::write(transaction, &again).await?;
            ticket::store::void(transaction, again.id, &[Purpose::Invitation], now).await?;
            again
        }
        Some(_) => return Ok(Err(Taken::Email)),
        None => {
            let user = draft.user(session);
            if let Err(taken) = store::insert(transaction, &user).await? {
                return Ok(Err(taken));
            }
            user
        }
    };
    let (id, data) = (Some(user.id), None::<&()>);
    let token = ticket::issue(transaction, session, Purpose::Invitation, id, data).await?;
    Ok(Ok((user, token)))
}

impl Draft {
    fn user(&self, session: &Session) -> Model {
        let now = session.now();
        Model {
            id: session.new_id(),
            email: self.email.clone(),
            display_name: self.display_name.clone(),
            language: self.language.clone(),
            role: self.role.clone(),
            customer_id: self.customer,
            state: State::Invited,
            password_hash: None,
            password_changed_at: None,
            signed_in_at: None,
            created_at: now,
            updated_at: now,
            version: 1,
        }
    }
}
