//! Whether a mail is sent now. Pure.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use entities::engagement::{
    channel_preference,
    delivery::Reason,
    notification::{Class, Model},
};

use super::directory::Recipient;
use crate::channel_preference::quiet_hours::Hours;

/// What to do with a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Send it.
    Send,
    /// Wait until then.
    Hold(DateTime<Utc>),
    /// Leave it.
    Suppress(Reason),
}

/// What to do with the mail of a notification at `now`. The law asks neither what somebody prefers nor what time it is.
pub fn decide(
    notification: &Model,
    preference: &channel_preference::Model,
    recipient: &Recipient,
    now: DateTime<Utc>,
) -> Decision {
    if recipient.address.is_none() {
        return Decision::Suppress(Reason::NoAddress);
    }
    match notification.class {
        Class::Statutory => Decision::Send,
        Class::Service if recipient.is_closed => Decision::Suppress(Reason::NoCustomer),
        Class::Service if !preference.is_mail_wanted => Decision::Suppress(Reason::Preference),
        Class::Service => match quiet_until(preference, recipient, now) {
            // Who learns of it after they have left learns of it too late.
            Some(end)
                if notification
                    .relevant_until
                    .is_none_or(|departure| departure > end) =>
            {
                Decision::Hold(end)
            }
            _ => Decision::Send,
        },
    }
}

fn quiet_until(
    preference: &channel_preference::Model,
    recipient: &Recipient,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let hours = Hours::between(preference.quiet_from?, preference.quiet_until?)?;
    let zone = preference
        .time_zone
        .as_deref()
        .or(recipient.time_zone.as_deref());
    let zone = zone.and_then(|zone| zone.parse::<Tz>().ok());
    hours.wait(now, zone.unwrap_or(Tz::UTC))
}
