//! What this domain tells the others. Ids and codes only.

use entities::{
    engagement::{
        delivery::{Channel, Reason, State},
        notification::{Class, Kind},
    },
    id::{DeliveryId, NotificationId},
};
use serde::Serialize;

pub(crate) const NOTIFICATION_CREATED: &str = "engagement.notification.created.v1";
pub(crate) const NOTIFICATION_READ: &str = "engagement.notification.read.v1";
pub(crate) const DELIVERY_ENDED: &str = "engagement.delivery.ended.v1";

/// A customer is told something, or has read it.
#[derive(Debug, Serialize)]
pub(crate) struct NotificationFacts {
    pub(crate) notification_id: NotificationId,
    pub(crate) class: Class,
    pub(crate) kind: Kind,
    pub(crate) is_in_app: bool,
}

/// A delivery has come to its end: sent, dead or suppressed.
#[derive(Debug, Serialize)]
pub(crate) struct DeliveryEnded {
    pub(crate) delivery_id: DeliveryId,
    pub(crate) notification_id: NotificationId,
    pub(crate) channel: Channel,
    pub(crate) state: State,
    pub(crate) reason: Option<Reason>,
}
