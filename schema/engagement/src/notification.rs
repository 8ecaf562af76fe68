//! Notifications: what customers are told.

mod draft;
mod follow;
mod list;
mod mark_read;
mod mutation;
mod query;
pub(crate) mod store;
mod view;

use entities::engagement::notification::{Class, Kind};

pub(crate) use self::{
    draft::{About, Draft, tell},
    follow::follow,
    list::{notifications_of, unread_count_of},
};
pub use self::{
    list::NotificationFilter,
    mark_read::{MarkNotificationReadInput, MarkNotificationReadOutcome, NotificationMarkedRead},
    mutation::NotificationMutation,
    query::NotificationQuery,
    view::{Notification, NotificationWords},
};

/// The right to read notifications.
pub(crate) const READ: &str = "notification:read";
/// The right to mark them as read, and to say how one wants to be told.
pub(crate) const WRITE: &str = "notification:write";

/// Why somebody is told something of this kind.
pub fn class_of(kind: Kind) -> Class {
    match kind {
        Kind::RightsNotice | Kind::RightsNoticeWithdrawn => Class::Statutory,
        Kind::JourneyDisrupted
        | Kind::JourneyRestored
        | Kind::ClaimOpened
        | Kind::ClaimApproved
        | Kind::ClaimRefused
        | Kind::ClaimPaid
        | Kind::ClaimWithdrawn
        | Kind::CaseOpened
        | Kind::CaseAnswered
        | Kind::CaseWaiting
        | Kind::CaseResolved
        | Kind::BaggageComplaintDue
        | Kind::BaggageDeemedLost => Class::Service,
    }
}
