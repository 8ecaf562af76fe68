//! Is the process alive, has it started, can it be sent requests.

use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Serialize;

use crate::{App, app::database::Finding, bus::Bus};

#[derive(Serialize)]
struct Health {
    status: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    checks: Vec<Finding>,
}

/// `/health/live`: the process answers. Restarting it would not help a database.
pub async fn live() -> Response {
    Json(Health {
        status: "ok",
        checks: Vec::new(),
    })
    .into_response()
}

/// `/health/startup`: everything that is done once is done. A port is bound only after that.
pub async fn startup() -> Response {
    Json(Health {
        status: "ok",
        checks: Vec::new(),
    })
    .into_response()
}

/// `/health/ready`, and `/health` for those who have one question: every database answers and has its migrations, and the process is not about to stop. Otherwise 503,
/// with the reasons.
pub async fn ready(State(app): State<App>) -> Response {
    let mut checks = vec![Finding::of(
        "process",
        app.readiness()
            .is_ready()
            .then_some("takes requests")
            .ok_or("is about to stop"),
    )];
    checks.extend(app.databases().examine().await);
    // Requests are served without it, so it does not take this process out of service.
    checks.extend(app.bus().map(Bus::examine));
    let ready = checks.iter().all(Finding::is_ok);
    let health = Health {
        status: if ready { "ok" } else { "unavailable" },
        checks,
    };
    let status = if ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    (status, Json(health)).into_response()
}
