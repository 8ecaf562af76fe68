use async_graphql::{Context, Object};
use schema_kernel::Result;

use super::{
    create::{self, CreateCustomerInput, CreateCustomerPayload},
    update::{self, UpdateCustomerInput, UpdateCustomerPayload},
};

/// The mutations of customers.
#[derive(Default)]
pub struct CustomerMutation;

#[Object]
impl CustomerMutation {
    /// Makes the record of a person the airline does not know yet. Who shares an e-mail address, a telephone number or a
    /// loyalty number with a customer is refused as a duplicate. For staff. Scope: `customer:write`.
    #[graphql(requires_scopes = "customer:write")]
    async fn create_customer(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The person.")] input: CreateCustomerInput,
    ) -> Result<CreateCustomerPayload> {
        create::create(context, input).await
    }

    /// Changes a customer's own fields: a field that is left out stays, null empties it, a value replaces it. A change that
    /// changes nothing is not counted as one. Customers may change themselves. Scope: `customer:write`.
    #[graphql(requires_scopes = "customer:write")]
    async fn update_customer(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What to change.")] input: UpdateCustomerInput,
    ) -> Result<UpdateCustomerPayload> {
        update::update(context, input).await
    }
}
