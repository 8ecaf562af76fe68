//! The same world comes out again, and a larger one begins like a smaller one.

use std::{collections::BTreeMap, future::poll_fn, pin::pin, task::Poll};

use super::*;
use crate::seed::person::customer_id;

/// Tables whose rows belong to a customer.
const BY_CUSTOMER: [&str; 29] = [
    "profile_contact_point",
    "profile_loyalty_membership",
    "profile_preference",
    "profile_travel_document",
    "profile_interaction",
    "profile_timeline_entry",
    "order_order",
    "order_order_item",
    "order_service",
    "order_journey",
    "order_passenger",
    "order_flight_segment",
    "order_ticket",
    "order_ancillary",
    "order_bag_tag",
    "order_purchase",
    "case_case",
    "case_comment",
    "case_baggage_report",
    "case_baggage_expense",
    "compensation_journey",
    "compensation_disruption",
    "compensation_assessment",
    "compensation_entitlement",
    "compensation_claim",
    "compensation_claim_event",
    "engagement_notification",
    "engagement_delivery",
    "order_flight",
];

/// Customers in a world that is struck dead: enough that some were paid.
const STRUCK: u64 = 500;

/// Every row of every table, those of given customers only where a table has them by customer.
async fn dump(databases: &Databases, customers: Option<u64>) -> BTreeMap<String, Vec<String>> {
    let tables = column(databases, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '%_migration' AND name <> 'order_import' ORDER BY 1").await;
    let mut dump = BTreeMap::new();
    for table in tables {
        let names = column(
            databases,
            &format!("SELECT name FROM pragma_table_info('{table}')"),
        )
        .await;
        let line = names
            .iter()
            .map(|name| format!("quote({name})"))
            .collect::<Vec<_>>()
            .join(" || '|' || ");
        let filter = match customers {
            Some(limit) if names.iter().any(|name| name == "customer_id") => {
                let ids: Vec<String> = (0..limit)
                    .map(|index| format!("X'{}'", customer_id(SEED, index).0.simple()))
                    .collect();
                format!("WHERE customer_id IN ({})", ids.join(","))
            }
            _ => String::new(),
        };
        let lines = column(
            databases,
            &format!("SELECT {line} FROM {table} {filter} ORDER BY 1"),
        )
        .await;
        dump.insert(table, lines);
    }
    dump
}

fn assert_same(one: &BTreeMap<String, Vec<String>>, other: &BTreeMap<String, Vec<String>>) {
    for (table, lines) in one {
        let difference = lines
            .iter()
            .zip(&other[table])
            .find(|(one, other)| one != other);
        assert_eq!(
            (lines.len(), difference),
            (other[table].len(), None),
            "{table}"
        );
    }
}

#[tokio::test]
async fn the_same_seed_gives_the_same_bytes() {
    let (one, other) = (
        dump(&made(70).await, None).await,
        dump(&made(70).await, None).await,
    );
    assert!(one.values().map(Vec::len).sum::<usize>() > 20_000);
    assert_same(&one, &other);
}

/// Makes a world, but is struck dead after so many statements.
async fn struck(databases: &Databases, options: SeedOptions, statements: u64) {
    let end = databases.order.statement_count() + statements;
    let mut making = pin!(run(databases, options, |_| {}));
    poll_fn(|context| {
        if databases.order.statement_count() >= end {
            return Poll::Ready(());
        }
        making.as_mut().poll(context).map(|made| {
            made.unwrap();
        })
    })
    .await;
}

#[tokio::test]
async fn a_world_that_was_struck_dead_comes_out_the_same() {
    let whole = databases().await;
    let before = whole.order.statement_count();
    run(&whole, options(STRUCK), |_| {}).await.unwrap();
    let statements = whole.order.statement_count() - before;
    let expected = dump(&whole, None).await;
    let payments = "compensation_claim WHERE status = 'PAID'";
    assert_ne!(count(&whole, payments).await, "0", "something is paid");

    for part in [7, 55, 80, 95] {
        let databases = databases().await;
        struck(&databases, options(STRUCK), statements * part / 100).await;
        run(&databases, options(STRUCK), |_| {}).await.unwrap();
        assert_same(&expected, &dump(&databases, None).await);
    }
}

#[tokio::test]
async fn the_first_customers_are_the_same_in_a_larger_world() {
    let (small, large) = (
        dump(&made(60).await, Some(60)).await,
        dump(&made(130).await, Some(60)).await,
    );
    for (table, least) in [
        ("profile_timeline_entry", 200),
        ("profile_interaction", 50),
        ("order_flight_segment", 150),
        ("order_ticket", 50),
    ] {
        assert!(
            small[table].len() >= least,
            "{table}: {}",
            small[table].len()
        );
    }
    // What is known by customer, and what everybody shares. The rest is numbered in the order in which things happen.
    let is_shared = |table: &String| {
        table.starts_with("order_flight")
            || ["case_agent", "order_airport"].contains(&table.as_str())
    };
    let stable: BTreeMap<_, _> = small
        .into_iter()
        .filter(|(table, _)| is_shared(table) || BY_CUSTOMER.contains(&table.as_str()))
        .collect();
    assert_same(&stable, &large);
}

#[tokio::test]
async fn what_stands_is_not_made_again_and_others_are_not_touched() {
    let databases = made(40).await;
    let before = dump(&databases, None).await;
    let again = run(&databases, options(40), |_| {}).await.unwrap();
    assert_eq!(
        (again.counts.customers, again.today),
        (0, options(40).today)
    );
    let later = SeedOptions {
        today: "2027-01-01".parse().unwrap(),
        ..options(40)
    };
    assert_eq!(
        run(&databases, later, |_| {}).await.unwrap().today,
        options(40).today
    );
    assert_same(&before, &dump(&databases, None).await);

    let other = SeedOptions {
        seed: 43,
        ..options(40)
    };
    assert!(
        run(&databases, other, |_| {})
            .await
            .unwrap_err()
            .to_string()
            .contains("seed 43")
    );
    let unless = SeedOptions {
        if_empty: true,
        ..other
    };
    assert_eq!(
        run(&databases, unless, |_| {})
            .await
            .unwrap()
            .counts
            .customers,
        0
    );

    run(&databases, options(80), |_| {}).await.unwrap();
    let whole = made(80).await;
    assert_eq!(
        dump(&databases, Some(80)).await["profile_customer"],
        dump(&whole, Some(80)).await["profile_customer"]
    );
}
