//! The split shape: every subgraph by itself, and a gateway that asks them over HTTP.

use schema_kernel::Clock;
use server::{App as Product, Config, Running, StartOptions, graph::subgraph::SubgraphName};

use crate::Storage;

/// The supergraph as it was committed.
pub const SUPERGRAPH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../schema/supergraph.graphql");

/// Four subgraphs on the database of a test, each at an address of its own, and a gateway before them.
#[derive(Debug)]
pub struct Split {
    gateway: Running,
    subgraphs: Vec<(SubgraphName, Running)>,
}

impl Split {
    /// Starts them with the committed supergraph.
    pub async fn start(storage: &Storage, clock: &Clock, settings: &str) -> Self {
        Self::of(storage, clock, settings, SUPERGRAPH).await
    }

    /// The same with the supergraph in another file.
    pub async fn of(storage: &Storage, clock: &Clock, settings: &str, supergraph: &str) -> Self {
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
            "graphql.supergraph = \"{supergraph}\"\ngraphql.supergraph_interval = \"20ms\"\n{}{settings}",
            urls.collect::<String>(),
        );
        let gateway =
            Product::start_gateway(config(storage, &settings)).expect("the gateway starts");
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

    /// Ends one subgraph: from now on nobody listens at its address.
    pub async fn stop(&mut self, name: SubgraphName) {
        let place = self.subgraphs.iter().position(|(other, _)| *other == name);
        let (_, running) = self.subgraphs.remove(place.expect("it runs"));
        running.stop().await;
    }
}

fn config(storage: &Storage, settings: &str) -> Config {
    let toml = format!(
        "data_folder = \"{}\"\nhttp.listen = \"127.0.0.1:0\"\ndatabase.url = \"{}\"\nevent.interval = \"1h\"\n{settings}",
        storage.folder().display(),
        storage.url(),
    );
    Config::from_toml(&toml).expect("a configuration")
}
