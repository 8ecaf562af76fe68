//! What the host does for the rights of persons: it signs, hashes and writes.

use std::{path::PathBuf, sync::Arc};

use anyhow::Context;
use aws_lc_rs::hmac;
use chrono::{DateTime, Utc};
use schema_identity::{
    postman::{About, Message, Postman},
    secret,
};
use schema_kernel::Session;
use schema_profile::{
    Privacy,
    office::{ConsentLetter, Office},
};
use secrecy::SecretString;
use serde_json::Value;

use crate::{
    auth::{postman::MailPostman, secret_file, signing::SigningKeys},
    config::Config,
    mail,
};

/// What certificates of erasure are, in their headers.
pub const CERTIFICATE: &str = "jetbridge-erasure-certificate+jwt";

struct Host {
    keys: PathBuf,
    marks: hmac::Key,
    postman: MailPostman,
}

/// The host for the profile domain. The key of the marks by which erased persons would be known again is made at the first
/// start; processes that share a database need the same one.
pub(super) fn privacy(config: &Config, session: &Session) -> anyhow::Result<Privacy> {
    let file = config.data_folder.join("erasure-marks-key");
    if !file.exists() {
        secret_file::make::<32>(&file).with_context(|| format!("{}", file.display()))?;
    }
    let marks = hmac::Key::new(hmac::HMAC_SHA256, &secret_file::read(&file)?);
    let postman = MailPostman::new(mail::mailer(config)?, config.http.public_url(), session);
    Ok(Privacy(Arc::new(Host {
        keys: config.auth.signing_keys_folder(&config.data_folder),
        marks,
        postman,
    })))
}

impl Office for Host {
    fn certify(&self, claims: &Value, now: DateTime<Utc>) -> anyhow::Result<String> {
        SigningKeys::in_folder(&self.keys, now)?.state(&self.keys, CERTIFICATE, claims, now)
    }

    fn fingerprint(&self, text: &str) -> String {
        use std::fmt::Write;
        let tag = hmac::sign(&self.marks, text.as_bytes());
        tag.as_ref()
            .iter()
            .fold(String::with_capacity(64), |mut text, byte| {
                let _ = write!(text, "{byte:02x}");
                text
            })
    }

    fn secret(&self) -> anyhow::Result<SecretString> {
        Ok(secret::random()?)
    }

    fn ask(&self, letter: ConsentLetter) {
        self.postman.take(Message {
            about: About::Consent,
            address: letter.address,
            name: letter.name,
            language: letter.language,
            token: Some(letter.token),
        });
    }
}
