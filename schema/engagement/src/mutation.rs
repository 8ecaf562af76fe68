use async_graphql::MergedObject;

use crate::{
    channel_preference::ChannelPreferenceMutation, dead_letter::DeadLetterMutation,
    delivery::DeliveryMutation, notification::NotificationMutation,
};

/// The mutations of the engagement subgraph.
#[derive(MergedObject, Default)]
pub struct Mutation(
    NotificationMutation,
    ChannelPreferenceMutation,
    DeliveryMutation,
    DeadLetterMutation,
);
