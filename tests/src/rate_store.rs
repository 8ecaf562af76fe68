//! A Redis of a test's own, which can die and come back empty.

use std::{
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

/// Where the program is found when it is not on the path.
const PROGRAM: &str = "JETBRIDGE_TEST_REDIS_SERVER";

/// A Redis or Valkey server on a port of its own, which keeps nothing. It is killed when it is dropped.
#[derive(Debug)]
pub struct RateStore {
    port: u16,
    process: Option<Child>,
}

impl RateStore {
    /// Starts one.
    pub async fn start() -> Self {
        let mut store = Self {
            port: crate::free_port(),
            process: None,
        };
        store.revive().await;
        store
    }

    /// The settings by which the product uses it.
    pub fn settings(&self) -> String {
        // Patient, because a machine that tests is busy.
        format!(
            "redis_url = \"redis://127.0.0.1:{}\"\nredis_timeout = \"2s\"\n",
            self.port
        )
    }

    /// Kills it without warning.
    pub fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().expect("it can be killed");
            process.wait().expect("it dies");
        }
    }

    /// Starts it again.
    pub async fn revive(&mut self) {
        let process = Command::new(program())
            .args(["--bind", "127.0.0.1", "--port", &self.port.to_string()])
            .args(["--save", "", "--appendonly", "no"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("redis-server starts: install it, or say where it is by JETBRIDGE_TEST_REDIS_SERVER");
        self.process = Some(process);
        for _ in 0..400 {
            let address = ("127.0.0.1", self.port);
            if tokio::net::TcpStream::connect(address).await.is_ok() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("the store does not answer")
    }
}

impl Drop for RateStore {
    fn drop(&mut self) {
        self.kill();
    }
}

fn program() -> PathBuf {
    std::env::var_os(PROGRAM).map_or_else(|| PathBuf::from("redis-server"), PathBuf::from)
}
