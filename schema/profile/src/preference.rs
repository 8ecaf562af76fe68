//! Preferences that customers have stated.

mod remove;
mod set;
mod store;
mod value;

use async_graphql::{Context, Enum, ID, Object};
use entities::profile::preference;
use schema_kernel::guard::Personal;
use schema_kernel::{
    ContextExt, Result,
    id::{self, CustomerId},
    scalar::DateTime,
};

pub use self::{
    remove::{PreferenceRemoved, RemovePreferenceInput, RemovePreferencePayload},
    set::{PreferenceSet, SetPreferenceInput, SetPreferencePayload},
};
use crate::customer::SENSITIVE;

/// What a preference is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entities::profile::preference::Kind")]
pub enum PreferenceKind {
    /// Where to sit: `AISLE`, `WINDOW`, `MIDDLE`, `FRONT`, `REAR`, `BULKHEAD`, `EXIT_ROW`, `EXTRA_LEGROOM` or `BASSINET`.
    Seat,
    /// What to eat: a current SSR meal code. Example: `"VGML"`.
    Meal,
    /// In which language to be served: a BCP 47 tag. Example: `"ar"`.
    Language,
    /// How to be told: `EMAIL`, `SMS`, `PHONE`, `PUSH`, `CHAT` or `POST`.
    Channel,
    /// What to drink, in at most 40 characters. Example: `"mint tea"`.
    Drink,
}

/// What a customer prefers in one respect.
#[derive(Clone, Debug)]
pub struct Preference(pub(crate) preference::Model);

/// What a customer prefers in one respect. A preference is not a consent.
#[Object(requires_scopes = "customer:read", directive = Personal::apply("PREFERENCE"))]
impl Preference {
    /// Its id, opaque: take it as it is given.
    async fn id(&self) -> ID {
        id::show(self.0.id)
    }

    /// What it is about.
    async fn kind(&self) -> PreferenceKind {
        self.0.kind.into()
    }

    /// What is preferred, in the form that the kind asks for. Null when it may reveal health or belief (GDPR Article 9),
    /// and you do not hold `customer:sensitive`. Example: `"AISLE"`.
    async fn value(&self, context: &Context<'_>) -> Option<Result<&str>> {
        let shown = !value::is_special_category(self.0.kind, &self.0.value);
        match context.session() {
            Ok(session) => (shown || session.actor.has(SENSITIVE)).then_some(Ok(&self.0.value)),
            Err(error) => Some(Err(error)),
        }
    }

    /// Whether the value may reveal health or belief (GDPR Article 9), as some meals do.
    async fn is_special_category(&self) -> bool {
        value::is_special_category(self.0.kind, &self.0.value)
    }

    /// When it was last stated.
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at
    }
}

/// The mutations of preferences.
#[derive(Default)]
pub struct PreferenceMutation;

#[Object]
impl PreferenceMutation {
    /// States what a customer prefers; a value of the same kind is replaced. Scope: `customer:write`.
    #[graphql(requires_scopes = "customer:write")]
    async fn set_preference(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The preference.")] input: SetPreferenceInput,
    ) -> Result<SetPreferencePayload> {
        set::set(context, input).await
    }

    /// Forgets what a customer prefers in one respect. Scope: `customer:write`.
    #[graphql(requires_scopes = "customer:write")]
    async fn remove_preference(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which one.")] input: RemovePreferenceInput,
    ) -> Result<RemovePreferencePayload> {
        remove::remove(context, input).await
    }
}

/// The preferences of a customer whom the caller sees.
pub(crate) async fn of_customer(
    context: &Context<'_>,
    customer: CustomerId,
) -> Result<Vec<Preference>> {
    let rows = context
        .loader()?
        .load_one(store::PreferencesOf(customer))
        .await?;
    Ok(rows
        .unwrap_or_default()
        .into_iter()
        .map(Preference)
        .collect())
}
