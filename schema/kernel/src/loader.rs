//! Batching: many resolvers ask, one statement answers.

mod batch;

use async_graphql::dataloader::DataLoader;

pub use self::batch::Batches;
use crate::{Database, Rows};

/// What every loader of a subgraph reads from. A lookup is a key type, whose name says the question, and one
/// `impl Loader<Key> for Reader` with one statement; no authorization happens inside, because keys carry it.
#[derive(Clone, Debug)]
pub struct Reader {
    /// The database of the domain.
    pub database: Database,
    batches: Batches,
}

impl Reader {
    /// The batches that this reader's loader waits to read.
    pub fn batches(&self) -> &Batches {
        &self.batches
    }
}

/// A loader for one request. What it is asked for is read when [`Batches::read_for`] says so, as the guard does.
pub fn loader(database: &Database) -> DataLoader<Reader> {
    let batches = Batches::default();
    let reader = Reader {
        database: database.clone(),
        batches: batches.clone(),
    };
    DataLoader::new(reader, batches.clone(), batches).max_batch_size(500)
}

/// A key with the rows its asker reaches: `Visible<CustomerId>` asks for a customer as that actor sees them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Visible<Key> {
    /// What is asked for.
    pub key: Key,
    /// The rows the asker reaches.
    pub rows: Rows,
}
