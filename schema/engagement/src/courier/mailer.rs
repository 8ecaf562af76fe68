use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;

/// What takes letters over: a mail server, or a folder.
pub trait Mailer: Send + Sync + 'static {
    /// Hands a letter over. When this returns without an error, somebody else answers for it.
    fn send<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<(), Rejection>>;
}

/// A letter, ready to be sent.
pub struct Letter {
    /// Unique, and the same whenever this letter is sent: the first half of the `Message-ID`.
    pub id: String,
    /// The name beside the address, on one line.
    pub name: String,
    /// The address.
    pub address: String,
    /// The subject, on one line.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The same as a page of HTML.
    pub html: String,
    /// The language, a BCP 47 tag.
    pub language: &'static str,
    /// When it was written.
    pub written_at: DateTime<Utc>,
}

/// Why a letter was not taken over. What stands in it names no address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rejection {
    /// The address cannot be one.
    Address,
    /// Not now: a reply that begins with 4.
    Later(String),
    /// Never: a reply that begins with 5.
    Never(String),
    /// The other side broke off, or took too long.
    Interrupted,
    /// The other side cannot be reached.
    Away,
}
