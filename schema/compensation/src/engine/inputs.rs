use sha2::{Digest, Sha256};

use super::facts::CaseFacts;
use super::rule::Rule;

/// The fingerprint of one case's facts, hashed once for all regimes.
#[derive(Debug, Clone)]
pub struct Inputs(Sha256);

impl Inputs {
    /// Reads the facts once.
    pub fn of(facts: &CaseFacts) -> Self {
        Self(
            Sha256::new()
                .chain_update(r#"{"facts":"#)
                .chain_update(facts.canonical_json()),
        )
    }

    /// SHA-256 in hexadecimal of the canonical JSON `{"facts": …, "rule_id": …, "rule_version": …}`.
    pub fn hash(&self, rule: &Rule) -> String {
        let rule = format!(
            r#","rule_id":"{}","rule_version":{}}}"#,
            rule.id, rule.version
        );
        hexadecimal(&self.0.clone().chain_update(rule).finalize())
    }
}

/// Two digits a byte, by a table: a formatter for each byte costs more than the hash.
fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |value: u8| char::from(DIGITS[usize::from(value)]);
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}

impl CaseFacts {
    /// The facts as JSON in one form only: no spaces, names in order at every level. The fields of every struct stand in
    /// the order of their names, so that nothing has to be sorted.
    #[expect(
        clippy::expect_used,
        clippy::missing_panics_doc,
        reason = "plain structs with text for names always have a JSON form"
    )]
    pub fn canonical_json(&self) -> String {
        serde_json::to_string(self).expect("facts have a JSON form")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::engine::vocabulary;

    /// Sorts by itself: whether a map keeps its names sorted depends on what other crates of the build ask of it.
    fn write_canonical(value: &Value, text: &mut String) {
        match value {
            Value::Object(members) => {
                let mut members: Vec<_> = members.iter().collect();
                members.sort_unstable_by_key(|(name, _)| *name);
                text.push('{');
                for (index, (name, member)) in members.into_iter().enumerate() {
                    if index > 0 {
                        text.push(',');
                    }
                    text.push('"');
                    text.push_str(name);
                    text.push_str("\":");
                    write_canonical(member, text);
                }
                text.push('}');
            }
            Value::Array(items) => {
                text.push('[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        text.push(',');
                    }
                    write_canonical(item, text);
                }
                text.push(']');
            }
            scalar => text.push_str(&scalar.to_string()),
        }
    }

    #[test]
    fn names_are_in_order_at_every_level() {
        for facts in vocabulary::told() {
            let value = serde_json::to_value(&facts).unwrap();
            let mut sorted = String::new();
            write_canonical(&value, &mut sorted);
            assert_eq!(facts.canonical_json(), sorted);
        }
    }
}
