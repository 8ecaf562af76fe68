use async_graphql::MergedObject;

use crate::{
    contact_point::ContactPointMutation, customer::CustomerMutation,
    dead_letter::DeadLetterMutation, interaction::InteractionMutation, loyalty::LoyaltyMutation,
    preference::PreferenceMutation,
};

/// The mutations of the profile subgraph.
#[derive(MergedObject, Default)]
pub struct Mutation(
    CustomerMutation,
    ContactPointMutation,
    LoyaltyMutation,
    PreferenceMutation,
    InteractionMutation,
    DeadLetterMutation,
);
