use async_graphql::{ID, InputObject, SimpleObject, Union};
use entities::{
    id::UserId,
    identity::{
        role::Kind,
        user::{Model, State},
    },
};
use schema_kernel::{
    Result, Rows, Session,
    problem::{Conflict, InvalidInput, NotFound, StaleVersion, StepUpRequired},
};
use sea_orm::DatabaseTransaction;

use super::{User, WRITE, store};
use crate::{Identity, input::Fields, role::ADMINISTRATOR, session};

/// Which user gets which role.
#[derive(Clone, Debug, InputObject)]
pub struct ChangeUserRoleInput {
    /// The id of the user.
    pub user_id: ID,
    /// The version you have read.
    pub expected_version: i32,
    /// The name of a role for staff. Example: `"finance"`.
    pub role: String,
}

/// What became of it.
#[derive(Union)]
pub enum ChangeUserRoleOutcome {
    /// They have another role.
    UserRoleChanged(UserRoleChanged),
    /// A value cannot be right.
    InvalidInput(InvalidInput),
    /// There is no such user that you may change.
    NotFound(NotFound),
    /// They have changed since you read them.
    StaleVersion(StaleVersion),
    /// They are the last administrator, or a customer, or you.
    Conflict(Conflict),
    /// You have to show again who you are.
    StepUpRequired(StepUpRequired),
}

/// The user has another role, and no session any more.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "account:read user:write")]
pub struct UserRoleChanged {
    /// The user, as they are now.
    pub user: User,
}

/// Gives a user another role.
pub(super) async fn change(
    session: &Session,
    identity: &Identity,
    input: ChangeUserRoleInput,
) -> Result<ChangeUserRoleOutcome> {
    if session.actor.rows(WRITE) != Rows::All {
        return Ok(NotFound::of("user").into());
    }
    if let Err(required) = session.actor.stepped_up(session.now()) {
        return Ok(required.into());
    }
    let id = match read(identity, &input) {
        Ok(id) => id,
        Err(invalid) => return Ok(invalid.into()),
    };
    if session.actor.sign_in().is_some_and(|own| own.user == id) {
        return Ok(Conflict::of("Nobody gives themselves another role; ask a colleague.").into());
    }
    let outcome = identity
        .database()
        .transaction(async |transaction| write(transaction, session, id, &input).await)
        .await?;
    identity.revise(session).await;
    Ok(outcome)
}

fn read(identity: &Identity, input: &ChangeUserRoleInput) -> Result<UserId, InvalidInput> {
    let mut fields = Fields::default();
    let id = fields.id("input.userId", &input.user_id);
    let standing = identity.standing().current();
    let role = standing.role(&input.role);
    if role.is_none_or(|role| role.kind != Kind::Staff) {
        let problem = "There is no such role for staff; `roles` lists those there are.";
        fields.problem("input.role", problem);
    }
    fields.finish_with(id)
}

async fn write(
    transaction: &DatabaseTransaction,
    session: &Session,
    id: UserId,
    input: &ChangeUserRoleInput,
) -> Result<ChangeUserRoleOutcome> {
    let Some(user) = store::hold(transaction, id).await? else {
        return Ok(NotFound::of("user").into());
    };
    if user.version != input.expected_version {
        return Ok(StaleVersion::of(user.version).into());
    }
    if user.customer_id.is_some() {
        return Ok(Conflict::of("A customer stays one: invite the person again as staff.").into());
    }
    if is_last_administrator(transaction, &user).await? {
        return Ok(last_administrator().into());
    }
    let now = session.now();
    let changed = Model {
        role: input.role.clone(),
        updated_at: now,
        version: user.version + 1,
        ..user
    };
    store::write(transaction, &changed).await?;
    session::store::end_all(transaction, id, None, now).await?;
    Ok(UserRoleChanged {
        user: User(changed),
    }
    .into())
}

/// Whether nobody could administrate without this user.
pub(super) async fn is_last_administrator(
    transaction: &DatabaseTransaction,
    user: &Model,
) -> Result<bool> {
    let is_one = user.role == ADMINISTRATOR && user.state == State::Active;
    Ok(is_one && store::others_with_role(transaction, ADMINISTRATOR, user.id).await? == 0)
}

pub(super) fn last_administrator() -> Conflict {
    Conflict::of("They are the last administrator who can sign in; let somebody else be one first.")
}
