//! Connections: taken in, given a bounded time to say what they want, and let go when the process stops.

use std::{pin::pin, time::Duration};

use axum::{Router, http::Request, serve::Listener};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::conn::auto::Builder,
    service::TowerToHyperService,
};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tower::ServiceExt;

use super::origin::Peer;

/// How long a connection may take to send the head of a request, the wait for it included. The limit on requests begins
/// with a whole head; without this one, heads that never end would hold every connection there can be.
pub const HEAD_TIMEOUT: Duration = Duration::from_secs(30);

/// What the head of a request may take.
#[derive(Clone, Copy, Debug)]
pub struct HeadLimits {
    /// The longest wait for it.
    pub timeout: Duration,
    /// The most bytes, and so the most that is read ahead of a body; more is answered 431.
    pub size: usize,
}

/// Serves connections until `closing`, then takes no new ones and ends when the requests under way are answered.
pub async fn serve(
    mut listener: TcpListener,
    router: Router,
    head: HeadLimits,
    closing: CancellationToken,
) {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(head.timeout)
        .max_buf_size(head.size);
    let connections = TaskTracker::new();
    loop {
        let (stream, address) = tokio::select! {
            () = closing.cancelled() => break,
            connection = Listener::accept(&mut listener) => connection,
        };
        connections.spawn(answer(
            builder.clone(),
            stream,
            Peer(address.ip()),
            router.clone(),
            closing.clone(),
        ));
    }
    drop(listener);
    connections.close();
    connections.wait().await;
}

async fn answer(
    builder: Builder<TokioExecutor>,
    stream: TcpStream,
    peer: Peer,
    router: Router,
    closing: CancellationToken,
) {
    let service = router.map_request(move |mut request: Request<_>| {
        request.extensions_mut().insert(peer);
        request
    });
    let service = TowerToHyperService::new(service);
    let mut connection =
        pin!(builder.serve_connection_with_upgrades(TokioIo::new(stream), service));
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = closing.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(error, "a connection ended early");
    }
}

#[cfg(test)]
mod tests {
    use axum::routing::get;
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        time::timeout,
    };

    use super::*;

    const PATIENCE: Duration = Duration::from_secs(10);

    async fn start() -> (
        std::net::SocketAddr,
        CancellationToken,
        tokio::task::JoinHandle<()>,
    ) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let slow = async || {
            tokio::time::sleep(Duration::from_millis(300)).await;
            "done"
        };
        let router = Router::new().route("/slow", get(slow));
        let closing = CancellationToken::new();
        let served = serve(
            listener,
            router,
            HeadLimits {
                timeout: Duration::from_millis(200),
                size: 8_192,
            },
            closing.clone(),
        );
        (address, closing, tokio::spawn(served))
    }

    #[tokio::test]
    async fn a_head_that_never_ends_ends_the_connection() {
        let (address, _closing, _server) = start().await;
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream
            .write_all(b"GET /slow HTTP/1.1\r\nhost: x\r\nx-a: ")
            .await
            .unwrap();
        let mut answer = Vec::new();
        let read = timeout(PATIENCE, stream.read_to_end(&mut answer)).await;
        assert!(read.is_ok(), "the connection is still open");
    }

    #[tokio::test]
    async fn what_is_under_way_is_answered_before_the_end() {
        let (address, closing, server) = start().await;
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream
            .write_all(b"GET /slow HTTP/1.1\r\nhost: x\r\n\r\n")
            .await
            .unwrap();
        tokio::time::sleep(Duration::from_millis(100)).await;
        closing.cancel();
        let mut answer = Vec::new();
        timeout(PATIENCE, stream.read_to_end(&mut answer))
            .await
            .unwrap()
            .unwrap();
        assert!(
            answer.ends_with(b"done"),
            "{}",
            String::from_utf8_lossy(&answer)
        );
        timeout(PATIENCE, server).await.unwrap().unwrap();
        assert!(TcpStream::connect(address).await.is_err());
    }
}
