//! What the host does for the rights of persons: it signs, it hashes with a key of the installation, it writes letters.

use std::sync::Arc;

use async_graphql::Context;
use chrono::{DateTime, Utc};
use schema_kernel::{Error, Result};
use secrecy::SecretString;
use serde_json::Value;

/// A letter that asks whether it was really they who consented.
#[derive(Clone, Debug)]
pub struct ConsentLetter {
    /// The address.
    pub address: String,
    /// The name beside it.
    pub name: String,
    /// The language to write in, a BCP 47 tag.
    pub language: String,
    /// The secret that the letter brings.
    pub token: SecretString,
}

/// What a host has to be able to do.
pub trait Office: Send + Sync + 'static {
    /// Signs the statement that somebody was erased.
    ///
    /// # Errors
    /// When there is no key.
    fn certify(&self, claims: &Value, now: DateTime<Utc>) -> anyhow::Result<String>;

    /// A hash of a text under a key of the installation, in 64 hexadecimal digits.
    fn fingerprint(&self, text: &str) -> String;

    /// A secret that nobody can guess.
    ///
    /// # Errors
    /// When the machine has no randomness to give.
    fn secret(&self) -> anyhow::Result<SecretString>;

    /// Takes a letter, and brings it later.
    fn ask(&self, letter: ConsentLetter);
}

/// The host, as resolvers and consumers hold it. Cloning is cheap.
#[derive(Clone)]
pub struct Privacy(pub Arc<dyn Office>);

impl std::fmt::Debug for Privacy {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Privacy").finish_non_exhaustive()
    }
}

/// The host of this request; `None` where this domain is tested alone.
pub(crate) fn office<'a>(context: &Context<'a>) -> Option<&'a Privacy> {
    context.data_opt::<Privacy>()
}

/// The same for what cannot be done without.
pub(crate) fn needed<'a>(context: &Context<'a>) -> Result<&'a Privacy> {
    office(context)
        .ok_or_else(|| Error::internal(anyhow::anyhow!("the host attached no office for privacy")))
}
