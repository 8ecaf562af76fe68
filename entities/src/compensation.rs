//! Tables of the compensation domain.

pub mod assessment;
pub mod claim;
pub mod claim_event;
pub mod disruption;
pub mod entitlement;
pub mod rule_pack_version;
pub mod rule_revision;
