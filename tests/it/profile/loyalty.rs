use serde_json::json;
use tests::{App, build::NewCustomer, on_both};

on_both!(
    the_highest_tier_that_holds_today_counts,
    async |app: App| {
        let customer = NewCustomer::named("Haddad")
            .member("EK123456789", "SILVER")
            .create(&app)
            .await;
        for (programme, tier, until) in [
            ("ONEPASS", "PLATINUM", "2026-11-19"),
            ("MILES", "GOLD", "2026-11-20"),
        ] {
            let membership = json!({ "programme": programme, "number": "77 88 99", "tier": tier, "validFromOn": "2025-01-01", "validToOn": until });
            let input = json!({ "customerId": customer.id, "membership": membership });
            app.agent()
                .must(
                    "addLoyaltyMembership",
                    "LoyaltyMembershipAdded",
                    input,
                    "loyaltyMembership { id }",
                )
                .await;
        }
        assert_eq!(
            customer.read(&app, "tier").await["tier"],
            "GOLD",
            "the highest one ended yesterday"
        );
    }
);

on_both!(a_number_belongs_to_one_customer, async |app: App| {
    NewCustomer::named("Khoury")
        .member("EK123456789", "BASE")
        .create(&app)
        .await;
    let customer = NewCustomer::named("Haddad").create(&app).await;
    let input = json!({ "customerId": customer.id, "membership": { "programme": "SKYWARDS", "number": "EK-123 456 789" } });
    let before = app.picture().await;
    assert_eq!(
        app.agent().run("addLoyaltyMembership", input, "").await["code"],
        "CONFLICT"
    );
    before.assert_same(&app.picture().await, "a refusal");
});

on_both!(
    a_customer_gives_themselves_no_tier_and_no_miles,
    async |app: App| {
        let customer = NewCustomer::named("Haddad").create(&app).await;
        let own = app.customer(&customer.id);
        for (field, value) in [
            ("tier", json!("GOLD")),
            ("qualifyingMiles", json!(90_000)),
            ("redeemableMiles", json!(1)),
        ] {
            let input = json!({ "customerId": customer.id, "membership": { "programme": "SKYWARDS", "number": "EK1234", field: value } });
            let refused = own.run("addLoyaltyMembership", input, "").await;
            assert_eq!(
                refused["fields"][0]["path"],
                json!(["input", "membership", field]),
                "{refused}"
            );
        }
        let input = json!({ "customerId": customer.id, "membership": { "programme": "SKYWARDS", "number": "EK1234" } });
        own.must(
            "addLoyaltyMembership",
            "LoyaltyMembershipAdded",
            input,
            "customer { tier }",
        )
        .await;
    }
);

on_both!(
    dates_and_numbers_that_cannot_be_are_named,
    async |app: App| {
        let customer = NewCustomer::named("Haddad").create(&app).await;
        let before = app.picture().await;
        for (field, value) in [
            ("validToOn", json!("2020-01-01")),
            ("number", json!("##")),
            ("programme", json!("")),
            ("redeemableMiles", json!(-5)),
        ] {
            let mut membership =
                json!({ "programme": "SKYWARDS", "number": "EK1234", "validFromOn": "2025-01-01" });
            membership[field] = value;
            let refused = app
                .agent()
                .run(
                    "addLoyaltyMembership",
                    json!({ "customerId": customer.id, "membership": membership }),
                    "",
                )
                .await;
            assert_eq!(
                refused["fields"][0]["path"],
                json!(["input", "membership", field]),
                "{refused}"
            );
        }
        before.assert_same(&app.picture().await, "a refusal");
    }
);
