//! The split shape: every subgraph by itself, and a gateway that asks them over HTTP.

use schema_kernel::{Clock, IdSource};
use server::{
    App as Product, Config, Running, StartOptions, auth::DevelopmentKey,
    graph::subgraph::SubgraphName,
};

use crate::Storage;

/// The supergraph as it was committed.
pub const SUPERGRAPH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../schema/supergraph.graphql");

/// The subgraphs on the database of a test, each at an address of its own, and a gateway before them.
#[derive(Debug)]
pub struct Split {
    gateway: Running,
    subgraphs: Vec<(SubgraphName, Running)>,
}

impl Split {
    /// Starts them with the committed supergraph. The gateway leaves tokens to the subgraphs.
    pub async fn start(storage: &Storage, clock: &Clock, settings: &str) -> Self {
        Self::of(storage, clock, settings, SUPERGRAPH).await
    }

    /// The same with a gateway that checks tokens before it passes them on.
    pub async fn guarded(storage: &Storage, clock: &Clock, settings: &str) -> Self {
        let key = DevelopmentKey::in_folder(storage.folder()).and_then(|key| key.jwks());
        let file = storage.folder().join("jwks.json");
        std::fs::write(&file, key.expect("a key")).expect("a file");
        let door = format!("auth.jwks_file = \"{}\"\n", file.display());
        Self::with(storage, clock, settings, SUPERGRAPH, &door).await
    }

    /// The same with the supergraph in another file.
    pub async fn of(storage: &Storage, clock: &Clock, settings: &str, supergraph: &str) -> Self {
        Self::with(storage, clock, settings, supergraph, "").await
    }

    async fn with(
        storage: &Storage,
        clock: &Clock,
        settings: &str,
        supergraph: &str,
        door: &str,
    ) -> Self {
        let mut subgraphs = Vec::new();
        for name in SubgraphName::ALL {
            let options = StartOptions {
                subgraph: Some(name),
                clock: clock.clone(),
                ..StartOptions::default()
            };
            let product = Product::start_with(config(storage, settings), options)
                .await
                .expect("the subgraph starts");
            subgraphs.push((name, Running::start(product).await.expect("it listens")));
        }
        let urls = subgraphs.iter().map(|(name, running)| {
            format!(
                "graphql.remote.url.{name} = \"{}/graphql\"\n",
                running.url()
            )
        });
        let settings = format!(
            "graphql.supergraph = \"{supergraph}\"\ngraphql.supergraph_interval = \"20ms\"\n{door}{}{settings}",
            urls.collect::<String>(),
        );
        let gateway = Product::start_gateway_with(
            config(storage, &settings),
            clock.clone(),
            IdSource::default(),
        )
        .expect("the gateway starts");
        Self {
            gateway: Running::start(gateway).await.expect("it listens"),
            subgraphs,
        }
    }

    /// Where the gateway answers.
    pub fn url(&self) -> String {
        self.gateway.url()
    }

    /// The gateway inside.
    pub fn gateway(&self) -> &Product {
        self.gateway.app()
    }

    /// How many SQL statements the subgraphs have sent.
    pub fn statement_count(&self) -> u64 {
        let counts = self.subgraphs.iter();
        counts
            .map(|(_, running)| running.app().databases().statement_count())
            .sum()
    }

    /// How many subscriptions the subgraphs tell of what happens.
    pub fn listeners(&self) -> usize {
        let counts = self.subgraphs.iter();
        counts
            .map(|(_, running)| running.app().feeds().listeners())
            .sum()
    }

    /// Ends all of them, as signals would: the gateway first, so that nobody misses a subgraph.
    pub async fn end(self) {
        self.gateway.stop().await;
        for (_, running) in self.subgraphs {
            running.stop().await;
        }
    }

    /// Ends one subgraph: from now on nobody listens at its address.
    pub async fn stop(&mut self, name: SubgraphName) {
        let place = self.subgraphs.iter().position(|(other, _)| *other == name);
        let (_, running) = self.subgraphs.remove(place.expect("it runs"));
        running.stop().await;
    }
}

fn config(storage: &Storage, settings: &str) -> Config {
    let toml = format!(
        "data_folder = \"{}\"\nhttp.listen = \"127.0.0.1:0\"\ndatabase.url = \"{}\"\nevent.interval = \"1h\"\nnotification.interval = \"1h\"\npayout.interval = \"1h\"\nsubscription.interval = \"20ms\"\nauth.refresh_interval = \"1h\"\n{settings}",
        storage.folder().display(),
        storage.url(),
    );
    Config::from_toml(&toml).expect("a configuration")
}
