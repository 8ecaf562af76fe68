use std::{
    fs::File,
    io::{BufRead, BufReader, Write},
    path::Path,
};

use anyhow::{Context, anyhow};
use schema_order::import::RowError;
use serde::Deserialize;

use crate::output::Output;

/// Bad rows that are shown; the rest is counted, and all stand in the file of `--bad-rows`.
const SHOWN: usize = 5;

/// Rows that cannot be right, as they come.
pub(super) struct BadRows {
    file: Option<File>,
    is_continued: bool,
    failure: Option<std::io::Error>,
    count: usize,
}

impl BadRows {
    pub(super) fn open(path: Option<&Path>) -> anyhow::Result<Self> {
        let mut options = File::options();
        options.read(true).append(true).create(true);
        let file = path
            .map(|path| {
                options
                    .open(path)
                    .with_context(|| format!("{} cannot be written", path.display()))
            })
            .transpose()?;
        Ok(Self {
            file,
            is_continued: false,
            failure: None,
            count: 0,
        })
    }

    /// Keeps a row. `resumed_after` is the line of the imported file after which this import began.
    pub(super) fn keep(&mut self, row: &RowError, resumed_after: Option<&u64>) {
        self.count += 1;
        if self.count <= SHOWN {
            let column = match row.column.as_str() {
                "" => "the whole row",
                column => column,
            };
            Output.complain(format_args!("line {}, {column}: {}", row.line, row.reason));
        }
        let written = self.continued(resumed_after).and_then(|()| {
            // Not held back, so that a row is in the file before its chunk is stored.
            let mut line = serde_json::to_vec(row)?;
            line.push(b'\n');
            self.file
                .as_mut()
                .map_or(Ok(()), |file| file.write_all(&line))
        });
        self.note(written);
    }

    pub(super) fn close(mut self, resumed_after: Option<&u64>) -> anyhow::Result<()> {
        if self.count > SHOWN {
            Output.complain(format_args!(
                "… and {} more rows that cannot be right",
                self.count - SHOWN
            ));
        }
        let written = self.continued(resumed_after);
        self.note(written);
        self.failure.map_or(Ok(()), |error| {
            Err(anyhow!("the bad rows could not be written: {error}"))
        })
    }

    /// Leaves in the file what the import that is continued had stored, and nothing of another one.
    fn continued(&mut self, resumed_after: Option<&u64>) -> std::io::Result<()> {
        let (Some(file), Some(last), false) = (&self.file, resumed_after, self.is_continued) else {
            return Ok(());
        };
        let mut kept = 0;
        for line in BufReader::new(file).split(b'\n') {
            let line = line?;
            let is_stored = serde_json::from_slice::<StoredLine>(&line)
                .is_ok_and(|stored| stored.line <= *last);
            if !is_stored {
                break;
            }
            kept += line.len() as u64 + 1;
        }
        file.set_len(kept)?;
        self.is_continued = true;
        Ok(())
    }

    fn note(&mut self, outcome: std::io::Result<()>) {
        if let Err(error) = outcome {
            self.failure.get_or_insert(error);
        }
    }
}

/// Where a row of an earlier import stands.
#[derive(Deserialize)]
struct StoredLine {
    line: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(line: u64) -> RowError {
        RowError {
            line,
            column: "day".to_owned(),
            reason: "There is no such day.".to_owned(),
        }
    }

    fn lines_after(path: &Path, resumed_after: u64, rows: &[u64]) -> Vec<u64> {
        let mut bad_rows = BadRows::open(Some(path)).unwrap();
        for line in rows {
            bad_rows.keep(&row(*line), Some(&resumed_after));
        }
        bad_rows.close(Some(&resumed_after)).unwrap();
        let text = std::fs::read_to_string(path).unwrap();
        text.lines()
            .map(|line| serde_json::from_str::<StoredLine>(line).unwrap().line)
            .collect()
    }

    #[test]
    fn bad_rows_of_an_import_that_goes_on_stand_in_the_file_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bad.ndjson");
        assert_eq!(lines_after(&path, 0, &[3, 900, 1_200]), [3, 900, 1_200]);
        assert_eq!(
            lines_after(&path, 1_001, &[1_200, 1_300]),
            [3, 900, 1_200, 1_300]
        );
        assert_eq!(lines_after(&path, 0, &[7]), [7]);
        assert!(lines_after(&path, 0, &[]).is_empty());
    }
}
