//! Tables of the compensation domain.

pub mod assessment;
pub mod claim;
pub mod claim_event;
pub mod disruption;
pub mod entitlement;
pub mod evidence;
pub mod filing;
pub mod journey;
pub mod ledger_entry;
pub mod payout;
pub mod payout_agreement;
pub mod payout_event;
pub mod rule_pack_version;
pub mod rule_revision;
