//! Between the engine's values and the rows they are kept in.

use entities::compensation::{assessment as row, entitlement};
use schema_kernel::{Error, Result};

use super::store::Recorded;
use crate::engine::{Assessment, Entitlement, EntitlementKind, Regime};

/// Writes both directions of an equality between two enums, so that a new variant on one side does not compile until
/// the other has it.
macro_rules! same {
    ($ours:ty = $stored:ty { $($variant:ident),* $(,)? }) => {
        impl From<$ours> for $stored {
            fn from(value: $ours) -> Self {
                match value { $(<$ours>::$variant => Self::$variant,)* }
            }
        }

        impl From<$stored> for $ours {
            fn from(value: $stored) -> Self {
                match value { $(<$stored>::$variant => Self::$variant,)* }
            }
        }
    };
}

same!(
    Regime = row::Regime {
        Eu261,
        UsDot,
        Uk261,
        CaAppr,
        Montreal,
        UaePwp,
        Goodwill,
    }
);
same!(
    EntitlementKind = entitlement::EntitlementKind {
        Compensation,
        Refund,
        Reroute,
        Care,
        DowngradeReimbursement,
        DamagesCap,
        FeeRefund,
        Goodwill,
    }
);

impl Recorded {
    /// The decision as the engine made it.
    ///
    /// # Errors
    /// `INTERNAL_SERVER_ERROR` when a row was damaged.
    pub(crate) fn into_engine(self) -> Result<Assessment> {
        let row = self.row;
        Ok(Assessment {
            regime: row.regime.into(),
            answer: row.answer.into(),
            rule_id: row.rule_id.into(),
            rule_version: u32::try_from(row.rule_version).map_err(Error::internal)?,
            applies: row.applies,
            why: row.why,
            entitlements: self
                .entitlements
                .into_iter()
                .map(engine_entitlement)
                .collect::<Result<_>>()?,
            flags: serde_json::from_value(row.flags)?,
            distance_metres: row
                .distance_metres
                .map(u32::try_from)
                .transpose()
                .map_err(Error::internal)?,
            inputs_hash: row.inputs_hash,
        })
    }
}

fn engine_entitlement(row: entitlement::Model) -> Result<Entitlement> {
    Ok(Entitlement {
        kind: row.kind.into(),
        amount_minor: row.amount_minor,
        currency: row
            .currency
            .parse()
            .map_err(|error: crate::engine::MalformedCode| Error::internal(error))?,
        cash_required: row.cash_required,
        due_by: row.due_by,
        basis: row.basis.into(),
        is_provisional: row.is_provisional,
        care: row
            .care
            .map(serde_json::from_value)
            .transpose()?
            .unwrap_or_default(),
        is_choice: row.is_choice,
        satisfied_by: row.satisfied_by.map(Into::into),
    })
}
