//! A browser: it keeps one cookie, and sends what a page of ours would send.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::TimeDelta;
use reqwest::{Method, RequestBuilder, Response, header};
use schema_kernel::Clock;
use serde_json::{Value, json};

use crate::Answer;

/// The cookie of a session.
pub const COOKIE: &str = "__Host-jetbridge-session";

/// How much time passes with each request.
const TICK: TimeDelta = TimeDelta::milliseconds(10);

/// What somebody signs in with.
#[derive(Clone, Debug)]
pub struct Login {
    /// The address.
    pub email: String,
    /// The password.
    pub password: String,
}

/// One browser.
#[derive(Clone, Debug)]
pub struct Browser {
    http: reqwest::Client,
    url: String,
    clock: Clock,
    cookie: Arc<Mutex<Option<String>>>,
}

impl Browser {
    pub(crate) fn new(url: String, clock: Clock) -> Self {
        Self {
            http: reqwest::Client::new(),
            url,
            clock,
            cookie: Arc::default(),
        }
    }

    /// The secret in the cookie.
    pub fn cookie(&self) -> Option<String> {
        let cookie = self.cookie.lock().unwrap_or_else(PoisonError::into_inner);
        cookie.clone()
    }

    /// Puts another secret into the cookie, or none.
    pub fn keep(&self, cookie: Option<&str>) {
        let mut kept = self.cookie.lock().unwrap_or_else(PoisonError::into_inner);
        *kept = cookie.map(str::to_owned);
    }

    /// The same browser, which finds another process at this address.
    #[must_use]
    pub fn at(&self, url: String) -> Self {
        let there = Self::new(url, self.clock.clone());
        there.keep(self.cookie().as_deref());
        there
    }

    /// Where it finds the product.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A request with the cookie, and with nothing else that a page would add.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.clock.advance(TICK);
        let request = self.http.request(method, format!("{}{path}", self.url));
        match self.cookie() {
            Some(cookie) => request.header(header::COOKIE, format!("a=b; {COOKIE}={cookie}")),
            None => request,
        }
    }

    /// Posts JSON as a page of ours does, and keeps the cookie of the answer.
    pub async fn post(&self, path: &str, body: &Value) -> Response {
        let request = self
            .request(Method::POST, path)
            .header("x-requested-with", "jetbridge")
            .json(body);
        let response = request.send().await.expect("the product answers");
        if let Some(set) = response.headers().get(header::SET_COOKIE) {
            let set = set.to_str().expect("a cookie is text");
            let value = set.split(';').next().and_then(|pair| pair.split_once('='));
            let (name, value) = value.expect("a cookie has a name and a value");
            assert_eq!(name, COOKIE);
            self.keep(Some(value).filter(|value| !value.is_empty()));
        }
        response
    }

    /// Signs in, and gives back what was answered.
    pub async fn sign_in(&self, login: &Login) -> Value {
        let response = self.try_to_sign_in(login).await;
        assert_eq!(response.status(), 200);
        response.json().await.expect("JSON")
    }

    /// Tries to sign in.
    pub async fn try_to_sign_in(&self, login: &Login) -> Response {
        let body = json!({ "email": login.email, "password": login.password });
        self.post("/auth/login", &body).await
    }

    /// Who is signed in, or null.
    pub async fn session(&self) -> Value {
        let response = self.request(Method::GET, "/auth/session").send().await;
        let response = response.expect("the product answers");
        assert_eq!(response.status(), 200);
        response.json().await.expect("JSON")
    }

    /// Asks the graph.
    pub async fn ask(&self, query: &str) -> Answer {
        self.ask_with(query, json!({})).await
    }

    /// Asks the graph with variables.
    pub async fn ask_with(&self, query: &str, variables: Value) -> Answer {
        let body = json!({ "query": query, "variables": variables });
        let request = self.request(Method::POST, "/graphql").json(&body);
        let response = request.send().await.expect("the product answers");
        let status = response.status().as_u16();
        let body = response.json().await.expect("an answer in JSON");
        Answer { status, body }
    }

    /// Runs a mutation with this input, and gives back its outcome: its type, what a problem says, and `selection`.
    pub async fn run(&self, mutation: &str, input: Value, selection: &str) -> Value {
        let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        let query = format!(
            "mutation Run($input: {kind}!) {{ {mutation}(input: $input) {{ __typename ... on Problem {{ code message }} {selection} }} }}"
        );
        let answer = self.ask_with(&query, json!({ "input": input })).await;
        answer.at(&format!("/{mutation}")).clone()
    }
}
