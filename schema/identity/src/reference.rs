//! Records of other domains, as far as this one knows them: by id.

use async_graphql::{Context, ID, Object, SimpleObject};
use entities::id::CustomerId;
use schema_kernel::{Result, id};

use crate::user::User;

/// A person the airline knows.
#[derive(SimpleObject)]
#[graphql(unresolvable = "id")]
pub struct Customer {
    /// Unique for ever.
    #[graphql(requires_scopes = "public")]
    pub id: ID,
}

impl Customer {
    pub(crate) fn of(id: CustomerId) -> Self {
        Self { id: id::show(id) }
    }
}

/// How other subgraphs reach records by their keys.
#[derive(Default)]
pub struct ReferenceQuery;

#[Object]
impl ReferenceQuery {
    /// The user with this id, if the caller may see them.
    #[graphql(entity)]
    async fn user_by_id(&self, ctx: &Context<'_>, id: ID) -> Option<Result<User>> {
        match id::read(&id) {
            Ok(id) => User::load(ctx, id).await.transpose(),
            Err(error) => Some(Err(error)),
        }
    }
}
