//! Files of events of flights: streamed, resumable, and without effect where nothing is new.
//!
//! Rows are taken in chunks, each of which is one transaction that holds what the rows cause and the place in the file. No
//! flight and no number is in a chunk twice, so that the order of its rows does not matter.

use std::{
    collections::HashSet,
    io::{BufReader, Read, Seek, SeekFrom},
};

use entities::order::flight_report::Status;
use schema_kernel::{Code, Database, Error, Permit, Result, Session, permit::Operations};
use serde::{Deserialize, Serialize};

use super::{
    FlightReport, Refusal, ReportedFlight,
    message::{COLUMNS, Values},
    record::record,
};
use crate::import::{
    RowError,
    place::{self, Place},
    source::{BUFFER, LineRead, Position, identify, read_line},
};

/// Rows in one transaction.
const ROWS_PER_CHUNK: usize = 500;

/// How a file of events is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReportFormat {
    /// CSV with a header of [`COLUMNS`], in any order and as many of them as are needed.
    Csv,
    /// One JSON object a line, with the same names.
    NdJson,
}

/// What an import of events counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportTotals {
    /// Rows read, those that could not be right included.
    pub rows: u64,
    /// Rows that changed their flight.
    pub recorded: u64,
    /// Rows that told what was known.
    pub unchanged: u64,
    /// Rows that were older than what was known.
    pub stale: u64,
    /// Rows that wait for their flight.
    pub waiting: u64,
    /// Rows that had been taken before, under the same number.
    pub repeated: u64,
    /// Rows that cannot be right and were left out.
    pub bad: u64,
    /// Passenger journeys that end differently because of them.
    pub disrupted_journeys: u64,
}

/// How far an import of events has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReportProgress {
    /// Bytes of the file whose rows are stored.
    pub bytes: u64,
    /// Bytes of the file.
    pub of_bytes: u64,
    /// Lines of the file whose rows are stored.
    pub lines: u64,
    /// Counts so far.
    pub totals: ReportTotals,
}

/// Imports files of events of flights.
#[derive(Clone, Debug)]
pub struct ReportImporter {
    database: Database,
    session: Session,
    format: ReportFormat,
}

/// A row, or what is wrong with it, and the line on which it begins.
struct Row {
    line: u64,
    report: Result<FlightReport, Refusal>,
}

/// Rows that are stored together, and the place after them.
#[derive(Default)]
struct Chunk {
    rows: Vec<(u64, FlightReport)>,
    totals: ReportTotals,
    end: Position,
}

struct Rows<File> {
    lines: Lines<File>,
    held: Option<(Position, Row)>,
}

enum Lines<File> {
    Csv(Box<csv::Reader<File>>, csv::StringRecord),
    NdJson(BufReader<File>, Position, Vec<u8>),
}

impl ReportImporter {
    /// An importer into this database, on behalf of `session`, whose actor needs `flight:write`.
    pub fn new(database: Database, session: Session, format: ReportFormat) -> Self {
        Self {
            database,
            session,
            format,
        }
    }

    /// Imports `file`. `on_progress` is called at the beginning and after each chunk is stored, `on_bad_row` for each row
    /// that is left out. When an earlier import of the same file was stopped, it goes on where that one stopped, and its
    /// counts are included.
    ///
    /// # Errors
    /// `FORBIDDEN` when the actor may not; `BAD_USER_INPUT` when the file has other columns; `INTERNAL_SERVER_ERROR` when
    /// the file cannot be read or the database fails. What was stored stays stored.
    pub async fn run<File: Read + Seek + Send>(
        &self,
        mut file: File,
        mut on_progress: impl FnMut(&ReportProgress) + Send,
        mut on_bad_row: impl FnMut(RowError) + Send,
    ) -> Result<ReportTotals> {
        let Some(permit) = self.session.actor.permit("flight:write", Operations) else {
            let message = "You may not import events of flights.";
            return Err(Error::client(Code::Forbidden, message));
        };
        let what = format!("flight events, {:?}", self.format);
        let (identity, of_bytes) = identify(&mut file, &what).map_err(Error::internal)?;
        let mut place: Place<ReportTotals> =
            place::resume(&self.database, &self.session, identity).await?;
        let mut rows = Rows::open(file, self.format, place.position)?;
        loop {
            on_progress(&ReportProgress {
                bytes: place.position.bytes,
                of_bytes,
                lines: place.position.line,
                totals: place.totals,
            });
            let chunk = rows.chunk(&mut on_bad_row)?;
            if chunk.totals.rows == 0 {
                break;
            }
            let (stored, refused) = self.store(&permit, &chunk, &place).await?;
            refused.into_iter().for_each(&mut on_bad_row);
            place = stored;
        }
        place::finish(&self.database, &self.session, &place).await?;
        Ok(place.totals)
    }

    async fn store(
        &self,
        permit: &Permit<Operations>,
        chunk: &Chunk,
        place: &Place<ReportTotals>,
    ) -> Result<(Place<ReportTotals>, Vec<RowError>)> {
        let session = &self.session.apart(place.position.bytes);
        self.database
            .transaction(async |transaction| {
                let reports = chunk.rows.iter().map(|(_, report)| report.clone());
                let outcomes = record(transaction, permit, session, reports.collect()).await?;
                let (mut totals, mut refused) = (place.totals.plus(chunk.totals), Vec::new());
                for ((line, _), outcome) in chunk.rows.iter().zip(outcomes) {
                    match outcome {
                        Ok(outcome) => totals.count(outcome),
                        Err(refusal) => {
                            totals.bad += 1;
                            refused.push(bad_row(*line, &refusal));
                        }
                    }
                }
                let place = place.advanced(chunk.end, totals);
                place::keep(transaction, session, &place).await?;
                Ok((place, refused))
            })
            .await
    }
}

impl ReportTotals {
    fn count(&mut self, outcome: super::Outcome) {
        self.disrupted_journeys += outcome.disrupted_journeys;
        let counter = match outcome.status {
            _ if outcome.is_repeated => &mut self.repeated,
            Status::Recorded => &mut self.recorded,
            Status::Unchanged => &mut self.unchanged,
            Status::Stale | Status::Expired | Status::Refused => &mut self.stale,
            Status::Waiting => &mut self.waiting,
        };
        *counter += 1;
    }

    fn plus(self, read: Self) -> Self {
        Self {
            rows: self.rows + read.rows,
            bad: self.bad + read.bad,
            ..self
        }
    }
}

fn bad_row(line: u64, refusal: &Refusal) -> RowError {
    let unnamed = Refusal {
        field: String::new(),
        ..refusal.clone()
    };
    RowError {
        line,
        column: refusal.field.clone(),
        reason: unnamed.to_string(),
    }
}

impl<File: Read + Seek> Rows<File> {
    fn open(file: File, format: ReportFormat, position: Position) -> Result<Self> {
        let mut lines = match format {
            ReportFormat::Csv => {
                let mut reader = csv::ReaderBuilder::new()
                    .flexible(true)
                    .buffer_capacity(BUFFER)
                    .from_reader(file);
                check_header(reader.headers().map_err(Error::internal)?)?;
                Lines::Csv(Box::new(reader), csv::StringRecord::new())
            }
            ReportFormat::NdJson => {
                Lines::NdJson(BufReader::with_capacity(BUFFER, file), position, Vec::new())
            }
        };
        if position != Position::default() {
            match &mut lines {
                Lines::Csv(reader, _) => {
                    let mut place = csv::Position::new();
                    place.set_byte(position.bytes).set_line(position.line + 1);
                    reader.seek(place).map_err(Error::internal)?;
                }
                Lines::NdJson(reader, ..) => {
                    let start = SeekFrom::Start(position.bytes);
                    reader.seek(start).map_err(Error::internal)?;
                }
            }
        }
        Ok(Self { lines, held: None })
    }

    fn position(&self) -> Position {
        if let Some((position, _)) = &self.held {
            return *position;
        }
        match &self.lines {
            Lines::Csv(reader, _) => Position {
                bytes: reader.position().byte(),
                line: reader.position().line().saturating_sub(1),
            },
            Lines::NdJson(_, at, _) => *at,
        }
    }

    fn next(&mut self) -> Result<Option<Row>> {
        if let Some((_, row)) = self.held.take() {
            return Ok(Some(row));
        }
        match &mut self.lines {
            Lines::Csv(reader, record) => next_of_csv(reader, record),
            Lines::NdJson(reader, at, line) => {
                let read = read_line(reader, at, line).map_err(Error::internal)?;
                let values = match read {
                    LineRead::End => return Ok(None),
                    LineRead::TooLong(reason) => Err(Refusal::new("", reason)),
                    LineRead::Line => Values::of_json(line),
                };
                Ok(Some(Row {
                    line: at.line,
                    report: values.and_then(|values| FlightReport::read(&values)),
                }))
            }
        }
    }

    /// The next rows, without those that cannot be right by themselves.
    fn chunk(&mut self, on_bad_row: &mut impl FnMut(RowError)) -> Result<Chunk> {
        let mut chunk = Chunk::default();
        let mut flights: HashSet<ReportedFlight> = HashSet::new();
        let mut numbers: HashSet<(String, String)> = HashSet::new();
        while chunk.totals.rows < ROWS_PER_CHUNK as u64 {
            let before = self.position();
            let Some(row) = self.next()? else { break };
            match row.report {
                Err(refusal) => {
                    chunk.totals.bad += 1;
                    on_bad_row(bad_row(row.line, &refusal));
                }
                Ok(report) => {
                    let number = (report.source.clone(), report.message_id.clone());
                    if flights.contains(&report.flight) || numbers.contains(&number) {
                        let report = Ok(report);
                        self.held = Some((before, Row { report, ..row }));
                        break;
                    }
                    flights.insert(report.flight.clone());
                    numbers.insert(number);
                    chunk.rows.push((row.line, report));
                }
            }
            chunk.totals.rows += 1;
        }
        chunk.end = self.position();
        Ok(chunk)
    }
}

fn next_of_csv<File: Read>(
    reader: &mut csv::Reader<File>,
    record: &mut csv::StringRecord,
) -> Result<Option<Row>> {
    let line = reader.position().line();
    match reader.read_record(record) {
        Ok(false) => return Ok(None),
        Ok(true) => {}
        Err(error) if matches!(error.kind(), csv::ErrorKind::Utf8 { .. }) => {
            let report = Err(Refusal::new("", "A row is text in UTF-8."));
            return Ok(Some(Row { line, report }));
        }
        Err(error) => return Err(Error::internal(error)),
    }
    let line = record.position().map_or(line, csv::Position::line);
    let headers = reader.headers().map_err(Error::internal)?;
    let report = if record.len() == headers.len() {
        FlightReport::read(&Values::of_row(headers.iter(), record.iter()))
    } else {
        let reason = format!("A row has {} values, as the header does.", headers.len());
        Err(Refusal::new("", reason))
    };
    Ok(Some(Row { line, report }))
}

fn check_header(header: &csv::StringRecord) -> Result<()> {
    let unknown = header.iter().find(|name| !COLUMNS.contains(name));
    let missing = [
        "source",
        "message_id",
        "reported_at",
        "carrier",
        "number",
        "origin",
        "departs_on",
        "kind",
    ]
    .into_iter()
    .find(|name| !header.iter().any(|given| given == *name));
    let twice = header
        .iter()
        .enumerate()
        .find(|(index, name)| header.iter().take(*index).any(|before| before == *name));
    let wrong = match (unknown, missing, twice) {
        (Some(name), ..) => format!("there is no column `{name}`"),
        (_, Some(name), _) => format!("the column `{name}` is missing"),
        (.., Some((_, name))) => format!("the column `{name}` is there twice"),
        (None, None, None) => return Ok(()),
    };
    Err(Error::bad_user_input(format!(
        "This is no file of flight events: {wrong}; the columns are {}.",
        COLUMNS.join(", ")
    )))
}
