//! Spans to a collector, in batches, on the runtime of the process.
//!
//! The SDK's own batching runs on a thread of its own, where the HTTP client finds no runtime.

use std::time::Duration;

use opentelemetry::{Context, trace::TracerProvider};
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig};
use opentelemetry_sdk::{
    Resource,
    error::OTelSdkResult,
    trace::{SdkTracer, SdkTracerProvider, Span, SpanData, SpanExporter as _, SpanProcessor},
};
use tokio::{
    sync::mpsc::{self, Receiver, Sender},
    task::JoinHandle,
    time::timeout,
};
use tokio_util::sync::CancellationToken;

/// Spans that wait. More than these are dropped and counted: a slow collector never slows a request.
const QUEUE: usize = 4_096;
const BATCH: usize = 512;
const INTERVAL: Duration = Duration::from_secs(1);
const LAST_CHANCE: Duration = Duration::from_secs(3);

#[derive(Debug)]
pub(super) struct Export {
    provider: SdkTracerProvider,
    task: JoinHandle<()>,
    stop: CancellationToken,
}

impl Export {
    pub(super) fn start(endpoint: &str, service_name: &str) -> anyhow::Result<Self> {
        let resource = Resource::builder()
            .with_service_name(service_name.to_owned())
            .build();
        let mut exporter = SpanExporter::builder()
            .with_http()
            .with_endpoint(endpoint)
            .with_protocol(Protocol::HttpBinary)
            .build()?;
        exporter.set_resource(&resource);
        let (sender, receiver) = mpsc::channel(QUEUE);
        let stop = CancellationToken::new();
        let task = tokio::spawn(send(exporter, receiver, stop.clone()));
        let provider = SdkTracerProvider::builder()
            .with_resource(resource)
            .with_span_processor(Queue(sender))
            .build();
        Ok(Self {
            provider,
            task,
            stop,
        })
    }

    pub(super) fn tracer(&self) -> SdkTracer {
        self.provider.tracer("jetbridge")
    }

    pub(super) async fn stop(self) {
        self.stop.cancel();
        if timeout(LAST_CHANCE, self.task).await.is_err() {
            tracing::warn!("the last traces were not sent");
        }
    }
}

async fn send(exporter: SpanExporter, mut spans: Receiver<SpanData>, stop: CancellationToken) {
    loop {
        let mut batch = Vec::with_capacity(BATCH);
        let stopping = tokio::select! {
            _ = spans.recv_many(&mut batch, BATCH) => false,
            () = stop.cancelled() => true,
        };
        if stopping {
            spans.close();
            while let Some(span) = spans.recv().await {
                batch.push(span);
            }
        }
        if !batch.is_empty()
            && let Err(error) = exporter.export(batch).await
        {
            tracing::debug!(%error, "traces were not taken");
            metrics::counter!("jetbridge_trace_exports_failed_total").increment(1);
        }
        if stopping {
            return;
        }
        tokio::select! {
            () = tokio::time::sleep(INTERVAL) => {}
            () = stop.cancelled() => {}
        }
    }
}

#[derive(Debug)]
struct Queue(Sender<SpanData>);

impl SpanProcessor for Queue {
    fn on_start(&self, _: &mut Span, _: &Context) {}

    fn on_end(&self, span: SpanData) {
        if span.span_context.is_sampled() && self.0.try_send(span).is_err() {
            metrics::counter!("jetbridge_spans_dropped_total").increment(1);
        }
    }

    // What is left is sent by the task, when the process stops.
    fn force_flush(&self) -> OTelSdkResult {
        Ok(())
    }

    fn shutdown_with_timeout(&self, _: Duration) -> OTelSdkResult {
        Ok(())
    }
}
