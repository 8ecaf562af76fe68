#![doc = include_str!("../README.md")]

pub mod actor;
pub mod clock;
pub mod cost;
pub mod database;
pub mod dispatcher;
pub mod error;
pub mod event;
pub mod feed;
pub mod guard;
pub mod id;
pub mod idempotency;
pub mod inbox;
pub mod keyset;
pub mod loader;
pub mod money;
pub mod outbox;
pub mod permit;
pub mod problem;
pub mod redact;
pub mod scalar;
pub mod session;
pub mod text;

pub use actor::{Actor, ActorKind, Scope};
pub use clock::Clock;
pub use database::Database;
pub use error::{Code, Error, Result};
pub use event::{Event, NewEvent};
pub use feed::Feed;
pub use id::IdSource;
pub use keyset::{Page, PageArguments};
pub use loader::{Reader, loader};
pub use money::Money;
pub use permit::{Permit, Rows};
pub use redact::redact;
pub use session::{ContextExt, Session};
