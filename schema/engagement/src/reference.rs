//! Records of other domains, as far as notifications know them: by id, with what they add to customers.

use async_graphql::{Context, ID, Object, SimpleObject};
use entities::id::CustomerId;
use schema_kernel::{PageArguments, Result, id};

use crate::{
    channel_preference::{ChannelPreference, preference_of},
    notification::{Notification, notifications_of, unread_count_of},
    paging::List,
};

/// A customer, as far as notifications know them.
pub struct Customer(pub(crate) CustomerId);

/// A person the airline knows.
#[Object]
impl Customer {
    /// Unique for ever.
    #[graphql(requires_scopes = "public")]
    async fn id(&self) -> ID {
        id::show(self.0)
    }

    /// What this customer was told, newest first, on whatever channel. Holds 10 unless you ask for another number.
    #[graphql(requires_scopes = "notification:read")]
    async fn notifications(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Only those that they have yet to read among their own (`true`), or need not (`false`)."
        )]
        unread: Option<bool>,
        #[graphql(desc = "How many from the start, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Option<Result<List<Notification>>> {
        let arguments = PageArguments {
            first,
            after,
            last,
            before,
        };
        Some(notifications_of(ctx, self.0, unread, &arguments).await)
    }

    /// How many notifications they have yet to read among their own.
    #[graphql(requires_scopes = "notification:read")]
    async fn unread_notification_count(&self, ctx: &Context<'_>) -> Option<Result<i32>> {
        Some(unread_count_of(ctx, self.0).await)
    }

    /// How they want to be told what belongs to the service they bought. What the law asks for comes regardless.
    #[graphql(requires_scopes = "notification:read")]
    async fn channel_preference(&self, ctx: &Context<'_>) -> Option<Result<ChannelPreference>> {
        preference_of(ctx, self.0).await.transpose()
    }
}

/// Writes a record that is known by its key alone; its own domain knows the rest.
macro_rules! keys {
    ($($(#[$doc:meta])* $name:ident($id:ident), $key:literal;)*) => {$(
        $(#[$doc])*
        #[derive(SimpleObject)]
        #[graphql(unresolvable = "id")]
        pub struct $name {
            #[doc = $key]
            #[graphql(requires_scopes = "public")]
            pub id: ID,
        }

        impl $name {
            pub(crate) fn of(id: entities::id::$id) -> Self {
                Self { id: id::show(id) }
            }
        }
    )*};
}

keys! {
    /// What a customer bought, as one contract.
    Order(OrderId), "The id of the order.";
    /// A trip from a first origin to a final destination.
    Journey(JourneyId), "The id of the journey.";
    /// One operated flight on one day.
    Flight(FlightId), "The id of the flight.";
    /// What a customer is owed, and how far it has come.
    Claim(ClaimId), "The id of the claim.";
    /// Something a customer needs the airline to deal with.
    Case(CaseId), "The id of the case.";
}

/// How other subgraphs reach records by their keys.
#[derive(Default)]
pub struct ReferenceQuery;

#[Object]
impl ReferenceQuery {
    /// The customer with this id, unread.
    #[graphql(entity)]
    async fn customer_by_id(&self, id: ID) -> Option<Result<Customer>> {
        Some(id::read(&id).map(Customer))
    }

    /// The notification with this id, if the caller may see it.
    #[graphql(entity)]
    async fn notification_by_id(&self, ctx: &Context<'_>, id: ID) -> Option<Result<Notification>> {
        match id::read(&id) {
            Ok(id) => Notification::load(ctx, id).await.transpose(),
            Err(error) => Some(Err(error)),
        }
    }
}
