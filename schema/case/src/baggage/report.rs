//! Somebody reports baggage that came late, damaged or not at all.

mod input;

use async_graphql::{SimpleObject, Union};
use chrono::{DateTime, Days, NaiveDate, Utc};
use entities::{
    case::{
        baggage_bag,
        baggage_report::{BaggageKind, Model},
        case::{CaseType, Impact, Modifiers},
    },
    id::{BaggageReportId, CaseId, CustomerId},
};
use schema_kernel::{
    Database, Error, Permit, Result, Session,
    database::take_turns,
    idempotency::{self, Once},
    problem::{Conflict, InvalidInput, NotFound},
};
use sea_orm::DatabaseTransaction;
use serde::{Deserialize, Serialize};

pub use self::input::{BagInput, ReportBaggageInput};
use self::input::{Draft, Named, read};
use super::{BaggageReport, event, number, state, store};
use crate::{
    DOMAIN,
    case::{self, About, policy},
    incident,
};

/// Days in which a reference means the same report: tracing takes about 100, and systems keep a file open for 180.
const SAME: u64 = 180;

/// What became of a report.
#[derive(Union)]
pub enum ReportBaggageOutcome {
    /// It is reported.
    BaggageReported(BaggageReported),
    /// It was reported before.
    BaggageReportStands(BaggageReportStands),
    /// A value cannot be right.
    InvalidInput(InvalidInput),
    /// There is no such customer that you may report for.
    NotFound(NotFound),
    /// The reference belongs to other baggage, or the idempotency key was used for another report.
    Conflict(Conflict),
}

/// It is reported, and a case is open for it.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "case:read")]
pub struct BaggageReported {
    /// The report.
    pub report: BaggageReport,
}

/// There is a report with this reference already. Nothing was written.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "case:read")]
pub struct BaggageReportStands {
    /// The report there is.
    pub report: BaggageReport,
    /// What that means, in one sentence for people.
    pub message: String,
}

/// What was made: a new report, or what stands in place of one.
#[derive(Clone, Copy, Serialize, Deserialize)]
enum Made {
    Reported(BaggageReportId),
    Stands(BaggageReportId),
    /// The reference belongs to somebody else.
    Taken,
}

/// Reports baggage, and opens a case of the right type for it.
pub(crate) async fn report(
    session: &Session,
    database: &Database,
    input: ReportBaggageInput,
) -> Result<ReportBaggageOutcome> {
    let draft = match read(session, &input) {
        Ok(draft) => draft,
        Err(invalid) => return Ok(invalid.into()),
    };
    let Some(permit) = session.actor.permit("case:write", draft.customer_id) else {
        return Ok(NotFound::of("customer").into());
    };
    let once = database
        .transaction(async |transaction| {
            let work = async || write(transaction, &permit, session, &draft).await;
            let key = input.idempotency_key;
            idempotency::once(transaction, DOMAIN, session, key, &draft, work).await
        })
        .await?;
    let Once::Outcome(made) = once else {
        let message = "This idempotency key was used for another report; take a new one.";
        return Ok(Conflict::of(message).into());
    };
    let (Made::Reported(id) | Made::Stands(id)) = made else {
        let message =
            "This reference belongs to other baggage; look at the reference, or leave it out.";
        return Ok(Conflict::of(message).into());
    };
    let rows = session.actor.rows("case:write");
    let Some(report) = store::by_id(database.reader(), rows, id).await? else {
        return Ok(NotFound::of("baggage report").into());
    };
    let report = BaggageReport::from(report);
    Ok(match made {
        Made::Stands(_) => BaggageReportStands {
            report,
            message: "There is a report with this reference already; follow that one.".to_owned(),
        }
        .into(),
        Made::Reported(_) | Made::Taken => BaggageReported { report }.into(),
    })
}

async fn write(
    transaction: &DatabaseTransaction,
    permit: &Permit<CustomerId>,
    session: &Session,
    draft: &Draft,
) -> Result<Made> {
    let now = session.now();
    let since = now
        .date_naive()
        .checked_sub_days(Days::new(SAME))
        .unwrap_or(NaiveDate::MIN);
    let id = session.new_id();
    let reference = match &draft.named {
        Named::By(reference) => {
            // Two who report the same bag at the same time would not see each other's report.
            take_turns(transaction, &format!("baggage.{reference}")).await?;
            if let Some(stands) = store::of_reference(transaction, reference, since).await? {
                let is_own = stands.customer_id == draft.customer_id;
                return Ok(if is_own {
                    Made::Stands(stands.id)
                } else {
                    Made::Taken
                });
            }
            reference.clone()
        }
        Named::At { station, airline } => {
            take_turns(transaction, &format!("baggage.{station}{airline}")).await?;
            free(transaction, id, station, airline, since).await?
        }
    };
    let case_id = open_case(transaction, session, draft, &reference).await?;
    let report = draft.report(id, reference, case_id, now);
    store::insert(transaction, permit, &report, &draft.bags(id)).await?;
    event::publish(transaction, permit, session, event::REPORTED, &report, None).await?;
    Ok(Made::Reported(id))
}

/// The first reference of this id that no report has.
async fn free(
    transaction: &DatabaseTransaction,
    id: BaggageReportId,
    station: &str,
    airline: &str,
    since: NaiveDate,
) -> Result<String> {
    let candidates = number::candidates(id, station, airline);
    let taken = store::taken(transaction, &candidates, since).await?;
    candidates
        .into_iter()
        .find(|candidate| !taken.contains(candidate))
        .ok_or_else(|| Error::internal(anyhow::anyhow!("every reference of report {id} is taken")))
}

async fn open_case(
    transaction: &DatabaseTransaction,
    session: &Session,
    draft: &Draft,
    reference: &str,
) -> Result<CaseId> {
    let about = About(Some(draft.customer_id));
    let permit = session
        .actor
        .permit("case:write", about)
        .ok_or_else(|| Error::internal(anyhow::anyhow!("a report without the right to a case")))?;
    let incident = match draft.flight_id {
        Some(flight) => incident::of_flight(transaction, flight).await?,
        None => None,
    };
    let id = session.new_id();
    let called = case::take_reference(transaction, id).await?;
    let incident = incident.map(|incident| incident.id);
    let opened = draft
        .case(reference)
        .open(id, called, incident, session.now());
    Ok(case::insert(transaction, &permit, session, opened, &[])
        .await?
        .id)
}

impl Draft {
    fn case(&self, reference: &str) -> case::Draft {
        let case_type = case_type_of(self.kind);
        let (usual, urgency) = policy::usual_weight(case_type);
        let what = match self.kind {
            BaggageKind::Delayed => "delayed",
            BaggageKind::Damaged => "damaged",
            BaggageKind::Pilfered => "pilfered",
            BaggageKind::Lost => "lost",
        };
        case::Draft {
            case_type,
            subject: format!("Baggage {what}: {reference}"),
            description: self.description.clone(),
            channel: self.channel,
            impact: if self.holds_essentials {
                Impact::Severe
            } else {
                usual
            },
            urgency,
            modifiers: Modifiers::default(),
            customer_id: Some(self.customer_id),
            order_id: self.order_id,
            flight_id: self.flight_id,
            source_key: None,
        }
    }

    fn report(
        &self,
        id: BaggageReportId,
        reference: String,
        case_id: CaseId,
        now: DateTime<Utc>,
    ) -> Model {
        let (declared_minor, declared_currency) = self.declared.clone().unzip();
        Model {
            id,
            station: reference.chars().take(3).collect(),
            reference,
            reported_on: now.date_naive(),
            kind: self.kind,
            state: state::first(self.kind),
            customer_id: self.customer_id,
            order_id: self.order_id,
            journey_id: self.journey_id,
            flight_id: self.flight_id,
            passenger_id: self.passenger_id,
            case_id,
            arrived_on: self.arrived_on,
            at_disposal_on: self.received_on,
            complained_on: self.is_complaint.then(|| now.date_naive()),
            complaint_told_on: None,
            loss_told_on: None,
            is_loss_admitted: self.is_loss_admitted,
            travellers: self.travellers,
            declared_minor,
            declared_currency,
            description: self.description.clone(),
            reported_at: now,
            updated_at: now,
            version: 1,
        }
    }

    fn bags(&self, report_id: BaggageReportId) -> Vec<baggage_bag::Model> {
        let bag = |(tag, colour_type): &(String, Option<String>)| baggage_bag::Model {
            report_id,
            tag: tag.clone(),
            colour_type: colour_type.clone(),
        };
        self.bags.iter().map(bag).collect()
    }
}

/// The type of case in which such baggage is dealt with.
fn case_type_of(kind: BaggageKind) -> CaseType {
    match kind {
        BaggageKind::Delayed => CaseType::BaggageDelayed,
        BaggageKind::Damaged | BaggageKind::Pilfered => CaseType::BaggageDamaged,
        BaggageKind::Lost => CaseType::BaggageLost,
    }
}
