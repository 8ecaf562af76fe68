use std::path::PathBuf;

use serde::Deserialize;

use super::unit;

/// Section `[frontend]`: what people see.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrontendConfig {
    /// A folder of built frontends, in place of those in the binary.
    #[serde(deserialize_with = "unit::read_optional")]
    pub folder: Option<PathBuf>,
}
