//! A server on this machine that does exactly what a test says, right or wrong, down to the bytes.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use futures_util::{FutureExt, future::BoxFuture};
use serde_json::Value as Json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::Notify,
    task::JoinHandle,
};

/// One request as it arrived.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    /// The request line and the headers, in lower case.
    pub(crate) head: String,
    pub(crate) body: Json,
    /// The caller's port: the same for requests on one connection.
    pub(crate) port: u16,
}

impl Seen {
    /// The value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().skip(1);
        lines
            .filter_map(|line| line.split_once(": "))
            .find_map(|(found, value)| (found == name).then_some(value))
    }
}

/// What is sent back.
#[derive(Debug, Clone)]
pub(crate) enum Reply {
    /// A status, further header lines, and a whole body.
    Whole(u16, &'static str, Vec<u8>),
    /// These bytes, and the end of the connection.
    Bytes(Vec<u8>),
    /// The head of an endless body, and more of it for as long as somebody reads.
    Endless,
    /// These bytes, and then nothing until the caller has gone.
    Held(Vec<u8>),
    /// Nothing, for ever.
    Silence,
}

impl Reply {
    /// A GraphQL response.
    pub(crate) fn json(body: &Json) -> Self {
        let media_type = "content-type: application/graphql-response+json\r\n";
        Self::Whole(200, media_type, body.to_string().into_bytes())
    }

    /// A status with a body of some media type.
    pub(crate) fn status(status: u16, body: &str) -> Self {
        Self::Whole(status, "content-type: application/json\r\n", body.into())
    }
}

type Handler = dyn Fn(usize, Seen) -> BoxFuture<'static, Reply> + Send + Sync;

/// The server. It ends with the test.
pub(crate) struct Wire {
    pub(crate) url: String,
    seen: Arc<Mutex<Vec<Seen>>>,
    gone: Arc<Notify>,
    task: JoinHandle<()>,
}

impl Wire {
    /// Answers the n-th request, counted from 0, with what `handler` gives.
    pub(crate) async fn start<F>(handler: F) -> Self
    where
        F: Fn(usize, Seen) -> BoxFuture<'static, Reply> + Send + Sync + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/graphql", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let gone = Arc::new(Notify::new());
        let (handler, log): (Arc<Handler>, _) = (Arc::new(handler), Arc::clone(&seen));
        let bell = Arc::clone(&gone);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (handler, log) = (Arc::clone(&handler), Arc::clone(&log));
                tokio::spawn(answer(stream, handler, log, Arc::clone(&bell)));
            }
        });
        Self {
            url,
            seen,
            gone,
            task,
        }
    }

    /// Waits until a caller who was held has gone.
    pub(crate) async fn until_gone(&self) {
        let gone = tokio::time::timeout(Duration::from_secs(20), self.gone.notified());
        gone.await.unwrap();
    }

    /// Answers every request alike.
    pub(crate) async fn always(reply: Reply) -> Self {
        Self::in_turn(vec![reply]).await
    }

    /// Answers with one after another, and then always with the last.
    pub(crate) async fn in_turn(replies: Vec<Reply>) -> Self {
        Self::start(move |turn, _| {
            let reply = replies[turn.min(replies.len() - 1)].clone();
            async move { reply }.boxed()
        })
        .await
    }

    /// Every request so far.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(
    mut stream: TcpStream,
    handler: Arc<Handler>,
    log: Arc<Mutex<Vec<Seen>>>,
    gone: Arc<Notify>,
) {
    while let Some(request) = read(&mut stream).await {
        let turn = {
            let mut log = log.lock().unwrap();
            log.push(request.clone());
            log.len() - 1
        };
        match handler(turn, request).await {
            Reply::Whole(status, headers, body) => {
                let length = body.len();
                let head = format!(
                    "HTTP/1.1 {status} Status\r\n{headers}content-length: {length}\r\n\r\n"
                );
                let bytes = [head.into_bytes(), body].concat();
                if stream.write_all(&bytes).await.is_err() {
                    return;
                }
            }
            Reply::Bytes(bytes) => {
                let _ = stream.write_all(&bytes).await;
                return;
            }
            Reply::Endless => {
                let head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{\"data\":\"";
                let mut chunk = head.to_vec();
                while stream.write_all(&chunk).await.is_ok() {
                    chunk = vec![b'x'; 65_536];
                }
                return;
            }
            Reply::Held(bytes) => {
                let _ = stream.write_all(&bytes).await;
                while stream.read_u8().await.is_ok() {}
                gone.notify_one();
                return;
            }
            Reply::Silence => std::future::pending().await,
        }
    }
}

/// The next request of a connection; none at its end.
async fn read(stream: &mut TcpStream) -> Option<Seen> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
    let mut request = Seen {
        head,
        body: Json::Null,
        port: stream.peer_addr().ok()?.port(),
    };
    let length: usize = request.header("content-length")?.parse().ok()?;
    let mut body = bytes.split_off(end + 4);
    while body.len() < length {
        if stream.read_buf(&mut body).await.ok()? == 0 {
            return None;
        }
    }
    request.body = serde_json::from_slice(&body).ok()?;
    Some(request)
}
