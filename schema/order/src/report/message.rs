//! What a report says, read from named values: those of a JSON object, or of a row under its header. Pure.

use std::collections::BTreeMap;

use async_graphql::ID;
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use entities::order::{flight_event::Kind, flight_report::Aspect};
use schema_kernel::scalar::{IataAirline, IataAirport};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{
    flight::{
        ArrivalDetails, CancellationDetails, DelayDetails, DiversionDetails, GateChangeDetails,
        RecordFlightEventInput,
    },
    reference::PLAUSIBLE_YEARS,
};

/// The names that a report may give values for, in the order in which a file has its columns.
pub const COLUMNS: [&str; 16] = [
    "source",
    "message_id",
    "reported_at",
    "carrier",
    "number",
    "suffix",
    "origin",
    "departs_on",
    "kind",
    "departure_delay_minutes",
    "arrival_delay_minutes",
    "cause_code",
    "diverted_to",
    "gate",
    "actual_departure_at",
    "actual_arrival_at",
];

/// Those that belong to what happened, and not to every report.
const DETAILS: [&str; 7] = [
    "departure_delay_minutes",
    "arrival_delay_minutes",
    "cause_code",
    "diverted_to",
    "gate",
    "actual_departure_at",
    "actual_arrival_at",
];

/// A value that cannot be right, and the rule that says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// The name of the value; empty when the report as a whole cannot be read.
    pub field: String,
    /// What is wrong and what would be right.
    pub reason: String,
    /// The rule.
    pub rule: Option<String>,
}

impl Refusal {
    pub(crate) fn new(field: &str, reason: impl Into<String>) -> Self {
        Self {
            field: field.to_owned(),
            reason: reason.into(),
            rule: None,
        }
    }

    pub(crate) fn by(mut self, rule: &str) -> Self {
        self.rule = Some(rule.to_owned());
        self
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if !self.field.is_empty() {
            write!(formatter, "{}: ", self.field)?;
        }
        formatter.write_str(&self.reason)?;
        match &self.rule {
            Some(rule) => write!(formatter, " (rule: {rule})"),
            None => Ok(()),
        }
    }
}

/// The flight that a report is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ReportedFlight {
    /// IATA designator of the operating airline: `EK`.
    pub carrier: String,
    /// Flight number, 1 to 9999.
    pub number: i32,
    /// Operational suffix, one capital letter; empty for none.
    pub suffix: String,
    /// IATA code of the airport of departure: `DXB`.
    pub origin: String,
    /// Scheduled day of departure, on the calendar of the origin.
    pub departs_on: NaiveDate,
}

/// One report of flight operations, with values that are right by themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlightReport {
    /// Who reports: `aims`.
    pub source: String,
    /// What its source calls it.
    pub message_id: String,
    /// When its source said so.
    pub reported_at: DateTime<Utc>,
    /// Which flight.
    pub flight: ReportedFlight,
    /// What happened.
    pub kind: Kind,
    /// Minutes from scheduled departure.
    pub departure_delay_minutes: Option<i32>,
    /// Minutes from scheduled arrival.
    pub arrival_delay_minutes: Option<i32>,
    /// IATA delay code.
    pub cause_code: Option<String>,
    /// IATA code of the airport it goes to instead.
    pub diverted_to: Option<String>,
    /// The new gate.
    pub gate: Option<String>,
    /// When it left.
    pub actual_departure_at: Option<DateTime<Utc>>,
    /// When it arrived.
    pub actual_arrival_at: Option<DateTime<Utc>>,
}

/// Named values as they were written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Values(BTreeMap<String, String>);

impl Values {
    /// The values of a JSON object. Null means: not given.
    pub(crate) fn of_json(text: &[u8]) -> Result<Self, Refusal> {
        let object: BTreeMap<String, Value> = serde_json::from_slice(text).map_err(|error| {
            Refusal::new(
                "",
                format!("This is no JSON object of a flight report: {error}."),
            )
        })?;
        let mut values = BTreeMap::new();
        for (name, value) in object {
            let text = match value {
                Value::Null => continue,
                Value::String(text) => text,
                Value::Number(number) => number.to_string(),
                Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
                    return Err(Refusal::new(&name, "This is a text or a number."));
                }
            };
            values.insert(name, text);
        }
        Ok(Self(values))
    }

    /// The values of a row under these columns. Nothing between two commas means: not given.
    pub(crate) fn of_row<'a>(
        columns: impl IntoIterator<Item = &'a str>,
        row: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let given = columns
            .into_iter()
            .zip(row)
            .filter(|(_, value)| !value.is_empty());
        Self(
            given
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
        )
    }

    fn needed(&self, name: &'static str) -> Result<&str, Refusal> {
        self.0
            .get(name)
            .map(String::as_str)
            .ok_or_else(|| missing(name))
    }

    fn instant(&self, name: &'static str) -> Result<Option<DateTime<Utc>>, Refusal> {
        let Some(text) = self.0.get(name) else {
            return Ok(None);
        };
        let instant = DateTime::parse_from_rfc3339(text)
            .ok()
            .filter(|at| PLAUSIBLE_YEARS.contains(&at.year()));
        instant.map(|at| Some(at.to_utc())).ok_or_else(|| {
            let reason =
                "An instant has a date, a time and an offset, like \"2026-11-20T04:20:00Z\".";
            Refusal::new(name, reason).by("RFC 3339")
        })
    }

    fn minutes(&self, name: &'static str) -> Result<Option<i32>, Refusal> {
        let Some(text) = self.0.get(name) else {
            return Ok(None);
        };
        text.parse().map(Some).map_err(|_| {
            Refusal::new(name, "Minutes are a whole number, negative when early.").by("integer")
        })
    }

    fn text(&self, name: &'static str) -> Option<String> {
        self.0.get(name).cloned()
    }
}

impl FlightReport {
    /// Reads a report.
    ///
    /// # Errors
    /// With the first value that cannot be right.
    pub(crate) fn read(values: &Values) -> Result<Self, Refusal> {
        if let Some(unknown) = values
            .0
            .keys()
            .find(|name| !COLUMNS.contains(&name.as_str()))
        {
            let reason = format!("There is no such value; there are {}.", COLUMNS.join(", "));
            return Err(Refusal::new(unknown, reason));
        }
        let kind = kind(values)?;
        for name in DETAILS {
            let (is_given, rule) = (values.0.contains_key(name), place_of(kind, name));
            if is_given && rule == Place::Elsewhere {
                let reason =
                    "This contradicts `kind`: it does not belong to an event of this kind.";
                return Err(Refusal::new(name, reason).by("values that belong to `kind`"));
            }
            if !is_given && rule == Place::Needed {
                let reason = "An event of this kind needs this.";
                return Err(Refusal::new(name, reason).by("values that belong to `kind`"));
            }
        }
        let report = Self {
            source: label(values, "source", 64)?,
            message_id: label(values, "message_id", 128)?,
            reported_at: values
                .instant("reported_at")?
                .ok_or_else(|| missing("reported_at"))?,
            flight: flight(values)?,
            kind,
            departure_delay_minutes: values.minutes("departure_delay_minutes")?,
            arrival_delay_minutes: values.minutes("arrival_delay_minutes")?,
            cause_code: values.text("cause_code"),
            diverted_to: values.text("diverted_to"),
            gate: values.text("gate"),
            actual_departure_at: values.instant("actual_departure_at")?,
            actual_arrival_at: values.instant("actual_arrival_at")?,
        };
        report.input()?;
        Ok(report)
    }

    /// The same as what somebody records through the graph, so that the same rules hold.
    pub(crate) fn input(&self) -> Result<RecordFlightEventInput, Refusal> {
        let cause = || self.cause_code.clone().unwrap_or_default();
        let airport = |text: &String| {
            IataAirport::parse(text).map_err(|reason| {
                Refusal::new("diverted_to", reason).by("IATA location identifier")
            })
        };
        let diverted_to = self.diverted_to.as_ref().map(airport).transpose()?;
        let input = RecordFlightEventInput {
            flight_id: ID::from(""),
            idempotency_key: Uuid::nil(),
            expected_version: None,
            kind: self.kind.into(),
            delay: (self.kind == Kind::Delay).then(|| DelayDetails {
                new_departure_at: None,
                departure_delay_minutes: self.departure_delay_minutes,
                arrival_delay_minutes: self.arrival_delay_minutes.unwrap_or_default(),
                cause_code: cause(),
            }),
            cancellation: (self.kind == Kind::Cancellation).then(|| CancellationDetails {
                cause_code: cause(),
            }),
            diversion: diverted_to.map(|diverted_to| DiversionDetails {
                diverted_to,
                arrival_delay_minutes: self.arrival_delay_minutes,
                cause_code: self.cause_code.clone(),
            }),
            gate_change: self.gate.clone().map(|gate| GateChangeDetails { gate }),
            arrival: self
                .actual_arrival_at
                .map(|actual_arrival_at| ArrivalDetails {
                    actual_arrival_at,
                    actual_departure_at: self.actual_departure_at,
                }),
        };
        match input.problems().into_iter().next() {
            None => Ok(input),
            Some(problem) => Err(Refusal::from(problem)),
        }
    }

    /// Which side of the flight it is about.
    pub(crate) fn aspect(&self) -> Aspect {
        if self.kind == Kind::GateChange {
            Aspect::Gate
        } else {
            Aspect::Movement
        }
    }

    /// Equal for reports that say the same, however they are written.
    ///
    /// # Errors
    /// When it cannot be written as JSON, which no report is known to do.
    pub(crate) fn fingerprint(&self) -> serde_json::Result<String> {
        Ok(format!("{:x}", Sha256::digest(serde_json::to_vec(self)?)))
    }
}

impl From<schema_kernel::problem::FieldProblem> for Refusal {
    fn from(problem: schema_kernel::problem::FieldProblem) -> Self {
        let name = problem.path.last().map_or("", String::as_str);
        let mut field = String::new();
        for letter in name.chars() {
            if letter.is_ascii_uppercase() {
                field.push('_');
            }
            field.push(letter.to_ascii_lowercase());
        }
        Self {
            field,
            reason: problem.message,
            rule: problem.rule,
        }
    }
}

fn missing(name: &str) -> Refusal {
    Refusal::new(name, "A flight report needs this.").by("required")
}

/// Whether a value belongs to an event.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Needed,
    Possible,
    Elsewhere,
}

fn place_of(kind: Kind, name: &str) -> Place {
    match (kind, name) {
        (Kind::Delay, "arrival_delay_minutes" | "cause_code")
        | (Kind::Cancellation, "cause_code")
        | (Kind::Diversion, "diverted_to")
        | (Kind::GateChange, "gate")
        | (Kind::Arrival, "actual_arrival_at") => Place::Needed,
        (Kind::Delay, "departure_delay_minutes")
        | (Kind::Diversion, "arrival_delay_minutes" | "cause_code")
        | (Kind::Arrival, "actual_departure_at") => Place::Possible,
        _ => Place::Elsewhere,
    }
}

fn kind(values: &Values) -> Result<Kind, Refusal> {
    let text = values.needed("kind")?;
    serde_json::from_value(Value::from(text)).map_err(|_| {
        let reason =
            "What happened is DELAY, CANCELLATION, DIVERSION, GATE_CHANGE, RESTORATION or ARRIVAL.";
        Refusal::new("kind", reason)
    })
}

fn label(values: &Values, name: &'static str, longest: usize) -> Result<String, Refusal> {
    let text = values.needed(name)?;
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:/".contains(&byte);
    if (1..=longest).contains(&text.len()) && text.bytes().all(allowed) {
        return Ok(text.to_owned());
    }
    let reason = format!(
        "This has 1 to {longest} letters, digits, hyphens, underscores, dots, colons and slashes."
    );
    Err(Refusal::new(name, reason))
}

fn flight(values: &Values) -> Result<ReportedFlight, Refusal> {
    let carrier = IataAirline::parse(values.needed("carrier")?)
        .map_err(|reason| Refusal::new("carrier", reason).by("IATA airline designator"))?;
    let origin = IataAirport::parse(values.needed("origin")?)
        .map_err(|reason| Refusal::new("origin", reason).by("IATA location identifier"))?;
    let number = values.needed("number")?.parse().ok();
    let number = number
        .filter(|number| (1..=9_999).contains(number))
        .ok_or_else(|| {
            Refusal::new("number", "A flight number is between 1 and 9999.").by("1 to 9999")
        })?;
    let suffix = values.text("suffix").unwrap_or_default();
    if !matches!(suffix.as_bytes(), [] | [b'A'..=b'Z']) {
        let reason = "An operational suffix is one capital letter, like \"A\".";
        return Err(Refusal::new("suffix", reason));
    }
    let departs_on: Option<NaiveDate> = values.needed("departs_on")?.parse().ok();
    let departs_on = departs_on
        .filter(|day| PLAUSIBLE_YEARS.contains(&day.year()))
        .ok_or_else(|| {
            let reason = "A day is written like \"2026-11-20\", on the calendar of the origin.";
            Refusal::new("departs_on", reason).by("ISO 8601")
        })?;
    Ok(ReportedFlight {
        carrier: carrier.as_str().to_owned(),
        number,
        suffix,
        origin: origin.as_str().to_owned(),
        departs_on,
    })
}

#[cfg(test)]
mod tests;
