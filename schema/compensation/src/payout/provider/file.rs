use std::{
    collections::HashMap,
    fs::{self, File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use chrono::NaiveDate;
use entities::{compensation::payout::PayoutMethod, id::PayoutId};
use futures_util::future::BoxFuture;

use super::{Answer, Payment, Provider};

/// Pays by writing payments into a file, for a bank's or a loyalty programme's batch run: one JSON object a line, one file
/// for each day on which payments were asked for, only ever added to.
///
/// A payment is in the file once, whoever writes it how often: writers lock the file, and look for its key first. A line that
/// a dying process left half-written is cut off by the next writer; nobody was told that it stood.
#[derive(Clone, Debug)]
pub struct FileProvider {
    folder: PathBuf,
    read: Arc<Mutex<HashMap<PathBuf, Known>>>,
}

/// What is known of a file: keys up to an offset.
#[derive(Debug, Default)]
struct Known {
    offset: u64,
    keys: std::collections::HashSet<PayoutId>,
}

impl FileProvider {
    /// Writes into this folder, which is made when the first payment comes.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
            read: Arc::default(),
        }
    }

    /// The file with the payments that were asked for on a day.
    pub fn file(&self, day: NaiveDate) -> PathBuf {
        self.folder.join(format!("payments-{day}.ndjson"))
    }

    fn write(&self, payment: &Payment) -> io::Result<String> {
        let path = self.file(payment.requested_on);
        // One at a time in this process, and one process at a time by the lock on the file.
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        let is_new = !path.exists();
        if is_new {
            fs::create_dir_all(&self.folder)?;
        }
        let mut file = OpenOptions::new()
            .read(true)
            .append(true)
            .create(true)
            .open(&path)?;
        file.lock()?;
        let known = read.entry(path.clone()).or_default();
        catch_up(&mut file, known)?;
        if !known.keys.contains(&payment.key) {
            let mut line = serde_json::to_vec(payment)?;
            line.push(b'\n');
            file.write_all(&line)?;
            file.sync_data()?;
            known.offset += line.len() as u64;
            known.keys.insert(payment.key);
        }
        if is_new {
            File::open(&self.folder)?.sync_all()?;
        }
        Ok(name(&path))
    }
}

/// Reads what was added since, and cuts off a line that has no end.
fn catch_up(file: &mut File, known: &mut Known) -> io::Result<()> {
    file.seek(SeekFrom::Start(known.offset))?;
    let mut added = Vec::new();
    file.read_to_end(&mut added)?;
    let whole = added
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |end| end + 1);
    for line in added[..whole].split(|byte| *byte == b'\n') {
        if !line.is_empty() {
            let payment: Payment = serde_json::from_slice(line)?;
            known.keys.insert(payment.key);
        }
    }
    known.offset += whole as u64;
    if whole < added.len() {
        file.set_len(known.offset)?;
        file.sync_data()?;
    }
    // What another writer added before it died may not have reached the disk.
    if whole > 0 {
        file.sync_data()?;
    }
    Ok(())
}

fn name(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

impl Provider for FileProvider {
    fn pay<'a>(&'a self, payment: &'a Payment) -> BoxFuture<'a, Answer> {
        Box::pin(async move {
            let (provider, wanted) = (self.clone(), payment.clone());
            let written = tokio::task::spawn_blocking(move || provider.write(&wanted)).await;
            match written {
                Ok(Ok(reference)) => match payment.method {
                    PayoutMethod::BankTransfer | PayoutMethod::OriginalFormOfPayment => {
                        Answer::Accepted { reference }
                    }
                    // No bank can send these back.
                    PayoutMethod::Voucher | PayoutMethod::Miles => Answer::Settled { reference },
                },
                Ok(Err(error)) => Answer::Unknown {
                    why: format!("the payment file cannot be written: {error}"),
                },
                Err(error) => Answer::Unknown {
                    why: format!("the writer of the payment file ended: {error}"),
                },
            }
        })
    }

    fn status<'a>(&'a self, payment: &'a Payment) -> BoxFuture<'a, Answer> {
        Box::pin(async move {
            Answer::Accepted {
                reference: name(&self.file(payment.requested_on)),
            }
        })
    }

    fn polls_every(&self) -> Option<Duration> {
        None
    }
}

#[cfg(test)]
mod tests {
    use entities::id::{ClaimId, OrderId};
    use uuid::Uuid;

    use super::*;

    fn payment(key: u128) -> Payment {
        Payment {
            key: PayoutId(Uuid::from_u128(key)),
            claim_id: ClaimId(Uuid::from_u128(key)),
            order_id: OrderId(Uuid::from_u128(key)),
            method: PayoutMethod::BankTransfer,
            amount_minor: 25_000,
            currency: "EUR".to_owned(),
            destination_token: Some("tok_1".to_owned()),
            requested_on: NaiveDate::from_ymd_opt(2026, 11, 20).unwrap(),
        }
    }

    fn keys(provider: &FileProvider) -> Vec<PayoutId> {
        let text = fs::read_to_string(provider.file(payment(1).requested_on)).unwrap();
        text.lines()
            .map(|line| serde_json::from_str::<Payment>(line).unwrap().key)
            .collect()
    }

    #[tokio::test]
    async fn a_payment_is_written_once_whoever_writes_it() {
        let folder = tempfile::tempdir().unwrap();
        let (one, other) = (
            FileProvider::new(folder.path()),
            FileProvider::new(folder.path()),
        );
        for number in [1, 2, 1, 3, 2] {
            one.pay(&payment(number)).await;
            other.pay(&payment(number)).await;
        }
        assert_eq!(keys(&one), [1, 2, 3].map(|key| payment(key).key));
    }

    #[tokio::test]
    async fn many_writers_at_once_write_each_payment_once() {
        let folder = tempfile::tempdir().unwrap();
        let writers = (0..8).map(|_| {
            let provider = FileProvider::new(folder.path());
            tokio::spawn(async move {
                for number in 0..20 {
                    provider.pay(&payment(number)).await;
                }
            })
        });
        for writer in futures_util::future::join_all(writers).await {
            writer.unwrap();
        }
        let mut written = keys(&FileProvider::new(folder.path()));
        written.sort_unstable();
        assert_eq!(
            written,
            (0..20).map(|key| payment(key).key).collect::<Vec<_>>()
        );
    }

    #[tokio::test]
    async fn a_line_that_was_cut_off_is_written_anew() {
        let folder = tempfile::tempdir().unwrap();
        let provider = FileProvider::new(folder.path());
        provider.pay(&payment(1)).await;
        let mut line = serde_json::to_vec(&payment(2)).unwrap();
        line.truncate(40);
        let mut file = OpenOptions::new()
            .append(true)
            .open(provider.file(payment(1).requested_on))
            .unwrap();
        file.write_all(&line).unwrap();
        for provider in [provider, FileProvider::new(folder.path())] {
            provider.pay(&payment(2)).await;
            assert_eq!(keys(&provider), [1, 2].map(|key| payment(key).key));
        }
    }

    #[tokio::test]
    async fn a_file_that_holds_something_else_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let provider = FileProvider::new(folder.path());
        fs::write(provider.file(payment(1).requested_on), "account;amount\n").unwrap();
        let answer = provider.pay(&payment(1)).await;
        assert!(matches!(answer, Answer::Unknown { .. }), "{answer:?}");
    }
}
