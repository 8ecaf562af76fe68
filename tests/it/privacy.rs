//! The rights of persons: consent, copies, erasure, and what is kept for how long.

use schema_kernel::audit::AuditLog;
use serde_json::{Value, json};
use server::{
    app::{privacy::CERTIFICATE, retention},
    auth::{Role, signing},
};
use tests::{
    App, Client,
    build::{Customer, NewCustomer, Trip},
    on_both,
};

const REQUEST: &str =
    "dataRequest { id state version dueAt parts { domain holds erasedRows } certificate }";

/// A request in the hands of those who carry it out.
struct Request(Value);

impl Request {
    async fn open(by: &Client, customer: &str, kind: &str) -> Self {
        let input = json!({ "customerId": customer, "kind": kind });
        let opened = by
            .must("openDataRequest", "DataRequestOpened", input, REQUEST)
            .await;
        Self(opened["dataRequest"].clone())
    }

    async fn step(&mut self, by: &Client, step: &str) -> Value {
        let input = json!({ "dataRequestId": self.0["id"], "step": step, "expectedVersion": self.0["version"] });
        let selection = format!("... on DataRequestAdvanced {{ {REQUEST} }}");
        let outcome = by.run("advanceDataRequest", input, &selection).await;
        if outcome["__typename"] == "DataRequestAdvanced" {
            self.0 = outcome["dataRequest"].clone();
        }
        outcome
    }

    async fn after_events(&mut self, app: &App) -> &Value {
        app.deliver().await;
        let query = "query($id: ID!) { dataRequest(id: $id) { id state version dueAt parts { domain holds erasedRows } certificate } }";
        let answer = app
            .administrator()
            .ask_with(query, json!({ "id": self.0["id"] }))
            .await;
        self.0 = answer.at("/dataRequest").clone();
        &self.0
    }
}

async fn somebody(app: &App) -> Customer {
    let customer = NewCustomer::named("Quetzalcoatl")
        .with("email", "quetzal@example.com")
        .with("phone", "+971501234567")
        .with("birthDate", "1984-02-29")
        .member("QZ123456", "BASE")
        .create(app)
        .await;
    let interaction = json!({
        "customerId": customer.id, "kind": "CALL", "channel": "PHONE", "direction": "INBOUND",
        "summary": "Quetzalcoatl asks about a blue suitcase",
    });
    app.agent()
        .must(
            "recordInteraction",
            "InteractionRecorded",
            interaction,
            "customer { id }",
        )
        .await;
    let login = app.user_with(Role::Customer, Some(&customer.id)).await;
    app.browser().sign_in(&login).await;
    app.deliver().await;
    customer
}

on_both!(who_asks_is_erased_and_it_is_certified, async |app: App| {
    let customer = somebody(&app).await;
    let before = app.picture().await;
    assert!(!before.tables_with("quetzal").is_empty());

    let officer = app.actor(Role::DataPrivacyOfficer);
    let mut request = Request::open(&app.administrator(), &customer.id, "ERASE").await;
    assert_eq!(request.0["state"], "REQUESTED");
    let administrator = app.administrator();
    // Not before it is known who asked, and not before it is known what stands in the way.
    assert_eq!(
        request.step(&administrator, "EXECUTE").await["__typename"],
        "TransitionNotAllowed"
    );
    request.step(&administrator, "VERIFY").await;
    request.step(&administrator, "ASSESS").await;
    assert_eq!(request.after_events(&app).await["state"], "ASSESSED");
    // A second person has it carried out.
    let own = request.step(&administrator, "EXECUTE").await;
    assert_eq!(own["__typename"], "ApprovalRequired");
    let begun = std::time::Instant::now();
    assert_eq!(
        request.step(&officer, "EXECUTE").await["__typename"],
        "DataRequestAdvanced"
    );
    let done = request.after_events(&app).await;
    assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
    assert_eq!(done["state"], "COMPLETED", "{done:#}");
    assert_eq!(done["parts"].as_array().unwrap().len(), 6);

    let after = app.picture().await;
    for planted in [
        "quetzal",
        "971501234567",
        "QZ123456",
        "1984-02-29",
        "blue suitcase",
    ] {
        assert_eq!(
            after.tables_with(planted),
            Vec::<String>::new(),
            "{planted}"
        );
    }
    let read = customer
        .read(
            &app,
            "displayName status contactPoints { id } timeline(first: 5) { nodes { id } }",
        )
        .await;
    assert_eq!(read["status"], "CLOSED");
    assert_eq!(read["contactPoints"], json!([]));

    let folder = app
        .product()
        .config()
        .auth
        .signing_keys_folder(&app.product().config().data_folder);
    let certificate = request.0["certificate"].as_str().unwrap();
    let claims: Value = signing::stated(&folder, CERTIFICATE, certificate).unwrap();
    assert_eq!(claims["sub"], customer.id.as_str());
    assert!(
        claims["erased_rows"]["profile"]["profile_contact_point"] == 2,
        "{claims:#}"
    );
    let (head, _) = certificate.rsplit_once('.').unwrap();
    let forged = format!("{head}.{}", "A".repeat(86));
    assert!(signing::stated::<Value>(&folder, CERTIFICATE, &forged).is_err());
    assert!(signing::stated::<Value>(&folder, "another", certificate).is_err());
});

on_both!(
    who_was_erased_does_not_come_back_by_import,
    async |app: App| {
        let customer = somebody(&app).await;
        let (administrator, officer) = (app.administrator(), app.actor(Role::DataPrivacyOfficer));
        let mut request = Request::open(&administrator, &customer.id, "ERASE").await;
        request.step(&administrator, "VERIFY").await;
        request.step(&administrator, "ASSESS").await;
        request.after_events(&app).await;
        request.step(&officer, "EXECUTE").await;
        assert_eq!(request.after_events(&app).await["state"], "COMPLETED");

        let by_address = json!({ "familyName": "Other", "email": "Quetzal@example.com" });
        let by_birth = json!({ "familyName": "Quetzalcoatl", "givenName": "Amara", "birthDate": "1984-02-29" });
        for input in [by_address.clone(), by_birth] {
            let outcome = administrator.run("createCustomer", input, "").await;
            assert_eq!(outcome["code"], "CONFLICT", "{outcome:#}");
            assert!(outcome["message"].as_str().unwrap().contains("erased"));
        }
        let mut returning = by_address;
        returning["isReturning"] = json!(true);
        administrator
            .must(
                "createCustomer",
                "CustomerCreated",
                returning,
                "customer { id }",
            )
            .await;
    }
);

on_both!(what_is_open_holds_an_erasure, async |app: App| {
    let trip = Trip::new(&app).await;
    trip.flight.delay(&app, 245, "72").await;
    app.deliver().await;
    let administrator = app.administrator();
    let mut request = Request::open(&administrator, &trip.customer.id, "ERASE").await;
    request.step(&administrator, "VERIFY").await;
    request.step(&administrator, "ASSESS").await;
    let held = request.after_events(&app).await.clone();
    assert_eq!(held["state"], "PARTIAL_HOLD", "{held:#}");
    assert!(
        held.to_string().contains("PENDING_COMPENSATION"),
        "{held:#}"
    );
    let refused = request
        .step(&app.actor(Role::DataPrivacyOfficer), "EXECUTE")
        .await;
    assert_eq!(refused["__typename"], "TransitionNotAllowed");
    // The privacy officer has a case with the clock of the law.
    let cases = trip
        .customer
        .read(&app, "cases(first: 10) { nodes { type subject } }")
        .await;
    assert!(
        cases
            .to_string()
            .contains("Data request: erase, due 2026-12-20"),
        "{cases:#}"
    );
});

on_both!(consent_is_known_for_every_moment, async |app: App| {
    let customer = NewCustomer::named("Haddad")
        .with("email", "amara@example.com")
        .create(&app)
        .await;
    let own = app.customer(&customer.id);
    let state = async |purpose: &str, at: Value| -> Value {
        let query = "query($id: ID!, $at: DateTime) { customer(id: $id) { consents(at: $at) { purpose state isAllowed } } }";
        let answer = own
            .ask_with(query, json!({ "id": customer.id, "at": at }))
            .await;
        let consents = answer.list("/customer/consents").clone();
        consents
            .into_iter()
            .find(|consent| consent["purpose"] == purpose)
            .unwrap()
    };
    assert_eq!(state("PROFILING", Value::Null).await["state"], "UNKNOWN");
    assert_eq!(state("SERVICE", Value::Null).await["isAllowed"], true);
    let input = json!({ "customerId": customer.id, "purpose": "MARKETING_EMAIL", "textVersion": "2026-11" });
    let asked = own
        .must("grantConsent", "ConsentChanged", input, "state")
        .await;
    assert_eq!(asked["state"], "PENDING");
    assert_eq!(
        state("MARKETING_EMAIL", Value::Null).await["isAllowed"],
        false
    );
    let token = app.letter_token("amara@example.com").await;
    let confirm = json!({ "token": token });
    own.must(
        "confirmConsent",
        "ConsentConfirmed",
        confirm.clone(),
        "purpose",
    )
    .await;
    assert_eq!(
        own.run("confirmConsent", confirm, "").await["code"],
        "NOT_FOUND"
    );
    let granted = app.now();
    assert_eq!(
        state("MARKETING_EMAIL", Value::Null).await["isAllowed"],
        true
    );
    app.later(chrono::TimeDelta::minutes(1));
    let withdraw = json!({ "customerId": customer.id, "purpose": "MARKETING_EMAIL" });
    own.must("withdrawConsent", "ConsentChanged", withdraw, "state")
        .await;
    assert_eq!(
        state("MARKETING_EMAIL", Value::Null).await["state"],
        "WITHDRAWN"
    );
    assert_eq!(
        state("MARKETING_EMAIL", json!(granted)).await["state"],
        "GRANTED"
    );
});

on_both!(who_objects_is_not_offered_anything, async |app: App| {
    let customer = NewCustomer::named("Haddad").create(&app).await;
    let own = app.customer(&customer.id);
    let input =
        json!({ "customerId": customer.id, "purpose": "PROFILING", "textVersion": "2026-11" });
    own.must("grantConsent", "ConsentChanged", input, "state")
        .await;
    let mut request = Request::open(&own, &customer.id, "OBJECT").await;
    assert_eq!(request.0["state"], "IDENTITY_VERIFIED");
    request
        .step(&app.actor(Role::DataPrivacyOfficer), "COMPLETE")
        .await;
    assert_eq!(request.0["state"], "COMPLETED");
    let read = customer
        .read(&app, "consents { purpose state isAllowed }")
        .await;
    let profiling = read["consents"]
        .as_array()
        .unwrap()
        .iter()
        .find(|consent| consent["purpose"] == "PROFILING");
    assert_eq!(
        profiling.unwrap(),
        &json!({ "purpose": "PROFILING", "state": "WITHDRAWN", "isAllowed": false })
    );
});

on_both!(customers_take_their_copy_home, async |app: App| {
    let trip = Trip::new(&app).await;
    app.deliver().await;
    let own = app.customer(&trip.customer.id);
    let copy: Value = own.get("/privacy/copy").await.json().await.unwrap();
    assert_eq!(copy["record"]["id"], trip.customer.id.as_str());
    assert_eq!(copy["lists"]["orders"].as_array().unwrap().len(), 1);
    assert!(!copy["lists"]["accessLog"].as_array().unwrap().is_empty());
    let page = own
        .get("/privacy/copy?format=html")
        .await
        .text()
        .await
        .unwrap();
    assert!(page.contains("What we know of you"));
    assert_eq!(
        app.agent().get("/privacy/copy").await.status().as_u16(),
        403
    );
});

on_both!(what_is_past_its_time_goes, async |app: App| {
    let customer = somebody(&app).await;
    app.later(chrono::TimeDelta::days(3 * 366 + 10));
    let databases = app.product().databases();
    let log: &AuditLog = app.product().audit().unwrap();
    let session = app.product().service_session("test");
    let config = app.product().config();
    let rows = |kept: &[schema_kernel::retention::Kept], table: &str| -> u64 {
        kept.iter()
            .filter(|kept| kept.table == table)
            .map(|kept| kept.rows)
            .sum()
    };
    let would = retention::retain(config, databases, log, &session, true)
        .await
        .unwrap();
    assert_eq!(rows(&would, "profile_interaction"), 1);
    assert!(
        app.storage_text("profile_interaction")
            .await
            .contains("blue suitcase")
    );
    let did = retention::retain(config, databases, log, &session, false)
        .await
        .unwrap();
    assert_eq!(rows(&did, "profile_interaction"), 1);
    assert_eq!(rows(&did, "profile_customer"), 1);
    assert!(rows(&did, "audit_record") > 0);
    assert!(
        !app.storage_text("profile_interaction")
            .await
            .contains("blue suitcase")
    );
    let mut again = Vec::new();
    for _ in 0..2 {
        let kept = retention::retain(config, databases, log, &session, false).await;
        let kept = kept.unwrap();
        again.push((
            rows(&kept, "profile_interaction"),
            rows(&kept, "audit_record"),
        ));
    }
    // The newest record stayed the first time, because the one about that run was chained to it.
    assert_eq!(again, [(0, 1), (0, 0)]);
    // What is left of the log holds, from where it begins now.
    let anchors = server::anchor::Anchors::of(config).read().unwrap();
    let whole = schema_kernel::audit::verify(log.database(), &anchors, |_| ())
        .await
        .ok()
        .unwrap();
    assert!(whole.is_ok(), "{whole:?}");
    let read = customer.read(&app, "status").await;
    assert_eq!(read["status"], "DORMANT");
});
