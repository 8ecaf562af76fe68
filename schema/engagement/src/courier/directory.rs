use entities::id::CustomerId;
use futures_util::future::BoxFuture;

use crate::template::Places;

/// Where people are found: the profile domain, through the graph. Nothing of what it says is stored here.
pub trait Directory: Send + Sync + 'static {
    /// A customer, and what is known of these airports (IATA codes). `None` when there is no such customer.
    fn recipient<'a>(
        &'a self,
        customer: CustomerId,
        airports: &'a [String],
    ) -> BoxFuture<'a, Result<Option<Recipient>, DirectoryError>>;
}

/// The directory could not be asked. The reason is for the log and holds nothing about persons.
#[derive(Debug, thiserror::Error)]
#[error("the directory cannot be asked: {0}")]
pub struct DirectoryError(pub String);

/// Somebody to be told something. It is never stored and never logged: there is no `Debug` on purpose.
#[derive(Clone)]
pub struct Recipient {
    /// Whether the customer's record is closed.
    pub is_closed: bool,
    /// How they are addressed: `Dr Müller`.
    pub salutation: String,
    /// Their name, as it stands beside the address.
    pub name: String,
    /// The language they are addressed in, a BCP 47 tag.
    pub language: String,
    /// The IANA time zone of their home airport.
    pub time_zone: Option<String>,
    /// Where mail reaches them.
    pub address: Option<Address>,
    /// The airports that were asked for.
    pub places: Places,
}

/// An e-mail address.
#[derive(Clone)]
pub struct Address {
    /// Whole.
    pub value: String,
    /// With most of it hidden.
    pub masked: String,
}
