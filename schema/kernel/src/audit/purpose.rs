use crate::{Actor, ActorKind};

/// What personal data is used for (General Data Protection Regulation, article 5(1)(b)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, async_graphql::Enum)]
pub enum Purpose {
    /// Customers look after their own affairs.
    SelfService,
    /// Somebody is being helped.
    CustomerCare,
    /// Somebody travels: check-in, boarding, care on the way.
    Travel,
    /// A claim is examined, decided or paid.
    Compensation,
    /// A complaint is followed up.
    Complaint,
    /// A data subject has asked for one of their rights.
    PrivacyRequest,
    /// Fraud, or a breach of security, is looked into.
    Security,
    /// A court, a regulator or an authority asks.
    LegalObligation,
    /// Offers are made. Only with consent.
    Marketing,
    /// The product is operated.
    Administration,
    /// A program of the airline does its work: an import, a letter that is sent.
    Automation,
}

impl Purpose {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::SelfService,
        Self::CustomerCare,
        Self::Travel,
        Self::Compensation,
        Self::Complaint,
        Self::PrivacyRequest,
        Self::Security,
        Self::LegalObligation,
        Self::Marketing,
        Self::Administration,
        Self::Automation,
    ];

    /// As the graph and the log write it: `"CUSTOMER_CARE"`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SelfService => "SELF_SERVICE",
            Self::CustomerCare => "CUSTOMER_CARE",
            Self::Travel => "TRAVEL",
            Self::Compensation => "COMPENSATION",
            Self::Complaint => "COMPLAINT",
            Self::PrivacyRequest => "PRIVACY_REQUEST",
            Self::Security => "SECURITY",
            Self::LegalObligation => "LEGAL_OBLIGATION",
            Self::Marketing => "MARKETING",
            Self::Administration => "ADMINISTRATION",
            Self::Automation => "AUTOMATION",
        }
    }

    /// The one with this name, however it is written: `"customer-care"`.
    pub fn parse(text: &str) -> Option<Self> {
        let name = text.trim().replace('-', "_").to_ascii_uppercase();
        Self::ALL
            .into_iter()
            .find(|purpose| purpose.as_str() == name)
    }

    /// What an actor does their work for, where nobody says.
    pub fn usual(actor: &Actor) -> Self {
        match actor.kind() {
            ActorKind::Customer(_) => Self::SelfService,
            ActorKind::Service => Self::Automation,
            ActorKind::Device => Self::Travel,
            ActorKind::Anonymous | ActorKind::Partner => Self::CustomerCare,
            ActorKind::Staff => match actor.role() {
                "administrator" => Self::Administration,
                "check-in-agent" | "operations" => Self::Travel,
                "cmp-manager" | "finance" => Self::Compensation,
                "data-privacy-officer" => Self::PrivacyRequest,
                _ => Self::CustomerCare,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_purpose_is_known_by_its_name() {
        for purpose in Purpose::ALL {
            assert_eq!(Purpose::parse(purpose.as_str()), Some(purpose));
        }
        assert_eq!(Purpose::parse("customer-care"), Some(Purpose::CustomerCare));
        assert_eq!(Purpose::parse("curiosity"), None);
    }
}
