//! The rows of a customer's profile.

use chrono::{Datelike, Days, NaiveDate, TimeDelta};
use entities::profile::{
    contact_point,
    customer::{self, Status},
    loyalty_membership::{self, Tier},
    preference, travel_document,
};
use schema_kernel::Error;
use schema_profile::{
    contact_point::normalised,
    customer::name::{document_name, search_key},
};
use serde_json::json;

use super::{
    household::Household,
    person::Person,
    rows::Rows,
    stream::{Purpose, Stream, serial},
    timeline,
    world::World,
};

/// The programme of the airline whose network most customers fly.
const PROGRAMME: &str = "SKYWARDS";

/// Domains that are set aside for examples (RFC 2606).
const DOMAINS: [&str; 3] = ["example.com", "example.org", "example.net"];

/// Meals, by how often they are asked for. All are current SSR codes.
const MEALS: [(usize, &str); 12] = [
    (22, "AVML"),
    (20, "VGML"),
    (18, "MOML"),
    (10, "HNML"),
    (8, "VLML"),
    (7, "GFML"),
    (5, "DBML"),
    (4, "KSML"),
    (3, "SFML"),
    (3, "FPML"),
    (2, "NLML"),
    (2, "VJML"),
];
const SEATS: [(usize, &str); 6] = [
    (40, "AISLE"),
    (36, "WINDOW"),
    (8, "FRONT"),
    (8, "EXTRA_LEGROOM"),
    (5, "EXIT_ROW"),
    (3, "BULKHEAD"),
];
const CHANNELS: [(usize, &str); 5] = [
    (45, "EMAIL"),
    (25, "SMS"),
    (15, "PUSH"),
    (10, "PHONE"),
    (5, "CHAT"),
];
const DRINKS: [&str; 8] = [
    "Sparkling water",
    "Tomato juice",
    "Black tea",
    "Arabic coffee",
    "Espresso",
    "Orange juice",
    "Ginger ale",
    "Red wine",
];

/// Writes who a member of a household is, how they are reached and what they like.
pub(super) fn write(
    world: &World,
    household: &Household,
    person: &Person,
    rows: &mut Rows,
) -> Result<(), Error> {
    let mut stream = Stream::new(world.seed, Purpose::Profile, person.index);
    let is_of_age = person.is_of_age(world.calendar.today());
    let row = customer(household, person, is_of_age, &mut stream);
    timeline::tell(
        &mut rows.timeline,
        &stream,
        ("profile.customer.created.v1", person.known_since),
        (person.id, person.id),
        json!({ "customer_id": person.id }),
    )?;
    rows.customers.push(row);
    contact_points(household, person, is_of_age, &mut stream, rows);
    rows.memberships.extend(
        person
            .tier
            .map(|tier| membership(world, person, tier, &mut stream)),
    );
    preferences(world, person, is_of_age, &mut stream, rows);
    if person.index == 0 || stream.chance(650) {
        rows.documents.push(document(world, person, &mut stream));
    }
    Ok(())
}

fn customer(
    household: &Household,
    person: &Person,
    is_of_age: bool,
    stream: &mut Stream,
) -> customer::Model {
    let spelled = |name: &str| document_name(name).unwrap_or_default();
    let given = person.given.as_deref();
    // People who live abroad often speak the language of the place with the airline.
    let language = if household.country.code == person.nation.country || stream.chance(500) {
        person.nation.language
    } else {
        "en-GB"
    };
    customer::Model {
        id: person.id,
        status: stream.weighted(&[(985, Status::Active), (15, Status::Dormant)]),
        title: Some(person.title),
        given_name: person.given.clone(),
        family_name: person.family.clone(),
        document_given_name: given.map(spelled).unwrap_or_default(),
        document_family_name: spelled(&person.family),
        given_search: given.map(search_key).unwrap_or_default(),
        family_search: search_key(&person.family),
        gender: person.gender,
        birth_date: Some(person.born),
        nationality: Some(person.nation.country.to_owned()),
        language: language.to_owned(),
        country_of_residence: Some(household.country.code.to_owned()),
        home_airport: Some(household.airport.to_owned()),
        is_vip: is_of_age
            && person.index != 0
            && stream.chance(if person.tier == Some(Tier::Platinum) {
                120
            } else {
                2
            }),
        needs_assistance: person.index != 0 && stream.chance(14),
        created_at: person.known_since,
        updated_at: person.known_since,
        version: 1,
    }
}

fn contact_points(
    household: &Household,
    person: &Person,
    is_of_age: bool,
    stream: &mut Stream,
    rows: &mut Rows,
) {
    let mut add = |kind, value: String, label: Option<&str>, is_verified: bool| {
        rows.contact_points.push(contact_point::Model {
            id: stream.id(person.known_since),
            customer_id: person.id,
            kind,
            normalised_value: normalised(&value),
            value,
            label: label.map(str::to_owned),
            is_primary: true,
            verified_at: is_verified.then(|| person.known_since + TimeDelta::minutes(7)),
            created_at: person.known_since,
        });
    };
    add(
        contact_point::Kind::Phone,
        household.phone.clone(),
        Some("home"),
        person.index.is_multiple_of(3),
    );
    if is_of_age {
        add(
            contact_point::Kind::Email,
            email(person),
            None,
            person.index % 10 < 7,
        );
    }
}

/// An address that nobody else has.
fn email(person: &Person) -> String {
    let plain = |name: &str| search_key(name).replace(' ', "");
    let given = person.given.as_deref().map(plain).unwrap_or_default();
    let name = [given, plain(&person.family)]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(".");
    let number = if person.index == 0 {
        String::new()
    } else {
        person.index.to_string()
    };
    let domain = DOMAINS[usize::try_from(person.index % 3).unwrap_or_default()];
    format!("{name}{number}@{domain}")
}

fn membership(
    world: &World,
    person: &Person,
    tier: Tier,
    stream: &mut Stream,
) -> loyalty_membership::Model {
    let (low, high) = match tier {
        Tier::Base => (0, 24_000),
        Tier::Silver => (25_000, 49_000),
        Tier::Gold => (50_000, 140_000),
        Tier::Platinum => (150_000, 420_000),
    };
    let today = world.calendar.today();
    let joined = person.known_since.date_naive();
    let valid_from = NaiveDate::from_ymd_opt(today.year(), 1, 1)
        .unwrap_or(today)
        .max(joined);
    loyalty_membership::Model {
        id: stream.id(person.known_since),
        customer_id: person.id,
        programme: PROGRAMME.to_owned(),
        number: format!("EK{:010}", serial(person.index)),
        tier,
        valid_from,
        // A tier holds until the end of March of the next year.
        valid_to: (tier != Tier::Base)
            .then(|| NaiveDate::from_ymd_opt(today.year() + 1, 3, 31).unwrap_or(today)),
        qualifying_miles: stream.between(low, high),
        redeemable_miles: stream.between(low / 2, high * 2),
        created_at: person.known_since,
    }
}

fn preferences(
    world: &World,
    person: &Person,
    is_of_age: bool,
    stream: &mut Stream,
    rows: &mut Rows,
) {
    let mut chosen: Vec<(preference::Kind, &str)> = Vec::new();
    if stream.chance(450) || person.index == 0 {
        chosen.push((preference::Kind::Seat, stream.weighted(&SEATS)));
    }
    match is_of_age {
        true if stream.chance(260) || person.index == 0 => {
            chosen.push((preference::Kind::Meal, stream.weighted(&MEALS)));
        }
        false if stream.chance(300) && person.age_on(world.calendar.today()) >= 2 => {
            chosen.push((preference::Kind::Meal, "CHML"));
        }
        _ => {}
    }
    if is_of_age && stream.chance(350) {
        chosen.push((preference::Kind::Channel, stream.weighted(&CHANNELS)));
    }
    if is_of_age && stream.chance(120) {
        chosen.push((preference::Kind::Drink, stream.pick(&DRINKS)));
    }
    if stream.chance(200) {
        chosen.push((preference::Kind::Language, person.nation.language));
    }
    rows.preferences
        .extend(chosen.into_iter().map(|(kind, value)| preference::Model {
            id: stream.id(person.known_since),
            customer_id: person.id,
            kind,
            value: value.to_owned(),
            updated_at: person.known_since,
        }));
}

/// A document without its number: only the last three signs are kept.
fn document(world: &World, person: &Person, stream: &mut Stream) -> travel_document::Model {
    let days = u64::try_from(stream.between(60, 3_600)).unwrap_or_default();
    travel_document::Model {
        id: stream.id(person.known_since),
        customer_id: person.id,
        kind: stream.weighted(&[
            (9, travel_document::Kind::Passport),
            (1, travel_document::Kind::NationalId),
        ]),
        issuing_country: person.nation.country.to_owned(),
        last_three: stream.digits("###"),
        expires_on: world.calendar.today() + Days::new(days),
        created_at: person.known_since,
    }
}
