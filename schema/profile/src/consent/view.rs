use async_graphql::{Context, Enum, Object};
use entities::profile::consent::{Model, Purpose};
use schema_kernel::{ContextExt, Result, guard::Personal, id::CustomerId, scalar::DateTime};
use sea_orm::Iterable;

use super::{effective, store};

/// What a person can allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "Purpose")]
pub enum ConsentPurpose {
    /// What the contract needs; nobody has to consent to it.
    Service,
    /// Offers by e-mail. A letter asks whether it was really they who allowed it.
    MarketingEmail,
    /// Offers by text message.
    MarketingSms,
    /// Offers on the telephone's screen.
    MarketingPush,
    /// Offers by letter.
    MarketingPost,
    /// Offers by call.
    MarketingCall,
    /// Conclusions about the person.
    Profiling,
    /// Offers made for the person.
    PersonalisedOffers,
    /// Giving data to partners.
    PartnerSharing,
    /// Counting the person among others for partners.
    PartnerInsight,
    /// Counting what is used.
    Analytics,
    /// Asking for opinions.
    Survey,
    /// Noting health and other needs for help.
    SensitiveAssistance,
    /// Finding the person in social networks.
    SocialMatching,
}

/// What holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
pub enum ConsentState {
    /// Nothing was said: not allowed.
    Unknown,
    /// They are asked whether it was they who said yes: not allowed yet.
    Pending,
    /// Allowed.
    Granted,
    /// Forbidden.
    Denied,
    /// Allowed once, and not any more.
    Withdrawn,
    /// Allowed until a day that is over.
    Expired,
}

/// What a person allowed or forbade for one purpose, at the moment that was asked about.
#[derive(Clone, Debug)]
pub struct Consent {
    purpose: Purpose,
    state: ConsentState,
    statement: Option<Model>,
    is_restricted: bool,
}

/// What a person allowed or forbade for one purpose, at the moment that was asked about.
#[Object(requires_scopes = "customer:read", directive = Personal::apply("CONSENT"))]
impl Consent {
    /// What for.
    async fn purpose(&self) -> ConsentPurpose {
        self.purpose.into()
    }

    /// What holds.
    async fn state(&self) -> ConsentState {
        self.state
    }

    /// Whether it may be done. An objection and a restriction forbid what consent allows; service is always allowed.
    async fn is_allowed(&self) -> bool {
        self.purpose == Purpose::Service
            || (self.state == ConsentState::Granted && !self.is_restricted)
    }

    /// When it was said; `null` where nothing was.
    async fn since(&self) -> Option<DateTime> {
        self.statement.as_ref().map(|statement| statement.at)
    }

    /// Which words they were shown. Example: `"2026-11"`.
    async fn text_version(&self) -> Option<&str> {
        self.statement
            .as_ref()
            .map(|statement| statement.text_version.as_str())
    }

    /// Until when it holds; `null` for ever.
    async fn expires_at(&self) -> Option<DateTime> {
        self.statement.as_ref()?.expires_at
    }
}

/// What a customer allowed at an instant, every purpose once.
pub(crate) async fn of_customer(
    context: &Context<'_>,
    customer: CustomerId,
    instant: DateTime,
) -> Result<Vec<Consent>> {
    let reader = context.database()?.reader();
    let statements = store::of_customer(reader, customer).await?;
    let is_restricted = store::is_restricted(reader, customer, instant).await?;
    let mut effective = effective::at(&statements, instant);
    let consents = Purpose::iter().map(|purpose| {
        let found = effective.remove(&purpose);
        Consent {
            purpose,
            state: found.map_or(ConsentState::Unknown, |(state, _)| state),
            statement: found.map(|(_, statement)| statement.clone()),
            is_restricted,
        }
    });
    Ok(consents.collect())
}
