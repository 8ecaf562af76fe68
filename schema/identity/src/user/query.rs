use async_graphql::{Context, ID, InputObject, Object};
use schema_kernel::{ContextExt, PageArguments, Result, Rows, id, keyset::Cursor};

use super::{
    READ, Reach, User, UserState,
    store::{self, Criteria},
};
use crate::{
    input,
    paging::{List, page},
};

/// Which users. Every part that is given has to fit.
#[derive(Clone, Debug, Default, InputObject)]
pub struct UserFilter {
    /// Those with this role, by name. Example: `"finance"`.
    pub role: Option<String>,
    /// Those in this state.
    pub state: Option<UserState>,
    /// The one with this address. Example: `"amal@example.com"`.
    pub email: Option<String>,
}

/// How users are found.
#[derive(Default)]
pub struct UserQuery;

#[Object]
impl UserQuery {
    /// Who you are, where you have signed in here; `null` for whoever comes with a token that was issued elsewhere.
    #[graphql(requires_scopes = "account:read")]
    async fn current_user(&self, ctx: &Context<'_>) -> Option<Result<User>> {
        current_user(ctx).await.transpose()
    }

    /// The user with this id; `null` when there is none that you may see.
    #[graphql(requires_scopes = "account:read user:read")]
    async fn user(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the user.")] id: ID,
    ) -> Option<Result<User>> {
        match id::read(&id) {
            Ok(id) => User::load(ctx, id).await.transpose(),
            Err(error) => Some(Err(error)),
        }
    }

    /// The users that fit a filter, the newest first.
    #[graphql(requires_scopes = "account:read user:read")]
    async fn users(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Which users; all when left out. Example: `{ role: \"finance\", state: ACTIVE }`."
        )]
        filter: Option<UserFilter>,
        #[graphql(desc = "How many from the start, 1 to 100. Either this or `last` is needed.")]
        first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<List<User>> {
        let arguments = PageArguments {
            first,
            after,
            last,
            before,
        };
        let page = page(&arguments, None)?;
        let users = if ctx.session()?.actor.rows(READ) == Rows::All {
            let criteria = criteria(filter.unwrap_or_default());
            store::list(ctx.database()?.reader(), &criteria, &page).await?
        } else {
            Vec::new()
        };
        Ok(page.connection(users, |user| Cursor::at(user.created_at, user.id), User))
    }
}

async fn current_user(ctx: &Context<'_>) -> Result<Option<User>> {
    let own = Reach::own(&ctx.session()?.actor);
    if own == Reach::Nobody {
        return Ok(None);
    }
    let user = store::own(ctx.database()?.reader(), own).await?;
    Ok(user.map(User))
}

fn criteria(filter: UserFilter) -> Criteria {
    Criteria {
        role: filter.role,
        state: filter.state.map(Into::into),
        // What cannot be an address is nobody's.
        email: filter
            .email
            .map(|email| input::email(&email).unwrap_or_default()),
    }
}
