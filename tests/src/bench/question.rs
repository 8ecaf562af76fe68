//! What is asked, of whom, and how an answer is known to be one.

use anyhow::{Context, ensure};
use schema_gateway::GraphQlRequest;
use serde_json::{Map, Value, json};
use server::App;

/// A query that is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Question {
    /// Everything an agent sees of a customer who calls.
    Page,
    /// Twenty customers with what is new about each.
    List,
}

/// Customers in a list.
const LISTED: usize = 20;

const PAGE: &str = "\
query CustomerPage($id: ID!) {
  customer(id: $id) {
    id givenName familyName displayName language countryOfResidence homeAirport isVip needsAssistance tier version createdAt
    contactPoints { kind value isPrimary }
    loyaltyMemberships { programme number tier }
    preferences { kind updatedAt }
    timeline(first: 10) {
      edges { cursor node { id occurredAt category kind title } }
      pageInfo { hasNextPage endCursor }
    }
    cases(first: 10) { nodes { id reference type subject status priority openedAt } }
    journeys(first: 10) {
      nodes { id origin { iataCode city } destination { iataCode city } scheduledDepartureAt scheduledArrivalAt status }
    }
    claims(first: 10) { nodes { id amount { amountMinor currency formatted } regime kind basis status dueBy openedAt } }
  }
}";

const LIST: &str = "\
query CustomerList($after: String) {
  customers(first: 20, after: $after) {
    nodes {
      id displayName homeAirport isVip tier
      contactPoints { kind value }
      timeline(first: 3) { nodes { occurredAt title } }
      cases(first: 3) { nodes { reference status priority } }
      journeys(first: 3) { nodes { origin { iataCode } destination { iataCode } scheduledDepartureAt status } }
      claims(first: 3) { nodes { amount { formatted } status } }
    }
    pageInfo { hasNextPage endCursor }
  }
}";

/// A customer to ask about.
#[derive(Clone, Debug)]
pub(crate) struct Subject {
    id: String,
    cursor: String,
}

impl Subject {
    /// The id of the customer.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }
}

impl Question {
    pub(crate) const ALL: [Self; 2] = [Self::Page, Self::List];

    /// What it is called in reports.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Page => "customer page",
            Self::List => "20-customer list",
        }
    }

    /// The document.
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::Page => PAGE,
            Self::List => LIST,
        }
    }

    /// Its variables: about this customer, or those who follow.
    pub(crate) fn variables(self, subject: &Subject) -> Map<String, Value> {
        let (name, value) = match self {
            Self::Page => ("id", &subject.id),
            Self::List => ("after", &subject.cursor),
        };
        Map::from_iter([(name.to_owned(), Value::from(value.as_str()))])
    }

    /// The request as it is put to the gateway.
    pub(crate) fn request(self, subject: &Subject) -> GraphQlRequest {
        GraphQlRequest::new(self.text()).with_variables(self.variables(subject))
    }

    /// The request as it is sent.
    pub(crate) fn body(self, subject: &Subject) -> String {
        json!({ "query": self.text(), "variables": self.variables(subject) }).to_string()
    }

    /// Whether this is the answer about this customer, whole and without an error. Errors would stand in front.
    pub(crate) fn is_answered_by(self, subject: &Subject, answer: &[u8]) -> bool {
        let expected = match self {
            Self::Page => format!("{{\"data\":{{\"customer\":{{\"id\":\"{}\"", subject.id),
            Self::List => "{\"data\":{\"customers\":{\"nodes\":[{\"id\":\"".to_owned(),
        };
        let customers = || {
            answer
                .windows(CLAIMS.len())
                .filter(|window| *window == CLAIMS)
                .count()
        };
        answer.starts_with(expected.as_bytes()) && (self == Self::Page || customers() == LISTED)
    }
}

// What each customer in a list ends with.
const CLAIMS: &[u8] = b"\"claims\":{";

/// Every customer, in the order of the list; the last ones are left out, so that a full list follows each.
pub(crate) async fn subjects(app: &App) -> anyhow::Result<Vec<Subject>> {
    let mut subjects = Vec::new();
    let mut after = "null".to_owned();
    loop {
        let query = format!(
            "{{ customers(first: 100, after: {after}) {{ edges {{ cursor node {{ id }} }} pageInfo {{ hasNextPage endCursor }} }} }}"
        );
        let data = app.ask(&query).await?;
        let edges = data
            .pointer("/customers/edges")
            .and_then(Value::as_array)
            .context("a page of customers")?;
        for edge in edges {
            subjects.push(Subject {
                id: text(edge, "/node/id")?,
                cursor: text(edge, "/cursor")?,
            });
        }
        if data.pointer("/customers/pageInfo/hasNextPage") != Some(&Value::Bool(true)) {
            break;
        }
        after = Value::from(text(&data, "/customers/pageInfo/endCursor")?).to_string();
    }
    ensure!(
        subjects.len() > 2 * LISTED,
        "a world of {} customers is too small to measure on",
        subjects.len()
    );
    subjects.truncate(subjects.len() - LISTED);
    Ok(subjects)
}

/// The subject of the `n`-th request: each is asked about once before any is again, and neighbours are not neighbours in
/// the database.
pub(crate) fn nth(subjects: &[Subject], n: usize) -> &Subject {
    // A prime that is larger than worlds are, so that it divides no number of customers.
    const STRIDE: usize = 15_485_863;
    &subjects[n.wrapping_mul(STRIDE) % subjects.len()]
}

fn text(value: &Value, pointer: &str) -> anyhow::Result<String> {
    value
        .pointer(pointer)
        .and_then(Value::as_str)
        .map(str::to_owned)
        .with_context(|| format!("no text at {pointer}"))
}
