//! Files of the frontends. Their names change with their bytes, so browsers keep them for ever.

use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};
use schema_kernel::Code;

use crate::{App, http::problem::Problem};

/// Answers with a file that a descriptor names, packed by Brotli for whoever takes it.
pub async fn serve(
    State(app): State<App>,
    Path(path): Path<String>,
    headers: HeaderMap,
) -> Response {
    let frontends = app.frontends();
    let Some(can_be_packed) = frontends.current().packed(&path) else {
        return missing();
    };
    let is_packed = can_be_packed && takes_brotli(&headers);
    let Some(bytes) = frontends.file(&path, is_packed) else {
        return missing();
    };
    let mut response = bytes.into_response();
    let mut set = |name: HeaderName, value: &'static str| {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    };
    set(header::CONTENT_TYPE, media_type(&path));
    set(header::CACHE_CONTROL, "public, max-age=31536000, immutable");
    set(header::VARY, "Accept-Encoding");
    if is_packed {
        set(header::CONTENT_ENCODING, "br");
    }
    response
}

// Never a page: a browser would take it for the script it asked for.
fn missing() -> Response {
    Problem::new(
        Code::NotFound,
        "There is no such file in the frontends of this moment.",
    )
    .into_response()
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("json" | "webmanifest") => "application/json",
        Some("woff2") => "font/woff2",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}

fn takes_brotli(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(header::ACCEPT_ENCODING).iter();
    accepted
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .any(|coding| coding == "br" || (coding.starts_with("br;") && !coding.ends_with("q=0")))
}
