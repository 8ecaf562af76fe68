//! How large an answer may be when it is written.

use std::io;

use super::{Refusal, RefusalReason};
use crate::{error::ErrorCode, response::GraphQlResponse};

impl GraphQlResponse {
    /// The answer as JSON, in `limit` bytes at most; writing stops there, so that no more memory is taken. `None` where
    /// it is larger.
    ///
    /// # Errors
    /// When a value cannot be written.
    pub fn to_json(&self, limit: usize) -> serde_json::Result<Option<Vec<u8>>> {
        let mut bounded = Bounded {
            bytes: Vec::new(),
            limit,
        };
        match serde_json::to_writer(&mut bounded, self) {
            Ok(()) => Ok(Some(bounded.bytes)),
            Err(error) if error.is_io() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The answer, or what is said in its place where it has more than `limit` bytes as JSON: for doors that write it as a
    /// part of something else.
    #[must_use]
    pub fn within(self, limit: usize) -> Self {
        let mut counter = Counter { left: limit };
        match serde_json::to_writer(&mut counter, &self) {
            Err(error) if error.is_io() => {
                RefusalReason::Response.count();
                self.too_large(limit)
            }
            // What cannot be written at all is for whoever writes it to tell.
            Ok(()) | Err(_) => self,
        }
    }

    /// What is said in place of an answer that is larger than `limit` bytes: everything but its data and its errors.
    #[must_use]
    pub fn too_large(self, limit: usize) -> Self {
        let message = format!(
            "the answer has more than {limit} bytes and is not sent; what a mutation did is done: ask for fewer items or fields"
        );
        let refusal = Refusal::new(RefusalReason::Response, ErrorCode::BadUserInput, message);
        Self {
            extensions: self.extensions,
            ..Self::refused(refusal)
        }
    }
}

struct Bounded {
    bytes: Vec<u8>,
    limit: usize,
}

impl io::Write for Bounded {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        if self.bytes.len().saturating_add(buffer.len()) > self.limit {
            return Err(io::Error::other("the answer is too large"));
        }
        self.bytes.extend_from_slice(buffer);
        Ok(buffer.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Counts down what is written, and keeps nothing.
struct Counter {
    left: usize,
}

impl io::Write for Counter {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let left = self.left.checked_sub(buffer.len());
        self.left = left.ok_or_else(|| io::Error::other("the answer is too large"))?;
        Ok(buffer.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::Value;

    use super::*;

    fn answer(text: &str) -> GraphQlResponse {
        GraphQlResponse {
            data: Some(Value::from(text)),
            ..GraphQlResponse::default()
        }
    }

    #[test]
    fn an_answer_is_written_whole_or_not_at_all() {
        let whole = br#"{"data":"12345"}"#;
        let answer = answer("12345");
        assert_eq!(answer.to_json(whole.len()).unwrap().unwrap(), whole);
        assert!(answer.to_json(whole.len() - 1).unwrap().is_none());
    }

    #[test]
    fn a_part_of_something_else_is_as_large_as_it_may_be() {
        let length = br#"{"data":"12345"}"#.len();
        assert_eq!(answer("12345").within(length), answer("12345"));
        let said = answer("12345").within(length - 1);
        assert_eq!(said.data, None);
        assert_eq!(said.errors[0].code(), Some("BAD_USER_INPUT"));
    }

    #[test]
    fn what_is_said_instead_keeps_what_it_cost() {
        let mut large = answer("x");
        large.extensions.insert("cost".to_owned(), Value::from(7));
        let said = large.too_large(10);
        assert_eq!(
            (said.data, &said.extensions["cost"]),
            (None, &Value::from(7))
        );
        assert_eq!(said.errors[0].code(), Some("BAD_USER_INPUT"));
    }
}
