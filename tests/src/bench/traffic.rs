//! Requests over HTTP: on time whatever the answers take, or as fast as they are answered.
//!
//! The generator is on the same machine, so its own work is part of what the server has to share the cores with.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use futures_util::future::try_join_all;
use reqwest::StatusCode;
use server::{App, Config, auth::Role};
use tests::Storage;
use tokio::{runtime::Handle, task::JoinHandle};

use super::{
    process::Product,
    question::{self, Question, Subject},
    report::quantile,
};

/// What became of one request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outcome {
    pub(crate) milliseconds: f64,
    pub(crate) answer: Answer,
}

/// What came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// What was asked for, whole and without an error.
    Right,
    /// Not now: there is too much to do.
    Refused,
    /// Anything else, or nothing.
    Wrong,
}

/// Everybody who is asked about, and who asks.
#[derive(Clone, Debug)]
pub(crate) struct World {
    /// Signs in as somebody of the contact centre.
    pub(crate) token: String,
    subjects: Arc<Vec<Subject>>,
    asked: Arc<AtomicUsize>,
}

/// Whom to ask what. Cloning is cheap, and clones ask about others: nobody is asked about twice before everybody was.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    http: reqwest::Client,
    url: String,
    world: World,
    pub(crate) question: Question,
    encodings: &'static str,
}

impl World {
    /// A token, and whom to ask about.
    pub(crate) async fn of(storage: &Storage) -> anyhow::Result<Self> {
        let toml = format!(
            "data_folder = \"{}\"\ndatabase.url = \"{}\"",
            storage.folder().display(),
            storage.url()
        );
        let app = App::start(Config::from_toml(&toml)?).await?;
        Ok(Self {
            token: app.development_token(Role::ContactCentreAgent, None)?,
            subjects: Arc::new(question::subjects(&app).await?),
            asked: Arc::default(),
        })
    }

    /// The next one to ask about.
    pub(crate) fn next(&self) -> &Subject {
        question::nth(&self.subjects, self.asked.fetch_add(1, Ordering::Relaxed))
    }
}

impl Target {
    /// The graph at this address, asked one question about everybody.
    pub(crate) fn new(product: &Product, url: &str, world: &World, question: Question) -> Self {
        Self {
            http: product.http().clone(),
            url: format!("{url}/graphql"),
            world: world.clone(),
            question,
            encodings: "gzip, br",
        }
    }

    /// The same, whose answers come as they are, and not packed as browsers have them.
    pub(crate) fn unpacked(self) -> Self {
        Self {
            encodings: "identity",
            ..self
        }
    }

    /// What is answered about this customer, as bytes.
    pub(crate) async fn body(&self, subject: &Subject) -> reqwest::Result<(StatusCode, Vec<u8>)> {
        self.post(self.question.body(subject)).await
    }

    /// What is answered to any request.
    pub(crate) async fn post(&self, body: String) -> reqwest::Result<(StatusCode, Vec<u8>)> {
        let request = self
            .http
            .post(&self.url)
            .bearer_auth(&self.world.token)
            .header("content-type", "application/json")
            .header("accept-encoding", self.encodings)
            .body(body);
        let answer = request.send().await?;
        Ok((answer.status(), answer.bytes().await?.into()))
    }

    /// Asks about the next one; time counts from when the request was due.
    pub(crate) async fn ask(&self, due: Instant) -> Outcome {
        let subject = self.world.next();
        let answer = match self.body(subject).await {
            Ok((StatusCode::SERVICE_UNAVAILABLE, _)) => Answer::Refused,
            Ok((status, body))
                if status.is_success() && self.question.is_answered_by(subject, &body) =>
            {
                Answer::Right
            }
            Ok(_) | Err(_) => Answer::Wrong,
        };
        Outcome {
            milliseconds: due.elapsed().as_secs_f64() * 1_000.0,
            answer,
        }
    }
}

/// Calls `ask` so often a second, on time, with the number of the call and when it was due; waits for all outcomes. A
/// server that falls behind cannot hide it.
pub(crate) async fn on_time<Asked>(
    rate: u32,
    length: Duration,
    ask: impl Fn(u32, Instant) -> Asked + Send + 'static,
) -> anyhow::Result<Vec<Asked::Output>>
where
    Asked: Future<Output: Send + 'static> + Send + 'static,
{
    let runtime = Handle::current();
    // A thread of its own keeps time better than a timer of the runtime, which counts in milliseconds.
    let sent = tokio::task::spawn_blocking(move || keep_time(&runtime, rate, length, ask)).await?;
    let mut outcomes = Vec::with_capacity(sent.len());
    for request in sent {
        outcomes.push(request.await?);
    }
    Ok(outcomes)
}

fn keep_time<Asked>(
    runtime: &Handle,
    rate: u32,
    length: Duration,
    ask: impl Fn(u32, Instant) -> Asked,
) -> Vec<JoinHandle<Asked::Output>>
where
    Asked: Future<Output: Send + 'static> + Send + 'static,
{
    let started = Instant::now();
    let mut sent = Vec::new();
    for n in 0.. {
        let due = started + Duration::from_secs(1) * n / rate;
        if due >= started + length {
            break;
        }
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
        sent.push(runtime.spawn(ask(n, due)));
    }
    sent
}

/// So many connections, each of which asks again as soon as it was answered.
pub(crate) async fn busy(
    target: &Target,
    connections: u32,
    length: Duration,
) -> anyhow::Result<Vec<Outcome>> {
    let until = Instant::now() + length;
    let ask_on = |target: Target| async move {
        let mut outcomes = Vec::new();
        while Instant::now() < until {
            outcomes.push(target.ask(Instant::now()).await);
        }
        outcomes
    };
    let connections = (0..connections).map(|_| tokio::spawn(ask_on(target.clone())));
    Ok(try_join_all(connections)
        .await?
        .into_iter()
        .flatten()
        .collect())
}

/// How many outcomes are such.
pub(crate) fn count(outcomes: &[Outcome], answer: Answer) -> f64 {
    outcomes
        .iter()
        .map(|outcome| f64::from(u8::from(outcome.answer == answer)))
        .sum()
}

/// The milliseconds below which these shares of the right answers lie.
pub(crate) fn latencies<const N: usize>(outcomes: &[Outcome], shares: [f64; N]) -> [f64; N] {
    let mut times: Vec<f64> = outcomes
        .iter()
        .filter(|outcome| outcome.answer == Answer::Right)
        .map(|outcome| outcome.milliseconds)
        .collect();
    times.sort_by(f64::total_cmp);
    shares.map(|share| quantile(&times, share))
}
