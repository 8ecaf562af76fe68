use serde_json::json;

use crate::world::{AMINA, OTTO, World, one_adult};

#[tokio::test]
async fn affected_journeys_come_whole_and_in_few_statements() {
    let world = World::new().await;
    let (feeder, onward) = (
        world.flight("DXB", "FRA", 2).await,
        world.flight("FRA", "HAM", 4).await,
    );
    let mut family = one_adult(1, AMINA, &[feeder, onward]);
    family["passengers"]
        .as_array_mut()
        .unwrap()
        .push(json!({ "givenName": "Noor", "familyName": "Haddad", "kind": "INFANT" }));
    family["journeys"][0]["faresMinor"] = json!([45_000, 4_500]);
    family["ancillaries"] = json!([
        { "passenger": 0, "journey": 0, "segment": 1, "kind": "BAG", "rfisc": "0AA", "priceMinor": 6_000 },
        { "passenger": 0, "kind": "LOUNGE", "rfisc": "0BX", "priceMinor": 5_000 },
    ]);
    world.staff().placed(family).await;
    world.staff().placed(one_adult(2, OTTO, &[feeder])).await;
    let given_up = world.staff().placed(one_adult(3, OTTO, &[onward])).await;
    world.staff().cancel(&given_up["id"], 1).await;

    let before = world.database.statement_count();
    let affected = schema_order::journey::affected::of_flights(world.database.reader(), &[onward])
        .await
        .unwrap();
    assert_eq!(world.database.statement_count() - before, 6);
    assert_eq!(affected.len(), 2);
    let adult = affected.iter().find(|journey| journey.has_seat).unwrap();
    assert_eq!(
        (adult.origin.as_str(), adult.destination.as_str()),
        ("DXB", "HAM")
    );
    assert_eq!(
        (adult.fare_minor, adult.ancillary_fees_minor),
        (45_000, 6_000)
    );
    assert_eq!(adult.customer_id, AMINA);
    assert_eq!(
        adult
            .segments
            .iter()
            .map(|segment| segment.flight.id)
            .collect::<Vec<_>>(),
        [feeder, onward]
    );

    let both =
        schema_order::journey::affected::of_flights(world.database.reader(), &[feeder, onward])
            .await
            .unwrap();
    assert_eq!(both.len(), 3);
    let before = world.database.statement_count();
    let empty = world.flight("OSL", "HAM", 9).await;
    let nobody = schema_order::journey::affected::of_flights(world.database.reader(), &[empty])
        .await
        .unwrap();
    assert_eq!(
        (nobody.len(), world.database.statement_count() - before),
        (0, 2)
    );
}
