//! Claims that are owed, people who ask for their payment, and workers who send it.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use async_graphql::{Executor, Request, Schema};
use chrono::TimeDelta;
use entities::{
    compensation::{
        assessment::Regime,
        claim::{self, ClaimOrigin, ClaimStatus, DueNotice},
        entitlement::EntitlementKind,
        payout::{self, PayoutStatus},
    },
    id::{ClaimId, CustomerId, FlightId, JourneyId, OrderId, PassengerId},
};
use migrations::{CompensationMigrator, MigratorTrait};
use schema_compensation::{
    Mutation, Query, Subscription,
    payout::{Worker, WorkerOptions, export},
};
use schema_kernel::{Actor, ActorKind, Clock, Database, IdSource, Session, guard::Guarded, loader};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::bank::{Bank, Fault};

/// How many claims there are.
pub(crate) const CLAIMS: usize = 3;

/// Ways to pay, with what each needs.
pub(crate) const METHODS: [&str; 3] = [
    "method: ORIGINAL_FORM_OF_PAYMENT",
    "method: BANK_TRANSFER, destinationToken: \"tok_1\"",
    "method: VOUCHER, agreement: { passengerId: \"PASSENGER\", channel: WEB, textVersion: \"voucher-1\", signedAt: \"2026-11-20T07:00:00Z\" }",
];

/// What a bank's statement says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Confirmed {
    Received,
    Returned,
}

pub(crate) struct World {
    database: Database,
    schema: Guarded<Schema<Query, Mutation, Subscription>>,
    clock: Clock,
    ids: IdSource,
    pub(crate) bank: Arc<Bank>,
    workers: Vec<Worker>,
}

fn claim_id(number: usize) -> ClaimId {
    ClaimId(Uuid::from_u128(0x1000 + number as u128))
}

fn passenger(number: usize) -> PassengerId {
    PassengerId(Uuid::from_u128(0x2000 + number as u128))
}

fn claim(number: usize, clock: &Clock) -> claim::Model {
    let (id, now) = (Uuid::from_u128(1 + number as u128), clock.now());
    claim::Model {
        id: claim_id(number),
        customer_id: CustomerId(id),
        order_id: OrderId(id),
        journey_id: JourneyId(id),
        passenger_id: passenger(number),
        flight_id: FlightId(id),
        matter: String::new(),
        part: 0,
        origin: ClaimOrigin::Filed,
        disruption_id: None,
        assessment_id: None,
        case_id: None,
        regime: Some(Regime::Eu261),
        entitlement_kind: EntitlementKind::Compensation,
        amount_minor: [25_000, 40_000, 60_000][number % 3],
        currency: "EUR".to_owned(),
        basis: "Art 7(1)".to_owned(),
        status: ClaimStatus::Approved,
        review_reasons: json!([]),
        decided_by: Some("supervisor".to_owned()),
        proposed_by: None,
        appealed_at: None,
        due_by: now.date_naive(),
        due_notice: DueNotice::None,
        opened_at: now,
        updated_at: now,
        version: 1,
    }
}

fn staff(id: &str, role: &'static str) -> Actor {
    let scopes = [
        "claim:read",
        "payout:read",
        "payout:request",
        "payout:approve",
    ];
    Actor::new(id, ActorKind::Staff, role, scopes.map(str::to_owned))
}

impl World {
    pub(crate) async fn new() -> Self {
        let database = Database::connect("sqlite::memory:", 1).await.unwrap();
        CompensationMigrator::up(database.writer(), None)
            .await
            .unwrap();
        let clock = Clock::fixed("2026-11-20T08:00:00Z".parse().unwrap());
        let ids = IdSource::seeded(7);
        let claims = (0..CLAIMS).map(|number| claim(number, &clock).into_active_model());
        claim::Entity::insert_many(claims)
            .exec(database.writer())
            .await
            .unwrap();
        let bank = Arc::<Bank>::default();
        let workers = (0..2).map(|_| {
            let session = Session::new(
                Actor::service("payouts"),
                "payouts",
                clock.clone(),
                ids.clone(),
            );
            let options = WorkerOptions {
                lease: Duration::from_mins(2),
                pause: Duration::from_secs(1),
            };
            Worker::new(database.clone(), bank.clone(), session, options)
        });
        Self {
            workers: workers.collect(),
            schema: schema_compensation::schema(database.clone()).unwrap(),
            database,
            clock,
            ids,
            bank,
        }
    }

    async fn run(&self, actor: Actor, mutation: &str, input: &str) -> Value {
        let document = format!(
            "mutation {{ {mutation}(input: {{ {input} }}) {{ __typename ... on Problem {{ message }} }} }}"
        );
        let session = Session::new(actor, "request", self.clock.clone(), self.ids.clone());
        let request = Request::new(document)
            .data(session)
            .data(loader(&self.database));
        let answer = serde_json::to_value(self.schema.execute(request).await).unwrap();
        assert_eq!(answer.get("errors"), None, "{answer:#}");
        answer["data"][mutation].clone()
    }

    pub(crate) async fn request(&self, number: usize, method: usize) {
        let claim = self.claim(number).await;
        let method = METHODS[method].replace("PASSENGER", &passenger(number).to_string());
        let key = Uuid::from_u128(self.clock.now().timestamp_millis().unsigned_abs().into());
        let input = format!(
            "claimId: \"{}\", expectedVersion: {}, {method}, idempotencyKey: \"{}\"",
            claim.id,
            claim.version,
            Uuid::from_u128(
                key.as_u128() * 1_000
                    + u128::from(claim.version.unsigned_abs()) * 10
                    + number as u128
            )
        );
        self.run(
            staff("agent", "contact-centre-agent"),
            "requestPayout",
            &input,
        )
        .await;
    }

    /// Somebody does something about the payout with this place in the list, if there is one.
    pub(crate) async fn review(&self, mutation: &str, place: usize, more: &str) {
        if let Some(payout) = self.payouts().await.get(place) {
            let input = format!(
                "payoutId: \"{}\", expectedVersion: {}, {more}",
                payout.id, payout.version
            );
            self.run(staff("finance", "finance"), mutation, &input)
                .await;
        }
    }

    pub(crate) async fn confirm(&self, place: usize, confirmed: Confirmed) {
        let Some(payout) = self.payouts().await.get(place).cloned() else {
            return;
        };
        let what = match confirmed {
            Confirmed::Received => "RECEIVED",
            Confirmed::Returned => "RETURNED, reason: \"AC04\"",
        };
        let input = format!(
            "payoutId: \"{}\", expectedVersion: {}, confirmation: {what}",
            payout.id, payout.version
        );
        let outcome = self
            .run(staff("finance", "finance"), "confirmPayout", &input)
            .await;
        if confirmed == Confirmed::Returned && outcome["__typename"] == "PayoutConfirmed" {
            self.bank.send_back(payout.id);
        }
    }

    /// What is owed changes, where the claim lets it.
    pub(crate) async fn correct(&self, number: usize, amount_minor: i64) {
        let claim = self.claim(number).await;
        if claim.status == ClaimStatus::Approved {
            let corrected = claim::Model {
                amount_minor,
                version: claim.version + 1,
                ..claim
            };
            let corrected = corrected.into_active_model().reset_all();
            claim::Entity::update(corrected)
                .exec(self.database.writer())
                .await
                .unwrap();
        }
    }

    /// These workers work at the same time, until they have nothing to do or die.
    pub(crate) async fn work(&self, workers: &[usize], faults: &[Fault]) {
        self.bank.expect(faults);
        let lives = workers.iter().map(|worker| async {
            tokio::select! {
                biased;
                () = self.bank.death.notified() => {}
                asked = self.workers[*worker].run() => { asked.unwrap(); }
            }
        });
        futures_util::future::join_all(lives).await;
    }

    pub(crate) fn pass(&self, seconds: i64) {
        self.clock.advance(TimeDelta::seconds(seconds));
    }

    async fn claim(&self, number: usize) -> claim::Model {
        claim::Entity::find_by_id(claim_id(number))
            .one(self.database.reader())
            .await
            .unwrap()
            .unwrap()
    }

    async fn payouts(&self) -> Vec<payout::Model> {
        let mut payouts = payout::Entity::find()
            .all(self.database.reader())
            .await
            .unwrap();
        payouts.sort_by_key(|payout| payout.id);
        payouts
    }

    /// The payouts that were begun and have not come to an end.
    pub(crate) async fn begun(&self) -> Vec<String> {
        let is_begun = |payout: &payout::Model| {
            [PayoutStatus::Approved, PayoutStatus::Sending].contains(&payout.status)
        };
        self.payouts()
            .await
            .into_iter()
            .filter(is_begun)
            .map(|payout| format!("{payout:?}"))
            .collect()
    }

    /// What holds at any moment.
    pub(crate) async fn check(&self) {
        let payouts = self.payouts().await;
        for number in 0..CLAIMS {
            let claim = self.claim(number).await;
            let paid = self.bank.paid_of(claim.id);
            assert!(paid.len() <= 1, "paid twice: {paid:#?}");
            let own: Vec<_> = payouts
                .iter()
                .filter(|payout| payout.claim_id == claim.id)
                .collect();
            let live: Vec<_> = own
                .iter()
                .filter(|payout| payout.status != PayoutStatus::Cancelled)
                .collect();
            assert!(live.len() <= 1, "{live:#?}");
            let is =
                |these: &[PayoutStatus]| live.iter().any(|payout| these.contains(&payout.status));
            let (sending, settled) = (
                is(&[PayoutStatus::Sending, PayoutStatus::Sent]),
                is(&[PayoutStatus::Settled]),
            );
            assert_eq!(
                (
                    claim.status == ClaimStatus::Paying,
                    claim.status == ClaimStatus::Paid
                ),
                (sending, settled),
                "{claim:#?} {own:#?}"
            );
            for payment in paid {
                let payout = own.iter().find(|payout| payout.id == payment.key).unwrap();
                assert!(
                    sending || settled,
                    "paid, and written down as {}",
                    payout.status.as_str()
                );
                assert_eq!(
                    (payment.amount_minor, &payment.currency),
                    (payout.delivered_minor, &payout.delivered_currency)
                );
            }
        }
        let books = export::balance(&self.database).await.unwrap();
        assert_eq!(books.unbalanced, []);
        let mut sums = BTreeMap::new();
        for account in &books.accounts {
            *sums.entry(&account.currency).or_insert(0) += account.amount_minor;
        }
        assert!(sums.values().all(|sum| *sum == 0), "{books:#?}");
    }
}
