//! What came back.

use serde_json::Value;

/// An answer to a GraphQL request.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The whole body.
    pub body: Value,
}

impl Answer {
    /// The data, of an answer that must have no errors.
    #[track_caller]
    pub fn data(&self) -> &Value {
        assert!(
            self.body.get("errors").is_none(),
            "the answer has errors: {:#}",
            self.body
        );
        &self.body["data"]
    }

    /// A value inside the data by JSON pointer: `"/customer/givenName"`.
    #[track_caller]
    pub fn at(&self, pointer: &str) -> &Value {
        self.data()
            .pointer(pointer)
            .unwrap_or_else(|| panic!("no {pointer} in {:#}", self.body))
    }

    /// A text inside the data by JSON pointer.
    #[track_caller]
    pub fn text(&self, pointer: &str) -> &str {
        self.at(pointer)
            .as_str()
            .unwrap_or_else(|| panic!("no text at {pointer} in {:#}", self.body))
    }

    /// A list inside the data by JSON pointer.
    #[track_caller]
    pub fn list(&self, pointer: &str) -> &Vec<Value> {
        self.at(pointer)
            .as_array()
            .unwrap_or_else(|| panic!("no list at {pointer} in {:#}", self.body))
    }

    /// The code of the first error.
    #[track_caller]
    pub fn code(&self) -> &str {
        self.body
            .pointer("/errors/0/extensions/code")
            .and_then(Value::as_str)
            .unwrap_or_else(|| panic!("no error code in {:#}", self.body))
    }

    /// The codes of all errors, in order; none for an answer without.
    pub fn codes(&self) -> Vec<&str> {
        let errors = self.body["errors"]
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default();
        errors
            .iter()
            .map(|error| error["extensions"]["code"].as_str().unwrap_or("(no code)"))
            .collect()
    }

    /// The texts under a name in a list of objects inside the data: `texts("/orders/nodes", "id")`.
    #[track_caller]
    pub fn texts(&self, pointer: &str, name: &str) -> Vec<String> {
        let text = |node: &Value| {
            node[name]
                .as_str()
                .unwrap_or_else(|| panic!("no text {name} in {node:#}"))
                .to_owned()
        };
        self.list(pointer).iter().map(text).collect()
    }

    /// The message of the first error.
    #[track_caller]
    pub fn message(&self) -> &str {
        self.body
            .pointer("/errors/0/message")
            .and_then(Value::as_str)
            .unwrap_or_else(|| panic!("no error in {:#}", self.body))
    }
}
