//! What customers and the airline say to each other.

use entities::profile::interaction::{Channel, Direction, Kind, Purpose, Sentiment};

/// What was said, and how. `{city}`, `{flight}` and `{locator}` stand for those of the trip.
#[derive(Clone, Copy)]
pub(super) struct Talk {
    pub(super) kind: Kind,
    pub(super) channel: Channel,
    pub(super) direction: Direction,
    pub(super) purpose: Purpose,
    pub(super) sentiment: Sentiment,
    pub(super) summary: &'static str,
}

macro_rules! talks {
    ($($weight:literal $kind:ident $channel:ident $direction:ident $purpose:ident $sentiment:ident, $summary:literal;)*) => {
        [$(($weight, Talk {
            kind: Kind::$kind, channel: Channel::$channel, direction: Direction::$direction,
            purpose: Purpose::$purpose, sentiment: Sentiment::$sentiment, summary: $summary,
        })),*]
    };
}

/// What is said about a trip, by how often.
pub(super) const ABOUT_TRIPS: [(usize, Talk); 22] = talks! {
    6 Call Phone Inbound Service Neutral, "Asked whether the seats on {flight} can be moved next to each other. Seats were changed while on the line.";
    5 Call Phone Inbound Service Positive, "Wanted to add a bag for the trip to {city}. Explained the prepaid rate; added and paid.";
    3 Call Phone Inbound Complaint Negative, "Unhappy that the gate of {flight} changed twice without a message. Apologised and noted the wish for text messages.";
    3 Call Phone Outbound Service Neutral, "Called about a new departure time of {flight}. The customer keeps the booking.";
    6 Email Email Inbound Service Neutral, "Asked for an invoice with the company's address for booking {locator}. Sent the same day.";
    4 Email Email Inbound Complaint Negative, "Writes that the meal ordered in advance was not on board {flight}. Passed on to catering; answer promised within a week.";
    4 Email Email Outbound Survey Positive, "Answered the survey about {flight}: 9 of 10. Praises the crew and the quiet cabin.";
    3 Email Email Outbound Survey Negative, "Answered the survey about {flight}: 4 of 10. Boarding took too long, and the screen did not work.";
    6 Chat Chat Inbound Service Neutral, "Asked about visa rules for {city}. Sent the link of the authority and the passport validity that is needed.";
    5 Chat MobileApp Inbound Service Positive, "Could not find the boarding pass for {flight} in the app. Sent again; thanked for the quick help.";
    4 Chat Chat Inbound Sales Neutral, "Asked what an upgrade on {flight} would cost. Will think about it.";
    5 Lounge Airport Inbound Service Positive, "Came to the lounge before {flight} with one guest.";
    3 Lounge Airport Inbound Complaint Negative, "Found the lounge before {flight} crowded and the showers closed.";
    5 Checkin Airport Inbound Service Neutral, "Checked in at the desk for {flight}; a bag of 26 kg was repacked.";
    4 Checkin Kiosk Inbound Service Neutral, "Used a kiosk for {flight}; the passport was read at the second try.";
    4 InflightRetail Onboard Inbound Sales Positive, "Asked the crew of {flight} for the model aircraft; it was sold out, and the web shop was recommended.";
    4 InflightRetail Onboard Inbound Service Positive, "Celebrated a birthday on {flight}. The crew brought a cake; the customer was delighted.";
    2 Chauffeur Airport Inbound Service Positive, "The car in {city} came on time. The driver waited while bags were late.";
    2 Chauffeur Phone Inbound Complaint Negative, "The car in {city} came twenty minutes late; the customer nearly took a taxi.";
    3 Baggage Airport Inbound Service Negative, "A bag from {flight} came off the belt with a broken wheel. A report was taken at the desk in {city}.";
    3 Social Social Inbound Service Positive, "Posted a photo of the sunrise from {flight} and named us. We thanked.";
    2 Social Social Inbound Complaint Negative, "Wrote in public that nobody answers the telephone about {flight}. Answered within the hour and moved to a private message.";
};

/// What is said at other times.
pub(super) const OTHER: [(usize, Talk); 9] = talks! {
    5 Call Phone Inbound Service Neutral, "Changed the mobile number and asked for messages by text from now on.";
    4 Call Phone Inbound Sales Neutral, "Asked about fares for a family of four in the school holidays. An offer was sent by e-mail.";
    4 Email Email Inbound Service Neutral, "Asked how miles of a partner are credited. Explained with an example.";
    3 Email Email Inbound Service Negative, "Cannot sign in to the account after a new telephone. Identity checked; access restored.";
    4 Chat Chat Inbound Service Positive, "Asked whether a folding bicycle can be taken along. Yes, as a bag of up to 23 kg; happy with the answer.";
    4 Chat MobileApp Inbound Service Neutral, "Asked how long a tier holds. Sent the dates.";
    4 Web Web Inbound Service Neutral, "Filled in the form for a receipt of an old ticket.";
    3 Web Web Inbound Survey Positive, "Rated the new website 8 of 10: easy to find a fare, hard to find the seat map.";
    2 Social Social Inbound Sales Neutral, "Asked in public when the next sale begins. Pointed to the newsletter.";
};
