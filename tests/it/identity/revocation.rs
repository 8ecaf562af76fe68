//! What is revoked is felt: by the next request, by sockets and by event streams.

use std::time::Duration;

use serde_json::{Value, json};
use server::auth::Role;
use tests::{App, Browser, OneProcess, Socket, Storage, on_both};

const FOLLOW: &str = "subscription { caseChanged { reference } }";

/// A socket of whoever is signed in in a browser.
async fn socket(browser: &Browser) -> Socket {
    let cookie = format!("__Host-jetbridge-session={}", browser.cookie().unwrap());
    let headers = [
        ("sec-websocket-protocol", "graphql-transport-ws"),
        ("cookie", cookie.as_str()),
    ];
    let mut socket = Socket::open(browser.url(), &headers)
        .await
        .expect("a socket");
    socket.say(&json!({ "type": "connection_init" })).await;
    assert_eq!(socket.message().await["type"], "connection_ack");
    socket
}

on_both!(a_session_that_is_revoked_is_over, async |app: App| {
    let login = app.user(Role::ContactCentreAgent).await;
    let (here, there) = (app.browser(), app.browser());
    here.sign_in(&login).await;
    there.sign_in(&login).await;
    let sessions = here
        .ask("{ sessions(first: 10) { nodes { id isCurrent isActive browser user { displayName } } } }")
        .await;
    let sessions = sessions.list("/sessions/nodes");
    assert_eq!(sessions.len(), 2);
    let other = sessions
        .iter()
        .find(|session| session["isCurrent"] == false)
        .unwrap();
    let mut socket = socket(&there).await;
    socket
        .say(&json!({ "type": "subscribe", "id": "1", "payload": { "query": FOLLOW } }))
        .await;
    let revoked = here
        .run(
            "revokeSession",
            json!({ "sessionId": other["id"] }),
            "... on SessionRevoked { session { isActive revokedAt } }",
        )
        .await;
    assert_eq!(revoked["session"]["isActive"], false, "{revoked:#}");
    assert_eq!(there.session().await, Value::Null);
    assert_eq!(there.ask("{ currentUser { id } }").await.status, 401);
    let closed = tokio::time::timeout(Duration::from_secs(10), socket.close_code()).await;
    assert_eq!(closed.expect("the socket closes"), Some(4403));
    assert_ne!(here.session().await, Value::Null);
});

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_process_hears_of_it_within_seconds() {
    let storage = Storage::sqlite();
    let app = App::in_one_process(OneProcess::OtherShape, storage, "").await;
    let elsewhere = app.another("auth.refresh_interval = \"100ms\"").await;
    let browser = app.signed_in(Role::ContactCentreAgent).await;
    let there = browser.at(elsewhere.url());
    let mut socket = socket(&there).await;
    assert!(there.ask("{ currentUser { id } }").await.codes().is_empty());
    browser.post("/auth/logout", &json!({})).await;
    assert_eq!(
        there.ask("{ currentUser { id } }").await.status,
        401,
        "at once"
    );
    let closed = tokio::time::timeout(Duration::from_secs(10), socket.close_code()).await;
    assert_eq!(closed.expect("the socket closes"), Some(4403));
    elsewhere.stop().await;
}

on_both!(
    a_role_that_changes_changes_who_holds_it,
    async |app: App| {
        let agent = app.signed_in(Role::ContactCentreAgent).await;
        let administrator = app.signed_in(Role::Administrator).await;
        let customers = "{ customers(first: 1) { nodes { id } } }";
        assert!(agent.ask(customers).await.codes().is_empty());
        let mut socket = socket(&agent).await;
        let update = json!({ "name": "contact-centre-agent", "expectedVersion": 1, "scopes": ["account:read", "flight:read"] });
        let updated = administrator
            .run(
                "updateRole",
                update.clone(),
                "... on RoleUpdated { role { scopes version } }",
            )
            .await;
        assert_eq!(
            updated["role"]["scopes"],
            json!(["account:read", "flight:read"]),
            "{updated:#}"
        );
        assert_eq!(agent.ask(customers).await.code(), "FORBIDDEN");
        // A token says the role, and the role is what it is now.
        assert_eq!(app.agent().ask(customers).await.code(), "FORBIDDEN");
        let closed = tokio::time::timeout(Duration::from_secs(10), socket.close_code()).await;
        assert_eq!(closed.expect("the socket closes"), Some(4403));
        let stale = administrator.run("updateRole", update, "").await;
        assert_eq!(stale["code"], "STALE_VERSION");
        let unknown = json!({ "name": "analyst", "expectedVersion": 1, "scopes": ["everything"] });
        assert_eq!(
            administrator.run("updateRole", unknown, "").await["code"],
            "INVALID_INPUT"
        );
        let own = json!({ "name": "administrator", "expectedVersion": 1, "scopes": [] });
        assert_eq!(
            administrator.run("updateRole", own, "").await["code"],
            "CONFLICT"
        );
    }
);
