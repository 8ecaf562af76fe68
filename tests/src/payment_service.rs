//! A payment service over real HTTP, which can have bad days.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// What goes wrong with one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The connection ends before anything is paid.
    DropsRequest,
    /// It pays, and the connection ends before the answer.
    DropsAnswer,
    /// It pays, and answers 500.
    Fails,
    /// It pays, and answers too late.
    IsSlow,
    /// It pays, and answers half a sentence.
    Stutters,
    /// It refuses.
    Refuses,
}

/// A payment service: whoever asks twice under one key pays once.
#[derive(Clone, Debug)]
pub struct PaymentService {
    url: String,
    books: Arc<Mutex<Books>>,
}

#[derive(Debug, Default)]
struct Books {
    paid: BTreeMap<String, Value>,
    asked: Vec<String>,
    faults: VecDeque<Fault>,
}

/// How late a late answer is: longer than the tests wait for one.
const LATE: Duration = Duration::from_secs(30);

impl PaymentService {
    /// Listens on a free port.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let service = Self {
            url: format!("http://{address}"),
            books: Arc::default(),
        };
        let serving = service.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let service = serving.clone();
                // A connection that breaks is what is being tested.
                tokio::spawn(async move { service.serve(stream).await.ok() });
            }
        });
        service
    }

    /// The settings with which the product asks it.
    pub fn settings(&self) -> String {
        format!(
            "payout.provider = \"http\"\npayout.url = \"{}/\"\npayout.timeout = \"2s\"\npayout.lease = \"10s\"",
            self.url
        )
    }

    /// What goes wrong with the next requests.
    pub fn expect(&self, faults: &[Fault]) {
        self.books().faults = faults.iter().copied().collect();
    }

    /// What was paid, by key.
    pub fn paid(&self) -> BTreeMap<String, Value> {
        self.books().paid.clone()
    }

    /// Under which keys it was asked to pay, every time.
    pub fn asked(&self) -> Vec<String> {
        self.books().asked.clone()
    }

    fn books(&self) -> std::sync::MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn serve(&self, mut stream: TcpStream) -> std::io::Result<()> {
        let Some((head, body)) = read(&mut stream).await? else {
            return Ok(());
        };
        let (status, answer, fault) = self.answer(&head, &body);
        let text = answer.to_string();
        match fault {
            Some(Fault::DropsRequest | Fault::DropsAnswer) => return Ok(()),
            Some(Fault::IsSlow) => tokio::time::sleep(LATE).await,
            Some(Fault::Stutters) => {
                let half = format!(
                    "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{}",
                    text.len(),
                    &text[..5]
                );
                return stream.write_all(half.as_bytes()).await;
            }
            Some(Fault::Fails | Fault::Refuses) | None => {}
        }
        let whole = format!(
            "HTTP/1.1 {status} Said\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{text}",
            text.len()
        );
        stream.write_all(whole.as_bytes()).await
    }

    fn answer(&self, head: &str, body: &[u8]) -> (u16, Value, Option<Fault>) {
        let mut books = self.books();
        let accepted = json!({ "status": "ACCEPTED", "reference": "bank-1" });
        if head.starts_with("GET ") {
            return (
                200,
                json!({ "status": "SETTLED", "reference": "bank-1" }),
                None,
            );
        }
        let key = head
            .lines()
            .find_map(|line| line.strip_prefix("idempotency-key: "))
            .expect("a key")
            .to_owned();
        let payment: Value = serde_json::from_slice(body).expect("a payment");
        books.asked.push(key.clone());
        let fault = books.faults.pop_front();
        let is_known = books.paid.contains_key(&key);
        if fault == Some(Fault::DropsRequest) {
            return (0, Value::Null, fault);
        }
        if fault == Some(Fault::Refuses) && !is_known {
            return (
                422,
                json!({ "status": "REFUSED", "reason": "ACCOUNT_CLOSED" }),
                fault,
            );
        }
        let first = books.paid.entry(key).or_insert_with(|| payment.clone());
        assert_eq!(
            *first, payment,
            "asked for something else under the same key"
        );
        match fault {
            Some(Fault::Fails) => (500, json!({ "error": "broken" }), fault),
            fault => (202, accepted, fault),
        }
    }
}

async fn read(stream: &mut TcpStream) -> std::io::Result<Option<(String, Vec<u8>)>> {
    let (mut all, mut buffer) = (Vec::new(), [0; 4096]);
    loop {
        let count = stream.read(&mut buffer).await?;
        if count == 0 {
            return Ok(None);
        }
        all.extend_from_slice(&buffer[..count]);
        let Some(end) = all.windows(4).position(|bytes| bytes == b"\r\n\r\n") else {
            continue;
        };
        let head = String::from_utf8_lossy(&all[..end]).into_owned();
        let lower = head.to_ascii_lowercase();
        let length: usize = lower
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "))
            .and_then(|length| length.trim().parse().ok())
            .unwrap_or_default();
        if all.len() >= end + 4 + length {
            return Ok(Some((head, all[end + 4..end + 4 + length].to_vec())));
        }
    }
}
