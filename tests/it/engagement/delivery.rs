//! What becomes of a delivery when a mail server says no, or nothing.

use std::{collections::HashSet, net::TcpListener};

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::{
    App, MailServer, Storage,
    build::{Customer, NewCase},
    mail_server,
};

use super::{ADDRESS, mail_of_last, person, with_mail};

/// A customer who is told one thing.
async fn one(app: &App) -> Customer {
    let customer = person().create(app).await;
    NewCase::of("COMPLAINT", &customer).open(app).await;
    customer
}

fn state(delivery: &Value) -> (&str, Option<&str>, i64) {
    let text = |name: &str| delivery[name].as_str();
    let attempts = delivery["attempts"].as_i64().unwrap();
    (text("state").unwrap(), text("reason"), attempts)
}

with_mail!(
    greylisting_is_waited_for,
    async |app: App, mail: MailServer| {
        mail.refuse(&[(451, "Greylisted, come back later")]);
        let customer = one(&app).await;
        app.send().await;
        let deferred = mail_of_last(&app, &customer).await;
        assert_eq!(state(&deferred), ("FAILED", Some("DEFERRED"), 1));
        assert_eq!(deferred["reply"], "451");
        assert_eq!(app.send().await, 0, "not before its time");

        app.later(TimeDelta::minutes(3));
        app.send().await;
        let sent = mail_of_last(&app, &customer).await;
        assert_eq!(state(&sent), ("SENT", None, 2));
        assert_eq!(sent["maskedAddress"], "a•••@e•••.com");
        assert_eq!(mail.letters().len(), 1);
    }
);

with_mail!(
    who_is_always_told_later_gives_up,
    async |app: App, mail: MailServer| {
        mail.refuse(&[(451, "Later"); 9]);
        let customer = one(&app).await;
        for _ in 0..9 {
            app.send().await;
            app.later(TimeDelta::minutes(20));
        }
        let dead = mail_of_last(&app, &customer).await;
        assert_eq!(state(&dead), ("DEAD", Some("DEFERRED"), 4));
    }
);

with_mail!(
    a_refused_recipient_is_for_an_administrator,
    async |app: App, mail: MailServer| {
        mail.refuse(&[(550, "amara.okafor@example.com is unknown")]);
        let customer = one(&app).await;
        app.send().await;
        let query = "{ deliveries(filter: { state: { eq: DEAD } }, first: 10) { nodes { id version state reason reply maskedAddress } } }";
        let listed = app.administrator().ask(query).await;
        let dead = listed.list("/deliveries/nodes")[0].clone();
        assert_eq!(
            (&dead["reason"], &dead["reply"]),
            (&json!("REFUSED"), &json!("550"))
        );
        assert!(!listed.body.to_string().contains(ADDRESS));
        assert_eq!(app.agent().ask(query).await.codes(), ["FORBIDDEN"]);

        let input = json!({ "deliveryId": dead["id"], "expectedVersion": dead["version"] });
        app.administrator()
            .must(
                "retryDelivery",
                "DeliveryRetried",
                input.clone(),
                "delivery { state }",
            )
            .await;
        app.send().await;
        assert_eq!(
            state(&mail_of_last(&app, &customer).await),
            ("SENT", None, 1)
        );
        let again = app.administrator().run("retryDelivery", input, "").await;
        assert_eq!(again["code"], "STALE_VERSION");
    }
);

async fn a_server_that_is_gone_is_waited_for(storage: Storage) {
    let address = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let app = App::start_with(storage, &mail_server::settings(address)).await;
    let customer = one(&app).await;
    for _ in 0..6 {
        app.send().await;
        app.later(TimeDelta::minutes(20));
    }
    let waiting = mail_of_last(&app, &customer).await;
    assert_eq!(state(&waiting), ("FAILED", Some("SERVER_AWAY"), 0));

    let mail = MailServer::at(address);
    app.send().await;
    assert_eq!(
        state(&mail_of_last(&app, &customer).await),
        ("SENT", None, 1)
    );
    assert_eq!(mail.letters().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_gone_is_waited_for_on_sqlite() {
    a_server_that_is_gone_is_waited_for(Storage::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_gone_is_waited_for_on_postgres() {
    a_server_that_is_gone_is_waited_for(Storage::postgres().await).await;
}

with_mail!(
    couriers_beside_each_other_send_each_letter_once,
    async |app: App, mail: MailServer| {
        let customer = person().create(&app).await;
        for _ in 0..30 {
            NewCase::of("COMPLAINT", &customer).open(&app).await;
        }
        app.deliver().await;
        let courier = app.product().courier().unwrap();
        let (one, other, third) = tokio::join!(courier.drain(), courier.drain(), courier.drain());
        assert_eq!(one.unwrap() + other.unwrap() + third.unwrap(), 30);
        let ids: HashSet<String> = mail
            .letters()
            .iter()
            .map(|letter| letter.header("Message-ID"))
            .collect();
        assert_eq!((mail.letters().len(), ids.len()), (30, 30));
    }
);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mail_goes_over_a_secured_line_to_whom_it_is_meant_for() {
    let mail = MailServer::secured("the right one");
    let settings = mail.secure_settings("the right one");
    let app = App::start_with(Storage::sqlite(), &settings).await;
    one(&app).await;
    app.send().await;
    assert_eq!(mail.letters().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_password_or_an_open_line_is_no_letters_fault() {
    let secured = MailServer::secured("the right one");
    let open = MailServer::start();
    for settings in [
        secured.secure_settings("a wrong one"),
        open.secure_settings("the right one"),
    ] {
        let app = App::start_with(Storage::sqlite(), &settings).await;
        let customer = one(&app).await;
        app.send().await;
        let waiting = mail_of_last(&app, &customer).await;
        assert_eq!(state(&waiting), ("FAILED", Some("SERVER_AWAY"), 0));
    }
    assert!(secured.letters().is_empty() && open.letters().is_empty());
}
