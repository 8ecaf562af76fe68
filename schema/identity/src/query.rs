use async_graphql::MergedObject;

use crate::{
    audit::AuditQuery, client::ApiClientQuery, device::DeviceQuery, reference::ReferenceQuery,
    role::RoleQuery, session::SessionQuery, user::UserQuery,
};

/// The queries of the identity subgraph.
#[derive(MergedObject, Default)]
pub struct Query(
    UserQuery,
    RoleQuery,
    SessionQuery,
    ApiClientQuery,
    AuditQuery,
    DeviceQuery,
    ReferenceQuery,
);
