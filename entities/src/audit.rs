//! The audit log: what was done with personal data, by whom and why.

pub mod record;
pub mod subject;
