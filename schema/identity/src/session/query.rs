use async_graphql::{Context, ID, Object};
use entities::id::UserId;
use schema_kernel::{ContextExt, PageArguments, Result, id};

use super::{UserSession, sessions_of};
use crate::{
    paging::{List, page},
    user::{self, READ, Reach},
};

/// How sessions are found.
#[derive(Default)]
pub struct SessionQuery;

#[Object]
impl SessionQuery {
    /// Where a user is signed in, and was within a month: you yourself when nobody is named. The last sign-in comes first.
    #[graphql(requires_scopes = "account:read")]
    async fn sessions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the user; you yourself when it is left out.")] user_id: Option<
            ID,
        >,
        #[graphql(desc = "How many from the start, 1 to 100. Either this or `last` is needed.")]
        first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<List<UserSession>> {
        let arguments = PageArguments {
            first,
            after,
            last,
            before,
        };
        let asked = page(&arguments, None)?;
        match reached(ctx, user_id.as_ref()).await? {
            Some(user) => sessions_of(ctx, user, &arguments).await,
            None => Ok(asked.connection(
                Vec::<entities::identity::session::Model>::new(),
                |session| schema_kernel::keyset::Cursor::at(session.created_at, session.id),
                UserSession,
            )),
        }
    }
}

async fn reached(ctx: &Context<'_>, user: Option<&ID>) -> Result<Option<UserId>> {
    let actor = &ctx.session()?.actor;
    let reader = ctx.database()?.reader();
    let Some(user) = user else {
        let own = user::store::own(reader, Reach::own(actor)).await?;
        return Ok(own.map(|user| user.id));
    };
    let known = user::store::by_id(reader, id::read(user)?).await?;
    let reach = Reach::of(actor, READ);
    Ok(known
        .filter(|user| reach.includes(user))
        .map(|user| user.id))
}
