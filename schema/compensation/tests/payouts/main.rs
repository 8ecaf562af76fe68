//! Whatever people, programs and payment services do, and whenever programs die: nothing is paid twice, and the books say
//! where the money is.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod bank;
mod world;

use bank::Fault;
use proptest::prelude::*;
use world::{Confirmed, World};

/// Something that happens.
#[derive(Clone, Debug)]
enum Event {
    Request(usize, usize),
    Approve(usize),
    Cancel(usize),
    Retry(usize),
    Confirm(usize, Confirmed),
    /// A correction changes what is owed.
    Correct(usize, i64),
    /// A worker works, and the bank does these things, one for each time it is asked.
    Work(usize, Vec<Fault>),
    /// Two workers work at the same time.
    WorkTogether(Vec<Fault>),
    Pass(i64),
}

fn event() -> impl Strategy<Value = Event> {
    let fault = || prop::collection::vec(prop::sample::select(Fault::ALL.to_vec()), 1..4);
    let confirmed = prop::sample::select(vec![Confirmed::Received, Confirmed::Returned]);
    prop_oneof![
        3 => (0..world::CLAIMS, 0..world::METHODS.len()).prop_map(|(claim, method)| Event::Request(claim, method)),
        3 => (0..8_usize).prop_map(Event::Approve),
        1 => (0..8_usize).prop_map(Event::Cancel),
        2 => (0..8_usize).prop_map(Event::Retry),
        2 => (0..8_usize, confirmed).prop_map(|(payout, confirmed)| Event::Confirm(payout, confirmed)),
        1 => (0..world::CLAIMS, 1..90_000_i64).prop_map(|(claim, amount)| Event::Correct(claim, amount)),
        5 => (0..2_usize, fault()).prop_map(|(worker, faults)| Event::Work(worker, faults)),
        2 => fault().prop_map(Event::WorkTogether),
        3 => prop::sample::select(vec![1, 30, 150, 1_000]).prop_map(Event::Pass),
    ]
}

async fn happen(world: &World, event: &Event) {
    match event {
        Event::Request(claim, method) => world.request(*claim, *method).await,
        Event::Approve(payout) => world.review("approvePayout", *payout, "").await,
        Event::Cancel(payout) => {
            world
                .review("cancelPayout", *payout, "reason: \"Other way.\"")
                .await;
        }
        Event::Retry(payout) => world.review("retryPayout", *payout, "").await,
        Event::Confirm(payout, confirmed) => world.confirm(*payout, *confirmed).await,
        Event::Correct(claim, amount) => world.correct(*claim, *amount).await,
        Event::Work(worker, faults) => world.work(&[*worker], faults).await,
        Event::WorkTogether(faults) => world.work(&[0, 1], faults).await,
        Event::Pass(seconds) => world.pass(*seconds),
    }
}

async fn live(events: Vec<Event>) {
    let world = World::new().await;
    for event in &events {
        happen(&world, event).await;
        world.check().await;
    }
    // When nothing is wrong any more, everything that was begun comes to an end.
    world.pass(10_000);
    world.work(&[0], &[]).await;
    world.check().await;
    assert_eq!(world.begun().await, Vec::<String>::new(), "{events:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_paid_twice(events in prop::collection::vec(event(), 1..40)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(live(events));
    }
}

/// The shortest way through every fault, so that each is met whatever the generator does.
#[tokio::test]
async fn a_payout_survives_every_fault() {
    let world = World::new().await;
    world.request(0, 0).await;
    for fault in Fault::ALL {
        world.work(&[0], &[fault]).await;
        world.check().await;
        world.pass(2_000);
        world.review("retryPayout", 0, "").await;
    }
    world.work(&[1], &[]).await;
    world.check().await;
    assert_eq!(world.bank.paid(), 1);
}
