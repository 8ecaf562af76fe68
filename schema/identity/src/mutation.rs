use async_graphql::MergedObject;

use crate::{
    account::AccountMutation, client::ApiClientMutation, device::DeviceMutation,
    role::RoleMutation, session::SessionMutation, user::UserMutation,
};

/// The mutations of the identity subgraph.
#[derive(MergedObject, Default)]
pub struct Mutation(
    UserMutation,
    RoleMutation,
    SessionMutation,
    AccountMutation,
    ApiClientMutation,
    DeviceMutation,
);
