use schema_gateway::Limits;
use serde::Deserialize;

use super::{ConfigError, unit};

/// Section `[graphql.limits]`: what one request may ask for at most.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LimitConfig {
    /// Tokens of a document.
    pub tokens: usize,
    /// Selections and values inside one another.
    pub recursion: usize,
    /// Fields inside one another.
    pub depth: usize,
    /// Aliases of an operation.
    pub aliases: usize,
    /// Fields at the root of an operation.
    pub root_fields: usize,
    /// Directives of an operation.
    pub directives: usize,
    /// Fields of a document.
    pub fields: usize,
    /// What a request of somebody unknown may cost.
    pub cost_anonymous: u64,
    /// What a request of somebody signed in, or of a partner, may cost.
    pub cost_signed_in: u64,
    /// Items of a list that nothing is said of.
    pub assumed_list_size: u64,
    /// The largest answer, in bytes.
    #[serde(deserialize_with = "unit::read_size")]
    pub response: usize,
}

impl LimitConfig {
    /// The limits as the gateway takes them.
    pub fn limits(&self) -> Limits {
        Limits {
            tokens: self.tokens,
            recursion: self.recursion,
            depth: self.depth,
            aliases: self.aliases,
            root_fields: self.root_fields,
            directives: self.directives,
            fields: self.fields,
            cost: self.cost_anonymous,
            assumed_list_size: self.assumed_list_size,
            response_bytes: self.response,
        }
    }

    pub(super) fn check(&self) -> Result<(), ConfigError> {
        for (key, value) in [
            ("tokens", self.tokens),
            ("depth", self.depth),
            ("root_fields", self.root_fields),
            ("fields", self.fields),
        ] {
            if value == 0 {
                return Err(at(key, "it must be more than nothing"));
            }
        }
        // Beyond that the stack of a thread may not hold what reads a document.
        if !(1..=128).contains(&self.recursion) {
            return Err(at("recursion", "it is between 1 and 128"));
        }
        if self.assumed_list_size == 0 {
            return Err(at(
                "assumed_list_size",
                "a list without items would hide everything inside it",
            ));
        }
        if self.response < 4_096 {
            return Err(at(
                "response",
                "it must leave room for a refusal: at least 4KiB",
            ));
        }
        Ok(())
    }
}

fn at(key: &str, why: &str) -> ConfigError {
    ConfigError::at(&format!("graphql.limits.{key}"), why)
}
