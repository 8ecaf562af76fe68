use schema_compensation::claim::limitation::{Jurisdiction, is_known_state};
use serde::Deserialize;

use super::ConfigError;

/// Section `[claim]`: by whose law claims are judged.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimConfig {
    /// The member state whose law says how long a claim under EU261 can be filed; empty for none.
    pub limitation_state: String,
}

impl ClaimConfig {
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        if is_known_state(&self.limitation_state) {
            return Ok(());
        }
        Err(ConfigError::at(
            "claim.limitation_state",
            format!(
                "no period is known of \"{}\"; write a member state like \"DE\", or leave it empty",
                self.limitation_state
            ),
        ))
    }

    /// The same for the compensation domain.
    pub fn jurisdiction(&self) -> Jurisdiction {
        Jurisdiction(self.limitation_state.clone())
    }
}
