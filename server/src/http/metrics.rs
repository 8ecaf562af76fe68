//! `/metrics`, in the text format of Prometheus.

use axum::{extract::State, http::header, response::IntoResponse};

use crate::{App, telemetry};

/// Everything that was counted and measured since the start.
pub async fn render(State(app): State<App>) -> impl IntoResponse {
    metrics::gauge!("jetbridge_ready").set(if app.readiness().is_ready() { 1.0 } else { 0.0 });
    metrics::gauge!("jetbridge_sql_statements").set(to_float(app.databases().statement_count()));
    (
        [(
            header::CONTENT_TYPE,
            "text/plain; version=0.0.4; charset=utf-8",
        )],
        telemetry::render_metrics(),
    )
}

// Exact up to 2^53, and a metric beyond.
#[expect(
    clippy::cast_precision_loss,
    reason = "Prometheus knows only floating point numbers"
)]
fn to_float(count: u64) -> f64 {
    count as f64
}
