//! The shapes that are compared, and the processes they are made of.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, ensure};
use server::{graph::subgraph::SubgraphName, output::Output};
use tests::Storage;

use crate::program::{
    machine,
    process::{self, Product, Serving},
    report::Report,
    traffic::World,
};

/// Gateways of others, each in a folder of its own, with how many processes to run.
const PEERS: [(&str, &str, &str); 4] = [
    ("Apollo's gateway before the same", "apollo", "1"),
    ("Apollo's gateway, two processes", "apollo", "2"),
    ("Hive Gateway before the same", "hive", "1"),
    ("Hive Gateway, two processes", "hive", "2"),
];

/// Where they lie.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/bench-peers");

/// The supergraph as it was committed.
const SUPERGRAPH: &str = include_str!("../../../../schema/supergraph.graphql");

/// Says which rights fields need. Gateways that do not know it refuse the supergraph; the subgraphs check rights anyway.
const SCOPES: &str = " @link(url: \"https://specs.apollo.dev/requiresScopes/v0.1\", for: SECURITY)";

/// One way to put the graph together.
#[derive(Debug)]
pub(super) struct Shape {
    pub(super) name: &'static str,
    pub(super) url: String,
    /// How many times the throughput of the best peer it has to have. Peers have none.
    pub(super) bar: Option<f64>,
    front: Serving,
    is_split: bool,
}

/// All of them, running at the same time. Those that are split share their subgraphs.
#[derive(Debug)]
pub(super) struct Shapes {
    pub(super) all: Vec<Shape>,
    subgraphs: Vec<Serving>,
}

impl Shapes {
    pub(super) async fn start(
        product: &Product,
        storage: &Storage,
        world: &World,
        report: &Report,
    ) -> anyhow::Result<Self> {
        report.announce("starting every shape");
        let mut supergraph = SUPERGRAPH.to_owned();
        let mut subgraphs = Vec::new();
        for name in SubgraphName::ALL {
            let arguments = ["serve", "--subgraph", name.as_str()];
            let serving = product.start(storage, &arguments, &[]).await?;
            let (inside, here) = (format!("http://{name}:8080/"), format!("{}/", serving.url));
            ensure!(supergraph.contains(&inside), "where {name} is asked");
            supergraph = supergraph.replace(&inside, &here);
            subgraphs.push(serving);
        }
        let file = storage.folder().join("supergraph.graphql");
        fs::write(&file, &supergraph)?;
        let file = file.to_str().context("a path in UTF-8")?;
        let gateway = ["gateway", "--supergraph", file];
        let mut all = vec![
            Shape {
                bar: Some(5.0),
                is_split: false,
                ..Shape::of("one process", product.serve(storage).await?)
            },
            Shape {
                bar: Some(2.0),
                ..Shape::of(
                    "subgraphs behind our gateway",
                    product.start(storage, &gateway, &[]).await?,
                )
            },
        ];
        for (name, peer, workers) in PEERS {
            if let Some(peer) = Peer::installed(peer) {
                let text = supergraph.replace(SCOPES, "");
                let serving = peer.start(product, storage, world, &text, workers).await;
                all.push(Shape::of(name, serving.context(name)?));
            }
        }
        Ok(Self { all, subgraphs })
    }

    /// The processes of a shape: those in front, and those behind them.
    pub(super) fn processes(&self, place: usize) -> (Vec<u32>, Vec<u32>) {
        let shape = &self.all[place];
        let behind = self.subgraphs.iter().filter(|_| shape.is_split);
        (
            machine::family(shape.front.id()),
            behind.map(Serving::id).collect(),
        )
    }

    /// Gives all shapes one processor between them, which is that of the one that is busy, and this program the others.
    pub(super) fn keep_apart(&self) -> anyhow::Result<()> {
        let last = machine::last_processor()?;
        ensure!(last > 0, "the machine has one");
        for place in 0..self.all.len() {
            let (front, behind) = self.processes(place);
            machine::keep_to("0", &front)?;
            machine::keep_to("0", &behind)?;
        }
        machine::keep_to(&format!("1-{last}"), &[std::process::id()])
    }

    pub(super) async fn stop(self) -> anyhow::Result<()> {
        let fronts = self.all.into_iter().map(|shape| shape.front);
        for serving in fronts.chain(self.subgraphs) {
            serving.stop().await?;
        }
        // What is measured next starts from here, and may have them all. Where nothing was kept, nothing has to be given back.
        let _ = machine::keep_to(
            &format!("0-{}", machine::last_processor()?),
            &[std::process::id()],
        );
        Ok(())
    }
}

impl Shape {
    fn of(name: &'static str, front: Serving) -> Self {
        Self {
            name,
            url: front.url.clone(),
            bar: None,
            front,
            is_split: true,
        }
    }
}

/// A gateway in Node.
struct Peer {
    folder: PathBuf,
}

impl Peer {
    fn installed(name: &str) -> Option<Self> {
        let folder = Path::new(FOLDER).join(name);
        let is_there = folder.join("node_modules").is_dir();
        if !is_there {
            Output.complain(format_args!(
                "{name} is left out: `npm ci --ignore-scripts --prefix {}` installs it",
                folder.display()
            ));
        }
        is_there.then_some(Self { folder })
    }

    async fn start(
        &self,
        product: &Product,
        storage: &Storage,
        world: &World,
        supergraph: &str,
        workers: &str,
    ) -> anyhow::Result<Serving> {
        let address = process::free_address()?;
        let file = storage.folder().join("peers.graphql");
        fs::write(&file, supergraph)?;
        let log = storage
            .folder()
            .join(format!("peer-{}.log", address.port()));
        let mut command = Command::new("node");
        command
            .arg(self.folder.join("gateway.mjs"))
            .arg(&file)
            .args([&address.port().to_string(), workers])
            .env("NODE_ENV", "production")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(File::create(&log)?);
        let ready = product
            .http()
            .post(format!("http://{address}/graphql"))
            .bearer_auth(&world.token)
            .header("content-type", "application/json")
            .body("{\"query\":\"{ __typename }\"}");
        Serving::start(command, address, ready, &log).await
    }
}
