use super::{Facts, amount, filed, flight, law, words};
use crate::timeline::facts::{ClaimOpened, InteractionRecorded, JourneyDisrupted, OrderFacts};

pub(super) fn title(facts: &Facts, locale: &str) -> String {
    match facts {
        Facts::JourneyDisrupted(facts) => disrupted(facts),
        Facts::OrderPlaced(facts) => format!(
            "Order {} placed for {}",
            facts.record_locator,
            total(facts, locale)
        ),
        Facts::OrderChanged(facts) => format!(
            "Order {} changed, total {}",
            facts.record_locator,
            total(facts, locale)
        ),
        Facts::OrderCancelled(facts) => cancelled(facts, locale),
        Facts::PurchaseMade(facts) => format!(
            "Bought {} ({}) for {}",
            words(&facts.description_code),
            words(&facts.channel),
            amount(facts.total_minor, &facts.currency, locale)
        ),
        Facts::ClaimOpened(facts) => claim(facts, locale),
        Facts::ClaimFiled(facts) => match filed(facts, locale) {
            Some(amount) => format!("Claim for {amount} filed"),
            None => "Claim filed".to_owned(),
        },
        Facts::ClaimChanged(facts) if facts.from == facts.to => {
            format!(
                "Claim changed to {}",
                amount(facts.amount_minor, &facts.currency, locale)
            )
        }
        Facts::ClaimChanged(facts) => {
            format!(
                "Claim for {} is now {}",
                amount(facts.amount_minor, &facts.currency, locale),
                words(&facts.to)
            )
        }
        Facts::CaseOpened(facts) => format!("Case {} opened", facts.reference),
        Facts::CaseChanged(facts) => {
            format!("Case {} is now {}", facts.reference, words(&facts.to))
        }
        Facts::CaseCommented(facts) => format!("New message in case {}", facts.reference),
        Facts::ClaimLinked(_) => "A claim is dealt with in a case".to_owned(),
        Facts::BaggageReported(facts) => {
            format!(
                "Baggage {} reported {}",
                facts.reference,
                words(&facts.kind)
            )
        }
        Facts::BaggageChanged(facts) => {
            format!("Baggage {} is now {}", facts.reference, words(&facts.state))
        }
        Facts::BaggageComplaintDue(facts) => {
            format!(
                "Baggage {}: the last day to complain is near",
                facts.reference
            )
        }
        Facts::BaggageDeemedLost(facts) => {
            format!("Baggage {} may be treated as lost", facts.reference)
        }
        Facts::BaggageExpenseAdded(facts) => {
            format!("Expense noted for baggage {}", facts.reference)
        }
        Facts::CustomerCreated(_) => "Customer record made".to_owned(),
        Facts::CustomerUpdated(facts) => {
            let fields: Vec<String> = facts.fields.iter().map(|field| words(field)).collect();
            format!("Profile updated: {}", fields.join(", "))
        }
        Facts::InteractionRecorded(facts) => interaction(facts),
    }
}

fn total(facts: &OrderFacts, locale: &str) -> String {
    amount(facts.total_minor, &facts.currency, locale)
}

fn cancelled(facts: &OrderFacts, locale: &str) -> String {
    let refund = facts
        .refund_minor
        .map(|refund| amount(refund, &facts.currency, locale));
    match refund {
        Some(refund) => format!(
            "Order {} cancelled, {refund} to be refunded",
            facts.record_locator
        ),
        None => format!("Order {} cancelled", facts.record_locator),
    }
}

fn disrupted(facts: &JourneyDisrupted) -> String {
    let flight = flight(&facts.flight_designator);
    let minutes = facts
        .arrival_delay_minutes
        .or(facts.departure_delay_minutes)
        .filter(|minutes| *minutes > 0);
    let what = match (facts.kind.as_str(), minutes) {
        ("CANCELLATION", _) => "cancelled".to_owned(),
        ("DIVERSION", _) => "diverted".to_owned(),
        (_, Some(minutes)) => format!("delayed by {}", duration(minutes)),
        (_, None) => "delayed".to_owned(),
    };
    let missed = if facts.missed_connection {
        ", connection missed"
    } else {
        ""
    };
    format!("{flight} to {} {what}{missed}", facts.destination.iata)
}

fn duration(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

fn claim(facts: &ClaimOpened, locale: &str) -> String {
    let what = if facts.entitlement_kind == "REFUND" {
        "Refund of"
    } else {
        "Claim for"
    };
    let amount = amount(facts.amount_minor, &facts.currency, locale);
    let review = if facts.needs_review {
        ", to be reviewed"
    } else {
        ""
    };
    format!(
        "{what} {amount} opened under {}{review}",
        law(&facts.regime, &facts.basis)
    )
}

fn interaction(facts: &InteractionRecorded) -> String {
    let what = match facts.kind.as_str() {
        "CALL" => "Call",
        "EMAIL" => "E-mail",
        "CHAT" => "Chat",
        "SOCIAL" => "Social message",
        "LOUNGE" => "Lounge visit",
        "CHECKIN" => "Check-in",
        "INFLIGHT_RETAIL" => "Sale on board",
        "CHAUFFEUR" => "Chauffeur drive",
        "BAGGAGE" => "Baggage contact",
        "WEB" => "Web visit",
        _ => "Contact",
    };
    match (facts.kind.as_str(), facts.direction.as_str()) {
        ("CALL" | "EMAIL" | "CHAT" | "SOCIAL", "INBOUND") => format!("{what} from the customer"),
        ("CALL" | "EMAIL" | "CHAT" | "SOCIAL", _) => format!("{what} to the customer"),
        _ => what.to_owned(),
    }
}
