//! Where rows go: standard output, or a file that can be gone on with.

use std::{
    fs::File,
    io::{self, BufWriter, Read, Seek, Write},
    path::Path,
};

use schema_compensation::payout::export::{Place, Row};

use super::Format;

/// Where rows go.
pub(super) struct Sink {
    out: BufWriter<Box<dyn Write + Send>>,
    format: Format,
    is_empty: bool,
    rows: u64,
    last: Option<Place>,
}

impl Sink {
    /// Opens it. A file that an export was stopped in is gone on with: a line that was cut off is written anew.
    pub(super) fn open(path: Option<&Path>, format: Format) -> io::Result<Self> {
        let mut sink = Self {
            out: BufWriter::new(Box::new(io::stdout())),
            format,
            is_empty: true,
            rows: 0,
            last: None,
        };
        let Some(path) = path else {
            return Ok(sink);
        };
        let mut file = File::options()
            .read(true)
            .append(true)
            .create(true)
            .open(path)?;
        let whole = whole_lines(&mut file)?;
        file.set_len(whole)?;
        file.rewind()?;
        let mut last = None;
        for row in rows(format, &file) {
            last = Some(row?);
            sink.rows += 1;
        }
        sink.last = last.as_ref().and_then(Row::place);
        if sink.rows > 0 && sink.last.is_none() {
            let message = "it holds something else than an export of payouts";
            return Err(io::Error::new(io::ErrorKind::InvalidData, message));
        }
        sink.is_empty = whole == 0;
        sink.out = BufWriter::new(Box::new(file));
        Ok(sink)
    }

    /// How many rows are in it.
    pub(super) fn rows(&self) -> u64 {
        self.rows
    }

    /// The place of its last row.
    pub(super) fn place(&self) -> Option<Place> {
        self.last
    }

    pub(super) fn write(&mut self, row: &Row) -> io::Result<()> {
        match self.format {
            Format::Csv => {
                let mut line = csv::WriterBuilder::new()
                    .has_headers(std::mem::take(&mut self.is_empty))
                    .from_writer(&mut self.out);
                line.serialize(row).map_err(io::Error::other)?;
                line.flush()
            }
            Format::Ndjson => {
                serde_json::to_writer(&mut self.out, row)?;
                self.out.write_all(b"\n")
            }
        }
    }

    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// How many bytes of the file are lines with an end.
fn whole_lines(file: &mut File) -> io::Result<u64> {
    let (mut whole, mut read, mut buffer) = (0, 0, vec![0; 64 * 1024]);
    loop {
        let count = file.read(&mut buffer)?;
        if count == 0 {
            return Ok(whole);
        }
        if let Some(end) = buffer[..count].iter().rposition(|byte| *byte == b'\n') {
            whole = read + end as u64 + 1;
        }
        read += count as u64;
    }
}

/// The rows of a file, one at a time.
fn rows<'a>(format: Format, file: &'a File) -> Box<dyn Iterator<Item = io::Result<Row>> + 'a> {
    match format {
        Format::Csv => {
            let reader = csv::Reader::from_reader(file);
            Box::new(
                reader
                    .into_deserialize()
                    .map(|row| row.map_err(io::Error::other)),
            )
        }
        Format::Ndjson => Box::new(
            serde_json::Deserializer::from_reader(io::BufReader::new(file))
                .into_iter()
                .map(|row| row.map_err(io::Error::other)),
        ),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn row(number: u32) -> Row {
        serde_json::from_value(serde_json::json!({
            "requested_at": format!("2026-11-20T08:00:{number:02}.000Z"), "payout_id": uuid::Uuid::from_u128(number.into()),
            "claim_id": uuid::Uuid::from_u128(1), "customer_id": uuid::Uuid::from_u128(2), "method": "VOUCHER", "status": "SENT",
            "amount_minor": 25_000, "currency": "EUR", "delivered_minor": 32_500, "delivered_currency": "EUR",
            "due_by": "2026-12-01", "provider_reference": null, "updated_at": "2026-11-20T08:00:59.000Z",
        }))
        .unwrap()
    }

    fn write(path: &Path, format: Format, numbers: std::ops::Range<u32>) -> u64 {
        let mut sink = Sink::open(Some(path), format).unwrap();
        for number in numbers {
            sink.write(&row(number)).unwrap();
        }
        sink.flush().unwrap();
        sink.rows()
    }

    #[test]
    fn an_export_that_was_cut_off_anywhere_comes_out_the_same() {
        for format in [Format::Csv, Format::Ndjson] {
            let folder = tempfile::tempdir().unwrap();
            let (path, cut) = (folder.path().join("whole"), folder.path().join("cut"));
            write(&path, format, 0..5);
            let whole = fs::read(&path).unwrap();
            for length in 0..whole.len() {
                fs::write(&cut, &whole[..length]).unwrap();
                let done = Sink::open(Some(&cut), format).unwrap().rows();
                write(&cut, format, u32::try_from(done).unwrap()..5);
                assert_eq!(fs::read(&cut).unwrap(), whole, "{format:?} cut at {length}");
            }
        }
    }

    #[test]
    fn something_else_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("other");
        fs::write(&path, "a,b\n1,2\n").unwrap();
        assert!(Sink::open(Some(&path), Format::Csv).is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "a,b\n1,2\n");
    }
}
