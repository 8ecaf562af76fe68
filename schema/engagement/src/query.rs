use async_graphql::MergedObject;

use crate::{
    dead_letter::DeadLetterQuery, delivery::DeliveryQuery, notification::NotificationQuery,
    reference::ReferenceQuery, template::TemplateQuery,
};

/// The queries of the engagement subgraph.
#[derive(MergedObject, Default)]
pub struct Query(
    NotificationQuery,
    DeliveryQuery,
    TemplateQuery,
    ReferenceQuery,
    DeadLetterQuery,
);
