use std::path::PathBuf;

use serde::Deserialize;

use super::{Profile, unit};

/// Section `[graphql.documents]`: documents that clients of ours were built with.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentConfig {
    /// The file that lists them.
    #[serde(deserialize_with = "unit::read_optional")]
    pub manifest: Option<PathBuf>,
    /// Who may send nothing else.
    pub required_for: Vec<ClientClass>,
    /// Who may send nothing else in production.
    pub required_for_in_production: Vec<ClientClass>,
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
    /// Whoever is signed in in a browser, by a cookie.
    Browser,
}

impl DocumentConfig {
    /// Who may send nothing else in this profile.
    pub fn bound(&self, profile: Profile) -> Vec<ClientClass> {
        let mut bound = self.required_for.clone();
        if profile == Profile::Production {
            bound.extend(&self.required_for_in_production);
        }
        bound
    }
}
