//! Claims, payouts and rules.

use serde_json::json;

use super::{Door, Known, Seen, mutation, new_key};

/// Rules are about nobody, and for those who answer for them.
pub(super) fn rule_packs() -> Vec<Door> {
    let version = || json!({ "id": new_key(), "expectedVersion": 1 });
    let mut activation = version();
    activation["activeFrom"] = "2026-11-20".into();
    [
        ("simulateRulePack", "SimulateRulePackInput", json!({ "id": new_key() })),
        ("submitRulePack", "AdvanceRulePackInput", version()),
        ("approveRulePack", "AdvanceRulePackInput", version()),
        ("activateRulePack", "ActivateRulePackInput", activation),
        ("rollBackRulePack", "AdvanceRulePackInput", version()),
    ]
    .map(|(field, kind, input)| Door {
        field,
        document: format!(
            "mutation($input: {kind}!) {{ {field}(input: $input) {{ __typename ... on Problem {{ code }} }} }}"
        ),
        variables: json!({ "input": input }),
        seen: Seen::Forbidden,
    })
    .into()
}

/// What administrators do about events that could not be consumed, of which there are none.
pub(super) fn replays() -> Vec<Door> {
    let fields = [
        "replayProfileDeadLetter",
        "replayOrderDeadLetter",
        "replayCaseDeadLetter",
        "replayCompensationDeadLetter",
        "replayEngagementDeadLetter",
    ];
    let replay = |field: &'static str| Door {
        field,
        document: format!(
            "mutation($input: ReplayDeadLetterInput!) {{ {field}(input: $input) {{ __typename ... on Problem {{ code }} }} }}"
        ),
        variables: json!({ "input": { "eventId": new_key() } }),
        seen: Seen::Forbidden,
    };
    fields.map(replay).into()
}

pub(super) fn claims(known: &Known) -> Vec<Door> {
    let claim = json!({ "claimId": known.claim, "expectedVersion": 1 });
    let filed = json!({
        "journeyId": known.journey, "flightId": known.flight, "customerId": known.customer, "passengerId": known.passenger,
        "incident": "OTHER", "statement": "Give it to me.", "remedy": "COMPENSATION", "idempotencyKey": new_key(),
    });
    let mut appeal = claim.clone();
    appeal["reason"] = "Give it to me.".into();
    vec![
        mutation("fileClaim", filed, Seen::NotFound),
        mutation(
            "addClaimEvidence",
            json!({ "claimId": known.claim, "kind": "STATEMENT", "description": "It is mine.", "idempotencyKey": new_key() }),
            Seen::NotFound,
        ),
        mutation("withdrawClaim", claim.clone(), Seen::NotFound),
        mutation("appealClaim", appeal, Seen::NotFound),
        mutation("approveClaim", claim, Seen::Forbidden),
    ]
}

pub(super) fn payouts(known: &Known) -> Vec<Door> {
    let payout = json!({ "payoutId": known.payout, "expectedVersion": 1 });
    let (mut cancel, mut confirm) = (payout.clone(), payout.clone());
    cancel["reason"] = "Not you.".into();
    confirm["confirmation"] = "RECEIVED".into();
    vec![
        mutation(
            "requestPayout",
            json!({ "claimId": known.claim, "expectedVersion": 1, "method": "ORIGINAL_FORM_OF_PAYMENT", "idempotencyKey": new_key() }),
            Seen::NotFound,
        ),
        mutation("cancelPayout", cancel, Seen::NotFound),
        mutation("approvePayout", payout.clone(), Seen::Forbidden),
        mutation("retryPayout", payout, Seen::Forbidden),
        mutation("confirmPayout", confirm, Seen::Forbidden),
    ]
}
