//! What cases are about, and how they are answered.

use entities::case::case::{CaseType, Channel, ResolutionCode};

/// A case in words. `{flight}`, `{city}` and `{locator}` stand for those of the trip.
#[derive(Clone, Copy)]
pub(in crate::seed) struct Template {
    pub(in crate::seed) case_type: CaseType,
    pub(in crate::seed) channel: Channel,
    /// Whether it needs a trip that lies in the past.
    pub(in crate::seed) needs_trip: bool,
    pub(in crate::seed) subject: &'static str,
    pub(in crate::seed) description: &'static str,
    /// What an agent notes for colleagues.
    pub(in crate::seed) note: &'static str,
    /// What an agent asks or tells the customer.
    pub(in crate::seed) message: &'static str,
    pub(in crate::seed) code: ResolutionCode,
    pub(in crate::seed) answer: &'static str,
}

macro_rules! templates {
    ($($weight:literal $case_type:ident $channel:ident $needs_trip:ident $code:ident, $subject:literal, $description:literal, $note:literal, $message:literal, $answer:literal;)*) => {
        [$(($weight, Template {
            case_type: CaseType::$case_type, channel: Channel::$channel, needs_trip: $needs_trip,
            subject: $subject, description: $description, note: $note, message: $message,
            code: ResolutionCode::$code, answer: $answer,
        })),*]
    };
}

/// Every template, by how often it is met. The first two are those of the showcase customer.
pub(in crate::seed) const TEMPLATES: [(usize, Template); 15] = templates! {
    14 BaggageDelayed Airport true Goodwill, "Bag missing after {flight}",
        "The grey suitcase did not come off the belt in {city}. We need it by tomorrow evening, it holds the children's things.",
        "AHL opened, the bag missed the connection. Tracing found it; it comes on the next flight.",
        "Your bag was found and comes with tonight's flight. A courier brings it to your hotel tomorrow morning.",
        "The bag was delivered the next day. Expenses for clothes were paid back, and 5,000 miles were credited.";
    16 Complaint Web true InfoProvided, "Seats of the family on {flight}",
        "We had paid for seats next to each other, and at the gate they were scattered over three rows. Nobody could say why.",
        "Aircraft change the night before; the seat map was not carried over. Ask revenue accounting about the seat fees.",
        "Thank you for writing. We are finding out what happened to your seats and come back to you within two days.",
        "The aircraft was changed, and the seats were lost with it. The seat fees go back to the card they were paid with.";
    10 Complaint Email true Goodwill, "Screen did not work on {flight}",
        "On a night flight of many hours the screen at my seat was black, and there was no other seat. I expect something better.",
        "Cabin log confirms the defect at that seat.",
        "We are sorry about the screen. May we credit miles to your account as an apology?",
        "An apology and 7,500 miles were accepted.";
    6 Complaint Phone true RejectedNotEntitled, "Missed boarding of {flight}",
        "Boarding closed although I was at the gate ten minutes before departure. I had to buy a new ticket.",
        "Gate log: boarding closed 20 minutes before departure, passenger came 9 minutes before.",
        "We have asked the airport for the times of boarding and will write again when we have them.",
        "Boarding closes 20 minutes before departure, and the gate log shows a later arrival. The ticket cannot be paid back.";
    8 Compliment Email true InfoProvided, "Thanks to the crew of {flight}",
        "My father felt unwell on the way to {city}. The crew looked after him the whole flight. Please tell them.",
        "Passed on to the crew manager.",
        "Thank you: we will tell the crew in person.",
        "The crew and their manager were told, and a note was put in their files.";
    5 Suggestion Survey false InfoProvided, "Tea that is not in a bag",
        "You serve good coffee now. Could there be loose tea, at least in the front cabins?",
        "Third one this month. Forwarded to catering.",
        "Thank you for the idea. We have passed it to the people who choose what is served.",
        "Forwarded to the product team, who read every suggestion.";
    8 BaggageDamaged Airport true Refunded, "Suitcase damaged on {flight}",
        "The suitcase came with a broken wheel and a tear along the zip. It was bought this spring.",
        "DPR with photos. Repair shop says it is not worth repairing.",
        "Please send us the receipt of the suitcase, or tell us about when it was bought and for how much.",
        "The suitcase could not be repaired. Its value today was paid.";
    2 BaggageLost Web true Compensated, "Bag not found after three weeks",
        "The bag from {flight} has been missing for more than 21 days. I attach a list of what was in it.",
        "Tracing closed. Claim form complete, receipts for two thirds.",
        "We treat your bag as lost now. Thank you for the list; we are checking it.",
        "The bag is lost. What was in it was paid within the limit of the Montreal Convention.";
    9 Refund Web true Refunded, "Unused lounge access, booking {locator}",
        "The lounge I had paid for was closed for repairs. Please give the money back.",
        "Lounge closure confirmed for that day.",
        "You are right, the lounge was closed. The refund is on its way.",
        "The fee for the lounge was paid back to the card.";
    6 LostProperty Web true InfoProvided, "Headphones left on {flight}",
        "I left black headphones in the pocket of the seat in front of me.",
        "Cleaning handed in three pairs from that flight.",
        "We may have found them. Which brand are they, and is there anything by which we can tell them?",
        "Found, and handed over at the airport.";
    7 Loyalty Web true InfoProvided, "Miles of {flight} are missing",
        "The flight was three weeks ago, and the miles have still not been credited.",
        "Name on the ticket had a second given name; did not match the account.",
        "Please send us a photo of the boarding pass, then we can add the miles at once.",
        "The miles were credited, and the name in the account was completed.";
    3 SpecialAssistance Phone false InfoProvided, "Wheelchair to the cabin seat for my mother",
        "My mother cannot walk more than a few steps. She needs a chair to her seat, and somebody at the transfer.",
        "WCHC confirmed with both airports.",
        "Assistance is booked for both airports. Please come to the desk two hours before departure.",
        "Assistance to the seat is confirmed for all flights.";
    2 Privacy Email false InfoProvided, "Copy of my data",
        "I ask for a copy of everything you hold about me, under Article 15 of the General Data Protection Regulation.",
        "Identity checked. Export requested.",
        "We have received your request and answer within one month.",
        "A copy of all data was handed over through the customer's account.";
    2 Fraud Phone false InfoProvided, "Miles spent by somebody else",
        "Somebody booked a hotel with my miles. I never gave my password to anyone.",
        "Sign-in from an unknown device. Sessions ended, password reset, partner told to stop the booking.",
        "We have locked your account and given you a new password. The booking was stopped.",
        "The booking was cancelled and the miles were given back. A second factor now protects the account.";
    1 Regulator Mail true ForwardedPartner, "Letter of the conciliation body about {locator}",
        "The conciliation body asks for our position on a delay on the way to {city}, within four weeks.",
        "Forwarded to legal with the flight's log.",
        "We have received the letter and will answer in time.",
        "Our position was sent to the conciliation body with the log of the flight.";
};
