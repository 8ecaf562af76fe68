//! What a passenger signed who takes something else than money.

use async_graphql::{Context, Enum, ID, Object};
use entities::{compensation::payout_agreement, id::PayoutId};
use schema_kernel::{ContextExt, Result, id, scalar::DateTime};

use super::store::AgreementOf;

/// What a passenger signed. A record: nothing changes it.
pub struct Agreement(payout_agreement::Model);

/// Ways to sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "payout_agreement::AgreementChannel")]
pub enum AgreementChannel {
    /// A form on the airline's site.
    Web,
    /// A form in the airline's app.
    App,
    /// A form at a kiosk.
    Kiosk,
    /// A sheet of paper, kept elsewhere.
    Paper,
}

/// What a passenger signed who takes a voucher or miles in place of money (EU261 Art 7(3), C-76/23: an online form will do
/// when the choice was informed). A record: nothing changes it.
#[Object(requires_scopes = "payout:read")]
impl Agreement {
    /// The passenger who signed, by id.
    async fn passenger_id(&self) -> ID {
        id::show(self.0.passenger_id)
    }

    /// How they signed.
    async fn channel(&self) -> AgreementChannel {
        self.0.channel.into()
    }

    /// The version of the text they signed. Example: `"voucher-2026-03-en"`.
    async fn text_version(&self) -> &str {
        &self.0.text_version
    }

    /// When they signed, in UTC.
    async fn signed_at(&self) -> DateTime {
        self.0.signed_at
    }

    /// When it was recorded, in UTC.
    async fn recorded_at(&self) -> DateTime {
        self.0.recorded_at
    }
}

/// What was signed for the payout. Whoever may see a payout may see it.
pub(crate) async fn load(context: &Context<'_>, payout: PayoutId) -> Option<Result<Agreement>> {
    let load = async || {
        let agreement = context.loader()?.load_one(AgreementOf(payout)).await?;
        Ok(agreement.map(Agreement))
    };
    load().await.transpose()
}
