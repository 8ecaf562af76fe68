//! Records of other domains that a profile points to; their own subgraphs say what is in them.

use async_graphql::{ID, SimpleObject};
use schema_kernel::id;

macro_rules! links {
    ($($(#[$doc:meta])* $name:ident($id:ident);)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, SimpleObject)]
        #[graphql(unresolvable = "id")]
        pub struct $name {
            /// Its id, opaque: take it as it is given.
            #[graphql(requires_scopes = "public")]
            pub id: ID,
        }

        impl From<id::$id> for $name {
            fn from(id: id::$id) -> Self {
                Self { id: id::show(id) }
            }
        }
    )*};
}

links! {
    /// What a customer bought, as one contract.
    Order(OrderId);
    /// One flight, operated on one day.
    Flight(FlightId);
    /// Something a customer needs the airline to deal with.
    Case(CaseId);
    /// What a customer is owed, and how far it has come.
    Claim(ClaimId);
}
