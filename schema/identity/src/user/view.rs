use async_graphql::{Context, Enum, ID, Object};
use entities::{
    id::UserId,
    identity::user::{Model, State},
};
use schema_kernel::guard::Personal;
use schema_kernel::{
    ContextExt, PageArguments, Result, id,
    scalar::{DateTime, LanguageTag},
};

use super::{READ, Reach, store::UserKey};
use crate::{
    paging::List,
    reference::Customer,
    session::{UserSession, sessions_of},
};

/// Whether a user can sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "State")]
pub enum UserState {
    /// They were asked to choose a password, and have not yet.
    Invited,
    /// They can sign in.
    Active,
    /// They cannot, until somebody enables them again.
    Disabled,
}

/// Somebody who can sign in.
pub struct User(pub(crate) Model);

/// Somebody who can sign in.
#[Object(requires_scopes = "account:read", directive = Personal::apply("ACCOUNT"))]
impl User {
    /// Unique for ever.
    async fn id(&self) -> ID {
        id::show(self.0.id)
    }

    /// The address they sign in with. Example: `"amal@example.com"`.
    async fn email(&self) -> &str {
        &self.0.email
    }

    /// What colleagues call them, or they themselves. Example: `"Amal Haddad"`.
    async fn display_name(&self) -> &str {
        &self.0.display_name
    }

    /// The language to write to them in: a BCP 47 tag. Example: `"ar"`.
    async fn language(&self) -> Result<LanguageTag> {
        LanguageTag::parse(&self.0.language)
            .map_err(|error| schema_kernel::Error::internal(anyhow::anyhow!("{error}")))
    }

    /// What they are to the airline: the name of a role. Example: `"contact-centre-agent"`.
    async fn role(&self) -> &str {
        &self.0.role
    }

    /// Which customer they are; `null` for everybody who is none.
    #[graphql(requires_scopes = "account:read customer:read")]
    async fn customer(&self) -> Option<Customer> {
        self.0.customer_id.map(Customer::of)
    }

    /// Whether they can sign in.
    async fn state(&self) -> UserState {
        self.0.state.into()
    }

    /// When they signed in last; `null` when they never did.
    async fn signed_in_at(&self) -> Option<DateTime> {
        self.0.signed_in_at
    }

    /// When they were made.
    async fn created_at(&self) -> DateTime {
        self.0.created_at
    }

    /// Where they are signed in, the last sign-in first. Holds 10 unless you ask for another number.
    async fn sessions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Option<Result<List<UserSession>>> {
        let arguments = PageArguments {
            first,
            after,
            last,
            before,
        };
        Some(sessions_of(ctx, self.0.id, &arguments).await)
    }

    /// Counted up by each change.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

impl User {
    /// The user with this id, if the caller reaches them.
    pub(crate) async fn load(ctx: &Context<'_>, id: UserId) -> Result<Option<Self>> {
        let reach = Reach::of(&ctx.session()?.actor, READ);
        let user = ctx.loader()?.load_one(UserKey { id, reach }).await?;
        Ok(user.map(Self))
    }
}
