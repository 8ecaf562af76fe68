//! Importing flights from files: streamed, resumable, and without effect where nothing changed.
//!
//! A file is read in chunks of a thousand rows. Each chunk is one transaction that holds the flights, their histories, the
//! events for everybody concerned and the place in the file, so that an import that is stopped at any moment goes on where
//! it stopped, and nothing is told twice. A row that cannot be right is reported and left out; the others go in.

mod airports;
mod chunk;
mod ndjson;
mod nycflights;
pub(crate) mod place;
mod row;
pub(crate) mod source;
mod store;
mod totals;

use std::io::{Read, Seek};

use chrono::{Datelike, NaiveDate};
use schema_kernel::{Code, Database, Error, Result, Session, permit::Operations};

use crate::reference::PLAUSIBLE_YEARS;
use airports::Airports;
use chunk::Chunk;
use place::Place;
use row::FlightRow;
use source::Source;
pub use {ndjson::FlightLine, totals::Totals};

/// Rows in one transaction: enough to make its cost small, few enough that twenty-three values each stay under the 32,766
/// that SQLite takes in one statement.
const ROWS_PER_CHUNK: usize = 1_000;

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// CSV with the columns of the public *nycflights13* set: local times, delays in minutes, `NA` for what is not known.
    NycFlights,
    /// One JSON object a line: see [`FlightLine`].
    NdJson,
}

/// What an import does with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// How the file is written.
    pub format: Format,
    /// Moves every flight by as many days as bring the file's first one to this day. Local times stay as they are.
    pub starting: Option<NaiveDate>,
    /// Takes only what is planned, and nothing of how it went.
    pub schedule_only: bool,
}

impl Options {
    /// Everything that stands in a file of this format, on its own dates.
    pub fn of(format: Format) -> Self {
        Self {
            format,
            starting: None,
            schedule_only: false,
        }
    }
}

/// A row that cannot be right.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct RowError {
    /// The line of the file on which it begins, counted from 1.
    pub line: u64,
    /// The column, or the key of the JSON object; empty when the row as a whole cannot be read.
    pub column: String,
    /// What is wrong and what would be right.
    pub reason: String,
}

/// How far an import has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Bytes of the file whose rows are stored.
    pub bytes: u64,
    /// Bytes of the file.
    pub of_bytes: u64,
    /// Lines of the file whose rows are stored.
    pub lines: u64,
    /// Counts so far.
    pub totals: Totals,
}

/// Imports files of flights.
#[derive(Clone, Debug)]
pub struct Importer {
    database: Database,
    session: Session,
    options: Options,
}

impl Importer {
    /// An importer into this database, on behalf of `session`, whose actor needs `flight:write`.
    pub fn new(database: Database, session: Session, options: Options) -> Self {
        Self {
            database,
            session,
            options,
        }
    }

    /// Imports `file`. `on_progress` is called at the beginning and after each chunk is stored, `on_bad_row` for each row
    /// that is left out. When an earlier import of the same file with the same options was stopped, it goes on where that one
    /// stopped, and its counts are included.
    ///
    /// # Errors
    /// `FORBIDDEN` when the actor may not; `BAD_USER_INPUT` when the file has other columns than the format;
    /// `INTERNAL_SERVER_ERROR` when the file cannot be read or the database fails. What was stored stays stored.
    pub async fn run<File: Read + Seek + Send>(
        &self,
        mut file: File,
        mut on_progress: impl FnMut(&Progress) + Send,
        mut on_bad_row: impl FnMut(RowError) + Send,
    ) -> Result<Totals> {
        let Some(permit) = self.session.actor.permit("flight:write", Operations) else {
            return Err(Error::client(
                Code::Forbidden,
                "You may not import flights.",
            ));
        };
        if let Some(starting) = self.options.starting
            && !PLAUSIBLE_YEARS.contains(&starting.year())
        {
            return Err(Error::bad_user_input(
                "Flights leave between the years 1970 and 2200.",
            ));
        }
        let airports = Airports::load(&self.database).await?;
        let (identity, of_bytes) =
            source::identify(&mut file, &format!("{:?}", self.options)).map_err(Error::internal)?;
        let mut place: Place<Totals> =
            place::resume(&self.database, &self.session, identity).await?;
        let mut source = Source::open(file, self.options, &airports, place.position)?;
        loop {
            on_progress(&Progress {
                bytes: place.position.bytes,
                of_bytes,
                lines: place.position.line,
                totals: place.totals,
            });
            let chunk = Chunk::read(&mut source, &mut on_bad_row)?;
            if chunk.is_empty() {
                break;
            }
            place = chunk
                .store(&self.database, &self.session, &permit, &place)
                .await?;
        }
        place::finish(&self.database, &self.session, &place).await?;
        Ok(place.totals)
    }
}

#[cfg(test)]
mod tests;
