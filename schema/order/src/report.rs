//! What flight operations report: by message, by a file of events. Taken once, in whatever order it comes.
//!
//! A report names its flight as the airline does, and carries the number that its source gave it. The same number again
//! changes nothing. A report that is older than what is known changes nothing either. One whose flight is not known yet
//! waits for it, for a bounded time. What contradicts itself or the flight is refused, with the value and the rule.

mod file;
mod message;
mod record;
mod settle;
mod store;

use entities::{id::EventId, order::flight_report::Status};
use schema_kernel::{
    Database, Error, Event, Result, Session, dead_letter, permit::Operations, redact,
};
use sea_orm::{ActiveEnum, DatabaseTransaction};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use self::message::Values;
pub(crate) use self::settle::settle;
pub use self::{
    file::{ReportFormat, ReportImporter, ReportProgress, ReportTotals},
    message::{COLUMNS, FlightReport, Refusal, ReportedFlight},
    settle::sweep,
};
use crate::DOMAIN;

/// The type of the event in which a report comes to the consumer of this domain.
pub const REPORTED: &str = "ops.flight.reported.v1";

/// The longest message that is looked at, in bytes.
const LONGEST_MESSAGE: usize = 64 * 1_024;

/// What became of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// What became of it.
    pub(crate) status: Status,
    /// Whether it had come before, so that it has no further effect.
    pub(crate) is_repeated: bool,
    /// How many passenger journeys end differently because of it.
    pub(crate) disrupted_journeys: u64,
}

/// A message of flight operations as the event in which it is consumed. Its id follows from who sent it under which number,
/// or from its bytes where these cannot be read, so that the same message is the same event.
pub fn event_of_message(session: &Session, message: &[u8]) -> Event {
    let text = String::from_utf8_lossy(message.get(..LONGEST_MESSAGE).unwrap_or(message));
    let data: Value =
        serde_json::from_slice(message).unwrap_or_else(|_| json!({ "unreadable": redact(&text) }));
    let named = |name: &str| data.get(name).and_then(Value::as_str);
    let subject = match (named("source"), named("message_id")) {
        (Some(source), Some(id)) => format!("{source} {id}").chars().take(200).collect(),
        _ => format!("{:x}", Sha256::digest(message)),
    };
    let digest = Sha256::digest(message);
    let name = format!("jetbridge.{REPORTED}:{subject}:{digest:x}");
    Event {
        id: EventId(Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes())),
        source: "ops".to_owned(),
        kind: REPORTED.to_owned(),
        correlation_id: format!("ops {subject}"),
        subject,
        time: session.now(),
        customer_id: None,
        data,
    }
}

/// A message came.
///
/// # Errors
/// `BAD_USER_INPUT` with the value and the rule when it cannot be right; `INTERNAL_SERVER_ERROR` when the database fails.
pub(crate) async fn came(
    transaction: &DatabaseTransaction,
    session: &Session,
    event: &Event,
) -> Result<()> {
    let refused = |refusal: Refusal| Error::bad_user_input(refusal.to_string());
    let permit = session
        .actor
        .permit("flight:write", Operations)
        .ok_or_else(|| Error::internal(anyhow::anyhow!("the actor may not write flights")))?;
    let values = Values::of_json(&serde_json::to_vec(&event.data)?).map_err(refused)?;
    let report = FlightReport::read(&values).map_err(refused)?;
    let outcomes = record::record(transaction, &permit, session, vec![report]).await?;
    for outcome in outcomes {
        outcome.map_err(refused)?;
    }
    Ok(())
}

/// What became of a report, as it is told to whoever sent it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct ReportOutcome {
    /// Who reported; nothing where that could not be read.
    pub source: Option<String>,
    /// What its source calls it; nothing where that could not be read.
    pub message_id: Option<String>,
    /// `RECORDED`, `UNCHANGED`, `STALE`, `WAITING`, `EXPIRED` or `REFUSED`.
    pub status: String,
    /// Why it was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What became of the report in this event, once it was delivered.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when the database fails.
pub async fn outcome_of(database: &Database, event: &Event) -> Result<ReportOutcome> {
    let named = |name: &str| {
        let value = event.data.get(name).and_then(Value::as_str);
        value.map(str::to_owned)
    };
    let (source, message_id) = (named("source"), named("message_id"));
    let letter = dead_letter::find(database, DOMAIN, event.id).await?;
    let (status, reason) = match (letter, &source, &message_id) {
        (Some(letter), ..) => (Status::Refused, Some(letter.reason)),
        (None, Some(source), Some(message_id)) => {
            store::became_of(database, source, message_id).await?
        }
        (None, ..) => (Status::Refused, None),
    };
    Ok(ReportOutcome {
        source,
        message_id,
        status: status.to_value(),
        reason,
    })
}
