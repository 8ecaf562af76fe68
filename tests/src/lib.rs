#![doc = include_str!("../README.md")]
#![expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a test kit fails by panicking"
)]

pub mod actor;
pub mod answer;
pub mod app;
pub mod broker;
pub mod browser;
pub mod build;
pub mod database;
pub mod event_schema;
pub mod event_stream;
pub mod feed;
pub mod foreign;
pub mod mail_server;
pub mod payment_service;
pub mod picture;
pub mod rate_store;
pub mod socket;
pub mod split;
pub mod walk;
pub mod world;

pub use actor::Client;
pub use answer::Answer;
pub use app::{App, OneProcess};
pub use broker::Broker;
pub use browser::{Browser, Login};
pub use database::Storage;
pub use event_stream::EventStream;
pub use foreign::Foreign;
pub use mail_server::{MailServer, Received};
pub use picture::Picture;
pub use rate_store::RateStore;
pub use socket::{Heard, Socket};
pub use split::Split;

/// A port on which nobody listens at this moment.
pub fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .expect("a port")
        .port()
}

/// Writes a test for each kind of database: `on_both!(name, async |app: App| { .. });` gives `name::sqlite` and
/// `name::postgres`.
#[macro_export]
macro_rules! on_both {
    ($name:ident, $test:expr) => {
        mod $name {
            #[allow(
                clippy::allow_attributes,
                unused_imports,
                reason = "what a test needs differs"
            )]
            use super::*;

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                let test = $test;
                test($crate::App::start($crate::Storage::sqlite()).await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                let test = $test;
                test($crate::App::start($crate::Storage::postgres().await).await).await;
            }
        }
    };
}
