use std::path::Path;

use futures_util::future::BoxFuture;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Tokio1Executor,
    transport::smtp::{
        Error, PoolConfig,
        authentication::Credentials,
        client::{Certificate, Tls, TlsParameters},
    },
};
use schema_engagement::courier::{Letter, Mailer, Rejection};

use super::message::{Sender, message};
use crate::config::{ConfigError, MailConfig, MailEncryption};

/// Hands letters to a mail server (RFC 5321), over connections that are kept.
#[derive(Debug)]
pub struct SmtpMailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    sender: Sender,
}

impl SmtpMailer {
    /// For the mail server of the configuration. It is not asked before the first letter.
    ///
    /// # Errors
    /// When its certificate authority cannot be read.
    pub fn new(config: &MailConfig) -> Result<Self, ConfigError> {
        let pool = PoolConfig::new().max_size(config.connections);
        let mut builder =
            AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(config.host.as_str())
                .port(config.port())
                .timeout(Some(config.timeout))
                .tls(tls(config)?)
                .pool_config(pool);
        if let Some(username) = &config.username {
            let password = config.password().to_owned();
            builder = builder.credentials(Credentials::new(username.clone(), password));
        }
        Ok(Self {
            transport: builder.build(),
            sender: Sender {
                from: config.from()?,
                reply_to: config.reply_to()?,
            },
        })
    }

    async fn hand_over(&self, letter: &Letter) -> Result<(), Rejection> {
        let message = message(&self.sender, letter)?;
        let Err(error) = self.transport.send(message).await else {
            return Ok(());
        };
        match refusal(&error) {
            Some(rejection) => Err(rejection),
            // It broke off: over this letter, or because it is not there any more?
            None => match self.transport.test_connection().await {
                Ok(true) => Err(Rejection::Interrupted),
                Ok(false) | Err(_) => {
                    // What the error says may repeat an address; its kind does not.
                    tracing::warn!(
                        timeout = error.is_timeout(),
                        tls = error.is_tls(),
                        "the mail server cannot be reached"
                    );
                    Err(Rejection::Away)
                }
            },
        }
    }
}

impl Mailer for SmtpMailer {
    fn send<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<(), Rejection>> {
        Box::pin(self.hand_over(letter))
    }
}

/// What the mail server said, when it said no.
fn refusal(error: &Error) -> Option<Rejection> {
    let code = error.status()?.to_string();
    match code.as_str() {
        // It closes, or does not believe who we are: that is not this letter's fault (RFC 5321, 4.2.3; RFC 4954, 6).
        "421" | "454" | "530" | "534" | "535" | "538" => {
            tracing::warn!(reply = code, "the mail server takes nothing from us");
            Some(Rejection::Away)
        }
        _ if error.is_transient() => Some(Rejection::Later(code)),
        _ => Some(Rejection::Never(code)),
    }
}

fn tls(config: &MailConfig) -> Result<Tls, ConfigError> {
    if config.encryption == MailEncryption::None {
        return Ok(Tls::None);
    }
    let mut parameters = TlsParameters::builder(config.host.clone());
    if let Some(file) = &config.certificate_file {
        parameters = parameters.add_root_certificate(certificate(file)?);
    }
    let parameters = parameters
        .build_rustls()
        .map_err(|error| ConfigError::at("mail.host", error))?;
    Ok(match config.encryption {
        MailEncryption::Tls => Tls::Wrapper(parameters),
        MailEncryption::StartTls | MailEncryption::None => Tls::Required(parameters),
    })
}

fn certificate(file: &Path) -> Result<Certificate, ConfigError> {
    let refused = |why: String| {
        ConfigError::at(
            "mail.certificate_file",
            format!("{}: {why}", file.display()),
        )
    };
    let pem = std::fs::read(file).map_err(|error| refused(error.to_string()))?;
    Certificate::from_pem(&pem).map_err(|error| refused(error.to_string()))
}
