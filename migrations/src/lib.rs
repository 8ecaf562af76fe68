#![doc = include_str!("../README.md")]

mod audit;
mod case;
mod compensation;
mod engagement;
mod identity;
mod insight;
mod order;
mod platform;
mod profile;
mod vault;

pub use audit::AuditMigrator;
pub use case::CaseMigrator;
pub use compensation::CompensationMigrator;
pub use engagement::EngagementMigrator;
pub use identity::IdentityMigrator;
pub use insight::InsightMigrator;
pub use order::OrderMigrator;
pub use profile::ProfileMigrator;
pub use sea_orm_migration::MigratorTrait;
pub use vault::VaultMigrator;
