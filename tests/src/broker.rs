//! A message broker of a test's own, which can die and come back.

use std::{
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

use tempfile::TempDir;

/// Where the program is found when it is not on the path.
const PROGRAM: &str = "JETBRIDGE_TEST_NATS_SERVER";

/// A NATS server with JetStream, on a port and a disk of its own. It is killed when it is dropped.
#[derive(Debug)]
pub struct Broker {
    folder: TempDir,
    port: u16,
    process: Option<Child>,
}

impl Broker {
    /// Starts one.
    pub async fn start() -> Self {
        let mut broker = Self {
            folder: TempDir::new().expect("a folder"),
            port: crate::free_port(),
            process: None,
        };
        broker.revive().await;
        broker
    }

    /// Where it answers.
    pub fn url(&self) -> String {
        format!("nats://127.0.0.1:{}", self.port)
    }

    /// The settings by which the product uses it.
    pub fn settings(&self) -> String {
        format!("event.nats_url = \"{}\"\n", self.url())
    }

    /// Kills it without warning.
    pub fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().expect("it can be killed");
            process.wait().expect("it dies");
        }
    }

    /// Kills it and takes its disk away.
    pub fn lose(&mut self) {
        self.kill();
        std::fs::remove_dir_all(self.folder.path().join("store")).expect("a disk to lose");
    }

    /// Starts it again with what is on its disk.
    pub async fn revive(&mut self) {
        let process = Command::new(program())
            .args([
                "--addr",
                "127.0.0.1",
                "--port",
                &self.port.to_string(),
                "--jetstream",
            ])
            .arg("--store_dir")
            .arg(self.folder.path().join("store"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("nats-server starts; `make test` finds or installs one");
        self.process = Some(process);
        for _ in 0..400 {
            if self.answers().await {
                return;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("nats-server does not answer");
    }

    /// A client of its own, as another system has one.
    pub async fn client(&self) -> async_nats::Client {
        async_nats::connect(self.url()).await.expect("it answers")
    }

    async fn answers(&self) -> bool {
        let Ok(client) = async_nats::connect(self.url()).await else {
            return false;
        };
        client.request("$JS.API.INFO", "".into()).await.is_ok()
    }
}

impl Drop for Broker {
    fn drop(&mut self) {
        self.kill();
    }
}

fn program() -> PathBuf {
    if let Some(program) = std::env::var_os(PROGRAM) {
        return program.into();
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .chain(["/usr/sbin", "/usr/local/bin"].map(PathBuf::from))
        .map(|folder| folder.join("nats-server"))
        .find(|program| program.is_file())
        .expect(
            "the tests of the message broker need nats-server; `make test` finds or installs one",
        )
}
