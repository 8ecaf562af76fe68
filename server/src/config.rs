//! The configuration: read once, checked whole, before anything is opened.
//!
//! Compiled-in defaults, then a file, then the environment, then flags. `config.default.toml` is the reference; a test
//! holds that every key of it exists here and the other way round.

mod auth;
mod claim;
mod database;
mod document;
mod event;
mod flags;
mod frontend;
mod graphql;
mod http;
mod limit;
mod mail;
mod notification;
mod payout;
mod rate;
mod remote;
mod subscription;
mod telemetry;
mod unit;

use std::path::{Path, PathBuf};

use figment::{
    Figment,
    providers::{Env, Format, Serialized, Toml},
};
use serde::{Deserialize, Serialize};

pub use self::{
    auth::{AuthConfig, SecondFactorRule},
    claim::ClaimConfig,
    database::DatabaseConfig,
    document::{ClientClass, DocumentConfig},
    event::{EventConfig, NatsConfig},
    flags::Flags,
    frontend::FrontendConfig,
    graphql::{GraphQlConfig, Introspection},
    http::HttpConfig,
    limit::LimitConfig,
    mail::{MailConfig, MailEncryption, MailTransport},
    notification::NotificationConfig,
    payout::{PayoutConfig, PayoutProvider},
    rate::{RateConfig, RateRule},
    remote::RemoteConfig,
    subscription::SubscriptionConfig,
    telemetry::{LogFormat, TelemetryConfig},
};

/// The reference: every key, its default, and what it means.
pub const DEFAULTS: &str = include_str!("../config.default.toml");

/// How the process runs. See `config.default.toml` for every key.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Whether this is somebody's own machine or the real thing.
    pub profile: Profile,
    /// Where the process keeps what it makes itself.
    pub data_folder: PathBuf,
    /// The door.
    pub http: HttpConfig,
    /// Where data lies.
    pub database: DatabaseConfig,
    /// Whose tokens are believed.
    pub auth: AuthConfig,
    /// What people see.
    pub frontend: FrontendConfig,
    /// How the graph answers.
    pub graphql: GraphQlConfig,
    /// Connections that stay.
    pub subscription: SubscriptionConfig,
    /// How events travel.
    pub event: EventConfig,
    /// How notifications are brought to customers.
    pub notification: NotificationConfig,
    /// How mail leaves.
    pub mail: MailConfig,
    /// By whose law claims are judged.
    pub claim: ClaimConfig,
    /// How claims are paid.
    pub payout: PayoutConfig,
    /// How much the graph may be asked.
    pub rate: RateConfig,
    /// What operators see.
    pub telemetry: TelemetryConfig,
}

/// Whether this is somebody's own machine or the real thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Profile {
    /// Signs its own tokens, shows the query console, answers introspection.
    Development,
    /// Does none of these.
    Production,
}

/// The configuration is wrong: one sentence that names the key.
#[derive(Debug, thiserror::Error)]
#[error("the configuration is wrong: {0}")]
pub struct ConfigError(String);

impl ConfigError {
    /// A value cannot be right: `key` as it is written in the file, and why.
    pub fn at(key: &str, why: impl std::fmt::Display) -> Self {
        Self(format!("{key}: {why}"))
    }
}

impl Config {
    /// Reads and checks the configuration of a process: defaults, `file`, the environment, `flags`.
    ///
    /// # Errors
    /// When a key is unknown, or a value cannot be right.
    pub fn load(file: Option<&Path>, flags: &Flags) -> Result<Self, ConfigError> {
        let mut figment = Figment::from(Toml::string(DEFAULTS));
        if flags.quiet {
            figment = figment.merge(Toml::string("[telemetry]\nlog = \"warn\""));
        }
        if let Some(file) = file {
            let text = std::fs::read_to_string(file).map_err(|error| {
                ConfigError(format!(
                    "the file {} cannot be read: {error}",
                    file.display()
                ))
            })?;
            figment = figment.merge(Toml::string(&text));
        }
        // Lists of flags are added to those of the file; everything else wins over it.
        Self::extract(
            figment
                .merge(environment())
                .admerge(Serialized::defaults(flags)),
            !flags.passes_tokens_on,
        )
    }

    /// The defaults with `toml` over them and nothing from the environment: for tests and embedders.
    ///
    /// # Errors
    /// When a key is unknown, or a value cannot be right.
    pub fn from_toml(toml: &str) -> Result<Self, ConfigError> {
        let figment = Figment::from(Toml::string(DEFAULTS)).merge(Toml::string(toml));
        Self::extract(figment, true)
    }

    /// Whether this is somebody's own machine.
    pub fn is_development(&self) -> bool {
        self.profile == Profile::Development
    }

    fn extract(figment: Figment, needs_keys: bool) -> Result<Self, ConfigError> {
        let mut config: Self = figment
            .extract()
            .map_err(|error| ConfigError(explain(error)))?;
        config.check()?;
        if needs_keys {
            config.check_keys()?;
        }
        Ok(config)
    }

    fn check(&mut self) -> Result<(), ConfigError> {
        self.http.check()?;
        self.database.check()?;
        self.auth.check()?;
        self.graphql.check(self.http.timeout)?;
        self.subscription.check()?;
        self.event.check()?;
        self.mail.check()?;
        self.notification.check(&self.mail)?;
        self.claim.check()?;
        self.payout.check()?;
        self.rate.check()?;
        self.telemetry.check()
    }

    /// Whoever checks tokens needs keys for it, except on one's own machine.
    fn check_keys(&self) -> Result<(), ConfigError> {
        self.auth.check_keys(self.profile)?;
        if !self.auth.has_configured_key() && !self.http.listen.ip().is_loopback() {
            return Err(ConfigError::at(
                "http.listen",
                format!(
                    "{} can be reached by other machines, and no key is configured to check their tokens with; \
                     set auth.jwks_file or auth.public_key_file, or listen on 127.0.0.1",
                    self.http.listen
                ),
            ));
        }
        Ok(())
    }
}

// JETBRIDGE_CONFIG says where the file is, and JETBRIDGE_TEST_… belongs to the test suites; both are no keys.
fn environment() -> Env {
    Env::prefixed("JETBRIDGE_")
        .filter(|key| key != "config" && !key.as_str().to_ascii_lowercase().starts_with("test_"))
        .split("__")
}

// The first problem is enough: one sentence, with the key as it is written in the file.
fn explain(error: figment::Error) -> String {
    let Some(first) = error.into_iter().next() else {
        return "it cannot be read".to_owned();
    };
    let section = first.path.join(".");
    match &first.kind {
        figment::error::Kind::UnknownField(field, known) => {
            let named = first.path.last() == Some(field);
            let place = if named {
                section
            } else {
                [first.path.as_slice(), std::slice::from_ref(field)]
                    .concat()
                    .join(".")
            };
            format!(
                "there is no key `{place}`; here there are: {}",
                known.join(", ")
            )
        }
        kind if section.is_empty() => kind.to_string(),
        kind => format!("{section}: {kind}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(toml: &str) -> String {
        Config::from_toml(toml).unwrap_err().to_string()
    }

    #[test]
    fn the_reference_is_a_working_configuration() {
        let config = Config::from_toml("").unwrap();
        assert_eq!(config.profile, Profile::Development);
        assert_eq!(config.http.body_limit, 256 * 1024);
        assert_eq!(config.http.header_limit, 32 * 1024);
        let limits = schema_gateway::Limits::default();
        assert_eq!(config.graphql.limits.limits(), limits);
        assert_eq!(
            config.database.domain("order").unwrap(),
            "sqlite://./data/jetbridge.db"
        );
    }

    #[test]
    fn unknown_keys_are_refused_by_name() {
        assert!(refusal("[http]\nlissen = \"x\"").contains("`http.lissen`"));
        assert!(refusal("colour = 1").contains("`colour`"));
    }

    #[test]
    fn values_are_refused_by_key() {
        assert!(refusal("[http]\ntimeout = \"soon\"").contains("http.timeout"));
        assert!(refusal("[http]\nlisten = \"everywhere\"").contains("http.listen"));
        assert!(refusal("[http]\nbody_limit = \"0\"").contains("http.body_limit"));
        assert!(refusal("[http]\nbody_limit = -1").contains("\"-1\" is not a size"));
        assert!(refusal("[auth]\nleeway = \"31s\"").contains("auth.leeway"));
        assert!(refusal("[database]\nurl = \"mysql://x\"").contains("database.url"));
        assert!(refusal("[database]\nconnections = 0").contains("database.connections"));
        assert!(refusal("[subscription]\nkeep_alive = \"0s\"").contains("subscription.keep_alive"));
        assert!(
            refusal("[subscription]\nallowed_origins = [\"https://a.example/\"]")
                .contains("subscription.allowed_origins")
        );
        assert!(refusal("[telemetry]\nlog = \"a=b=c\"").contains("telemetry.log"));
        assert!(refusal("[event]\ninterval = \"0s\"").contains("event.interval"));
        assert!(refusal("[mail]\nfrom = \"nobody\"").contains("mail.from"));
        assert!(refusal("[mail]\ntransport = \"smtp\"").contains("mail.host"));
        assert!(refusal("[mail]\nusername = \"jet\"").contains("mail.password"));
        assert!(refusal("[notification]\nbatch = 0").contains("notification.batch"));
        assert!(refusal("[notification]\nlease = \"1s\"").contains("notification.lease"));
        assert!(refusal("[event]\nnats_url = \"http://x\"").contains("event.nats_url"));
        assert!(refusal("[event]\nnats_user = \"jet\"").contains("event.nats_user"));
        assert!(refusal("[event]\nnats_subject_prefix = \"a..b\"").contains("nats_subject_prefix"));
        assert!(refusal("[claim]\nlimitation_state = \"XX\"").contains("claim.limitation_state"));
        assert!(refusal("[payout]\nprovider = \"http\"").contains("payout.url"));
        assert!(refusal("[payout]\nlease = \"10s\"").contains("payout.lease"));
        assert!(refusal("[rate]\nuser = 0").contains("rate.user"));
        assert!(refusal("[rate.fields]\nfileClaim = 0").contains("rate.fileClaim"));
        assert!(refusal("[rate]\nwindow = \"0s\"").contains("rate.window"));
        assert!(refusal("[rate]\nredis_url = \"http://x\"").contains("rate.redis_url"));
        assert!(refusal("[graphql.limits]\ntokens = 0").contains("graphql.limits.tokens"));
        assert!(refusal("[graphql.limits]\nrecursion = 129").contains("graphql.limits.recursion"));
        assert!(refusal("[graphql.limits]\nassumed_list_size = 0").contains("assumed_list_size"));
        assert!(
            refusal("[graphql.limits]\nresponse = \"1KiB\"").contains("graphql.limits.response")
        );
        assert!(refusal("[http]\nheader_limit = \"1KiB\"").contains("http.header_limit"));
        assert!(refusal("profile = \"staging\"").contains("profile"));
        assert!(refusal("graphql.supergraph_interval = \"0s\"").contains("supergraph_interval"));
        assert!(refusal("graphql.remote.headers = [\"Cookie\"]").contains("`cookie`"));
        assert!(refusal("graphql.remote.attempts = 0").contains("graphql.remote.attempts"));
        assert!(refusal("graphql.remote.breaker_percent = 0").contains("breaker_percent"));
    }

    #[test]
    fn without_a_key_nobody_else_can_reach_it() {
        assert!(refusal("[http]\nlisten = \"0.0.0.0:8080\"").contains("auth.jwks_file"));
        assert!(Config::from_toml("[http]\nlisten = \"[::1]:0\"").is_ok());
        assert!(refusal("profile = \"production\"").contains("auth.jwks_file"));
    }

    #[test]
    fn a_password_stays_off_open_lines_and_out_of_the_file() {
        let open = "[mail]\nusername = \"jet\"\npassword = \"x\"\nencryption = \"none\"";
        assert!(refusal(open).contains("mail.encryption"));
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "from a file\n").unwrap();
        let toml = format!("[mail]\npassword_file = \"{}\"", file.path().display());
        let mail = Config::from_toml(&toml).unwrap().mail;
        assert_eq!((mail.password(), mail.port()), ("from a file", 587));
    }

    #[test]
    fn in_production_mail_leaves() {
        let mail = Config::from_toml("").unwrap().mail;
        let refused = mail.check_profile(Profile::Production).unwrap_err();
        assert!(refused.to_string().contains("mail.transport"));
        assert!(mail.check_profile(Profile::Development).is_ok());
        let smtp = "[mail]\ntransport = \"smtp\"\nhost = \"mail.example\"";
        let mail = Config::from_toml(smtp).unwrap().mail;
        assert!(mail.check_profile(Profile::Production).is_ok());
    }

    #[test]
    fn who_passes_tokens_on_needs_no_key() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(
            file.path(),
            "profile = \"production\"\ngraphql.remote.headers = [\"x-a\"]",
        )
        .unwrap();
        let flags = Flags::default().listen(Some("0.0.0.0:8080".to_owned()));
        let refused = Config::load(Some(file.path()), &flags).unwrap_err();
        assert!(refused.to_string().contains("auth.jwks_file"));

        let urls = [("case".to_owned(), "http://127.0.0.1:1/".to_owned())];
        let flags = flags.gateway(Path::new("s.graphql"), &urls, &["x-b".to_owned()]);
        let remote = Config::load(Some(file.path()), &flags)
            .unwrap()
            .graphql
            .remote;
        assert_eq!(remote.headers, ["x-a", "x-b"]);
        assert_eq!(remote.url["case"], "http://127.0.0.1:1/");
    }

    #[test]
    fn secrets_are_not_shown() {
        let config = Config::from_toml("[event]\nnats_url = \"nats://a:planted@b\"\n[rate]\nredis_url = \"redis://:planted@b\"").unwrap();
        assert!(!format!("{config:?}").contains("planted"));
        let config = Config::from_toml("[database]\nurl = \"postgres://jet:planted@db/jetbridge\"\ncase = \"postgres://c:planted@db/c\"\n[mail]\npassword = \"planted\"").unwrap();
        assert!(!format!("{config:?}").contains("planted"));
    }
}
