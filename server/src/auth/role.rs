//! Roles, and the scopes each of them holds.

use clap::ValueEnum;
use entities::identity::role::Kind;
use schema_identity::standing::{RoleRights, Snapshot};
use schema_kernel::{ActorKind, id::CustomerId};

/// What somebody is to the airline, as the claim `role` of a token says it.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, clap::ValueEnum, serde::Deserialize, serde::Serialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Runs the platform. Holds every scope.
    Administrator,
    /// Answers customers: the whole customer, cases and claims.
    ContactCentreAgent,
    /// Decides complaints and claims.
    CustomerAffairs,
    /// Works at the airport: who is this person, what went wrong.
    CheckInAgent,
    /// Says what happens to flights.
    Operations,
    /// Makes the compensation rules, and answers for what they cost.
    CmpManager,
    /// Pays what is owed, and answers for the books.
    Finance,
    /// Answers for personal data.
    DataPrivacyOfficer,
    /// Counts, without persons.
    Analyst,
    /// A customer, who reaches their own rows.
    Customer,
    /// Another organisation's program, without persons.
    Partner,
    /// A check-in kiosk.
    Kiosk,
}

/// Every scope there is; an administrator holds them all.
pub const SCOPES: [&str; 39] = [
    "customer:read",
    "customer:contact",
    "customer:sensitive",
    "customer:write",
    "order:read",
    "order:write",
    "flight:read",
    "flight:write",
    "case:read",
    "case:write",
    "case:internal",
    "case:supervise",
    "claim:read",
    "claim:file",
    "claim:decide",
    "payout:read",
    "payout:request",
    "payout:approve",
    "exposure:read",
    "rule:read",
    "rule:write",
    "rule:approve",
    "notification:read",
    "notification:write",
    "notification:operate",
    "event:read",
    "event:write",
    "account:read",
    "account:write",
    "user:read",
    "user:write",
    "client:read",
    "client:write",
    "audit:read",
    "privacy:read",
    "privacy:request",
    "privacy:execute",
    "journey:lookup",
    "journey:read",
];

/// The roles as they come with the product. An administrator may change them; these hold where none has.
pub fn shipped() -> Snapshot {
    Snapshot::of_roles(Role::value_variants().iter().map(|role| role.rights()))
}

impl Role {
    /// The scopes the role holds. Which rows they reach is decided by the kind of actor.
    pub fn scopes(self) -> &'static [&'static str] {
        match self {
            Self::Administrator => &SCOPES,
            Self::ContactCentreAgent => &[
                "account:read",
                "account:write",
                "customer:read",
                "customer:contact",
                "customer:write",
                "order:read",
                "order:write",
                "flight:read",
                "case:read",
                "case:write",
                "case:internal",
                "claim:read",
                "notification:read",
                "notification:write",
                "claim:file",
                "claim:decide",
                "payout:read",
                "payout:request",
            ],
            Self::CustomerAffairs => &[
                "account:read",
                "account:write",
                "customer:read",
                "customer:contact",
                "customer:write",
                "order:read",
                "flight:read",
                "case:read",
                "case:write",
                "case:internal",
                "case:supervise",
                "claim:read",
                "rule:read",
                "notification:read",
                "notification:write",
                "claim:file",
                "claim:decide",
                "payout:read",
                "payout:request",
            ],
            Self::CheckInAgent => &[
                "account:read",
                "account:write",
                "customer:read",
                "customer:sensitive",
                "order:read",
                "order:write",
                "flight:read",
                "case:read",
                "case:write",
            ],
            Self::Operations => &[
                "account:read",
                "account:write",
                "flight:read",
                "flight:write",
                "exposure:read",
            ],
            Self::CmpManager => &[
                "account:read",
                "account:write",
                "flight:read",
                "case:read",
                "case:internal",
                "claim:read",
                "claim:decide",
                "payout:read",
                "payout:request",
                "payout:approve",
                "exposure:read",
                "rule:read",
                "rule:write",
                "rule:approve",
            ],
            Self::Finance => &[
                "account:read",
                "account:write",
                "claim:read",
                "payout:read",
                "payout:request",
                "payout:approve",
                "exposure:read",
                "rule:read",
            ],
            Self::DataPrivacyOfficer => &[
                "account:read",
                "account:write",
                "customer:read",
                "customer:contact",
                "customer:sensitive",
                "customer:write",
                "order:read",
                "flight:read",
                "case:read",
                "claim:read",
                "notification:read",
                "payout:read",
                "audit:read",
                "privacy:read",
                "privacy:request",
                "privacy:execute",
            ],
            Self::Analyst => &[
                "account:read",
                "account:write",
                "flight:read",
                "exposure:read",
                "rule:read",
            ],
            Self::Customer => &[
                "account:read",
                "account:write",
                "customer:read",
                "customer:contact",
                "customer:sensitive",
                "customer:write",
                "order:read",
                "order:write",
                "flight:read",
                "case:read",
                "case:write",
                "claim:read",
                "notification:read",
                "notification:write",
                "claim:file",
                "payout:read",
                "payout:request",
                "privacy:read",
                "privacy:request",
            ],
            Self::Partner => &["flight:read"],
            Self::Kiosk => &["flight:read", "journey:lookup", "journey:read"],
        }
    }

    /// The kind of actor, which decides the rows its scopes reach. `None` for a customer without an id: such a token
    /// means nobody.
    pub fn kind(self, customer: Option<CustomerId>) -> Option<ActorKind> {
        match self {
            Self::Customer => customer.map(ActorKind::Customer),
            Self::Partner => Some(ActorKind::Partner),
            Self::Kiosk => Some(ActorKind::Device),
            Self::Administrator
            | Self::ContactCentreAgent
            | Self::CustomerAffairs
            | Self::CheckInAgent
            | Self::Operations
            | Self::CmpManager
            | Self::Finance
            | Self::DataPrivacyOfficer
            | Self::Analyst => Some(ActorKind::Staff),
        }
    }

    /// The kind of actor that the role is for.
    fn actor_kind(self) -> Kind {
        match self {
            Self::Customer => Kind::Customer,
            Self::Partner => Kind::Partner,
            Self::Kiosk => Kind::Device,
            _ => Kind::Staff,
        }
    }

    /// Whether a password alone is not enough for it: for who gives rights, moves money, or answers for personal data.
    fn is_second_factor_required(self) -> bool {
        matches!(
            self,
            Self::Administrator | Self::CmpManager | Self::Finance | Self::DataPrivacyOfficer
        )
    }

    /// The role as it comes with the product.
    pub fn rights(self) -> RoleRights {
        RoleRights {
            name: self.name().to_owned(),
            kind: self.actor_kind(),
            scopes: self
                .scopes()
                .iter()
                .map(|&scope| scope.to_owned())
                .collect(),
            is_second_factor_required: self.is_second_factor_required(),
            version: 1,
        }
    }

    /// The role as tokens and logs write it: `"contact-centre-agent"`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::ContactCentreAgent => "contact-centre-agent",
            Self::CustomerAffairs => "customer-affairs",
            Self::CheckInAgent => "check-in-agent",
            Self::Operations => "operations",
            Self::CmpManager => "cmp-manager",
            Self::Finance => "finance",
            Self::DataPrivacyOfficer => "data-privacy-officer",
            Self::Analyst => "analyst",
            Self::Customer => "customer",
            Self::Partner => "partner",
            Self::Kiosk => "kiosk",
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn names_are_the_same_everywhere() {
        for role in Role::value_variants() {
            assert_eq!(serde_json::to_value(role).unwrap(), role.name());
            assert_eq!(role.to_possible_value().unwrap().get_name(), role.name());
        }
    }

    #[test]
    fn roles_hold_only_scopes_that_exist() {
        for role in Role::value_variants() {
            assert!(
                role.scopes().iter().all(|scope| SCOPES.contains(scope)),
                "{role:?}"
            );
        }
    }

    #[test]
    fn a_customer_is_somebody() {
        assert_eq!(Role::Customer.kind(None), None);
        let id = CustomerId(Uuid::from_u128(1));
        assert_eq!(Role::Customer.kind(Some(id)), Some(ActorKind::Customer(id)));
        // An id in a staff member's token does not make them a customer.
        assert_eq!(Role::Analyst.kind(Some(id)), Some(ActorKind::Staff));
    }

    #[test]
    fn who_counts_sees_no_person() {
        for role in [Role::Analyst, Role::Partner, Role::Kiosk, Role::Operations] {
            assert!(
                role.scopes()
                    .iter()
                    .all(|scope| !scope.starts_with("customer:") && !scope.starts_with("case:")),
                "{role:?}"
            );
        }
    }
}
