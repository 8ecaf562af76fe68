//! What a caller is told about what they may still ask.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use chrono::TimeDelta;

const LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// How somebody stands with a limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admission {
    pub(super) policy: String,
    pub(super) limit: u64,
    pub(super) window: TimeDelta,
    pub(super) used: u64,
    pub(super) resets_in: TimeDelta,
}

impl Admission {
    /// Whether it was asked too often.
    pub fn is_over(&self) -> bool {
        self.used > self.limit
    }

    /// After how many seconds it can be asked again.
    pub fn wait(&self) -> i64 {
        // What is left of a second is a second: who comes a moment early is refused again.
        (self.resets_in.num_milliseconds() + 999) / 1_000
    }

    /// Writes it as `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers-10), and `Retry-After` where
    /// it was asked too often.
    pub fn write(&self, headers: &mut HeaderMap) {
        let left = self.limit.saturating_sub(self.used);
        let (name, wait) = (&self.policy, self.wait());
        let limit = format!("\"{name}\";r={left};t={wait}");
        let policy = format!(
            "\"{name}\";q={};w={}",
            self.limit,
            self.window.num_seconds()
        );
        for (header, value) in [(LIMIT, limit), (POLICY, policy)] {
            if let Ok(value) = HeaderValue::try_from(value) {
                headers.insert(header, value);
            }
        }
        if self.is_over() {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(wait.max(1)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_headers_are_those_of_the_draft() {
        let mut admission = Admission {
            policy: "user".to_owned(),
            limit: 1_000,
            window: TimeDelta::hours(1),
            used: 3,
            resets_in: TimeDelta::milliseconds(59_001),
        };
        let mut headers = HeaderMap::new();
        admission.write(&mut headers);
        assert_eq!(headers["ratelimit"], "\"user\";r=997;t=60");
        assert_eq!(headers["ratelimit-policy"], "\"user\";q=1000;w=3600");
        assert!(!headers.contains_key("retry-after"));
        admission.used = 1_001;
        admission.write(&mut headers);
        assert_eq!(headers["ratelimit"], "\"user\";r=0;t=60");
        assert_eq!(headers["retry-after"], "60");
    }
}
