//! The records of customers who register, made through the graph.

use anyhow::{Context, bail};
use entities::id::CustomerId;
use futures_util::future::BoxFuture;
use schema_identity::postman::{NewCustomer, Registrar};
use serde_json::json;

use crate::App;

const CREATE: &str = "mutation Register($input: CreateCustomerInput!) { createCustomer(input: $input) { \
    __typename ... on CustomerCreated { customer { id } } ... on Problem { code } } }";

/// Asks the profile domain for the records of customers.
#[derive(Debug)]
pub struct GraphRegistrar<'a>(pub &'a App);

impl GraphRegistrar<'_> {
    async fn make(&self, customer: &NewCustomer) -> anyhow::Result<CustomerId> {
        let input = json!({
            "idempotencyKey": customer.key,
            "familyName": customer.family_name,
            "givenName": customer.given_name,
            "travelDocumentFamilyName": customer.travel_document_family_name,
            "travelDocumentGivenName": customer.travel_document_given_name,
            "language": customer.language,
            "email": customer.email,
            // They have just shown that the address is theirs.
            "isReturning": true,
        });
        let data = self.0.ask_with(CREATE, json!({ "input": input })).await?;
        let outcome = &data["createCustomer"];
        let Some(id) = outcome.pointer("/customer/id") else {
            let code = outcome["code"].as_str().unwrap_or("nothing");
            bail!("the record of a customer was not made: {code}");
        };
        serde_json::from_value(id.clone()).context("the id of a customer")
    }
}

impl Registrar for GraphRegistrar<'_> {
    fn register<'a>(
        &'a self,
        customer: &'a NewCustomer,
    ) -> BoxFuture<'a, anyhow::Result<CustomerId>> {
        Box::pin(self.make(customer))
    }
}
