//! A mail server that takes what the product sends (RFC 5321), and says no when a test wants it to.

use std::{
    collections::VecDeque,
    io,
    net::{SocketAddr, TcpListener},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
};

use mailin_embedded::{AuthMechanism, Handler, Response, Server, SslConfig, response};
use mailparse::{MailHeaderMap, parse_mail};

/// A certificate of `localhost`, its key, and the authority that made it: for tests alone, and worth nothing elsewhere.
const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/mail-server");

/// A mail server at an address of its own. It listens until the tests end.
#[derive(Clone, Debug)]
pub struct MailServer {
    address: SocketAddr,
    state: Arc<State>,
}

#[derive(Debug, Default)]
struct State {
    inner: Mutex<Inner>,
    released: Condvar,
}

#[derive(Debug, Default)]
struct Inner {
    letters: Vec<Received>,
    refusals: VecDeque<(u16, String)>,
    password: Option<String>,
    is_holding: bool,
    held: usize,
}

/// A letter that was taken over.
#[derive(Clone, Debug)]
pub struct Received {
    /// Whom the envelope names.
    pub recipients: Vec<String>,
    /// The letter as it came.
    pub bytes: Vec<u8>,
}

impl MailServer {
    /// Starts one on a free port.
    pub fn start() -> Self {
        Self::on(
            TcpListener::bind("127.0.0.1:0").expect("a free port"),
            SslConfig::None,
        )
    }

    /// Starts one that secures its connections with the certificate of `localhost`, and then asks for this password.
    pub fn secured(password: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let certificate = SslConfig::SelfSigned {
            cert_path: format!("{DATA}/server.pem"),
            key_path: format!("{DATA}/server.key"),
        };
        let server = Self::on(listener, certificate);
        server.state.lock().password = Some(password.to_owned());
        server
    }

    /// Starts one at this address, where nobody listened before.
    pub fn at(address: SocketAddr) -> Self {
        Self::on(
            TcpListener::bind(address).expect("a free port"),
            SslConfig::None,
        )
    }

    fn on(listener: TcpListener, certificate: SslConfig) -> Self {
        let server = Self {
            address: listener.local_addr().expect("an address"),
            state: Arc::default(),
        };
        let session = Session {
            state: server.state.clone(),
            recipients: Vec::new(),
            bytes: Vec::new(),
        };
        std::thread::spawn(move || {
            let mut server = Server::new(session);
            server.with_name("mail.example").with_num_threads(16);
            if !matches!(certificate, SslConfig::None) {
                server.with_auth(AuthMechanism::Plain);
            }
            server.with_ssl(certificate).expect("a certificate");
            server.with_tcp_listener(listener);
            server.serve().expect("a mail server");
        });
        server
    }

    /// The settings of a product that sends here.
    pub fn settings(&self) -> String {
        settings(self.address)
    }

    /// The settings of a product that sends here over STARTTLS, under this password.
    pub fn secure_settings(&self, password: &str) -> String {
        format!(
            "mail.transport = \"smtp\"\nmail.host = \"localhost\"\nmail.port = {}\nmail.timeout = \"5s\"\nmail.certificate_file = \"{DATA}/authority.pem\"\nmail.username = \"jetbridge\"\nmail.password = \"{password}\"\n",
            self.address.port()
        )
    }

    /// Says no to the next recipients, one after the other, with these replies.
    pub fn refuse(&self, replies: &[(u16, &str)]) {
        let replies = replies
            .iter()
            .map(|(code, text)| (*code, (*text).to_owned()));
        self.state.lock().refusals.extend(replies);
    }

    /// Does not answer any more when a letter has come to its end, until [`MailServer::release`].
    pub fn hold(&self) {
        self.state.lock().is_holding = true;
    }

    /// Answers again.
    pub fn release(&self) {
        self.state.lock().is_holding = false;
        self.state.released.notify_all();
    }

    /// How many letters wait for an answer.
    pub fn held(&self) -> usize {
        self.state.lock().held
    }

    /// What was taken over, in order.
    pub fn letters(&self) -> Vec<Received> {
        self.state.lock().letters.clone()
    }
}

/// The settings of a product that sends to a mail server at this address.
pub fn settings(address: SocketAddr) -> String {
    format!(
        "mail.transport = \"smtp\"\nmail.host = \"{}\"\nmail.port = {}\nmail.encryption = \"none\"\nmail.timeout = \"5s\"\n",
        address.ip(),
        address.port()
    )
}

impl Received {
    /// A header; empty when there is none.
    pub fn header(&self, name: &str) -> String {
        let mail = parse_mail(&self.bytes).expect("a mail");
        mail.headers.get_first_value(name).unwrap_or_default()
    }

    /// The part of this type.
    pub fn part(&self, kind: &str) -> String {
        let mail = parse_mail(&self.bytes).expect("a mail");
        let part = mail.parts().find(|part| part.ctype.mimetype == kind);
        part.expect("such a part").get_body().expect("text")
    }
}

impl State {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Clone)]
struct Session {
    state: Arc<State>,
    recipients: Vec<String>,
    bytes: Vec<u8>,
}

impl Handler for Session {
    fn mail(&mut self, _: std::net::IpAddr, _: &str, _: &str) -> Response {
        self.recipients.clear();
        response::OK
    }

    fn rcpt(&mut self, to: &str) -> Response {
        if let Some((code, text)) = self.state.lock().refusals.pop_front() {
            return Response::custom(code, text);
        }
        self.recipients.push(to.to_owned());
        response::OK
    }

    fn auth_plain(&mut self, _: &str, username: &str, password: &str) -> Response {
        let inner = self.state.lock();
        if username == "jetbridge" && inner.password.as_deref() == Some(password) {
            response::AUTH_OK
        } else {
            response::INVALID_CREDENTIALS
        }
    }

    fn data_start(&mut self, _: &str, _: &str, _: bool, _: &[String]) -> Response {
        self.bytes.clear();
        response::OK
    }

    fn data(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.bytes.extend_from_slice(bytes);
        Ok(())
    }

    fn data_end(&mut self) -> Response {
        let mut inner = self.state.lock();
        inner.letters.push(Received {
            recipients: self.recipients.clone(),
            bytes: self.bytes.clone(),
        });
        inner.held += 1;
        let waited = self
            .state
            .released
            .wait_while(inner, |inner| inner.is_holding);
        waited.unwrap_or_else(PoisonError::into_inner).held -= 1;
        response::OK
    }
}
