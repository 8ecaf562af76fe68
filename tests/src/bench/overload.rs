//! Twice as many requests as can be answered: how many are refused, how long the others take, and what it costs.

use std::time::Duration;

use anyhow::ensure;
use tests::Storage;

use super::{
    arguments::Arguments,
    load::{send, watched},
    machine,
    process::Product,
    question::Question,
    report::{Figure, Report},
    traffic::{self, Answer, Target, World},
};

/// How long it is found out how much can be answered.
const SATURATED: Duration = Duration::from_secs(5);

/// After how long under overload it counts: by then the places are taken.
const WARM_UP: Duration = Duration::from_secs(3);

/// Asks twice as much as can be answered, for each question.
pub(crate) async fn measure(
    product: &Product,
    storage: &Storage,
    arguments: &Arguments,
    report: &Report,
) -> anyhow::Result<()> {
    let world = World::of(storage).await?;
    let in_flight = arguments.in_flight.to_string();
    let settings = [("JETBRIDGE_GRAPHQL__IN_FLIGHT", in_flight.as_str())];
    let serving = product.start(storage, &["serve"], &settings).await?;
    for question in Question::ALL {
        let name = question.name();
        let target = Target::new(product, &serving.url, &world, question);
        report.announce(&format!("{name} as fast as it is answered"));
        traffic::busy(&target, arguments.connections, WARM_UP).await?;
        let answered = traffic::busy(&target, arguments.connections, SATURATED).await?;
        let saturated = traffic::count(&answered, Answer::Right) / SATURATED.as_secs_f64();
        let rate = rate(2.0 * saturated)?;

        report.announce(&format!("{name} at {rate}/s, twice that"));
        send(&target, rate, WARM_UP).await?;
        let length = Duration::from_secs(arguments.seconds.into());
        let begun = machine::cpu_time(serving.id())?;
        let (outcomes, resident) = watched(&serving, send(&target, rate, length)).await?;
        let used = machine::cpu_time(serving.id())? - begun;

        let asked = f64::from(u32::try_from(outcomes.len())?);
        let count = |answer| traffic::count(&outcomes, answer);
        let [p50, p98, slowest] = traffic::latencies(&outcomes, [0.5, 0.98, 1.0]);
        let figures = vec![
            Figure::of("saturated at", saturated, "requests/s"),
            Figure::of("asked", rate.into(), "requests/s"),
            Figure::of(
                "answered",
                count(Answer::Right) / length.as_secs_f64(),
                "requests/s",
            ),
            Figure::of(
                "refused with 503",
                100.0 * count(Answer::Refused) / asked,
                "%",
            ),
            Figure::of("wrong or late", count(Answer::Wrong), "").at_most(0.0),
            Figure::of("p50 of answers", p50, "ms"),
            Figure::of("p98", p98, "ms"),
            Figure::of("slowest", slowest, "ms"),
            Figure::of("cores: server", used / length.as_secs_f64(), ""),
            Figure::of("RSS", resident, "MiB").at_most(512.0),
        ];
        report.add(format!("{name}, overload, in_flight {in_flight}"), figures);
    }
    serving.stop().await
}

fn rate(requests: f64) -> anyhow::Result<u32> {
    ensure!(
        (1.0..1e6).contains(&requests),
        "{requests} requests a second"
    );
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is between one and a million"
    )]
    Ok(requests as u32)
}
