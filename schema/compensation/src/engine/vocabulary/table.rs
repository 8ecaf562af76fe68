use super::super::circumstances::{Cabin, Control, Damage, Issue, Tier};
use super::super::fact::{Fact, FactName};
use super::super::facts::{DiversionOutcome, Event, EventKind, PaymentMethod};
use super::{
    FactType::{Country, Number, Place, Truth, Word},
    VocabularyEntry, Worded, amount, country, minutes, of_offer, offered, place, truth, word,
    word_or_none,
};
use crate::engine::expression::Value;

macro_rules! vocabulary {
    ($($name:literal: $kind:expr, $unit:literal, $meaning:literal => $read:expr;)*) => {
        pub(crate) const ENTRIES: &[VocabularyEntry] = &[$(VocabularyEntry {
            name: $name, kind: $kind, unit: $unit, meaning: $meaning, read: $read,
        },)*];
    };
}

fn count(number: u32) -> Value {
    Value::known(number.into())
}

/// A share counts only where it is known that the circumstances are proven.
fn proven_share(event: &Event) -> Option<u32> {
    let share = event.extraordinary_minutes;
    share.filter(|_| event.extraordinary == Fact::Known(true))
}

/// Zero where nobody claims damage; conditions ask `damage.claimed` first.
fn of_damage(damage: Option<&Damage>, read: fn(&Damage) -> Value) -> Value {
    damage.map_or(Value::NO, read)
}

vocabulary! {
    "journey.origin": Place, "", "First point of departure of the journey." => |case| place(&case.facts.journey.origin);
    "journey.destination": Place, "", "Final destination of the journey." => |case| place(&case.facts.journey.destination);
    "journey.metres": Number, "metres", "Great circle from end to end, whatever the legs (C-559/16)." => |case| count(case.journey_metres);
    "journey.changes_country": Truth, "", "It starts and ends in places with different country codes." => |case| (case.facts.journey.origin.country != case.facts.journey.destination.country).into();
    "flight.origin": Place, "", "Departure of the flight concerned." => |case| place(&case.facts.flight.as_ref().unwrap_or(&case.facts.journey).origin);
    "flight.destination": Place, "", "Destination of the flight concerned." => |case| place(&case.facts.flight.as_ref().unwrap_or(&case.facts.journey).destination);
    "flight.metres": Number, "metres", "Great circle of the flight concerned." => |case| count(case.flight_metres);
    "carrier.licence_country": Country, "", "State that licensed the operating carrier." => |case| country(case.facts.carrier.licence_country, FactName::LicenceCountry);
    "carrier.is_large": Truth, "", "Two million passengers or more in each of the two years before." => |case| truth(case.facts.operation.large_carrier, FactName::LargeCarrier);
    "event.kind": Word(EventKind::WORDS), "", "What sort of disruption it is." => |case| word_or_none(Some(case.facts.event.kind));
    "event.arrival_delay": Number, "minutes", "From the scheduled arrival to the opening of a door at the final destination (C-452/13); negative when early." => |case| minutes(case.facts.event.arrival_delay_minutes, FactName::ArrivalDelayMinutes);
    "event.departure_delay": Number, "minutes", "From the scheduled to the new or actual departure; negative when brought forward." => |case| minutes(case.facts.event.departure_delay_minutes, FactName::DepartureDelayMinutes);
    "event.notice": Number, "minutes", "From the moment the passenger was told to the scheduled departure; negative when told afterwards." => |case| minutes(case.facts.event.notice_minutes, FactName::NoticeMinutes);
    "event.extraordinary": Truth, "", "Extraordinary circumstances and all reasonable measures are proven." => |case| truth(case.facts.event.extraordinary, FactName::Extraordinary);
    "event.extraordinary_is_partial": Truth, "", "Only a share of the delay is proven to be extraordinary (C-315/15)." => |case| proven_share(&case.facts.event).is_some().into();
    "event.extraordinary_share": Number, "minutes", "The proven extraordinary share of the arrival delay; 0 without one." => |case| count(proven_share(&case.facts.event).unwrap_or(0));
    "event.control": Word(Control::WORDS), "", "Whose matter the cause was." => |case| word(case.facts.operation.control, FactName::Control);
    "event.diversion": Word(DiversionOutcome::WORDS), "", "Where a diverted flight left its passengers." => |case| word(case.facts.event.diversion, FactName::Diversion);
    "event.added_connections": Number, "connections", "How many connection points the new itinerary has more than the booked one." => |case| count(case.facts.event.added_connections);
    "event.airport_changed": Truth, "", "The new itinerary departs from or arrives at another airport." => |case| case.facts.event.airport_changed.into();
    "event.cabin_downgraded": Truth, "", "The new itinerary is in a lower class." => |case| case.facts.event.cabin_downgraded.into();
    "event.accessibility_lost": Truth, "", "A passenger with a disability gets another connecting airport, or an aircraft without features they need." => |case| case.facts.event.accessibility_lost.into();
    "rerouting.offered": Truth, "", "Other travel to the final destination was offered." => |case| offered(case.facts.event.rerouting);
    "rerouting.departs_earlier": Number, "minutes", "How long before the booked departure it departs; negative when later, 0 without an offer." => |case| of_offer(case.facts.event.rerouting, |offer| offer.departs_earlier_minutes);
    "rerouting.arrives_later": Number, "minutes", "How long after the booked arrival it arrives; negative when earlier, 0 without an offer." => |case| of_offer(case.facts.event.rerouting, |offer| offer.arrives_later_minutes);
    "passenger.fare_free": Truth, "", "Free of charge or at a fare not available to the public; award tickets are not." => |case| truth(case.facts.passenger.fare_free, FactName::FareFree);
    "passenger.presented": Truth, "", "At check-in in time." => |case| truth(case.facts.passenger.presented, FactName::Presented);
    "passenger.infant_without_seat": Truth, "", "A child without a seat and reservation of its own." => |case| case.facts.passenger.infant_without_seat.into();
    "passenger.accepted_alternative": Truth, "", "Flew the changed flight, took re-booking, or affirmatively took something in place of money." => |case| truth(case.facts.passenger.accepted_alternative, FactName::AcceptedAlternative);
    "passenger.third_country_benefits": Truth, "", "Received benefits or compensation and assistance for this event in a third country." => |case| truth(case.facts.passenger.third_country_benefits, FactName::ThirdCountryBenefits);
    "passenger.took_refund": Truth, "", "Took the fare back in place of other travel." => |case| truth(case.facts.price.refund_taken, FactName::RefundTaken);
    "passenger.volunteered": Truth, "", "Gave up the seat in exchange for benefits." => |case| truth(case.facts.boarding.volunteered, FactName::Volunteered);
    "passenger.refused_for_cause": Truth, "", "Refused on reasonable grounds: health, safety, security, inadequate travel documents." => |case| truth(case.facts.boarding.refused_for_cause, FactName::RefusedForCause);
    "passenger.in_transit": Truth, "", "In transit at the airport of the disruption." => |case| truth(case.facts.stay.in_transit, FactName::InTransit);
    "passenger.lives_there": Truth, "", "Lives in the city in which the flight starts." => |case| truth(case.facts.stay.lives_there, FactName::LivesThere);
    "aircraft.has_fewer_than_30_seats": Truth, "", "The aircraft has fewer than 30 seats." => |case| case.facts.boarding.small_aircraft.into();
    "stay.overnight": Truth, "", "The new departure is on the next day or later." => |case| truth(case.facts.stay.overnight, FactName::Overnight);
    "stay.connection_missed": Truth, "", "A connection was missed." => |case| truth(case.facts.stay.connection_missed, FactName::ConnectionMissed);
    "stay.next_connection": Number, "minutes", "Until the next connection." => |case| minutes(case.facts.stay.next_connection_minutes, FactName::NextConnectionMinutes);
    "stay.tarmac": Number, "minutes", "On board on the ground with the doors closed." => |case| minutes(case.facts.stay.tarmac_minutes, FactName::TarmacMinutes);
    "purchase.fare": Number, "minor units", "Unused fare with taxes and mandatory charges." => |case| amount(Fact::Known(case.facts.purchase.fare_minor), FactName::FlightPrice);
    "purchase.ancillary_fees": Number, "minor units", "Fees for ancillary services that were not provided." => |case| amount(Fact::Known(case.facts.purchase.ancillary_minor), FactName::FlightPrice);
    "purchase.payment_method": Word(PaymentMethod::WORDS), "", "How it was paid." => |case| word_or_none(Some(case.facts.purchase.payment_method));
    "purchase.flight_price": Number, "minor units", "Price of the flight concerned without taxes that do not depend on the class." => |case| amount(case.facts.price.flight_minor, FactName::FlightPrice);
    "purchase.one_way_fare": Number, "minor units", "One-way fare to the destination or first stopover with taxes and fees." => |case| amount(case.facts.price.one_way_minor, FactName::OneWayFare);
    "purchase.bag_fee": Number, "minor units", "What was paid for carrying the baggage." => |case| amount(Fact::Known(case.facts.baggage.fee_minor), FactName::FlightPrice);
    "baggage.late": Number, "minutes", "From the opportunity to leave the aircraft to delivery, or until now." => |case| minutes(case.facts.baggage.late_minutes, FactName::BaggageLateMinutes);
    "baggage.report_filed": Truth, "", "A report of mishandled baggage was filed." => |case| truth(case.facts.baggage.report_filed, FactName::BaggageReportFiled);
    "baggage.own_fault": Truth, "", "The passenger caused it." => |case| truth(case.facts.baggage.own_fault, FactName::BaggageOwnFault);
    "baggage.admitted_lost": Truth, "", "The carrier admits that it is lost." => |case| truth(case.facts.baggage.admitted_lost, FactName::BaggageAdmittedLost);
    "baggage.flight_duration": Number, "minutes", "Scheduled duration of the flight between the United States and a foreign point." => |case| minutes(case.facts.baggage.flight_minutes, FactName::FlightMinutes);
    "damage.claimed": Truth, "", "Somebody claims damage." => |case| case.facts.damage.is_some().into();
    "damage.proven": Number, "minor units", "The proven damage." => |case| of_damage(case.facts.damage.as_ref(), |damage| amount(damage.proven_minor, FactName::ProvenDamage));
    "damage.rate": Number, "millionths of a minor unit", "What one Special Drawing Right was worth in the currency of the damage." => |case| of_damage(case.facts.damage.as_ref(), |damage| amount(damage.rate, FactName::SpecialDrawingRate));
    "damage.complaint_after": Number, "days", "From receipt, or from being placed at disposal, to the complaint in writing." => |case| of_damage(case.facts.damage.as_ref(), |damage| amount(damage.complaint_days, FactName::ComplaintDays));
    "damage.action_years_begun": Number, "years", "How many years had begun after the arrival when an action was brought, so that two years to the day are 2; 0 when none was." => |case| of_damage(case.facts.damage.as_ref(), |damage| count(damage.action_years_begun()));
    "damage.declared": Number, "minor units", "The sum of a special declaration for which the supplement was paid; 0 without one." => |case| of_damage(case.facts.damage.as_ref(), |damage| Value::known(damage.declared_minor.unwrap_or(0).max(0)));
    "damage.deducted": Number, "minor units", "What was paid for the same event under another law." => |case| of_damage(case.facts.damage.as_ref(), |damage| Value::known(damage.deducted_minor.max(0)));
    "damage.travellers": Number, "passengers", "How many passengers had packed in it." => |case| of_damage(case.facts.damage.as_ref(), |damage| count(damage.travellers));
    "damage.wilful": Truth, "", "Done with intent, or recklessly and with knowledge that damage would probably result." => |case| of_damage(case.facts.damage.as_ref(), |damage| truth(damage.wilful, FactName::Wilful));
    "damage.measures_taken": Truth, "", "The carrier took all measures that could reasonably be required, or none could be." => |case| of_damage(case.facts.damage.as_ref(), |damage| truth(damage.measures_taken, FactName::MeasuresTaken));
    "damage.inherent_defect": Truth, "", "It comes from an inherent defect, quality or vice of the baggage." => |case| of_damage(case.facts.damage.as_ref(), |damage| truth(damage.inherent_defect, FactName::InherentDefect));
    "service.issue": Word(Issue::WORDS), "", "What failed." => |case| word_or_none(case.facts.service.as_ref().map(|service| service.issue));
    "service.second_issue": Word(Issue::WORDS), "", "What else failed on the same journey." => |case| word_or_none(case.facts.service.as_ref().and_then(|service| service.others.first().copied()));
    "service.third_issue": Word(Issue::WORDS), "", "What else failed besides those." => |case| word_or_none(case.facts.service.as_ref().and_then(|service| service.others.get(1).copied()));
    "service.fourth_issue": Word(Issue::WORDS), "", "What else failed besides those three." => |case| word_or_none(case.facts.service.as_ref().and_then(|service| service.others.get(2).copied()));
    "service.cabin": Word(Cabin::WORDS), "", "The cabin travelled in." => |case| word_or_none(case.facts.service.as_ref().map(|service| service.cabin));
    "service.tier": Word(Tier::WORDS), "", "The tier in the loyalty programme." => |case| word_or_none(case.facts.service.as_ref().map(|service| service.tier));
    "service.prior_failures": Number, "failures", "Compensated failures in the last 12 months." => |case| count(case.facts.service.as_ref().map_or(0, |service| service.prior_failures));
    "service.awards": Number, "awards", "Goodwill awards in the last 12 months." => |case| count(case.facts.service.as_ref().map_or(0, |service| service.awards));
    "service.suspicious": Truth, "", "Refused twice for this flight, or asked for by another person on the same booking." => |case| case.facts.service.as_ref().is_some_and(|service| service.suspicious).into();
}
