//! Files of flights, imported as `jetbridge import flights` does.

use std::io::{self, Cursor, Read, Seek, SeekFrom};

use schema_kernel::Result;
use schema_order::{
    import::{Importer, Options, RowError, Totals},
    report::{ReportFormat, ReportImporter, ReportTotals},
};
use server::graph::subgraph::SubgraphName;

use crate::App;

/// What came of an import.
#[derive(Debug)]
pub struct Imported {
    /// What it counted, or why it stopped.
    pub totals: Result<Totals>,
    /// The rows that it left out.
    pub bad: Vec<RowError>,
}

impl App {
    /// Imports a file, and delivers what it causes.
    pub async fn import(&self, file: impl Read + Seek + Send, options: Options) -> Imported {
        let database = self
            .product()
            .databases()
            .get(SubgraphName::Order)
            .expect("the order domain")
            .clone();
        let importer = Importer::new(database, self.product().service_session("import"), options);
        let mut bad = Vec::new();
        let totals = importer.run(file, |_| {}, |row| bad.push(row)).await;
        self.deliver().await;
        Imported { totals, bad }
    }
}

/// What came of an import of events of flights.
#[derive(Debug)]
pub struct ImportedEvents {
    /// What it counted, or why it stopped.
    pub totals: Result<ReportTotals>,
    /// The rows that it left out.
    pub bad: Vec<RowError>,
}

impl App {
    /// Imports a file of events of flights, and delivers what it causes.
    pub async fn import_events(
        &self,
        file: impl Read + Seek + Send,
        format: ReportFormat,
    ) -> ImportedEvents {
        let database = self.product().databases().get(SubgraphName::Order);
        let database = database.expect("the order domain").clone();
        let session = self.product().service_session("import");
        let importer = ReportImporter::new(database, session, format);
        let mut bad = Vec::new();
        let totals = importer.run(file, |_| {}, |row| bad.push(row)).await;
        self.deliver().await;
        ImportedEvents { totals, bad }
    }
}

/// A file that can be read once, and then breaks after so many bytes: what a stopped import has read of it.
#[derive(Debug)]
pub struct Breaking {
    file: Cursor<Vec<u8>>,
    left: usize,
}

impl Breaking {
    /// Breaks `after` so many bytes of the second reading; the first one finds out which file it is.
    pub fn new(file: &[u8], after: usize) -> Self {
        Self {
            file: Cursor::new(file.to_vec()),
            left: file.len() + after,
        }
    }
}

impl Read for Breaking {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.left = self
            .left
            .checked_sub(read)
            .ok_or_else(|| io::Error::other("the disk is gone"))?;
        Ok(read)
    }
}

impl Seek for Breaking {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}
