//! Records of other domains, as far as this one knows them: by id.

use async_graphql::{Context, ID, Object};
use entities::id::CustomerId;
use schema_kernel::{PageArguments, Result, id};

use crate::{
    audit::{AuditRecord, access_log},
    paging::List,
    user::User,
};

/// A customer, as far as this domain knows them.
pub struct Customer(pub(crate) CustomerId);

/// A person the airline knows.
#[Object]
impl Customer {
    /// Unique for ever.
    #[graphql(requires_scopes = "public")]
    async fn id(&self) -> ID {
        id::show(self.0)
    }

    /// Who read or changed the data of this customer, when and what for, the latest first. For the customer themselves, and
    /// for whoever answers for personal data; empty for everybody else. Holds 10 unless you ask for another number.
    #[graphql(requires_scopes = "customer:read")]
    async fn access_log(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Option<Result<List<AuditRecord>>> {
        let arguments = PageArguments {
            first,
            after,
            last,
            before,
        };
        Some(access_log(ctx, self.0, &arguments).await)
    }
}

impl Customer {
    pub(crate) fn of(id: CustomerId) -> Self {
        Self(id)
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

    /// The customer with this id, for what is known of them here.
    #[graphql(entity)]
    async fn customer_by_id(&self, id: ID) -> Option<Result<Customer>> {
        Some(id::read(&id).map(Customer))
    }
}
