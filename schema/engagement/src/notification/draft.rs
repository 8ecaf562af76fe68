use chrono::{DateTime, Utc};
use entities::{
    engagement::{
        delivery::{self, Channel, Reason, State},
        notification::{Class, Kind, Model},
    },
    id::{CaseId, ClaimId, CustomerId, FlightId, JourneyId, NotificationId, OrderId, PassengerId},
};
use schema_kernel::{Error, Event, Permit, Result, Session};
use sea_orm::DatabaseTransaction;

use super::{WRITE, class_of, store};
use crate::{
    channel_preference,
    template::{Facts, Templates},
};

/// What a notification is about, as far as it is about it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct About {
    pub(crate) order_id: Option<OrderId>,
    pub(crate) journey_id: Option<JourneyId>,
    pub(crate) passenger_id: Option<PassengerId>,
    pub(crate) flight_id: Option<FlightId>,
    pub(crate) claim_id: Option<ClaimId>,
    pub(crate) case_id: Option<CaseId>,
}

/// Something to tell a customer.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) kind: Kind,
    pub(crate) topic: String,
    pub(crate) about: About,
    pub(crate) facts: Facts,
    pub(crate) relevant_until: Option<DateTime<Utc>>,
}

/// Tells a customer something: a notification, and a delivery for each channel, which wait for the courier. `last` is what
/// they were told before about the same.
pub(crate) async fn tell(
    transaction: &DatabaseTransaction,
    session: &Session,
    event: &Event,
    customer: CustomerId,
    last: Option<&Model>,
    draft: Draft,
) -> Result<()> {
    draft.facts.check(draft.kind).map_err(Error::internal)?;
    let permit = permit(session, customer)?;
    let preference = channel_preference::of(transaction, customer).await?;
    let class = class_of(draft.kind);
    let is_in_app = class == Class::Statutory || preference.is_in_app_wanted;
    let id: NotificationId = session.new_id();
    let about = draft.about;
    let notification = Model {
        id,
        customer_id: customer,
        class,
        kind: draft.kind,
        template_version: Templates::version(draft.kind),
        topic: draft.topic,
        revision: last.map_or(1, |last| last.revision + 1),
        corrects_id: last.map(|last| last.id),
        event_id: event.id,
        order_id: about.order_id,
        journey_id: about.journey_id,
        passenger_id: about.passenger_id,
        flight_id: about.flight_id,
        claim_id: about.claim_id,
        case_id: about.case_id,
        facts: serde_json::to_value(&draft.facts)?,
        places: None,
        language: None,
        relevant_until: draft.relevant_until,
        is_in_app,
        is_unread: is_in_app,
        read_at: None,
        created_at: session.now(),
    };
    let deliveries = [
        by_mail(session, &notification),
        in_app(session, &notification),
    ];
    store::insert(transaction, &permit, session, notification, deliveries).await
}

fn permit(session: &Session, customer: CustomerId) -> Result<Permit<CustomerId>> {
    session.actor.permit(WRITE, customer).ok_or_else(|| {
        Error::internal(anyhow::anyhow!(
            "the dispatcher's actor may not write notifications"
        ))
    })
}

fn by_mail(session: &Session, notification: &Model) -> delivery::Model {
    delivery::Model {
        id: session.new_id(),
        notification_id: notification.id,
        customer_id: notification.customer_id,
        channel: Channel::Mail,
        state: State::Queued,
        attempts: 0,
        due_at: Some(notification.created_at),
        lease: None,
        reason: None,
        reply: None,
        masked_address: None,
        sent_at: None,
        created_at: notification.created_at,
        updated_at: notification.created_at,
        version: 1,
    }
}

/// Being listed is all there is to it, so that it is over at once.
fn in_app(session: &Session, notification: &Model) -> delivery::Model {
    let (state, reason, sent_at) = if notification.is_in_app {
        (State::Sent, None, Some(notification.created_at))
    } else {
        (State::Suppressed, Some(Reason::Preference), None)
    };
    delivery::Model {
        channel: Channel::InApp,
        state,
        due_at: None,
        reason,
        sent_at,
        ..by_mail(session, notification)
    }
}
