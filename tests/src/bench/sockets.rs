//! Many sockets that are open and mostly idle: what each costs, and how soon all of them hear of something.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Context, bail, ensure};
use futures_util::{SinkExt, StreamExt, TryStreamExt, stream};
use serde_json::{Value, json};
use tests::{Storage, socket::PROTOCOL};
use tokio::{net::TcpStream, task::JoinHandle, time::sleep};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async_with_config,
    tungstenite::{
        Message,
        client::IntoClientRequest,
        http::{HeaderValue, header},
        protocol::WebSocketConfig,
    },
};

use super::{
    arguments::Arguments,
    machine,
    process::{Product, Serving},
    question::Question,
    report::{Figure, Report},
    traffic::{Target, World},
};

/// How many are opened at the same time.
const AT_ONCE: usize = 100;

/// One of so many subscribes to something.
const SUBSCRIBED: u32 = 10;

/// Longer than two signs of life of the server (15 s each): who does not answer them is cut off by then.
const REST: Duration = Duration::from_secs(40);

/// How long an event may take to reach everybody.
const PATIENCE: Duration = Duration::from_secs(30);

/// Files that this program has open besides sockets, and more.
const SPARE_FILES: usize = 500;

const FOLLOW: &str = "subscription { caseChanged { id status } }";

const OPEN: &str = "\
mutation Open($input: OpenCaseInput!) {
  openCase(input: $input) { ... on CaseOpened { case { id } } }
}";

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// What is known of all sockets together.
#[derive(Debug, Default)]
struct Hearing {
    open: AtomicUsize,
    heard: AtomicUsize,
}

/// Opens them, waits, and tells those that listen of something.
pub(crate) async fn measure(
    product: &Product,
    storage: &Storage,
    arguments: &Arguments,
    report: &Report,
) -> anyhow::Result<()> {
    let sockets = arguments.sockets;
    let needed = sockets as usize + SPARE_FILES;
    let allowed = machine::open_files().unwrap_or(usize::MAX);
    ensure!(
        allowed >= needed,
        "{sockets} sockets need {needed} open files, and {allowed} are allowed: `ulimit -n {needed}` in the shell before"
    );
    let world = World::of(storage).await?;
    let serving = product.serve(storage).await?;
    let target = Target::new(product, &serving.url, &world, Question::Page);
    // Everything that the first request makes is there before memory is read.
    target.ask(Instant::now()).await;
    let resident = || memory(&serving);
    let before = resident()?;

    report.announce(&format!("opening {sockets} sockets"));
    let (hearing, started) = (Arc::new(Hearing::default()), Instant::now());
    let tasks = open(&serving, &world, sockets, &hearing).await?;
    let opened = started.elapsed().as_secs_f64();
    let begun = machine::cpu_time(serving.id())?;
    report.announce(&format!(
        "leaving {sockets} sockets alone for {} s",
        REST.as_secs()
    ));
    sleep(REST).await;
    let idle = (machine::cpu_time(serving.id())? - begun) / REST.as_secs_f64();
    let (open, after) = (hearing.open.load(Ordering::Relaxed), resident()?);
    let told = tell(&target, &world, (sockets / SUBSCRIBED) as usize, &hearing).await?;
    let told_after = resident()?;
    for task in tasks {
        task.abort();
    }

    let lost = f64::from(sockets) - f64::from(u32::try_from(open)?);
    let figures = vec![
        Figure::of("opened in", opened, "s"),
        Figure::of("lost", lost, "").at_most(0.0),
        Figure::of("RSS before", before, "MiB"),
        // 200 MB.
        Figure::of("more with them", after - before, "MiB").at_most(190.0),
        Figure::of(
            "for each",
            (after - before) * 1_024.0 / f64::from(sockets),
            "KiB",
        ),
        Figure::of("idle CPU", 100.0 * idle, "% of a core"),
        Figure::of("subscribed", f64::from(sockets / SUBSCRIBED), ""),
        Figure::of("all told of a case in", told, "ms"),
        Figure::of("more after that", told_after - before, "MiB"),
    ];
    report.add(format!("{sockets} sockets"), figures);
    serving.stop().await
}

fn memory(serving: &Serving) -> anyhow::Result<f64> {
    let memory = machine::memory(serving.id()).context("the server is gone")?;
    Ok(memory.resident)
}

/// All sockets, acknowledged and some of them subscribed, each read by a task of its own.
async fn open(
    serving: &Serving,
    world: &World,
    sockets: u32,
    hearing: &Arc<Hearing>,
) -> anyhow::Result<Vec<JoinHandle<()>>> {
    let url = format!("{}/graphql", serving.url.replacen("http", "ws", 1));
    stream::iter(0..sockets)
        .map(|n| {
            let (url, token, hearing) = (&url, &world.token, hearing.clone());
            async move {
                let socket = opened(url, token, n % SUBSCRIBED == 0).await?;
                hearing.open.fetch_add(1, Ordering::Relaxed);
                anyhow::Ok(tokio::spawn(listen(socket, hearing)))
            }
        })
        .buffer_unordered(AT_ONCE)
        .try_collect()
        .await
}

async fn opened(url: &str, token: &str, subscribes: bool) -> anyhow::Result<Socket> {
    let mut request = url.into_client_request()?;
    let protocol = HeaderValue::from_static(PROTOCOL);
    request
        .headers_mut()
        .insert(header::SEC_WEBSOCKET_PROTOCOL, protocol);
    // This side must hold as many, and is not what is measured.
    let small = WebSocketConfig::default()
        .read_buffer_size(1_024)
        .write_buffer_size(0);
    let (mut socket, _) = connect_async_with_config(request, Some(small), true).await?;
    let payload = json!({ "Authorization": format!("Bearer {token}") });
    say(
        &mut socket,
        &json!({ "type": "connection_init", "payload": payload }),
    )
    .await?;
    loop {
        match socket.next().await.context("the socket closed")?? {
            Message::Text(text) => {
                let message: Value = serde_json::from_str(&text)?;
                ensure!(
                    message["type"] == "connection_ack",
                    "no acknowledgement: {message}"
                );
                break;
            }
            Message::Ping(_) | Message::Pong(_) => {}
            other => bail!("no acknowledgement: {other:?}"),
        }
    }
    if subscribes {
        let payload = json!({ "query": FOLLOW });
        say(
            &mut socket,
            &json!({ "id": "1", "type": "subscribe", "payload": payload }),
        )
        .await?;
    }
    Ok(socket)
}

async fn say(socket: &mut Socket, message: &Value) -> anyhow::Result<()> {
    Ok(socket.send(Message::text(message.to_string())).await?)
}

/// Reads until the end. The library answers signs of life meanwhile.
async fn listen(mut socket: Socket, hearing: Arc<Hearing>) {
    while let Some(Ok(message)) = socket.next().await {
        if message
            .to_text()
            .is_ok_and(|text| text.contains("\"next\""))
        {
            hearing.heard.fetch_add(1, Ordering::Relaxed);
        }
    }
    hearing.open.fetch_sub(1, Ordering::Relaxed);
}

/// Opens a case, and waits until everybody who follows cases has heard of it: the milliseconds from the request.
async fn tell(
    target: &Target,
    world: &World,
    subscribed: usize,
    hearing: &Hearing,
) -> anyhow::Result<f64> {
    let input = json!({
        "type": "SUGGESTION",
        "subject": "A quiet corner",
        "description": "A corner without announcements would be welcome.",
        "customerId": world.next().id(),
    });
    let started = Instant::now();
    let body = json!({ "query": OPEN, "variables": { "input": input } }).to_string();
    let (_, answer) = target.post(body).await?;
    let answer = String::from_utf8_lossy(&answer);
    ensure!(
        answer.contains("\"case\":{\"id\":"),
        "no case was opened: {answer}"
    );
    while hearing.heard.load(Ordering::Relaxed) < subscribed {
        ensure!(
            started.elapsed() < PATIENCE,
            "{} of {subscribed} subscriptions heard of a case in {} s",
            hearing.heard.load(Ordering::Relaxed),
            PATIENCE.as_secs()
        );
        sleep(Duration::from_millis(1)).await;
    }
    Ok(started.elapsed().as_secs_f64() * 1_000.0)
}
