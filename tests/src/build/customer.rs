//! Customers that a test works with.

use serde_json::{Value, json};

use super::text;
use crate::App;

/// A customer that is known to the product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    /// The id.
    pub id: String,
}

/// A customer to make.
#[derive(Clone, Debug)]
pub struct NewCustomer(Value);

impl NewCustomer {
    /// Somebody of this family name, who is called Amara.
    pub fn named(family_name: &str) -> Self {
        Self(json!({ "familyName": family_name, "givenName": "Amara" }))
    }

    /// The same with another field of `CreateCustomerInput`.
    #[must_use]
    pub fn with(mut self, field: &str, value: impl Into<Value>) -> Self {
        self.0[field] = value.into();
        self
    }

    /// The same with a membership of a loyalty programme.
    #[must_use]
    pub fn member(self, number: &str, tier: &str) -> Self {
        self.with(
            "loyaltyMembership",
            json!({ "programme": "SKYWARDS", "number": number, "tier": tier }),
        )
    }

    /// Makes the record.
    pub async fn create(self, app: &App) -> Customer {
        let outcome = app
            .administrator()
            .must(
                "createCustomer",
                "CustomerCreated",
                self.0,
                "customer { id }",
            )
            .await;
        Customer {
            id: text(&outcome, "/customer/id"),
        }
    }
}

impl Customer {
    /// Reads fields of the customer as an administrator.
    pub async fn read(&self, app: &App, selection: &str) -> Value {
        let query = format!("query($id: ID!) {{ customer(id: $id) {{ {selection} }} }}");
        app.administrator()
            .ask_with(&query, json!({ "id": self.id }))
            .await
            .at("/customer")
            .clone()
    }
}
