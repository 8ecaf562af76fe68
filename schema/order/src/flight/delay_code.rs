//! Why flights are late: the numeric delay codes of the IATA Airport Handling Manual, AHM 730.

use async_graphql::Object;

/// One delay code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DelayCode {
    code: &'static str,
    meaning: &'static str,
}

/// Why a flight is late, diverted or cancelled, as the airline coded it. Whether a cause is extraordinary in the sense of
/// the law is never decided by the code alone.
#[Object(requires_scopes = "public")]
impl DelayCode {
    /// The two-digit IATA delay code (AHM 730). Example: `"41"`.
    pub async fn code(&self) -> &'static str {
        self.code
    }

    /// What the code stands for. Example: `"Aircraft defects"`.
    pub async fn meaning(&self) -> &'static str {
        self.meaning
    }
}

impl DelayCode {
    /// The code that is written like this; `None` when AHM 730 has no such code.
    pub fn find(code: &str) -> Option<Self> {
        let place = CODES.binary_search_by_key(&code, |(code, _)| code).ok()?;
        let (code, meaning) = *CODES.get(place)?;
        Some(Self { code, meaning })
    }

    /// The two digits.
    pub fn digits(self) -> &'static str {
        self.code
    }
}

/// Code and meaning, by code.
const CODES: [(&str, &str); 83] = [
    ("01", "Airline internal code"),
    ("02", "Airline internal code"),
    ("03", "Airline internal code"),
    ("04", "Airline internal code"),
    ("05", "Airline internal code"),
    (
        "06",
        "No gate or stand available because of own airline activity",
    ),
    ("07", "Airline internal code"),
    ("08", "Airline internal code"),
    (
        "09",
        "Scheduled ground time less than the declared minimum ground time",
    ),
    (
        "11",
        "Late check-in: passengers accepted after the deadline",
    ),
    ("12", "Late check-in: congestion in the check-in area"),
    ("13", "Check-in error"),
    ("14", "Oversales or booking errors"),
    (
        "15",
        "Boarding: discrepancies and paging, missing checked-in passengers",
    ),
    ("16", "Commercial publicity or passenger convenience"),
    ("17", "Catering order late or incorrect"),
    ("18", "Baggage processing and sorting"),
    (
        "19",
        "Boarding or deboarding of passengers with reduced mobility",
    ),
    ("21", "Cargo documentation errors"),
    ("22", "Cargo positioned late"),
    ("23", "Cargo accepted late"),
    ("24", "Cargo packed inadequately"),
    ("25", "Cargo oversales or booking errors"),
    ("26", "Cargo prepared late in the warehouse"),
    ("27", "Mail documentation or packing"),
    ("28", "Mail positioned late"),
    ("29", "Mail accepted late"),
    ("31", "Aircraft documentation late or inaccurate"),
    ("32", "Loading or unloading"),
    ("33", "Loading equipment: lack, breakdown or lack of staff"),
    (
        "34",
        "Servicing equipment: lack, breakdown or lack of staff",
    ),
    ("35", "Aircraft cleaning"),
    ("36", "Fuelling or defuelling"),
    ("37", "Catering: late delivery or loading"),
    ("38", "Unit load devices: lack or serviceability"),
    (
        "39",
        "Technical equipment: lack, breakdown or lack of staff",
    ),
    ("41", "Aircraft defects"),
    ("42", "Scheduled maintenance, late release"),
    ("43", "Non-scheduled maintenance, special checks"),
    ("44", "Spares and maintenance equipment: lack or breakdown"),
    (
        "45",
        "Spares for an aircraft on ground, to be carried to another station",
    ),
    ("46", "Aircraft change for technical reasons"),
    (
        "47",
        "Standby aircraft: lack of a planned one for technical reasons",
    ),
    ("48", "Scheduled cabin configuration or version adjustment"),
    (
        "51",
        "Damage during flight operations: bird or lightning strike, turbulence, hard landing",
    ),
    ("52", "Damage during ground operations"),
    ("55", "Departure control system failure"),
    ("56", "Cargo preparation or documentation system failure"),
    ("57", "Flight plan system failure"),
    ("58", "Other automated system failure"),
    ("61", "Flight plan late or changed"),
    ("62", "Operational requirements: fuel, load alteration"),
    ("63", "Late crew boarding or departure procedures"),
    ("64", "Flight deck crew shortage"),
    ("65", "Flight deck crew special request or error"),
    ("66", "Late cabin crew boarding or departure procedures"),
    ("67", "Cabin crew shortage"),
    ("68", "Cabin crew special request or error"),
    ("69", "Captain's request for a security check"),
    ("71", "Weather at the departure station"),
    ("72", "Weather at the destination station"),
    ("73", "Weather en route or at an alternate"),
    ("75", "De-icing of the aircraft"),
    ("76", "Removal of snow, ice, water or sand from the airport"),
    ("77", "Ground handling impaired by adverse weather"),
    (
        "81",
        "Air traffic flow management: en-route demand or capacity",
    ),
    (
        "82",
        "Air traffic flow management: staff or equipment en route",
    ),
    (
        "83",
        "Air traffic flow management: restriction at the destination airport",
    ),
    (
        "84",
        "Air traffic flow management: weather at the destination",
    ),
    ("85", "Mandatory security"),
    ("86", "Immigration, customs or health"),
    ("87", "Airport facilities"),
    ("88", "Restrictions at the airport of destination"),
    ("89", "Restrictions at the airport of departure"),
    ("91", "Load connection: awaiting load from another flight"),
    ("92", "Through check-in error"),
    ("93", "Aircraft rotation: late arrival from another flight"),
    ("94", "Cabin crew rotation"),
    ("95", "Crew rotation"),
    (
        "96",
        "Operations control: rerouting, diversion, consolidation or aircraft change",
    ),
    ("97", "Industrial action within the own airline"),
    ("98", "Industrial action outside the own airline"),
    ("99", "Other reason"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_found_and_no_other() {
        assert!(CODES.is_sorted_by_key(|(code, _)| *code));
        assert!(
            CODES
                .iter()
                .all(|(code, _)| DelayCode::find(code).is_some())
        );
        assert_eq!(
            DelayCode::find("41").map(|found| found.meaning),
            Some("Aircraft defects")
        );
        assert!(
            ["", "4", "00", "10", "410", "4a", "70"]
                .iter()
                .all(|code| DelayCode::find(code).is_none())
        );
    }
}
