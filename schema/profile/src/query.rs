use async_graphql::{
    Context, ID, MergedObject, Object,
    connection::{Connection, EmptyFields},
};
use schema_kernel::{
    ActorKind, ContextExt, PageArguments, Result,
    id::{self, CustomerId},
    keyset::Cursor,
};

use crate::{
    customer::{self, Customer, CustomerFilter, CustomerSort},
    data_request::DataRequestQuery,
    dead_letter::DeadLetterQuery,
};

/// The queries of the profile subgraph.
#[derive(MergedObject, Default)]
pub struct Query(CustomerQuery, DataRequestQuery, DeadLetterQuery);

/// How customers are found.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct CustomerQuery;

#[Object]
impl CustomerQuery {
    /// The customer with this id; null when there is none that you may see. Scope: `customer:read`.
    #[graphql(requires_scopes = "customer:read")]
    async fn customer(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The customer's id, as the graph gave it.")] id: ID,
    ) -> Option<Result<Customer>> {
        customer_by_id(context, &id).await.transpose()
    }

    /// The customer who asks; null for every caller that is not a customer. Scope: `customer:read`.
    #[graphql(requires_scopes = "customer:read")]
    async fn me(&self, context: &Context<'_>) -> Option<Result<Customer>> {
        myself(context).await.transpose()
    }

    /// Customers that match every given filter, in the given order. `first` or `last` is needed. Scope: `customer:read`.
    #[graphql(requires_scopes = "customer:read")]
    #[expect(
        clippy::too_many_arguments,
        reason = "a Relay connection has four arguments of its own"
    )]
    async fn customers(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What they have in common; all customers when it is left out.")]
        filter: Option<CustomerFilter>,
        #[graphql(default, desc = "The order of the list.")] sort: CustomerSort,
        #[graphql(desc = "How many from the start, or after `after`: 1 to 100.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor after which to begin.")] after: Option<String>,
        #[graphql(desc = "How many from the end, or before `before`: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<Connection<Cursor, Customer, EmptyFields, EmptyFields>> {
        let arguments = PageArguments {
            first,
            after,
            last,
            before,
        };
        customer::search(context, filter.unwrap_or_default(), sort, &arguments).await
    }

    #[graphql(entity)]
    async fn find_customer_by_id(&self, context: &Context<'_>, id: ID) -> Option<Result<Customer>> {
        customer_by_id(context, &id).await.transpose()
    }
}

async fn customer_by_id(context: &Context<'_>, id: &ID) -> Result<Option<Customer>> {
    let id: CustomerId = id::read(id)?;
    customer::find(context, id).await
}

async fn myself(context: &Context<'_>) -> Result<Option<Customer>> {
    match context.session()?.actor.kind() {
        ActorKind::Customer(id) => customer::find(context, id).await,
        _ => Ok(None),
    }
}
