//! Which headers of a client's request a subgraph gets to see.

use std::fmt;

use http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::request::RequestContext;

/// The id that ties everything about a request together.
pub(super) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Names one request among others of the same content, and says nothing about who asks or what the answer is.
pub(super) const TRACE: [HeaderName; 3] = [
    REQUEST_ID,
    HeaderName::from_static("traceparent"),
    HeaderName::from_static("tracestate"),
];

/// Never passed on: about one connection (RFC 9110, section 7.6.1), about one body, or what browsers send unasked.
const NEVER: [HeaderName; 18] = [
    header::CONNECTION,
    HeaderName::from_static("keep-alive"),
    header::PROXY_AUTHENTICATE,
    header::PROXY_AUTHORIZATION,
    HeaderName::from_static("proxy-connection"),
    header::TE,
    header::TRAILER,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
    header::EXPECT,
    header::HOST,
    header::CONTENT_LENGTH,
    header::CONTENT_TYPE,
    header::CONTENT_ENCODING,
    header::ACCEPT,
    header::ACCEPT_ENCODING,
    header::COOKIE,
    header::SET_COOKIE,
];

/// The headers of a client's request. The host puts them into [`RequestContext::extensions`]; subgraphs over HTTP get
/// those that [`HeaderRules`] let through.
#[derive(Clone, Default)]
pub struct RequestHeaders(pub HeaderMap);

impl fmt::Debug for RequestHeaders {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Names only: values hold tokens.
        formatter.debug_set().entries(self.0.keys()).finish()
    }
}

/// A header that cannot be passed on.
#[derive(Debug, thiserror::Error)]
pub enum HeaderRuleError {
    /// No name of a header.
    #[error("\"{0}\" is not the name of a header; names are letters, digits and hyphens")]
    NotAName(String),
    /// A header that belongs to one connection or one body, or that browsers send unasked.
    #[error(
        "the header `{0}` is never passed on: it belongs to one connection or body, or is a cookie"
    )]
    Never(HeaderName),
}

/// The headers that are passed on, by name. Everything else stays at the gateway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderRules {
    passed: Vec<HeaderName>,
}

impl Default for HeaderRules {
    fn default() -> Self {
        let mut passed = vec![header::AUTHORIZATION, header::ACCEPT_LANGUAGE];
        passed.extend(TRACE);
        Self { passed }
    }
}

impl HeaderRules {
    /// Passes one more header on.
    ///
    /// # Errors
    /// When it is no name, or the name of a header that is never passed on.
    pub fn pass(mut self, name: &str) -> Result<Self, HeaderRuleError> {
        let name = HeaderName::try_from(name)
            .map_err(|_| HeaderRuleError::NotAName(name.chars().take(80).collect()))?;
        if NEVER.contains(&name) {
            return Err(HeaderRuleError::Never(name));
        }
        if !self.passed.contains(&name) {
            self.passed.push(name);
        }
        Ok(self)
    }

    /// The headers for a subgraph, from those of the client. The request id is the gateway's, which may have replaced
    /// the client's.
    pub(super) fn apply(&self, context: &RequestContext) -> HeaderMap {
        let mut passed = HeaderMap::new();
        if let Some(RequestHeaders(given)) = context.extensions.get() {
            for name in &self.passed {
                if is_of_connection(given, name) {
                    continue;
                }
                for value in given.get_all(name) {
                    passed.append(name.clone(), value.clone());
                }
            }
        }
        if let Ok(id) = HeaderValue::try_from(&context.request_id) {
            passed.insert(REQUEST_ID, id);
        }
        passed
    }
}

/// Whether the client declared this header to be for the next hop alone, which is us.
fn is_of_connection(headers: &HeaderMap, name: &HeaderName) -> bool {
    headers
        .get_all(header::CONNECTION)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|option| option.trim().eq_ignore_ascii_case(name.as_str()))
}
