use chrono::TimeDelta;
use serde_json::json;
use tests::{
    App, Storage,
    build::claim::{self, owed, request, requested},
    payment_service::{Fault, PaymentService},
};

/// Everything that can go wrong on the wire, once each: the payment is made once, under one key.
async fn is_paid_once_whatever_goes_wrong(storage: Storage) {
    let service = PaymentService::start().await;
    let app = App::start_with(storage, &service.settings()).await;
    let (trip, claim) = owed(&app, 200).await;
    let payout = requested(&app.customer(&trip.customer.id), request(&app, &claim)).await;
    for fault in [
        Fault::DropsRequest,
        Fault::DropsAnswer,
        Fault::Fails,
        Fault::IsSlow,
        Fault::Stutters,
    ] {
        service.expect(&[fault]);
        assert_eq!(app.pay().await, 1, "{fault:?}");
        let unknown = claim::payout(&app, &payout).await;
        assert_eq!(
            (&unknown["status"], &unknown["claim"]["status"]),
            (&json!("SENDING"), &json!("PAYING")),
            "{fault:?}"
        );
        assert_eq!(app.pay().await, 0, "it is not asked again at once");
        app.later(TimeDelta::minutes(2));
    }
    assert_eq!(app.pay().await, 1);
    assert_eq!(claim::payout(&app, &payout).await["status"], "SENT");
    app.later(TimeDelta::minutes(16));
    app.pay().await;
    let settled = claim::payout(&app, &payout).await;
    assert_eq!(
        (&settled["status"], &settled["claim"]["status"]),
        (&json!("SETTLED"), &json!("PAID"))
    );
    let key = payout["id"].as_str().unwrap();
    assert_eq!(service.asked(), vec![key; 6], "always under the same key");
    assert_eq!(service.paid().keys().collect::<Vec<_>>(), [key]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_fault_on_sqlite() {
    is_paid_once_whatever_goes_wrong(Storage::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_fault_on_postgres() {
    is_paid_once_whatever_goes_wrong(Storage::postgres().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_refused_can_be_tried_again() {
    let service = PaymentService::start().await;
    let app = App::start_with(Storage::postgres().await, &service.settings()).await;
    let (trip, claim) = owed(&app, 200).await;
    let payout = requested(&app.customer(&trip.customer.id), request(&app, &claim)).await;
    service.expect(&[Fault::Refuses]);
    app.pay().await;
    let failed = claim::payout(&app, &payout).await;
    assert_eq!(
        (
            &failed["status"],
            &failed["reason"],
            &failed["claim"]["status"]
        ),
        (
            &json!("FAILED"),
            &json!("ACCOUNT_CLOSED"),
            &json!("APPROVED")
        )
    );
    let finance = app.actor(server::auth::Role::Finance);
    finance
        .must(
            "retryPayout",
            "PayoutRetried",
            claim::about(&failed),
            "payout { id }",
        )
        .await;
    assert_eq!(app.pay().await, 1);
    assert_eq!(service.paid().len(), 1);
}

/// Many payouts and many workers at the same time, each process with a pool of its own.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn parallel_workers_pay_each_claim_once() {
    let service = PaymentService::start().await;
    let app = App::start_with(Storage::postgres().await, &service.settings()).await;
    let mut payouts = Vec::new();
    for _ in 0..4 {
        let (trip, _) = owed(&app, 200).await;
        for claim in trip.claims(&app).await {
            payouts.push(requested(&app.customer(&trip.customer.id), request(&app, &claim)).await);
        }
    }
    service.expect(&[Fault::DropsAnswer, Fault::Fails, Fault::IsSlow]);
    for _ in 0..3 {
        let workers = (0..4).map(|_| app.pay());
        for asked in futures_util::future::join_all(workers).await {
            assert!(asked <= payouts.len() as u64);
        }
        app.later(TimeDelta::minutes(2));
    }
    assert_eq!(service.paid().len(), payouts.len());
    for payout in &payouts {
        assert_eq!(claim::payout(&app, payout).await["status"], "SENT");
    }
}
