//! What is bought beside the seat: ancillaries and bags with an order, purchases without one.

use chrono::{DateTime, TimeDelta, Utc};
use entities::order::{
    ancillary::{self, AncillaryKind, AncillaryStatus},
    bag_tag,
    order_item::{OrderItemKind, OrderItemStatus},
    passenger::PassengerKind,
    purchase::{self, PurchaseCategory, PurchaseChannel, PurchaseItem, PurchaseItems},
};
use schema_kernel::Error;
use serde_json::json;

use super::{
    household::Household,
    order::{Draft, Place, Progress, Traveller},
    person::Person,
    price,
    rows::Rows,
    stream::{Purpose, Stream},
    timeline,
    world::World,
};

/// Kind, reason for issuance code and sub-code, price in euros.
#[derive(Clone, Copy)]
struct Offer(AncillaryKind, &'static str, &'static str, i64);

const OFFERS: [(usize, Offer); 6] = [
    (34, Offer(AncillaryKind::Seat, "A", "0B5", 28)),
    (26, Offer(AncillaryKind::Bag, "C", "0AA", 60)),
    (14, Offer(AncillaryKind::Lounge, "E", "0BX", 95)),
    (16, Offer(AncillaryKind::Wifi, "G", "0BW", 18)),
    (5, Offer(AncillaryKind::Chauffeur, "B", "0BU", 120)),
    (5, Offer(AncillaryKind::Upgrade, "A", "0BJ", 480)),
];

/// Category, product code, unit price in euros.
#[derive(Clone, Copy)]
struct Product(PurchaseCategory, &'static str, i64);

const PRODUCTS: [(usize, Product); 8] = [
    (20, Product(PurchaseCategory::FoodAndDrink, "SNACK-BOX", 9)),
    (
        14,
        Product(PurchaseCategory::FoodAndDrink, "CHAMPAGNE-20CL", 22),
    ),
    (
        16,
        Product(PurchaseCategory::Connectivity, "WIFI-FULL-FLIGHT", 19),
    ),
    (12, Product(PurchaseCategory::DutyFree, "PERFUME-50ML", 78)),
    (
        10,
        Product(PurchaseCategory::DutyFree, "CHOCOLATE-400G", 24),
    ),
    (6, Product(PurchaseCategory::DutyFree, "WATCH-CLASSIC", 165)),
    (
        8,
        Product(PurchaseCategory::Merchandise, "MODEL-A380-1-250", 49),
    ),
    (
        6,
        Product(PurchaseCategory::Entertainment, "HEADPHONES-NC", 115),
    ),
];

/// Writes ancillaries and bag tags.
pub(super) fn write(draft: &mut Draft<'_>, travellers: &[Traveller], rows: &mut Rows) {
    for traveller in travellers
        .iter()
        .filter(|traveller| traveller.row.kind == PassengerKind::Adult)
    {
        if draft.stream.chance(300) {
            ancillary(draft, traveller, rows);
        }
    }
    for traveller in travellers.iter().filter(|traveller| traveller.row.has_seat) {
        bags(draft, traveller, rows);
    }
}

fn ancillary(draft: &mut Draft<'_>, traveller: &Traveller, rows: &mut Rows) {
    let Offer(kind, reason, sub_reason, euros) = draft.stream.weighted(&OFFERS);
    let Some(place) = traveller
        .places
        .get(draft.stream.below(traveller.places.len()))
    else {
        return;
    };
    let price_minor = price::in_currency(euros * 100, &draft.order.currency);
    let (status, item_status) = match place.progress {
        Progress::GivenUp => (AncillaryStatus::Refunded, OrderItemStatus::Cancelled),
        Progress::Flown => (AncillaryStatus::Fulfilled, OrderItemStatus::Completed),
        Progress::Coming | Progress::CheckedIn | Progress::OnBoard => {
            (AncillaryStatus::Paid, OrderItemStatus::Active)
        }
    };
    let (order_id, customer_id) = draft.owner();
    let id = draft.stream.id(draft.placed_at());
    let item = draft.item(
        traveller.row.id,
        OrderItemKind::Ancillary,
        Some(place.journey),
        price_minor,
        item_status,
    );
    if let Some(row) = draft.items.last_mut() {
        row.ancillary_id = Some(id);
    }
    draft.service(
        item,
        traveller.row.id,
        Some(place.id),
        Some(id),
        place.progress,
    );
    let position = rows
        .ancillaries
        .iter()
        .filter(|row| row.order_id == order_id)
        .count();
    rows.ancillaries.push(ancillary::Model {
        id,
        order_id,
        customer_id,
        passenger_id: traveller.row.id,
        flight_segment_id: Some(place.id),
        kind,
        rfic: reason.to_owned(),
        rfisc: sub_reason.to_owned(),
        emd_number: Some(draft.document()),
        status,
        price_minor,
        position: i32::try_from(position).unwrap_or(i32::MAX),
    });
}

/// Bags are checked in with the passenger, for each journey anew.
fn bags(draft: &mut Draft<'_>, traveller: &Traveller, rows: &mut Rows) {
    let has_checked_in = |place: &Place| {
        matches!(
            place.progress,
            Progress::CheckedIn | Progress::OnBoard | Progress::Flown
        )
    };
    for places in traveller
        .places
        .chunk_by(|one, next| one.journey == next.journey)
    {
        let Some(first) = places.first().filter(|place| has_checked_in(place)) else {
            continue;
        };
        if !draft.stream.chance(550) {
            continue;
        }
        let flight = draft.world.timetable.flight(first.flight);
        let prefix = draft.world.reference.ticketing_prefix(&flight.carrier);
        let (order_id, customer_id) = draft.owner();
        rows.bag_tags.push(bag_tag::Model {
            id: draft
                .stream
                .id(flight.scheduled_departure_at - TimeDelta::hours(2)),
            order_id,
            customer_id,
            passenger_id: traveller.row.id,
            flight_segment_id: first.id,
            number: format!("0{prefix:0>3}{:06}", draft.stream.below(1_000_000)),
            weight_kg: i32::try_from(draft.stream.between(8, 30)).unwrap_or_default(),
        });
    }
}

/// What somebody bought on the flights they have flown, and on the web.
pub(super) fn purchases(
    world: &World,
    household: &Household,
    flown: &[usize],
    rows: &mut Rows,
) -> Result<(), Error> {
    for person in household
        .members
        .iter()
        .filter(|person| person.index < world.customers && person.is_of_age(world.calendar.today()))
    {
        let mut stream = Stream::new(world.seed, Purpose::Purchase, person.index);
        for place in flown {
            if stream.chance(90) {
                let flight = world.timetable.flight(*place);
                let at = flight
                    .actual_departure_at
                    .unwrap_or(flight.scheduled_departure_at)
                    + TimeDelta::minutes(stream.between(30, 50));
                purchase(
                    household,
                    person,
                    &mut stream,
                    (PurchaseChannel::Inflight, Some(flight.id), at),
                    rows,
                )?;
            }
        }
        if stream.chance(80) {
            let at = world
                .calendar
                .minutes_ago(stream.between(1_440, 500 * 1_440));
            purchase(
                household,
                person,
                &mut stream,
                (PurchaseChannel::Web, None, at),
                rows,
            )?;
        }
    }
    Ok(())
}

fn purchase(
    household: &Household,
    person: &Person,
    stream: &mut Stream,
    (channel, flight_id, at): (
        PurchaseChannel,
        Option<entities::id::FlightId>,
        DateTime<Utc>,
    ),
    rows: &mut Rows,
) -> Result<(), Error> {
    let currency = household.country.currency;
    let mut items: Vec<PurchaseItem> = Vec::new();
    for _ in 0..stream.weighted(&[(7, 1), (3, 2)]) {
        let Product(category, code, euros) = stream.weighted(&PRODUCTS);
        if items.iter().all(|item| item.product_code != code) {
            let quantity = i32::try_from(stream.between(1, 2)).unwrap_or(1);
            items.push(PurchaseItem {
                category,
                product_code: code.to_owned(),
                quantity,
                unit_price_minor: price::in_currency(euros * 100, currency),
            });
        }
    }
    let row = purchase::Model {
        id: stream.id(at),
        customer_id: person.id,
        channel,
        flight_id,
        total_minor: items
            .iter()
            .map(|item| i64::from(item.quantity) * item.unit_price_minor)
            .sum(),
        currency: currency.to_owned(),
        payment_last4: Some(stream.digits("####")),
        purchased_at: at,
        items: PurchaseItems(items),
    };
    let first = row.items.0.first().map(|item| item.category);
    let shared = first.filter(|category| row.items.0.iter().all(|item| item.category == *category));
    let description = shared.map_or_else(|| json!("MIXED"), |category| json!(category));
    let data = json!({ "purchase_id": row.id, "channel": row.channel, "description_code": description, "total_minor": row.total_minor, "currency": row.currency });
    timeline::tell(
        &mut rows.timeline,
        stream,
        ("order.purchase.made.v1", at),
        (row.id, person.id),
        data,
    )?;
    rows.purchases.push(row);
    Ok(())
}
