use async_graphql::MergedObject;

use crate::{
    consent::ConsentMutation, contact_point::ContactPointMutation, customer::CustomerMutation,
    data_request::DataRequestMutation, dead_letter::DeadLetterMutation,
    interaction::InteractionMutation, loyalty::LoyaltyMutation, preference::PreferenceMutation,
};

/// The mutations of the profile subgraph.
#[derive(MergedObject, Default)]
pub struct Mutation(
    CustomerMutation,
    ContactPointMutation,
    LoyaltyMutation,
    PreferenceMutation,
    InteractionMutation,
    ConsentMutation,
    DataRequestMutation,
    DeadLetterMutation,
);
