//! From a report to the engine's facts. Pure.

use chrono::NaiveDate;
use entities::compensation::disruption::DisruptionKind;

use super::{
    report::{BaggageKind, BaggageState, BaggageTold},
    special_drawing_right::{convert, rate},
};
use crate::{
    disruption::{MalformedReport, event_kind},
    engine::{
        Baggage, Carrier, CaseFacts, Damage, Event, Fact, Journey, Passenger, PaymentMethod,
        Purchase,
    },
    journey::Course,
};

/// Minutes of a day.
const DAY: i64 = 1_440;

impl BaggageTold {
    /// What it is to the law. What came in the end came late; what has not come when the search is over is lost.
    pub(super) fn disruption_kind(&self) -> DisruptionKind {
        match (self.kind, self.at_disposal_on) {
            (BaggageKind::Damaged | BaggageKind::Pilfered, _) => DisruptionKind::BaggageDamaged,
            (BaggageKind::Delayed | BaggageKind::Lost, Some(_)) => DisruptionKind::BaggageDelayed,
            (BaggageKind::Delayed | BaggageKind::Lost, None) => match self.state {
                BaggageState::Lost | BaggageState::Closed => DisruptionKind::BaggageLost,
                BaggageState::Open => DisruptionKind::BaggageDelayed,
            },
        }
    }

    /// The report as the engine reads it, with the damage converted at the rates up to `today`; `None` where nobody claims any,
    /// or it is in a currency without a rate.
    ///
    /// The burden of proof for what excuses the carrier (Art 17(2), 19) is the carrier's: what nobody has shown is not so, and a
    /// person who finds otherwise refuses the claim.
    pub(super) fn case_facts(
        &self,
        course: &Course,
        today: NaiveDate,
    ) -> Result<Option<CaseFacts>, MalformedReport> {
        let Some(damage) = self.damage(today)? else {
            return Ok(None);
        };
        let journey = Journey {
            origin: course.origin.airport()?,
            destination: course.destination.airport()?,
        };
        let carrier = Carrier {
            code: self.reference.get(3..5).unwrap_or_default().parse()?,
            licence_country: Fact::Unknown,
        };
        let purchase = Purchase {
            fare_minor: 0,
            ancillary_minor: 0,
            currency: damage.currency,
            payment_method: PaymentMethod::Other,
        };
        let facts = CaseFacts::of(journey, carrier, self.event(), passenger(), purchase);
        Ok(Some(CaseFacts {
            baggage: self.baggage(today),
            damage: Some(damage),
            ..facts
        }))
    }

    fn event(&self) -> Event {
        Event {
            kind: event_kind(self.disruption_kind()),
            incident_on: self.arrived_on,
            arrival_delay_minutes: Fact::Unknown,
            departure_delay_minutes: Fact::Unknown,
            notice_minutes: Fact::Unknown,
            rerouting: Fact::Unknown,
            extraordinary: Fact::Unknown,
            extraordinary_minutes: None,
            diversion: Fact::Unknown,
            added_connections: 0,
            airport_changed: false,
            cabin_downgraded: false,
            accessibility_lost: false,
        }
    }

    fn baggage(&self, today: NaiveDate) -> Baggage {
        let until = self.at_disposal_on.unwrap_or(today);
        Baggage {
            admitted_lost: Fact::Known(self.is_loss_admitted),
            fee_minor: 0,
            flight_minutes: Fact::Unknown,
            late_minutes: Fact::Known((until - self.arrived_on).num_days() * DAY),
            own_fault: Fact::Known(false),
            report_filed: Fact::Known(true),
        }
    }

    /// The damage in the currency of the first expense.
    fn damage(&self, today: NaiveDate) -> Result<Option<Damage>, MalformedReport> {
        let Some(first) = self.expenses.first() else {
            return Ok(None);
        };
        let currency = &first.currency;
        let proven = self.expenses.iter().try_fold(0_i64, |sum, expense| {
            let on = expense.spent_on;
            sum.checked_add(convert(
                expense.amount_minor,
                &expense.currency,
                currency,
                on,
            )?)
        });
        let (Some(proven), Some(rate)) = (proven, rate(currency, today)) else {
            return Ok(None);
        };
        let declared = |declared: &super::report::DeclaredValue| {
            convert(
                declared.amount_minor,
                &declared.currency,
                currency,
                self.arrived_on,
            )
        };
        Ok(Some(Damage {
            action_on: None,
            arrived_on: Some(self.arrived_on),
            complaint_days: self.complaint_days(),
            currency: currency.parse()?,
            declared_minor: self.declared.as_ref().and_then(declared),
            deducted_minor: 0,
            inherent_defect: Fact::Known(false),
            measures_taken: Fact::Known(false),
            proven_minor: Fact::Known(proven),
            rate: Fact::Known(rate.millionths),
            rate_source: Some(rate.source()),
            travellers: self.travellers,
            wilful: Fact::Known(false),
        }))
    }

    /// Days from disposal to the complaint: none of a bag that has not come.
    fn complaint_days(&self) -> Fact<i64> {
        match (self.at_disposal_on, self.complained_on) {
            (None, _) => Fact::Known(0),
            (Some(got), Some(complained)) => Fact::Known((complained - got).num_days().max(0)),
            (Some(_), None) => Fact::Unknown,
        }
    }
}

fn passenger() -> Passenger {
    Passenger {
        fare_free: Fact::Unknown,
        presented: Fact::Known(true),
        infant_without_seat: false,
        accepted_alternative: Fact::Unknown,
        third_country_benefits: Fact::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn told(changes: Value) -> BaggageTold {
        let mut told = json!({
            "report_id": "01936f5e-7d8a-7c3e-9a52-0f6b1d2c4e01", "reference": "SINEK19666", "kind": "DELAYED", "state": "TRACING",
            "journey_id": "01936f5e-7d8a-7c3e-9a52-0f6b1d2c4e02", "flight_id": null, "passenger_id": null,
            "arrived_on": "2026-11-01", "at_disposal_on": null, "complained_on": "2026-11-01", "is_loss_admitted": false, "travellers": 1,
            "declared": null, "expenses": [{"amount_minor": 24_000, "currency": "EUR", "spent_on": "2026-11-02"}],
        });
        let fields = told.as_object_mut().unwrap();
        for (name, value) in changes.as_object().unwrap() {
            fields.insert(name.clone(), value.clone());
        }
        serde_json::from_value(told).unwrap()
    }

    fn course() -> Course {
        serde_json::from_value(json!({
            "origin": {"iata": "FRA", "country": "DE", "latitude": 50.0333, "longitude": 8.57046},
            "destination": {"iata": "DXB", "country": "AE", "latitude": 25.2528, "longitude": 55.3644},
        }))
        .unwrap()
    }

    fn facts(changes: Value) -> Option<CaseFacts> {
        told(changes)
            .case_facts(&course(), "2026-11-20".parse().unwrap())
            .unwrap()
    }

    #[test]
    fn what_came_came_late_and_what_never_came_is_lost() {
        use DisruptionKind::{BaggageDamaged, BaggageDelayed, BaggageLost};
        let kind = |changes| told(changes).disruption_kind();
        assert_eq!(kind(json!({})), BaggageDelayed);
        assert_eq!(kind(json!({"state": "LOST"})), BaggageLost);
        assert_eq!(kind(json!({"kind": "LOST", "state": "LOST"})), BaggageLost);
        assert_eq!(kind(json!({"state": "CLOSED"})), BaggageLost);
        let came = json!({"kind": "LOST", "state": "CLOSED", "at_disposal_on": "2026-11-19"});
        assert_eq!(kind(came), BaggageDelayed);
        let pilfered =
            json!({"kind": "PILFERED", "state": "REPORTED", "at_disposal_on": "2026-11-01"});
        assert_eq!(kind(pilfered), BaggageDamaged);
    }

    #[test]
    fn expenses_add_up_in_the_currency_of_the_first() {
        let expenses = json!([
            {"amount_minor": 10_000, "currency": "EUR", "spent_on": "2026-11-02"},
            {"amount_minor": 11_172, "currency": "USD", "spent_on": "2026-11-03"},
        ]);
        let damage = facts(json!({ "expenses": expenses }))
            .unwrap()
            .damage
            .unwrap();
        assert_eq!(damage.proven_minor, Fact::Known(20_000));
        assert_eq!(damage.currency.as_str(), "EUR");
        assert_eq!(damage.rate, Fact::Known(121_273_441));
    }

    #[test]
    fn nothing_is_assessed_that_nobody_claims_or_that_has_no_rate() {
        assert_eq!(facts(json!({"expenses": []})), None);
        let gold = json!([{"amount_minor": 1, "currency": "XAU", "spent_on": "2026-11-02"}]);
        assert_eq!(facts(json!({ "expenses": gold })), None);
    }

    #[test]
    fn the_complaint_counts_from_the_day_of_disposal() {
        let days = |changes| facts(changes).unwrap().damage.unwrap().complaint_days;
        assert_eq!(days(json!({})), Fact::Known(0));
        let came = json!({"at_disposal_on": "2026-11-03", "complained_on": "2026-11-20"});
        assert_eq!(days(came), Fact::Known(17));
        let before = json!({"at_disposal_on": "2026-11-03"});
        assert_eq!(days(before), Fact::Known(0));
        let silent = json!({"at_disposal_on": "2026-11-03", "complained_on": null});
        assert_eq!(days(silent), Fact::Unknown);
    }
}
