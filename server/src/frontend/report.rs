//! What frontends tell of their failures. It goes to the log, without anything that could be somebody's.

use axum::{
    Json,
    extract::rejection::JsonRejection,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use schema_kernel::Code;
use serde::Deserialize;

use crate::http::problem::Problem;

const LONGEST: usize = 200;

/// What a frontend tells of a failure: the kind of the error and the places in our files.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    frontend: String,
    kind: String,
    at: Vec<String>,
}

/// Writes one line to the log.
pub async fn take(report: Result<Json<Report>, JsonRejection>) -> Response {
    let Ok(Json(report)) = report else {
        return Problem::new(
            Code::BadUserInput,
            "A report is JSON with `frontend`, `kind` and `at`.",
        )
        .into_response();
    };
    let at: Vec<String> = report.at.iter().take(8).map(|place| plain(place)).collect();
    tracing::warn!(
        frontend = plain(&report.frontend),
        kind = plain(&report.kind),
        at = at.join(" "),
        "a frontend failed"
    );
    StatusCode::NO_CONTENT.into_response()
}

// Names and places in files, and nothing that could be a sentence about somebody.
fn plain(text: &str) -> String {
    let kept = text
        .chars()
        .filter(|letter| letter.is_ascii_alphanumeric() || "/_.:-".contains(*letter));
    kept.take(LONGEST).collect()
}
