//! The door: which layers a request passes, in which order, and which paths there are.

pub mod connection;
pub mod health;
pub mod metrics;
pub mod origin;
pub mod problem;
pub mod request_log;
pub mod security_header;

use std::time::Duration;

use axum::{
    Router,
    extract::{Request, State},
    http::{Method, Uri},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{any, get},
};
use schema_kernel::Code;
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer, compression::CompressionLayer,
    decompression::RequestDecompressionLayer,
};

use self::problem::Problem;
use crate::{App, auth, export, frontend, graph, telemetry};

/// Every path of the process.
///
/// A request passes the layers from the top of the list to the bottom, and its answer passes them back:
///
/// 1. the request gets its id and, when it is answered, its one line in the log; so nothing below can hide an answer;
/// 2. headers that tell browsers what this origin may do stand on every answer, of a panic too;
/// 3. a panic becomes a 500;
/// 4. a request that takes too long becomes a 504;
/// 5. bodies are unpacked on the way in and packed on the way out; the limit on bodies counts what was unpacked.
pub fn router(app: &App) -> Router {
    telemetry::keep_metrics();
    let layers = ServiceBuilder::new()
        .layer(middleware::from_fn_with_state(
            app.clone(),
            request_log::log,
        ))
        .layer(middleware::from_fn(security_header::add))
        .layer(CatchPanicLayer::custom(problem::of_panic))
        .layer(middleware::from_fn_with_state(
            app.config().http.timeout,
            time_out,
        ))
        .layer(CompressionLayer::new())
        .layer(RequestDecompressionLayer::new());
    Router::new()
        .merge(graph(app))
        .merge(copies(app))
        .merge(auth::endpoint::router(app))
        .merge(operator(app))
        .merge(frontend::router(app))
        .method_not_allowed_fallback(method_not_allowed)
        .fallback_service(any(frontend::page).with_state(app.clone()))
        .layer(layers)
}

fn graph(app: &App) -> Router {
    let endpoint = Router::new().route(
        "/graphql",
        get(graph::endpoint::get).post(graph::endpoint::post),
    );
    let endpoint = endpoint.route_layer(middleware::from_fn_with_state(
        app.clone(),
        auth::authenticate,
    ));
    let endpoint = if frontend::development::is_offered(app) {
        endpoint.route_layer(middleware::from_fn_with_state(
            app.clone(),
            frontend::development::carry,
        ))
    } else {
        endpoint
    };
    let endpoint = endpoint.with_state(app.clone());
    if app.config().is_development() {
        endpoint
            .merge(graph::console::router())
            .merge(graph::graphiql::router())
    } else {
        endpoint
    }
}

fn copies(app: &App) -> Router {
    Router::new()
        .route("/privacy/copy", get(export::own))
        .route_layer(middleware::from_fn_with_state(
            app.clone(),
            auth::authenticate,
        ))
        .with_state(app.clone())
}

fn operator(app: &App) -> Router {
    Router::new()
        .route("/health", get(health::ready))
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .route("/health/startup", get(health::startup))
        .route("/metrics", get(metrics::render))
        .with_state(app.clone())
}

async fn time_out(State(limit): State<Duration>, request: Request, next: Next) -> Response {
    tokio::time::timeout(limit, next.run(request))
        .await
        .unwrap_or_else(|_| {
            Problem::new(
                Code::Timeout,
                format!("The answer was not ready within {} ms.", limit.as_millis()),
            )
            .into_response()
        })
}

async fn method_not_allowed(method: Method, uri: Uri) -> Problem {
    Problem::method_not_allowed(&method, uri.path())
}

#[cfg(test)]
mod tests;
