//! Requests over HTTP as they come in life: at their time, whether earlier ones are answered or not.
//!
//! The generator is on the same machine, so its own work is part of what the server has to share the cores with. Time
//! counts from when a request was due, not from when it could be sent: a server that falls behind cannot hide it.

use std::{
    pin::pin,
    process,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::Context;
use server::{App, Config, auth::Role};
use tests::Storage;
use tokio::{runtime::Handle, task::JoinHandle, time::sleep};

use super::{
    arguments::Arguments,
    machine,
    process::{Product, Serving},
    question::{self, Question, Subject},
    report::{Figure, Report, quantile},
};

const WARM_UP: Duration = Duration::from_secs(3);

/// How often the memory of the server is read.
const GLANCE: Duration = Duration::from_millis(200);

/// What became of one request.
#[derive(Clone, Copy, Debug)]
struct Outcome {
    milliseconds: f64,
    is_right: bool,
}

/// Everything a request needs. Shared by all of them.
struct Target {
    http: reqwest::Client,
    url: String,
    token: String,
    question: Question,
    subjects: Arc<Vec<Subject>>,
}

/// Puts the server under each load, for each question.
pub(crate) async fn measure(
    product: &Product,
    storage: &Storage,
    arguments: &Arguments,
    report: &Report,
) -> anyhow::Result<()> {
    let (token, subjects) = preparations(storage).await?;
    let serving = product.serve(storage).await?;
    for question in Question::ALL {
        let target = Arc::new(Target {
            http: product.http().clone(),
            url: format!("{}/graphql", serving.url),
            token: token.clone(),
            question,
            subjects: subjects.clone(),
        });
        for rate in &arguments.rates {
            let length = Duration::from_secs(arguments.seconds.into());
            report.announce(&format!("{} at {rate}/s", question.name()));
            send(&target, *rate, WARM_UP).await?;
            let figures = loaded(&target, &serving, *rate, length).await?;
            report.add(format!("{} at {rate}/s", question.name()), figures);
        }
    }
    serving.stop().await
}

/// A token, and whom to ask about.
async fn preparations(storage: &Storage) -> anyhow::Result<(String, Arc<Vec<Subject>>)> {
    let toml = format!(
        "data_folder = \"{}\"\ndatabase.url = \"{}\"",
        storage.folder().display(),
        storage.url()
    );
    let app = App::start(Config::from_toml(&toml)?).await?;
    let token = app.development_token(Role::ContactCentreAgent, None)?;
    Ok((token, Arc::new(question::subjects(&app).await?)))
}

async fn loaded(
    target: &Arc<Target>,
    serving: &Serving,
    rate: u32,
    length: Duration,
) -> anyhow::Result<Vec<Figure>> {
    let begun = (
        machine::cpu_time(serving.id())?,
        machine::cpu_time(process::id())?,
    );
    let started = Instant::now();
    let (outcomes, resident) = watched(serving, send(target, rate, length)).await?;
    let took = started.elapsed().as_secs_f64();

    let requests = f64::from(u32::try_from(outcomes.len())?);
    let (server, generator) = (
        machine::cpu_time(serving.id())? - begun.0,
        machine::cpu_time(process::id())? - begun.1,
    );
    let wrong = outcomes.iter().filter(|outcome| !outcome.is_right).count();
    let mut times: Vec<f64> = outcomes
        .iter()
        .map(|outcome| outcome.milliseconds)
        .collect();
    times.sort_by(f64::total_cmp);
    let p98 = Figure::of("p98", quantile(&times, 0.98), "ms");
    Ok(vec![
        Figure::of("p50", quantile(&times, 0.5), "ms"),
        if target.question == Question::Page {
            p98.at_most(50.0)
        } else {
            p98.at_most(70.0)
        },
        Figure::of("p99", quantile(&times, 0.99), "ms"),
        Figure::of("wrong", f64::from(u32::try_from(wrong)?), "").at_most(0.0),
        Figure::of("server CPU", server * 1_000.0 / requests, "ms/request"),
        Figure::of("cores: server", server / took, ""),
        Figure::of("generator", generator / took, ""),
        Figure::of("RSS", resident, "MiB").at_most(512.0),
    ])
}

/// What comes of `work`, and the most memory that the server held meanwhile.
async fn watched<T>(
    serving: &Serving,
    work: impl Future<Output = anyhow::Result<T>>,
) -> anyhow::Result<(T, f64)> {
    let mut work = pin!(work);
    let mut most: f64 = 0.0;
    loop {
        tokio::select! {
            outcome = &mut work => return Ok((outcome?, most)),
            () = sleep(GLANCE) => most = most.max(machine::memory(serving.id()).context("the server is gone")?.resident),
        }
    }
}

/// Sends requests on time, and waits for all answers.
async fn send(target: &Arc<Target>, rate: u32, length: Duration) -> anyhow::Result<Vec<Outcome>> {
    let (runtime, target) = (Handle::current(), target.clone());
    // A thread of its own keeps time better than a timer of the runtime, which counts in milliseconds.
    let sent =
        tokio::task::spawn_blocking(move || keep_time(&runtime, &target, rate, length)).await?;
    let mut outcomes = Vec::with_capacity(sent.len());
    for request in sent {
        outcomes.push(request.await?);
    }
    Ok(outcomes)
}

fn keep_time(
    runtime: &Handle,
    target: &Arc<Target>,
    rate: u32,
    length: Duration,
) -> Vec<JoinHandle<Outcome>> {
    let started = Instant::now();
    let mut sent = Vec::new();
    for n in 0.. {
        let due = started + Duration::from_secs(1) * n / rate;
        if due >= started + length {
            break;
        }
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
        sent.push(runtime.spawn(ask(target.clone(), n as usize, due)));
    }
    sent
}

async fn ask(target: Arc<Target>, n: usize, due: Instant) -> Outcome {
    let subject = question::nth(&target.subjects, n);
    let request = target
        .http
        .post(&target.url)
        .bearer_auth(&target.token)
        .header("content-type", "application/json")
        .body(target.question.body(subject));
    let answer = async { request.send().await?.error_for_status()?.bytes().await };
    let is_right = answer
        .await
        .is_ok_and(|body| target.question.is_answered_by(subject, &body));
    Outcome {
        milliseconds: due.elapsed().as_secs_f64() * 1_000.0,
        is_right,
    }
}
