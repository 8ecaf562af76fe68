use async_graphql::{ID, InputObject, SimpleObject, Union};
use entities::{
    id::UserId,
    identity::user::{Model, State},
};
use schema_kernel::{
    Result, Rows, Session,
    problem::{
        Conflict, InvalidInput, NotFound, StaleVersion, StepUpRequired, TransitionNotAllowed,
    },
};
use sea_orm::{ActiveEnum, DatabaseTransaction};

use super::{
    User, WRITE,
    change_role::{is_last_administrator, last_administrator},
    store,
};
use crate::{Identity, input::Fields, session};

/// Who is not to sign in any more.
#[derive(Clone, Debug, InputObject)]
pub struct DisableUserInput {
    /// The id of the user.
    pub user_id: ID,
    /// The version you have read.
    pub expected_version: i32,
}

/// Who may sign in again.
#[derive(Clone, Debug, InputObject)]
pub struct EnableUserInput {
    /// The id of the user.
    pub user_id: ID,
    /// The version you have read.
    pub expected_version: i32,
}

/// What became of it.
#[derive(Union)]
pub enum DisableUserOutcome {
    /// They cannot sign in any more.
    UserDisabled(UserDisabled),
    /// A value cannot be right.
    InvalidInput(InvalidInput),
    /// There is no such user that you may change.
    NotFound(NotFound),
    /// They have changed since you read them.
    StaleVersion(StaleVersion),
    /// They are the last administrator, or you.
    Conflict(Conflict),
    /// They are disabled.
    TransitionNotAllowed(TransitionNotAllowed),
    /// You have to show again who you are.
    StepUpRequired(StepUpRequired),
}

/// What became of it.
#[derive(Union)]
pub enum EnableUserOutcome {
    /// They can sign in again.
    UserEnabled(UserEnabled),
    /// A value cannot be right.
    InvalidInput(InvalidInput),
    /// There is no such user that you may change.
    NotFound(NotFound),
    /// They have changed since you read them.
    StaleVersion(StaleVersion),
    /// They are not disabled.
    TransitionNotAllowed(TransitionNotAllowed),
    /// You have to show again who you are.
    StepUpRequired(StepUpRequired),
}

/// The user cannot sign in any more, and is signed out everywhere.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "account:read user:write")]
pub struct UserDisabled {
    /// The user, as they are now.
    pub user: User,
}

/// The user can sign in again.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "account:read user:write")]
pub struct UserEnabled {
    /// The user, as they are now.
    pub user: User,
}

/// Why a user stays as they are.
enum Refusal {
    Invalid(InvalidInput),
    NotFound(NotFound),
    Stale(StaleVersion),
    Conflict(Conflict),
    NotAllowed(TransitionNotAllowed),
    StepUp(StepUpRequired),
}

/// Keeps a user from signing in.
pub(super) async fn disable(
    session: &Session,
    identity: &Identity,
    input: DisableUserInput,
) -> Result<DisableUserOutcome> {
    let set = set(
        session,
        identity,
        &input.user_id,
        input.expected_version,
        State::Disabled,
    );
    Ok(match set.await? {
        Ok(user) => UserDisabled { user: User(user) }.into(),
        Err(Refusal::Invalid(invalid)) => invalid.into(),
        Err(Refusal::NotFound(not_found)) => not_found.into(),
        Err(Refusal::Stale(stale)) => stale.into(),
        Err(Refusal::Conflict(conflict)) => conflict.into(),
        Err(Refusal::NotAllowed(not_allowed)) => not_allowed.into(),
        Err(Refusal::StepUp(required)) => required.into(),
    })
}

/// Lets a user sign in again.
pub(super) async fn enable(
    session: &Session,
    identity: &Identity,
    input: EnableUserInput,
) -> Result<EnableUserOutcome> {
    let set = set(
        session,
        identity,
        &input.user_id,
        input.expected_version,
        State::Active,
    );
    Ok(match set.await? {
        Ok(user) => UserEnabled { user: User(user) }.into(),
        Err(Refusal::Invalid(invalid)) => invalid.into(),
        Err(Refusal::NotFound(not_found)) => not_found.into(),
        Err(Refusal::Stale(stale)) => stale.into(),
        // Only who is disabled can be in the way of others.
        Err(Refusal::Conflict(_)) => NotFound::of("user").into(),
        Err(Refusal::NotAllowed(not_allowed)) => not_allowed.into(),
        Err(Refusal::StepUp(required)) => required.into(),
    })
}

async fn set(
    session: &Session,
    identity: &Identity,
    id: &ID,
    version: i32,
    state: State,
) -> Result<Result<Model, Refusal>> {
    if session.actor.rows(WRITE) != Rows::All {
        return Ok(Err(Refusal::NotFound(NotFound::of("user"))));
    }
    if let Err(required) = session.actor.stepped_up(session.now()) {
        return Ok(Err(Refusal::StepUp(required)));
    }
    let mut fields = Fields::default();
    let id = fields.id("input.userId", id);
    let id: UserId = match fields.finish_with(id) {
        Ok(id) => id,
        Err(invalid) => return Ok(Err(Refusal::Invalid(invalid))),
    };
    if session.actor.sign_in().is_some_and(|own| own.user == id) {
        let own = Conflict::of("Nobody does this to themselves; ask a colleague.");
        return Ok(Err(Refusal::Conflict(own)));
    }
    let written = identity
        .database()
        .transaction(async |transaction| write(transaction, session, id, version, state).await)
        .await?;
    identity.revise(session).await;
    Ok(written)
}

async fn write(
    transaction: &DatabaseTransaction,
    session: &Session,
    id: UserId,
    version: i32,
    state: State,
) -> Result<Result<Model, Refusal>> {
    let Some(user) = store::hold(transaction, id).await? else {
        return Ok(Err(Refusal::NotFound(NotFound::of("user"))));
    };
    if user.version != version {
        return Ok(Err(Refusal::Stale(StaleVersion::of(user.version))));
    }
    let Some(next) = next(&user, state) else {
        let refused =
            TransitionNotAllowed::of(&user.state.to_value(), &state.to_value(), Vec::new());
        return Ok(Err(Refusal::NotAllowed(refused)));
    };
    if next == State::Disabled && is_last_administrator(transaction, &user).await? {
        return Ok(Err(Refusal::Conflict(last_administrator())));
    }
    let now = session.now();
    let changed = Model {
        state: next,
        updated_at: now,
        version: user.version + 1,
        ..user
    };
    store::write(transaction, &changed).await?;
    session::store::end_all(transaction, id, None, now).await?;
    Ok(Ok(changed))
}

/// The state that a user gets who is to be `wanted`. Who never chose a password is invited, and not active.
fn next(user: &Model, wanted: State) -> Option<State> {
    match (user.state, wanted) {
        (State::Invited | State::Active, State::Disabled) => Some(State::Disabled),
        (State::Disabled, State::Active) if user.password_hash.is_none() => Some(State::Invited),
        (State::Disabled, State::Active) => Some(State::Active),
        _ => None,
    }
}
