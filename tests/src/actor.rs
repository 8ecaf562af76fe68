//! Those who ask.

use chrono::TimeDelta;
use schema_kernel::Clock;
use serde_json::{Value, json};

use crate::{Answer, EventStream, Socket, socket::PROTOCOL};

/// How much time passes with each request: enough that what comes later is later.
const TICK: TimeDelta = TimeDelta::milliseconds(10);

/// What is read of every refusal.
const PROBLEM: &str = "... on Problem { code message rule ... on InvalidInput { fields { path message rule } } ... on StaleVersion { current }
    ... on TransitionNotAllowed { from to allowed } ... on LimitExceeded { limit } ... on ApprovalRequired { approverRole } }";

/// One actor's way to the product.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    url: String,
    token: Option<String>,
    clock: Clock,
}

impl Client {
    pub(crate) fn new(
        http: reqwest::Client,
        url: String,
        token: Option<String>,
        clock: Clock,
    ) -> Self {
        Self {
            http,
            url,
            token,
            clock,
        }
    }

    /// Asks without variables.
    pub async fn ask(&self, query: &str) -> Answer {
        self.ask_with(query, json!({})).await
    }

    /// Asks with variables.
    pub async fn ask_with(&self, query: &str, variables: Value) -> Answer {
        let response = self
            .post(&json!({ "query": query, "variables": variables }))
            .await;
        let status = response.status().as_u16();
        let body = response.json().await.expect("an answer in JSON");
        Answer { status, body }
    }

    /// Runs one mutation with the given `input`; `selection` is what is read of the outcome. Every outcome's type and
    /// everything a problem says are read as well. Gives back the outcome.
    pub async fn run(&self, mutation: &str, input: Value, selection: &str) -> Value {
        let type_name = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        let query = format!(
            "mutation Run($input: {type_name}!) {{ {mutation}(input: $input) {{ __typename {PROBLEM} {selection} }} }}"
        );
        let answer = self.ask_with(&query, json!({ "input": input })).await;
        answer.at(&format!("/{mutation}")).clone()
    }

    /// Runs a mutation that must come out as `success`, and gives back that outcome.
    pub async fn must(
        &self,
        mutation: &str,
        success: &str,
        input: Value,
        selection: &str,
    ) -> Value {
        let outcome = self
            .run(
                mutation,
                input,
                &format!("... on {success} {{ {selection} }}"),
            )
            .await;
        assert_eq!(outcome["__typename"], success, "{mutation}: {outcome:#}");
        outcome
    }

    /// Posts any JSON to the graph.
    pub async fn post(&self, body: &Value) -> reqwest::Response {
        self.clock.advance(TICK);
        let request = self.http.post(format!("{}/graphql", self.url)).json(body);
        self.authorized(request)
            .send()
            .await
            .expect("the product answers")
    }

    /// Asks for a path by GET.
    pub async fn get(&self, path: &str) -> reqwest::Response {
        self.authorized(self.http.get(format!("{}{path}", self.url)))
            .send()
            .await
            .expect("the product answers")
    }

    /// A request of one's own making, under this actor's token.
    pub fn request(&self, method: reqwest::Method, path: &str) -> reqwest::RequestBuilder {
        self.authorized(self.http.request(method, format!("{}{path}", self.url)))
    }

    /// A socket on which this actor has said who they are, and was let in.
    pub async fn socket(&self) -> Socket {
        let mut socket = Socket::open(&self.url, &[("sec-websocket-protocol", PROTOCOL)])
            .await
            .expect("a socket");
        let payload = match &self.token {
            Some(token) => json!({ "Authorization": format!("Bearer {token}") }),
            None => json!({}),
        };
        socket
            .say(&json!({ "type": "connection_init", "payload": payload }))
            .await;
        assert_eq!(socket.message().await["type"], "connection_ack");
        socket
    }

    /// A stream of events, an operation's responses.
    pub async fn follow(&self, query: &str, variables: Value) -> EventStream {
        let request = self
            .request(reqwest::Method::POST, "/graphql")
            .header("accept", "text/event-stream")
            .json(&json!({ "query": query, "variables": variables }));
        EventStream::of(request.send().await.expect("the product answers"))
    }

    fn authorized(&self, request: reqwest::RequestBuilder) -> reqwest::RequestBuilder {
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }
}
