use async_graphql::{ID, InputObject, SimpleObject, Union};
use entities::id::UserId;
use schema_kernel::{
    Result, Rows, Session,
    problem::{Conflict, InvalidInput, NotFound, StepUpRequired},
};

use super::{User, WRITE, store};
use crate::{Identity, input::Fields, second_factor, session};

/// Who has lost their second factor.
#[derive(Clone, Debug, InputObject)]
pub struct ResetSecondFactorsInput {
    /// The id of the user.
    pub user_id: ID,
}

/// What became of it.
#[derive(Union)]
pub enum ResetSecondFactorsOutcome {
    /// They are gone.
    SecondFactorsReset(SecondFactorsReset),
    /// A value cannot be right.
    InvalidInput(InvalidInput),
    /// There is no such user that you may change.
    NotFound(NotFound),
    /// It is you.
    Conflict(Conflict),
    /// You have to show again who you are.
    StepUpRequired(StepUpRequired),
}

/// The user has no second factor, no recovery code and no session any more.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "account:read user:write")]
pub struct SecondFactorsReset {
    /// The user.
    pub user: User,
    /// How many second factors there were. Example: `1`.
    pub count: i32,
}

/// Takes the second factors of a user away, and ends their sessions.
pub(super) async fn reset(
    session: &Session,
    identity: &Identity,
    input: ResetSecondFactorsInput,
) -> Result<ResetSecondFactorsOutcome> {
    if session.actor.rows(WRITE) != Rows::All {
        return Ok(NotFound::of("user").into());
    }
    if let Err(required) = session.actor.stepped_up(session.now()) {
        return Ok(required.into());
    }
    let mut fields = Fields::default();
    let id = fields.id("input.userId", &input.user_id);
    let id: UserId = match fields.finish_with(id) {
        Ok(id) => id,
        Err(invalid) => return Ok(invalid.into()),
    };
    if session.actor.sign_in().is_some_and(|own| own.user == id) {
        return Ok(Conflict::of("Nobody does this to themselves; ask a colleague.").into());
    }
    let reset = identity
        .database()
        .transaction(async |transaction| {
            let Some(user) = store::hold(transaction, id).await? else {
                return Ok(None);
            };
            let count = second_factor::store::remove(transaction, id).await?;
            session::store::end_all(transaction, id, None, session.now()).await?;
            Ok(Some((user, count)))
        })
        .await?;
    identity.revise(session).await;
    Ok(match reset {
        Some((user, count)) => SecondFactorsReset {
            user: User(user),
            count: i32::try_from(count).unwrap_or(i32::MAX),
        }
        .into(),
        None => NotFound::of("user").into(),
    })
}
