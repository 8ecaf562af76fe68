use async_graphql::{Context, InputObject, Object, SimpleObject, Union};
use entities::{id::UserSessionId, identity::user::Model};
use schema_kernel::{
    ContextExt, Result, Session,
    problem::{InvalidInput, LimitExceeded, NotFound},
};
use sea_orm::DatabaseTransaction;
use secrecy::SecretString;

use super::reset::tell;
use crate::{
    Identity, IdentityExt,
    input::Fields,
    password, session,
    throttle::{self, Count},
    user::{self, Reach, User},
};

/// Another password, for yourself.
#[derive(Clone, InputObject)]
pub struct ChangePasswordInput {
    /// The one you have now.
    pub current_password: String,
    /// The one you choose: 12 to 200 characters, of whatever kind.
    pub new_password: String,
}

/// What became of it.
#[derive(Union)]
pub enum ChangePasswordOutcome {
    /// It is changed.
    PasswordChanged(PasswordChanged),
    /// The present one is another, or the new one cannot be taken.
    InvalidInput(InvalidInput),
    /// You have not signed in here.
    NotFound(NotFound),
    /// It was tried too often.
    LimitExceeded(LimitExceeded),
}

/// The password is changed, and every other session of yours has ended.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "account:read account:write")]
pub struct PasswordChanged {
    /// You.
    pub user: User,
}

/// What users do to their own accounts.
#[derive(Default)]
pub struct AccountMutation;

#[Object]
impl AccountMutation {
    /// Changes your own password, and ends every other session of yours.
    #[graphql(requires_scopes = "account:read account:write")]
    async fn change_password(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The present and the new one.")] input: ChangePasswordInput,
    ) -> Result<ChangePasswordOutcome> {
        change(ctx.session()?, ctx.identity()?, input).await
    }
}

async fn change(
    session: &Session,
    identity: &Identity,
    input: ChangePasswordInput,
) -> Result<ChangePasswordOutcome> {
    let (database, own) = (identity.database(), Reach::own(&session.actor));
    let found = match session.actor.sign_in() {
        Some(sign_in) => user::store::own(database.writer(), own)
            .await?
            .map(|user| (user, sign_in.session)),
        None => None,
    };
    let Some((user, current)) = found else {
        return Ok(NotFound::of("user").into());
    };
    let limit = identity.options().throttles.account;
    let tries = [(Count::Account { email: &user.email }, limit)];
    if throttle::count(database, session.now(), &tries)
        .await?
        .is_some()
    {
        let message = "It was tried too often with a wrong password; try again later.";
        return Ok(LimitExceeded::of(limit.tries, message).into());
    }
    if let Err(invalid) = check(&user, &input).await? {
        return Ok(invalid.into());
    }
    let hash = password::hash(SecretString::from(input.new_password)).await?;
    let changed = database
        .transaction(async |transaction| {
            write(transaction, session, &user, current, hash.clone()).await
        })
        .await?;
    identity.revise(session).await;
    let Some(user) = changed else {
        return Ok(NotFound::of("user").into());
    };
    tell(identity, user.clone());
    Ok(PasswordChanged { user: User(user) }.into())
}

async fn check(user: &Model, input: &ChangePasswordInput) -> Result<Result<(), InvalidInput>> {
    let mut fields = Fields::default();
    let present = SecretString::from(input.current_password.clone());
    if !password::is_right(present, user.password_hash.clone()).await? {
        fields.problem(
            "input.currentPassword",
            "This is not your present password.",
        );
    }
    if let Some(problem) = password::problem(&input.new_password, &user.email) {
        fields.problem("input.newPassword", problem);
    }
    Ok(fields.finish_with(Some(())))
}

async fn write(
    transaction: &DatabaseTransaction,
    session: &Session,
    user: &Model,
    current: UserSessionId,
    hash: String,
) -> Result<Option<Model>> {
    let now = session.now();
    let Some(held) = user::store::hold(transaction, user.id).await? else {
        return Ok(None);
    };
    // Somebody chose another one in the meantime: this one was verified against one that is gone.
    if held.password_hash != user.password_hash {
        return Ok(None);
    }
    let changed = Model {
        password_hash: Some(hash),
        password_changed_at: Some(now),
        updated_at: now,
        version: held.version + 1,
        ..held
    };
    user::store::write(transaction, &changed).await?;
    session::store::end_all(transaction, user.id, Some(current), now).await?;
    Ok(Some(changed))
}
