//! Reading what the graph says of a person.

use schema_engagement::{
    courier::{Address, DirectoryError, Recipient},
    template::{Place, Places},
};
use serde::Deserialize;
use serde_json::Value;

/// A customer, as far as is asked.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Person {
    status: String,
    language: String,
    salutation: String,
    display_name: String,
    pub(super) home_airport: Option<String>,
    contact_points: Vec<ContactPoint>,
    preferences: Vec<Preference>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ContactPoint {
    kind: String,
    value: Option<String>,
    masked_value: String,
    is_primary: bool,
}

#[derive(Deserialize)]
struct Preference {
    kind: String,
    value: Option<String>,
}

/// The customer of an answer; `None` when there is none.
///
/// # Errors
/// When the answer has another shape.
pub(super) fn person(data: &Value) -> Result<Option<Person>, DirectoryError> {
    // What serde says of a value would repeat it.
    Option::<Person>::deserialize(&data["customer"])
        .map_err(|_| DirectoryError("the graph's customer has another shape".to_owned()))
}

impl Person {
    pub(super) fn recipient(self, time_zone: Option<String>, places: Places) -> Recipient {
        let address = self
            .contact_points
            .into_iter()
            .find(|point| point.kind == "EMAIL" && point.is_primary)
            .and_then(|point| {
                Some(Address {
                    value: point.value?,
                    masked: point.masked_value,
                })
            });
        // What somebody prefers goes before what they are known to speak.
        let preferred = self
            .preferences
            .into_iter()
            .find(|preference| preference.kind == "LANGUAGE")
            .and_then(|preference| preference.value);
        Recipient {
            is_closed: self.status == "CLOSED",
            salutation: self.salutation,
            name: self.display_name,
            language: preferred.unwrap_or(self.language),
            time_zone,
            address,
            places,
        }
    }
}

/// What is said of an airport.
pub(super) fn place(value: &Value) -> Option<Place> {
    let text = |name: &str| value[name].as_str().map(str::to_owned);
    value.is_object().then(|| Place {
        city: text("city"),
        time_zone: text("timeZone"),
    })
}

/// Whether it can be the code of an airport.
pub(super) fn is_airport(code: &str) -> bool {
    code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn customer() -> Value {
        json!({ "customer": {
            "status": "ACTIVE", "language": "en-GB", "salutation": "Dr Haddad", "displayName": "Amal Haddad", "homeAirport": "DXB",
            "contactPoints": [
                { "kind": "PHONE", "value": "+971501234567", "maskedValue": "+97••••••••67", "isPrimary": true },
                { "kind": "EMAIL", "value": "old@example.com", "maskedValue": "o•••@e•••.com", "isPrimary": false },
                { "kind": "EMAIL", "value": "amal@example.com", "maskedValue": "a•••@e•••.com", "isPrimary": true },
            ],
            "preferences": [{ "kind": "MEAL", "value": null }, { "kind": "LANGUAGE", "value": "ar" }],
        } })
    }

    #[test]
    fn the_primary_address_and_the_preferred_language_count() {
        let person = person(&customer()).unwrap().unwrap();
        let recipient = person.recipient(None, Places::new());
        let address = recipient.address.unwrap();
        assert_eq!(
            (address.value.as_str(), address.masked.as_str()),
            ("amal@example.com", "a•••@e•••.com")
        );
        assert_eq!(recipient.language, "ar");
    }

    #[test]
    fn nobody_is_nobody_and_nonsense_says_nothing_of_itself() {
        assert!(person(&json!({ "customer": null })).unwrap().is_none());
        let nonsense = person(&json!({ "customer": { "status": "planted" } }));
        assert!(!nonsense.err().unwrap().to_string().contains("planted"));
    }
}
