use entities::{
    compensation::claim::ClaimStatus,
    engagement::notification::{Kind, Model},
    id::{ClaimId, CustomerId, FlightId, JourneyId, OrderId, PassengerId},
};
use schema_kernel::{Event, Result, Session};
use sea_orm::DatabaseTransaction;
use serde::Deserialize;

use crate::{
    notification::{About, Draft, store::last_about, tell},
    template::{Fact, Facts},
};

/// What this domain reads of `compensation.claim.opened.v1` and `compensation.claim.changed.v1`. What a payment says is less
/// than what the others say.
#[derive(Debug, Deserialize)]
struct Claim {
    claim_id: ClaimId,
    order_id: Option<OrderId>,
    journey_id: Option<JourneyId>,
    passenger_id: Option<PassengerId>,
    flight_id: Option<FlightId>,
    flight_designator: Option<String>,
    entitlement_kind: Option<String>,
    amount_minor: i64,
    currency: String,
    basis: Option<String>,
    status: Option<ClaimStatus>,
    to: Option<ClaimStatus>,
}

/// A claim was opened, or has moved. What a customer knows already is not told again.
pub(super) async fn came(
    transaction: &DatabaseTransaction,
    session: &Session,
    event: &Event,
    customer: CustomerId,
) -> Result<()> {
    let claim: Claim = event.facts()?;
    let Some(status) = claim.to.or(claim.status) else {
        return Ok(());
    };
    let topic = format!("claim:{}", claim.claim_id);
    let last = last_about(transaction, &topic).await?;
    let known = last.as_ref().map(facts_of).transpose()?;
    let (kind, facts) = (kind_of(status), claim.facts(known.as_ref()));
    let is_known = last.as_ref().is_some_and(|last| last.kind == kind)
        && known.is_some_and(|known| known.get("amount") == facts.get("amount"));
    if is_known {
        return Ok(());
    }
    let draft = Draft {
        kind,
        topic,
        about: claim.about(),
        facts,
        relevant_until: None,
    };
    tell(transaction, session, event, customer, last.as_ref(), draft).await
}

fn kind_of(status: ClaimStatus) -> Kind {
    match status {
        // Whether one person or two have to agree is the airline's matter.
        ClaimStatus::NeedsReview | ClaimStatus::NeedsApproval => Kind::ClaimOpened,
        ClaimStatus::Approved | ClaimStatus::Paying => Kind::ClaimApproved,
        ClaimStatus::Refused => Kind::ClaimRefused,
        ClaimStatus::Withdrawn => Kind::ClaimWithdrawn,
        ClaimStatus::Paid => Kind::ClaimPaid,
    }
}

fn facts_of(last: &Model) -> Result<Facts> {
    Ok(serde_json::from_value(last.facts.clone())?)
}

impl Claim {
    fn about(&self) -> About {
        About {
            order_id: self.order_id,
            journey_id: self.journey_id,
            passenger_id: self.passenger_id,
            flight_id: self.flight_id,
            claim_id: Some(self.claim_id),
            ..About::default()
        }
    }

    /// What is said of the claim; what the event leaves out is as it was said before.
    fn facts(&self, known: Option<&Facts>) -> Facts {
        let or_known = |name: &str, text: &Option<String>| match text {
            Some(text) => Fact::Text(text.clone()),
            None => known
                .and_then(|known| known.get(name))
                .cloned()
                .unwrap_or(Fact::Nothing),
        };
        let entitlement = match or_known("entitlement", &self.entitlement_kind) {
            Fact::Nothing => Fact::Text("OTHER".to_owned()),
            known => known,
        };
        Facts::default()
            .with("flight", or_known("flight", &self.flight_designator))
            .with("entitlement", entitlement)
            .with(
                "amount",
                Fact::Money {
                    amount_minor: self.amount_minor,
                    currency: self.currency.clone(),
                },
            )
            .with("basis", or_known("basis", &self.basis))
    }
}
