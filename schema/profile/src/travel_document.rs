//! Travel documents, in masked form: the product holds no full number.

mod store;

use async_graphql::{Context, Enum, ID, Object};
use entities::profile::travel_document;
use schema_kernel::guard::Personal;
use schema_kernel::{
    ContextExt, Result,
    id::{self, CustomerId},
    scalar::{Date, DateTime},
};

use crate::customer;

/// What a travel document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entities::profile::travel_document::Kind")]
pub enum TravelDocumentKind {
    /// A passport.
    Passport,
    /// A national identity card.
    NationalId,
    /// A residence permit.
    ResidencePermit,
}

/// A travel document of a customer, without its number.
#[derive(Clone, Debug)]
pub struct TravelDocument(pub(crate) travel_document::Model);

/// A travel document of a customer. Its number is never shown whole.
#[Object(requires_scopes = "customer:sensitive", directive = Personal::apply("DOCUMENT"))]
impl TravelDocument {
    /// Its id, opaque: take it as it is given.
    async fn id(&self) -> ID {
        id::show(self.0.id)
    }

    /// What it is.
    async fn kind(&self) -> TravelDocumentKind {
        self.0.kind.into()
    }

    /// The country that issued it: an ISO 3166-1 alpha-2 code. Example: `"JO"`.
    async fn issuing_country(&self) -> &str {
        &self.0.issuing_country
    }

    /// Its number with all but the last three characters hidden. Example: `"••••••567"`.
    async fn masked_number(&self) -> String {
        format!("••••••{}", self.0.last_three)
    }

    /// Last day on which it is valid.
    async fn expires_on(&self) -> Date {
        Date(self.0.expires_on)
    }

    /// Whether it is still valid today (UTC). Many countries ask for six months more.
    async fn is_valid(&self, context: &Context<'_>) -> Option<Result<bool>> {
        Some(
            context
                .session()
                .map(|session| customer::today(session) <= self.0.expires_on),
        )
    }

    /// When it was recorded.
    async fn created_at(&self) -> DateTime {
        self.0.created_at
    }
}

/// The travel documents of a customer whom the caller sees, the longest valid first.
pub(crate) async fn of_customer(
    context: &Context<'_>,
    customer: CustomerId,
) -> Result<Vec<TravelDocument>> {
    let rows = context
        .loader()?
        .load_one(store::TravelDocumentsOf(customer))
        .await?;
    Ok(rows
        .unwrap_or_default()
        .into_iter()
        .map(TravelDocument)
        .collect())
}
