use std::path::PathBuf;

use serde::Deserialize;

use super::{ConfigError, unit};

/// Section `[graphql.documents]`: documents that clients of ours were built with.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentConfig {
    /// The file that lists them.
    #[serde(deserialize_with = "unit::read_optional")]
    pub manifest: Option<PathBuf>,
    /// Who may send nothing else.
    pub required_for: Vec<ClientClass>,
}

/// A class of clients, by who they act for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ClientClass {
    /// Nobody has said who they are.
    Anonymous,
    /// People who work for the airline.
    Staff,
    /// Customers.
    Customer,
    /// Programs of other organisations.
    Partner,
    /// Kiosks and other devices.
    Device,
}

impl DocumentConfig {
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        if self.manifest.is_none() && !self.required_for.is_empty() {
            return Err(ConfigError::at(
                "graphql.documents.required_for",
                "without graphql.documents.manifest there is nothing that these clients could send",
            ));
        }
        Ok(())
    }
}
