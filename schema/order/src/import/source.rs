//! Reading a file row by row, from wherever an earlier import came to.

use std::{
    fmt::Write,
    io::{self, BufRead, BufReader, Read, Seek, SeekFrom},
};

use csv::ByteRecord;
use schema_kernel::{Error, Result};
use sha2::{Digest, Sha256};

use super::{
    Airports, FlightRow, Format, Options, ndjson,
    nycflights::{self, Layout},
    row::Wrong,
};

/// No line of a flight is longer than this, in bytes; what is longer is not kept in memory.
const LONGEST_LINE: u64 = 64 * 1_024;
pub(crate) const BUFFER: usize = 64 * 1_024;

/// A place between two rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Position {
    /// Bytes before it; zero stands for the beginning, before any header.
    pub(crate) bytes: u64,
    /// Lines before it.
    pub(crate) line: u64,
}

/// A row of the file, or what is wrong with it, and the line on which it begins.
pub(super) struct Line {
    pub(super) line: u64,
    pub(super) row: Result<FlightRow, Wrong>,
}

/// The rows of a file.
pub(super) struct Source<'airports, File> {
    lines: Lines<File>,
    airports: &'airports Airports,
    days: i64,
    schedule_only: bool,
    held: Option<(Position, Line)>,
}

enum Lines<File> {
    NycFlights {
        reader: Box<csv::Reader<File>>,
        layout: Layout,
        record: ByteRecord,
    },
    NdJson {
        reader: BufReader<File>,
        at: Position,
        line: Vec<u8>,
    },
}

/// What names the file and `what` it is taken for, and the length of the file in bytes. Leaves the file at its beginning.
pub(crate) fn identify(file: &mut (impl Read + Seek), what: &str) -> io::Result<(String, u64)> {
    file.seek(SeekFrom::Start(0))?;
    let mut digest = Sha256::new();
    let mut buffer = vec![0; BUFFER];
    let mut length = 0;
    loop {
        let count = file.read(&mut buffer)?;
        if count == 0 {
            break;
        }
        digest.update(buffer.get(..count).unwrap_or_default());
        length += count as u64;
    }
    file.seek(SeekFrom::Start(0))?;
    digest.update(what);
    let identity = digest
        .finalize()
        .iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        });
    Ok((identity, length))
}

impl<'airports, File: Read + Seek> Source<'airports, File> {
    /// Opens the file at `position`.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` when the columns are others than the format's.
    pub(super) fn open(
        file: File,
        options: Options,
        airports: &'airports Airports,
        position: Position,
    ) -> Result<Self> {
        let mut source = Self {
            lines: Lines::open(file, options.format)?,
            airports,
            days: 0,
            schedule_only: options.schedule_only,
            held: None,
        };
        if let Some(starting) = options.starting {
            let start = source.position();
            let first = source.first_row()?;
            source.seek(start)?;
            source.days = first.map_or(0, |first| (starting - first.key.departs_on).num_days());
        }
        if position != Position::default() {
            source.seek(position)?;
        }
        Ok(source)
    }

    /// The place before the next row.
    pub(super) fn position(&self) -> Position {
        if let Some((position, _)) = &self.held {
            return *position;
        }
        match &self.lines {
            Lines::NycFlights { reader, .. } => Position {
                bytes: reader.position().byte(),
                line: reader.position().line().saturating_sub(1),
            },
            Lines::NdJson { at, .. } => *at,
        }
    }

    /// The next row; `None` at the end of the file.
    pub(super) fn next(&mut self) -> Result<Option<Line>> {
        if let Some((_, held)) = self.held.take() {
            return Ok(Some(held));
        }
        let read = self.lines.next(self.airports).map_err(Error::internal)?;
        Ok(read.map(|Line { line, row }| Line {
            line,
            row: row.and_then(|row| self.adapted(row)),
        }))
    }

    /// Gives a row back, to be read again; `position` is the place before it.
    pub(super) fn hold(&mut self, position: Position, row: Line) {
        self.held = Some((position, row));
    }

    fn adapted(&self, row: FlightRow) -> Result<FlightRow, Wrong> {
        let row = if self.schedule_only {
            row.planned()
        } else {
            row
        };
        if self.days == 0 {
            return Ok(row);
        }
        let origin = self.airports.find("origin", &row.key.origin)?;
        let destination = self.airports.find("destination", &row.destination)?;
        Ok(row.moved(self.days, origin.zone, destination.zone))
    }

    fn first_row(&mut self) -> Result<Option<FlightRow>> {
        while let Some(read) = self.next()? {
            if let Ok(row) = read.row {
                return Ok(Some(row));
            }
        }
        Ok(None)
    }

    fn seek(&mut self, position: Position) -> Result<()> {
        match &mut self.lines {
            Lines::NycFlights { reader, .. } => {
                let mut place = csv::Position::new();
                place.set_byte(position.bytes).set_line(position.line + 1);
                reader.seek(place).map_err(Error::internal)
            }
            Lines::NdJson { reader, at, .. } => {
                *at = position;
                reader
                    .seek(SeekFrom::Start(position.bytes))
                    .map_err(Error::internal)?;
                Ok(())
            }
        }
    }
}

impl<File: Read> Lines<File> {
    fn open(file: File, format: Format) -> Result<Self> {
        match format {
            Format::NycFlights => {
                let mut reader = csv::ReaderBuilder::new()
                    .flexible(true)
                    .buffer_capacity(BUFFER)
                    .from_reader(file);
                let layout = Layout::of(reader.byte_headers().map_err(Error::internal)?)?;
                Ok(Self::NycFlights {
                    reader: Box::new(reader),
                    layout,
                    record: ByteRecord::new(),
                })
            }
            Format::NdJson => Ok(Self::NdJson {
                reader: BufReader::with_capacity(BUFFER, file),
                at: Position::default(),
                line: Vec::new(),
            }),
        }
    }

    fn next(&mut self, airports: &Airports) -> io::Result<Option<Line>> {
        match self {
            Self::NycFlights {
                reader,
                layout,
                record,
            } => {
                if !reader.read_byte_record(record)? {
                    return Ok(None);
                }
                let line = record.position().map_or(0, csv::Position::line);
                Ok(Some(Line {
                    line,
                    row: nycflights::parse(layout, record, airports),
                }))
            }
            Self::NdJson { reader, at, line } => next_line(reader, at, line, airports),
        }
    }
}

fn next_line<File: Read>(
    reader: &mut BufReader<File>,
    at: &mut Position,
    line: &mut Vec<u8>,
    airports: &Airports,
) -> io::Result<Option<Line>> {
    let row = match read_line(reader, at, line)? {
        LineRead::End => return Ok(None),
        LineRead::TooLong(reason) => Err(Wrong::new("", reason)),
        LineRead::Line => ndjson::parse(line, airports),
    };
    Ok(Some(Line { line: at.line, row }))
}

/// What stood at a place in a file of lines.
pub(crate) enum LineRead {
    /// Nothing more.
    End,
    /// A line.
    Line,
    /// A line that is not kept, and why.
    TooLong(String),
}

/// Reads the next line that is not blank into `line`, and moves `at` behind it.
pub(crate) fn read_line<File: Read>(
    reader: &mut BufReader<File>,
    at: &mut Position,
    line: &mut Vec<u8>,
) -> io::Result<LineRead> {
    loop {
        line.clear();
        let length = reader.take(LONGEST_LINE).read_until(b'\n', line)? as u64;
        if length == 0 {
            return Ok(LineRead::End);
        }
        *at = Position {
            bytes: at.bytes + length,
            line: at.line + 1,
        };
        if length == LONGEST_LINE && line.last() != Some(&b'\n') {
            at.bytes += reader.skip_until(b'\n')? as u64;
            let reason = format!("A line has at most {LONGEST_LINE} bytes.");
            return Ok(LineRead::TooLong(reason));
        }
        if !line.trim_ascii().is_empty() {
            return Ok(LineRead::Line);
        }
    }
}
