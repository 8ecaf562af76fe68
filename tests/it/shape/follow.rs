//! A supergraph file that changes while requests are answered.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use server::{
    App as Product, Config,
    auth::Role,
    cli::{EX_CONFIG, exit_code},
};
use tests::{App, Client, Split, Storage, split::SUPERGRAPH};

/// A supergraph file of its own, before a gateway that follows it.
struct World {
    app: App,
    split: Split,
    file: PathBuf,
    text: String,
}

impl World {
    async fn new() -> Self {
        let app = App::start(Storage::sqlite()).await;
        let file = app.storage().folder().join("followed.graphql");
        let text = std::fs::read_to_string(SUPERGRAPH).unwrap();
        std::fs::write(&file, &text).unwrap();
        let path = file.display().to_string();
        let split = Split::of(app.storage(), app.clock(), "", &path).await;
        Self {
            app,
            split,
            file,
            text,
        }
    }

    fn client(&self) -> Client {
        let token = self
            .app
            .product()
            .development_token(Role::Administrator, None);
        self.app.at(self.split.url(), token.unwrap())
    }

    fn write(&self, text: &str) {
        let beside = self.file.with_extension("new");
        std::fs::write(&beside, text).unwrap();
        std::fs::rename(beside, &self.file).unwrap();
    }

    /// The same supergraph without the field `Customer.isVip`.
    fn changed(&self) -> String {
        let changed = self.text.replace(
            "  isVip: Boolean! @requiresScopes",
            "  isVip: Boolean! @inaccessible @requiresScopes",
        );
        assert_ne!(changed, self.text);
        changed
    }

    /// Waits until the field is there, or is not.
    async fn until_field_is(&self, there: bool) {
        for _ in 0..500 {
            let answer = self
                .client()
                .ask("{ customers(first: 1) { nodes { isVip } } }")
                .await;
            if answer.body.get("errors").is_none() == there {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("the change was not taken up");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_is_taken_up_without_a_failed_request() {
    let world = World::new().await;
    let done = Arc::new(AtomicBool::new(false));
    let callers = [world.client(), world.client(), world.client()].map(|client| {
        let done = Arc::clone(&done);
        tokio::spawn(async move {
            let mut answered = 0;
            while !done.load(Ordering::Relaxed) {
                client
                    .ask("{ customers(first: 1) { nodes { id } } }")
                    .await
                    .data();
                answered += 1;
            }
            answered
        })
    });
    for there in [false, true, false] {
        world.write(&if there {
            world.text.clone()
        } else {
            world.changed()
        });
        world.until_field_is(there).await;
    }
    done.store(true, Ordering::Relaxed);
    for caller in callers {
        assert!(caller.await.unwrap() > 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_served_is_refused_and_the_one_before_goes_on() {
    let world = World::new().await;
    world.write(&world.text.replacen("graph: CASE", "graph: NOWHERE", 1));
    let metrics = async || {
        let metrics = world.client().get("/metrics").await.text().await.unwrap();
        metrics.contains("jetbridge_supergraph_changes_total{outcome=\"refused\"}")
    };
    while !metrics().await {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    world.until_field_is(true).await;
    world.write(&world.changed());
    world.until_field_is(false).await;
}

#[tokio::test]
async fn at_the_start_it_is_refused_by_file_line_and_rule() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.graphql");
    let text = std::fs::read_to_string(SUPERGRAPH).unwrap();
    let start = |text: &str, settings: &str| {
        std::fs::write(&file, text).unwrap();
        let settings = format!("graphql.supergraph = \"{}\"\n{settings}", file.display());
        Product::start_gateway(Config::from_toml(&settings).unwrap()).unwrap_err()
    };
    for (error, expected) in [
        (start("type Query {", ""), "mine.graphql:1:13: "),
        (start("type Query { a: Int }", ""), "(rule `graphs`)"),
        (
            start(&text.replace("http://case:8080/graphql", ""), ""),
            "(rule `subgraph-url`)",
        ),
        (
            start(&text, "graphql.remote.url.cases = \"http://127.0.0.1:1\""),
            "\"cases\"",
        ),
        (
            start(&text, "graphql.remote.url.case = \"127.0.0.1\""),
            "\"case\"",
        ),
    ] {
        assert!(format!("{error:#}").contains(expected), "{error:#}");
        assert_eq!(exit_code(&error), EX_CONFIG.into());
    }
}
