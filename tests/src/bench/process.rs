//! The product as its users have it: a process of its own.

use std::{
    fs::File,
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, bail, ensure};
use clap::ValueEnum;
use reqwest::RequestBuilder;
use serde::de::DeserializeOwned;
use tests::Storage;
use tokio::time::sleep;

use super::machine::{self, Memory};

/// How often a process is looked at.
const GLANCE: Duration = Duration::from_millis(10);

/// How long a process may take to be ready.
const PATIENCE: Duration = Duration::from_mins(1);

/// The kinds of database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// A file beside the process.
    Sqlite,
    /// A server of its own.
    Postgres,
}

impl Kind {
    /// The name as people write it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}

/// A new database, which is gone when it is dropped.
pub(crate) async fn storage(kind: Kind) -> Storage {
    match kind {
        Kind::Sqlite => Storage::sqlite(),
        Kind::Postgres => Storage::postgres().await,
    }
}

/// The binary.
#[derive(Debug)]
pub(crate) struct Product {
    binary: PathBuf,
    http: reqwest::Client,
}

/// A command that has ended well.
#[derive(Debug)]
pub(crate) struct Done {
    pub(crate) printed: String,
    pub(crate) took: Duration,
    pub(crate) memory: Memory,
}

/// A process that serves. It is killed when it is dropped.
#[derive(Debug)]
pub(crate) struct Serving {
    child: Child,
    /// Where it answers.
    pub(crate) url: String,
    /// From the start of the process to its first word that it is ready.
    pub(crate) ready_after: Duration,
}

impl Product {
    pub(crate) fn at(binary: PathBuf) -> anyhow::Result<Self> {
        // Requests go to this machine alone, and many at once.
        let http = reqwest::Client::builder()
            .no_proxy()
            .timeout(Duration::from_secs(10))
            .pool_max_idle_per_host(usize::MAX)
            .build()?;
        Ok(Self { binary, http })
    }

    /// The way to whatever it serves.
    pub(crate) fn http(&self) -> &reqwest::Client {
        &self.http
    }

    /// Runs a command to its end.
    pub(crate) async fn run(&self, storage: &Storage, arguments: &[&str]) -> anyhow::Result<Done> {
        let log = storage.folder().join("command.log");
        let started = Instant::now();
        let child = self
            .command(storage, &log)?
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()?;
        let mut guard = Killed(child);
        let mut memory = Memory::default();
        // What it prints is short enough to wait in the pipe.
        let status = loop {
            if let Some(status) = guard.0.try_wait()? {
                break status;
            }
            memory = machine::memory(guard.0.id()).unwrap_or(memory);
            sleep(GLANCE).await;
        };
        let took = started.elapsed();
        let mut printed = String::new();
        if let Some(mut stdout) = guard.0.stdout.take() {
            std::io::Read::read_to_string(&mut stdout, &mut printed)?;
        }
        ensure!(
            status.success(),
            "`jetbridge {}` failed: {}",
            arguments.join(" "),
            tail(&log)
        );
        Ok(Done {
            printed,
            took,
            memory,
        })
    }

    /// Starts it on a free port, and waits until it is ready.
    pub(crate) async fn serve(&self, storage: &Storage) -> anyhow::Result<Serving> {
        self.start(storage, &["serve"], &[]).await
    }

    /// The same for any command that listens, with settings of its own.
    pub(crate) async fn start(
        &self,
        storage: &Storage,
        arguments: &[&str],
        settings: &[(&str, &str)],
    ) -> anyhow::Result<Serving> {
        let address = free_address()?;
        let log = storage
            .folder()
            .join(format!("serve-{}.log", address.port()));
        let mut command = self.command(storage, &log)?;
        command
            .args(arguments)
            .args(["--listen", &address.to_string()])
            .envs(settings.iter().copied())
            .stdout(Stdio::null());
        let ready = self.http.get(format!("http://{address}/health/ready"));
        Serving::start(command, address, ready, &log).await
    }

    fn command(&self, storage: &Storage, log: &Path) -> anyhow::Result<Command> {
        let mut command = Command::new(&self.binary);
        // What is set for this program, or for a product of the user's own, is not for the one that is measured.
        for (name, _) in std::env::vars_os() {
            if name.as_encoded_bytes().starts_with(b"JETBRIDGE_") {
                command.env_remove(name);
            }
        }
        command
            .env("JETBRIDGE_DATABASE__URL", storage.url())
            .env("JETBRIDGE_DATA_FOLDER", storage.folder())
            .stdin(Stdio::null())
            .stderr(File::create(log).context("a log file")?);
        Ok(command)
    }
}

impl Done {
    /// What it printed, where it was asked for JSON.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> anyhow::Result<T> {
        serde_json::from_str(&self.printed)
            .with_context(|| format!("not the JSON that was expected: {}", self.printed))
    }
}

/// An address on this machine that nobody listens at.
pub(crate) fn free_address() -> anyhow::Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

impl Serving {
    /// Starts a process that will listen at this address, and waits until the question whether it is ready is answered
    /// well.
    pub(crate) async fn start(
        mut command: Command,
        address: SocketAddr,
        ready: RequestBuilder,
        log: &Path,
    ) -> anyhow::Result<Self> {
        let name = command.get_program().to_string_lossy().into_owned();
        let started = Instant::now();
        let mut serving = Self {
            child: command.spawn().with_context(|| name.clone())?,
            url: format!("http://{address}"),
            ready_after: Duration::ZERO,
        };
        while started.elapsed() < PATIENCE {
            if let Some(status) = serving.child.try_wait()? {
                bail!("`{name}` ended with {status}: {}", tail(log));
            }
            if let Some(ready) = ready.try_clone()
                && let Ok(answer) = ready.send().await
                && answer.status().is_success()
            {
                serving.ready_after = started.elapsed();
                return Ok(serving);
            }
            sleep(Duration::from_millis(1)).await;
        }
        bail!(
            "`{name}` was not ready in {} s: {}",
            PATIENCE.as_secs(),
            tail(log)
        );
    }

    /// The id of the process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Asks it to stop, and waits until it has.
    pub(crate) async fn stop(mut self) -> anyhow::Result<()> {
        let asked = Command::new("kill")
            .arg(self.child.id().to_string())
            .status()
            .context("kill")?;
        ensure!(asked.success(), "the process could not be asked to stop");
        let deadline = Instant::now() + PATIENCE;
        while self.child.try_wait()?.is_none() {
            ensure!(Instant::now() < deadline, "the process did not stop");
            sleep(GLANCE).await;
        }
        Ok(())
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        kill(&mut self.child);
    }
}

struct Killed(Child);

impl Drop for Killed {
    fn drop(&mut self) {
        kill(&mut self.0);
    }
}

// One that has ended already cannot be killed, and need not be.
fn kill(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}

fn tail(log: &Path) -> String {
    let text = std::fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().rev().take(5).collect();
    lines.into_iter().rev().collect::<Vec<_>>().join("\n")
}
