//! What is asked: the body, who asks from where, and in which browser.

use axum::{
    body::to_bytes,
    extract::{FromRequest, FromRequestParts, Request},
    http::{HeaderMap, HeaderName, header, request::Parts},
};
use schema_identity::{
    Identity,
    session::{self, Browser, Seen},
};
use schema_kernel::{
    Actor, Code, Session,
    audit::{AuditKind, AuditResult, Entry},
};
use serde::de::DeserializeOwned;

use crate::{
    App,
    auth::{cookie, failed, foreign},
    graph::negotiation::is_json,
    http::{
        origin::{self, Peer},
        problem::Problem,
        request_log::RequestId,
    },
};

const REQUESTED_WITH: HeaderName = HeaderName::from_static("x-requested-with");
/// What that header has to say.
const OURS: &str = "jetbridge";

/// The largest body; the largest that anybody needs is a tenth of it.
const BODY_LIMIT: usize = 16 * 1024;

/// A body in JSON, of a request that no page of another origin can send.
#[derive(Debug)]
pub(super) struct Asked<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequest<App> for Asked<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &App) -> Result<Self, Problem> {
        admit(request.headers())?;
        let bytes = to_bytes(request.into_body(), BODY_LIMIT)
            .await
            .map_err(|_| {
                Problem::new(
                    Code::BadUserInput,
                    format!("The body could not be read whole; it is at most {BODY_LIMIT} bytes."),
                )
            })?;
        // The error's own text may repeat what was sent, and that may be a password.
        serde_json::from_slice(&bytes).map(Self).map_err(|error| {
            Problem::new(
                Code::BadUserInput,
                format!(
                    "The body is not the JSON object that is needed here: line {}, column {}.",
                    error.line(),
                    error.column()
                ),
            )
        })
    }
}

/// A request without a body, that no page of another origin can send.
#[derive(Debug)]
pub(super) struct Admitted;

impl FromRequestParts<App> for Admitted {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Problem> {
        admit(&parts.headers).map(|()| Self)
    }
}

fn admit(headers: &HeaderMap) -> Result<(), Problem> {
    if !origin::is_own(headers, &[]) {
        return Err(foreign());
    }
    let content_type = text(headers, &header::CONTENT_TYPE);
    if !is_json(content_type) {
        return Err(Problem::new(
            Code::BadUserInput,
            "A body is JSON: send it with `Content-Type: application/json`.",
        ));
    }
    if text(headers, &REQUESTED_WITH) != Some(OURS) {
        return Err(Problem::new(
            Code::Forbidden,
            "Send the header `X-Requested-With: jetbridge`: by it no page of another origin can ask this.",
        ));
    }
    Ok(())
}

/// What is known of a request before anything is done for it.
pub(super) struct Asking {
    app: App,
    headers: HeaderMap,
    /// The address that it comes from.
    pub(super) address: String,
    /// On behalf of nobody yet.
    pub(super) session: Session,
}

impl FromRequestParts<App> for Asking {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let peer = parts.extensions.get::<Peer>().copied();
        let trusted = &app.config().http.trusted_proxies;
        let id = parts.extensions.get::<RequestId>();
        let id = id.map_or_else(String::new, |RequestId(id)| id.clone());
        Ok(Self {
            app: app.clone(),
            address: origin::address(&parts.headers, peer, trusted),
            headers: parts.headers.clone(),
            session: Session::new(
                Actor::anonymous(),
                id,
                app.clock().clone(),
                app.ids().clone(),
            ),
        })
    }
}

impl Asking {
    /// Records that somebody signed in, or tried to. From where is part of it; which account was tried is not, because what
    /// is typed there may be anybody's.
    pub(super) async fn record(&self, action: &str, result: AuditResult) -> Result<(), Problem> {
        let Some(log) = self.app.audit() else {
            return Ok(());
        };
        let entry = Entry::new(AuditKind::SignIn, "server", action)
            .justification(format!("from {}", self.address))
            .result(result);
        let recorded = log.record(&self.session, entry).await;
        recorded.map_err(|error| failed(&error))
    }

    /// The identity domain of this process.
    pub(super) fn identity(&self) -> Result<&Identity, Problem> {
        self.app
            .identity()
            .ok_or_else(|| Problem::new(Code::NotFound, "Nobody signs in here."))
    }

    /// The process that is asked.
    pub(super) fn app(&self) -> &App {
        &self.app
    }

    /// What it came with.
    pub(super) fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The browser that asks.
    pub(super) fn browser(&self) -> Browser {
        Browser {
            name: text(&self.headers, &header::USER_AGENT).and_then(browser_name),
            present: cookie::read(&self.headers),
        }
    }

    /// Who is signed in in this browser.
    pub(super) async fn seen(&self) -> Result<Option<Seen>, Problem> {
        let Some(token) = cookie::read(&self.headers) else {
            return Ok(None);
        };
        session::find(self.identity()?, &self.session, &token)
            .await
            .map_err(|error| failed(&error))
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// A browser and its system, in words; nothing that would tell one person's from another's.
fn browser_name(agent: &str) -> Option<String> {
    let find = |known: &[(&str, &'static str)]| {
        known
            .iter()
            .find(|(mark, _)| agent.contains(mark))
            .map(|(_, name)| *name)
    };
    // In this order: most of them say that they are the others too.
    let browser = find(&[
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ])?;
    let system = find(&[
        ("Android", "Android"),
        ("iPhone", "iOS"),
        ("iPad", "iOS"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]);
    Some(match system {
        Some(system) => format!("{browser} on {system}"),
        None => browser.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_have_names() {
        let chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";
        assert_eq!(browser_name(chrome).unwrap(), "Chrome on Linux");
        assert_eq!(
            browser_name(&format!("{chrome} Edg/142.0.0.0")).unwrap(),
            "Edge on Linux"
        );
        assert_eq!(browser_name("curl/8.5.0"), None);
    }
}
