//! TLS to a subgraph: whose certificates are believed, and HTTP/2 where both ends speak it.

use std::{path::Path, process::Command, sync::Arc};

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use schema_gateway::HttpOptions;
use serde_json::{Value as Json, json};
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{ServerConfig, crypto::aws_lc_rs::default_provider, pki_types::PrivateKeyDer},
};

use super::{
    wire::Seen,
    world::{QUESTION, World, weather},
};
use crate::toy::error_paths;

/// Where the process asks that is started to trust an authority, and the file for its answer.
const URL: &str = "JETBRIDGE_TEST_SUBGRAPH_URL";
const ANSWER: &str = "JETBRIDGE_TEST_ANSWER_FILE";

/// An authority that signs certificates, and its own certificate as a file holds it.
struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
}

impl Authority {
    fn new() -> Self {
        let mut parameters = CertificateParams::new(Vec::<String>::new()).unwrap();
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let pem = parameters.self_signed(&key).unwrap().pem();
        Self {
            issuer: Issuer::new(parameters, key),
            pem,
        }
    }

    /// A server that speaks HTTP/2 and no other, with a certificate for `name`.
    fn configure(&self, name: &str) -> ServerConfig {
        let key = KeyPair::generate().unwrap();
        let parameters = CertificateParams::new(vec![name.to_owned()]).unwrap();
        let certificate = parameters.signed_by(&key, &self.issuer).unwrap();
        let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
        let mut config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)
            .unwrap();
        config.alpn_protocols = vec![b"h2".to_vec()];
        config
    }
}

/// The weather over TLS. It ends with the test.
struct Server {
    url: String,
    task: JoinHandle<()>,
}

impl Server {
    async fn start(config: ServerConfig) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let acceptor = acceptor.clone();
                tokio::spawn(async move {
                    let stream = acceptor.accept(stream).await.ok()?;
                    let mut connection = h2::server::handshake(stream).await.ok()?;
                    while let Some(Ok((request, respond))) = connection.accept().await {
                        tokio::spawn(answer(request.into_body(), respond));
                    }
                    Some(())
                });
            }
        });
        let url = format!("https://localhost:{port}/graphql");
        Self { url, task }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(mut body: h2::RecvStream, mut respond: h2::server::SendResponse<bytes::Bytes>) {
    let mut bytes = Vec::new();
    while let Some(chunk) = body.data().await {
        let chunk = chunk.unwrap();
        body.flow_control().release_capacity(chunk.len()).unwrap();
        bytes.extend_from_slice(&chunk);
    }
    let seen = Seen {
        head: String::new(),
        body: serde_json::from_slice(&bytes).unwrap(),
        port: 0,
    };
    let head = http::Response::builder()
        .header("content-type", "application/graphql-response+json")
        .body(())
        .unwrap();
    let mut stream = respond.send_response(head, false).unwrap();
    let text = weather(&seen).to_string();
    stream.send_data(text.into(), true).unwrap();
}

/// The answer of a process that trusts this authority: the set is read from a file that the environment names, and the
/// environment of a process is chosen when it starts.
async fn ask_trusting(authority: &Authority, url: &str) -> Json {
    let folder = tempfile::tempdir().unwrap();
    let trusted = folder.path().join("authority.pem");
    let answer = folder.path().join("answer.json");
    std::fs::write(&trusted, &authority.pem).unwrap();
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "remote::tls::the_process_that_asks", "--ignored"])
        .env("SSL_CERT_FILE", &trusted)
        .env(URL, url)
        .env(ANSWER, &answer);
    let asked = tokio::task::spawn_blocking(move || command.output().unwrap());
    assert!(asked.await.unwrap().status.success());
    serde_json::from_slice(&std::fs::read(Path::new(&answer)).unwrap()).unwrap()
}

#[tokio::test]
#[ignore = "is no test by itself: those below start it with an authority to trust"]
async fn the_process_that_asks() {
    let url = std::env::var(URL).unwrap();
    let answer = World::at(&url, HttpOptions::default()).ask(QUESTION).await;
    std::fs::write(std::env::var(ANSWER).unwrap(), answer.to_string()).unwrap();
}

#[tokio::test]
async fn a_certificate_of_a_trusted_authority_is_believed_and_http_2_spoken() {
    let authority = Authority::new();
    let server = Server::start(authority.configure("localhost")).await;
    let answer = ask_trusting(&authority, &server.url).await;
    assert_eq!(answer["data"]["airports"][0]["temperature"], json!(41.5));
    assert_eq!(error_paths(&answer), [""; 0]);
}

#[tokio::test]
async fn a_certificate_of_an_unknown_authority_is_refused() {
    let server = Server::start(Authority::new().configure("localhost")).await;
    let world = World::at(&server.url, HttpOptions::default());
    assert_refused(&world.ask(QUESTION).await);
}

#[tokio::test]
async fn a_certificate_for_another_name_is_refused() {
    let authority = Authority::new();
    let server = Server::start(authority.configure("elsewhere.example")).await;
    assert_refused(&ask_trusting(&authority, &server.url).await);
}

fn assert_refused(answer: &Json) {
    assert_eq!(answer["data"]["airports"][0]["city"], "Dubai");
    assert_eq!(answer["data"]["airports"][0]["temperature"], Json::Null);
    let errors = error_paths(answer);
    assert_eq!(errors.len(), 6, "two fields of three airports: {answer}");
    assert!(
        errors
            .iter()
            .all(|error| error.ends_with(": INTERNAL_SERVER_ERROR"))
    );
}
