//! Signing in and out, over HTTP: JSON in, JSON out, refusals as problem+json (RFC 9457).
//!
//! No page of another origin can reach these: each POST carries `Content-Type: application/json` and the header
//! `X-Requested-With: jetbridge`, which a browser sends across origins only after it has asked, and nobody answers that; and
//! an `Origin` other than this one is refused all the same.

mod account;
mod asked;
mod device;
mod login;
mod said;
mod second_factor;
mod token;

use axum::{
    Router,
    routing::{get, post},
};

pub use self::said::SessionSaid;
use crate::App;

/// The paths, where the identity domain is served here.
pub fn router(app: &App) -> Router {
    if app.identity().is_none() {
        return Router::new();
    }
    Router::new()
        .route("/auth/login", post(login::login))
        .route("/auth/login/second-factor", post(second_factor::finish))
        .route("/auth/step-up", post(second_factor::step_up))
        .route("/auth/totp/enrol", post(second_factor::enrol))
        .route("/auth/totp/confirm", post(second_factor::confirm))
        .route("/auth/token", post(token::token))
        .route("/auth/device/enrol", post(device::enrol))
        .route("/auth/device/session", post(device::session))
        .route("/auth/device/journey", post(device::journey))
        .route("/.well-known/jwks.json", get(token::jwks))
        .route("/auth/session", get(login::session))
        .route("/auth/logout", post(login::logout))
        .route("/auth/register", post(account::register))
        .route("/auth/verify", post(account::verify))
        .route("/auth/forgot", post(account::forgot))
        .route("/auth/reset", post(account::reset))
        .with_state(app.clone())
}
