//! What operators see: logs on standard error, metrics for Prometheus, traces by OTLP.

mod otlp;

use std::{io::IsTerminal, sync::OnceLock};

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use opentelemetry::{
    propagation::{Extractor, Injector, TextMapPropagator},
    trace::TraceContextExt,
};
use opentelemetry_sdk::propagation::TraceContextPropagator;
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt;
use tracing_subscriber::{
    EnvFilter, Layer, Registry, layer::SubscriberExt, util::SubscriberInitExt,
};

use self::otlp::Export;
use crate::config::{Config, LogFormat};

// From a tenth of a millisecond to the longest a request may take: the bars of the product lie between.
const SECONDS: [f64; 14] = [
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.7, 2.5, 10.0,
];

static METRICS: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

/// Keeps telemetry going; [`Telemetry::stop`] sends what is left.
#[derive(Debug)]
pub struct Telemetry(Option<Export>);

impl Telemetry {
    /// Starts logging, counting and, where an endpoint is configured, tracing. To be called once, inside the runtime.
    ///
    /// # Errors
    /// When the endpoint for traces cannot be used, or telemetry was started before.
    pub fn start(config: &Config) -> anyhow::Result<Self> {
        let telemetry = &config.telemetry;
        let json = match telemetry.log_format {
            LogFormat::Json => true,
            LogFormat::Text => false,
            LogFormat::Profile => !config.is_development(),
        };
        let export = telemetry
            .otlp_endpoint
            .as_deref()
            .map(|endpoint| Export::start(endpoint, &telemetry.service_name))
            .transpose()?;
        let traces = export
            .as_ref()
            .map(|export| tracing_opentelemetry::layer().with_tracer(export.tracer()));
        tracing_subscriber::registry()
            .with(EnvFilter::try_new(&telemetry.log)?)
            .with(log_layer(json))
            .with(traces)
            .try_init()?;
        keep_metrics();
        Ok(Self(export))
    }

    /// Sends what has not been sent.
    pub async fn stop(self) {
        if let Some(export) = self.0 {
            export.stop().await;
        }
    }
}

type LogSubscriber = tracing_subscriber::layer::Layered<EnvFilter, Registry>;

fn log_layer(json: bool) -> Box<dyn Layer<LogSubscriber> + Send + Sync> {
    let layer = tracing_subscriber::fmt::layer()
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    if json {
        layer
            .json()
            .flatten_event(true)
            .with_current_span(true)
            .with_span_list(false)
            .boxed()
    } else {
        layer.compact().with_target(false).boxed()
    }
}

// Installed once in a process, however many products a test starts in it. `None` when a host has installed its own.
fn metrics_handle() -> Option<&'static PrometheusHandle> {
    METRICS
        .get_or_init(|| {
            PrometheusBuilder::new()
                .set_buckets_for_metric(Matcher::Suffix("_duration_seconds".to_owned()), &SECONDS)
                .and_then(PrometheusBuilder::install_recorder)
                .inspect_err(|error| tracing::warn!(%error, "metrics are not kept"))
                .ok()
        })
        .as_ref()
}

/// Keeps what is counted and measured from now on, if it is not kept already.
pub(crate) fn keep_metrics() {
    metrics_handle();
}

/// Everything that was counted and measured, in the text format of Prometheus.
pub(crate) fn render_metrics() -> String {
    metrics_handle()
        .map(PrometheusHandle::render)
        .unwrap_or_default()
}

/// Folds what was measured into its buckets, so that memory stays flat between two visits of Prometheus.
pub(crate) fn tidy_metrics() {
    if let Some(handle) = metrics_handle() {
        handle.run_upkeep();
    }
}

/// Makes `span` a part of the trace that the caller is in (W3C `traceparent`).
pub(crate) fn continue_trace(span: &Span, headers: &HeaderMap) {
    if !headers.contains_key("traceparent") {
        return;
    }
    let parent = TraceContextPropagator::new().extract(&Headers(headers));
    if parent.span().span_context().is_valid() {
        // It fails only where nothing records traces.
        let _ = span.set_parent(parent);
    }
}

/// Makes what is asked with these headers a part of the present trace. Without one, they stay as the caller sent them.
pub(crate) fn propagate_trace(headers: &mut HeaderMap) {
    let context = Span::current().context();
    if context.span().span_context().is_valid() {
        TraceContextPropagator::new().inject_context(&context, &mut Outgoing(headers));
    }
}

struct Outgoing<'a>(&'a mut HeaderMap);

impl Injector for Outgoing<'_> {
    fn set(&mut self, key: &str, value: String) {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(key), HeaderValue::try_from(value)) {
            self.0.insert(name, value);
        }
    }
}

struct Headers<'a>(&'a HeaderMap);

impl Extractor for Headers<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).and_then(|value| value.to_str().ok())
    }

    fn keys(&self) -> Vec<&str> {
        self.0.keys().map(axum::http::HeaderName::as_str).collect()
    }
}

#[cfg(test)]
mod tests {
    use opentelemetry::trace::TracerProvider;
    use opentelemetry_sdk::trace::SdkTracerProvider;

    use super::*;

    const CALLER: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    fn headers() -> HeaderMap {
        HeaderMap::from_iter([(
            HeaderName::from_static("traceparent"),
            HeaderValue::from_static(CALLER),
        )])
    }

    #[test]
    fn what_is_asked_elsewhere_is_part_of_the_callers_trace() {
        let tracer = SdkTracerProvider::builder().build().tracer("test");
        let subscriber =
            Registry::default().with(tracing_opentelemetry::layer().with_tracer(tracer));
        tracing::subscriber::with_default(subscriber, || {
            let span = tracing::info_span!("fetch");
            continue_trace(&span, &headers());
            let mut sent = headers();
            span.in_scope(|| propagate_trace(&mut sent));
            let sent = sent["traceparent"].to_str().unwrap();
            assert_eq!(sent[..36], CALLER[..36], "the trace is the caller's");
            assert_ne!(sent[36..52], CALLER[36..52], "the span is ours");
        });
    }

    #[test]
    fn without_traces_of_our_own_the_callers_passes_through() {
        let mut sent = headers();
        propagate_trace(&mut sent);
        assert_eq!(sent, headers());
    }
}
