use std::time::Duration;

use futures_util::future::BoxFuture;
use reqwest::{Client, RequestBuilder, StatusCode, Url, redirect::Policy};
use serde::Deserialize;

use super::{Answer, Payment, Provider, tidy};

/// The largest answer that is read, in bytes.
const LARGEST: usize = 64 * 1024;

/// Pays by asking a payment service over HTTP.
///
/// `POST {url}/payments` with the payment as JSON and its key in `Idempotency-Key`; `GET {url}/payments/{key}` says what
/// became of it. The service answers `{"status": "SETTLED" | "ACCEPTED" | "REFUSED", "reference": "…", "reason": "…"}`:
/// 2xx for the first two, 400, 402 or 422 for a refusal. Whatever else comes, or does not come in time, leaves the outcome
/// unknown, and the service is asked again under the same key.
#[derive(Clone, Debug)]
pub struct HttpProvider {
    client: Client,
    payments: Url,
    token: Option<String>,
    polls_every: Duration,
}

/// What the service says.
#[derive(Debug, Deserialize)]
struct Said {
    status: Status,
    #[serde(default)]
    reference: String,
    #[serde(default)]
    reason: String,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Status {
    Settled,
    Accepted,
    Refused,
}

impl HttpProvider {
    /// Asks the service at `url`, with a bearer token where it wants one. `timeout` is how long one answer may take;
    /// accepted payments are asked about every `polls_every`.
    ///
    /// # Errors
    /// When the URL is none of HTTP, or TLS cannot be set up.
    pub fn new(
        url: &str,
        token: Option<String>,
        timeout: Duration,
        polls_every: Duration,
    ) -> anyhow::Result<Self> {
        let base: Url = url.parse()?;
        anyhow::ensure!(
            ["http", "https"].contains(&base.scheme()),
            "a payment service is asked over http or https"
        );
        let payments = format!("{}/payments", base.as_str().trim_end_matches('/')).parse()?;
        let client = Client::builder()
            .timeout(timeout)
            // A payment goes nowhere but where it was sent.
            .redirect(Policy::none())
            .build()?;
        Ok(Self {
            client,
            payments,
            token,
            polls_every,
        })
    }

    async fn ask(&self, request: RequestBuilder) -> Answer {
        let request = match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        };
        match request.send().await {
            Ok(answer) => {
                let status = answer.status();
                match bounded(answer).await {
                    Ok(body) => read(status, &body),
                    Err(why) => Answer::Unknown { why },
                }
            }
            // Without the URL, which may hold a password.
            Err(error) => Answer::Unknown {
                why: format!("no answer: {}", error.without_url()),
            },
        }
    }
}

async fn bounded(mut answer: reqwest::Response) -> Result<Vec<u8>, String> {
    let mut body = Vec::new();
    loop {
        match answer.chunk().await {
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => return Ok(body),
            Err(error) => return Err(format!("half an answer: {}", error.without_url())),
        }
        if body.len() > LARGEST {
            return Err(format!("an answer of more than {LARGEST} bytes"));
        }
    }
}

/// What an answer means. Only what the service says in so many words is believed.
fn read(status: StatusCode, body: &[u8]) -> Answer {
    let said: Said = match serde_json::from_slice(body) {
        Ok(said) => said,
        Err(_) => {
            return Answer::Unknown {
                why: format!("{status} without an answer that can be read"),
            };
        }
    };
    let is_refusal = [
        StatusCode::BAD_REQUEST,
        StatusCode::PAYMENT_REQUIRED,
        StatusCode::UNPROCESSABLE_ENTITY,
    ]
    .contains(&status);
    let reference = tidy(&said.reference);
    match said.status {
        Status::Settled if status.is_success() => Answer::Settled { reference },
        Status::Accepted if status.is_success() => Answer::Accepted { reference },
        Status::Refused if is_refusal || status == StatusCode::OK => Answer::Refused {
            reason: Some(tidy(&said.reason))
                .filter(|reason| !reason.is_empty())
                .unwrap_or_else(|| "REFUSED".to_owned()),
        },
        Status::Settled | Status::Accepted | Status::Refused => Answer::Unknown {
            why: format!("{status} contradicts what the answer says"),
        },
    }
}

impl Provider for HttpProvider {
    fn pay<'a>(&'a self, payment: &'a Payment) -> BoxFuture<'a, Answer> {
        let request = self
            .client
            .post(self.payments.clone())
            .header("idempotency-key", payment.key.to_string())
            .json(payment);
        Box::pin(self.ask(request))
    }

    fn status<'a>(&'a self, payment: &'a Payment) -> BoxFuture<'a, Answer> {
        let url = format!("{}/{}", self.payments, payment.key);
        Box::pin(self.ask(self.client.get(url)))
    }

    fn polls_every(&self) -> Option<Duration> {
        Some(self.polls_every)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, body: &str) -> Answer {
        read(StatusCode::from_u16(status).unwrap(), body.as_bytes())
    }

    #[test]
    fn only_what_is_said_in_so_many_words_is_believed() {
        let reference = "p-1".to_owned();
        assert_eq!(
            answer(201, r#"{"status":"SETTLED","reference":"p-1"}"#),
            Answer::Settled {
                reference: reference.clone()
            }
        );
        assert_eq!(
            answer(202, r#"{"status":"ACCEPTED","reference":"p-1"}"#),
            Answer::Accepted { reference }
        );
        assert_eq!(
            answer(422, r#"{"status":"REFUSED","reason":"CARD_CLOSED"}"#),
            Answer::Refused {
                reason: "CARD_CLOSED".to_owned()
            }
        );
        for (status, body) in [
            (200, ""),
            (200, "{}"),
            (500, r#"{"status":"SETTLED"}"#),
            (500, r#"{"status":"REFUSED"}"#),
            (404, r#"{"status":"REFUSED"}"#),
            (401, ""),
            (302, ""),
            (422, r#"{"status":"SETTLED"}"#),
            (429, "slow down"),
        ] {
            assert!(
                matches!(answer(status, body), Answer::Unknown { .. }),
                "{status} {body}"
            );
        }
    }

    #[test]
    fn nothing_but_codes_is_kept() {
        let body = r#"{"status":"REFUSED","reason":"Amara Okafor's account <amara@example.com> is closed"}"#;
        let Answer::Refused { reason } = answer(422, body) else {
            panic!("not refused")
        };
        assert!(
            reason.len() <= 64 && !reason.contains(['@', ' ', '<']),
            "{reason}"
        );
    }
}
