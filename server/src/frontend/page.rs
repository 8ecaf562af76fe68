//! The page: one document for every path, made for one session.

use std::fmt::Write;

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header},
    response::{Html, IntoResponse, Response},
};
use schema_kernel::Code;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{
    development,
    policy::{INTEGRITY_POLICY, content_security_policy},
    preference::Preferences,
    set::{Composition, FrontendSet},
    viewer::Viewer,
};
use crate::{App, http::problem::Problem};

const VARY: &str = "Cookie, Accept-Language, Accept-Encoding";

/// Answers with the page of a path, or with 304 where the browser has it already.
pub async fn page(
    State(app): State<App>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    if !is_for_people(&method, &uri, &headers) {
        return Problem::new(
            Code::NotFound,
            format!(
                "There is nothing at {}; the graph is at /graphql.",
                uri.path()
            ),
        )
        .into_response();
    }
    let set = app.frontends().current();
    let viewer = Viewer::of(&app, &headers).await;
    let preferences = Preferences::of(&headers);
    let Ok(composition) = set.compose(&viewer, uri.path(), preferences.language) else {
        return not_built();
    };
    let is_known = uri.path() == "/" || set.owner_of(uri.path()).is_some();
    let boot = boot(&app, &set, &viewer, preferences, &composition);
    let body = document(&composition, preferences, &boot);
    let policy = content_security_policy(&composition.map, &composition.style_hashes);
    let status = if is_known {
        StatusCode::OK
    } else {
        StatusCode::NOT_FOUND
    };
    respond(status, body, &policy, &headers)
}

/// What the shell knows of its session, without the page around it.
pub async fn manifest(State(app): State<App>, headers: HeaderMap) -> Response {
    let set = app.frontends().current();
    let viewer = Viewer::of(&app, &headers).await;
    let preferences = Preferences::of(&headers);
    match set.compose(&viewer, "/", preferences.language) {
        Ok(composition) => {
            let boot = boot(&app, &set, &viewer, preferences, &composition);
            let kept = [
                (header::CACHE_CONTROL, "private, no-cache"),
                (header::VARY, VARY),
            ];
            (kept, Json(boot)).into_response()
        }
        Err(_) => not_built(),
    }
}

/// Who is signed in; null for nobody.
pub async fn session(State(app): State<App>, headers: HeaderMap) -> Response {
    let language = Preferences::of(&headers).language;
    let session = Viewer::of(&app, &headers).await.session(language);
    ([(header::CACHE_CONTROL, "no-store")], Json(session)).into_response()
}

/// Which frontends are served at this moment; a page that was made of others is old.
pub async fn revision(State(app): State<App>) -> Response {
    Json(json!({ "revision": app.frontends().current().revision() })).into_response()
}

// A program that asks for a path that there is not gets a problem, as everywhere.
fn is_for_people(method: &Method, uri: &Uri, headers: &HeaderMap) -> bool {
    let accepts_pages = headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"));
    let path = uri.path();
    let is_machinery = path.starts_with("/_") || path.starts_with("/auth/");
    let reads = *method == Method::GET || *method == Method::HEAD;
    reads && !is_machinery && (accepts_pages || path == "/")
}

fn boot(
    app: &App,
    set: &FrontendSet,
    viewer: &Viewer,
    preferences: Preferences,
    composition: &Composition,
) -> Value {
    json!({
        "contract": 1,
        "revision": set.revision(),
        "locale": preferences.locale(),
        "dir": preferences.direction(),
        "signIn": {
            "account": app.identity().is_some(),
            "token": development::is_offered(app),
        },
        "session": viewer.session(preferences.language),
        "preferences": preferences,
        "frontends": composition.frontends,
    })
}

fn document(composition: &Composition, preferences: Preferences, boot: &Value) -> String {
    let Preferences {
        theme,
        contrast,
        density,
        language,
    } = preferences;
    let direction = preferences.direction();
    let boot = boot.to_string().replace('<', "\\u003c");
    let (shell, integrity) = &composition.shell;
    let map = &composition.map;
    let links = links(composition);
    format!(
        "<!doctype html>\n<html lang=\"{language}\" dir=\"{direction}\" data-theme=\"{theme}\" \
         data-contrast=\"{contrast}\" data-density=\"{density}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>Jetbridge</title>\n\
         <script type=\"importmap\">{map}</script>\n{links}\
         <script type=\"application/json\" id=\"app-boot\">{boot}</script>\n\
         <script type=\"module\" src=\"{shell}\" integrity=\"{integrity}\"></script>\n</head>\n\
         <body>\n<div id=\"app\"></div>\n<noscript>Jetbridge needs JavaScript.</noscript>\n</body>\n</html>\n"
    )
}

fn links(composition: &Composition) -> String {
    let mut links = String::new();
    if let Some(icon) = &composition.icon {
        let _ = writeln!(
            links,
            "<link rel=\"icon\" type=\"image/svg+xml\" href=\"{icon}\">"
        );
    }
    for (rel, files) in [
        ("stylesheet", &composition.styles),
        ("modulepreload", &composition.preloads),
    ] {
        for (href, integrity) in files {
            let _ = writeln!(
                links,
                "<link rel=\"{rel}\" href=\"{href}\" integrity=\"{integrity}\">"
            );
        }
    }
    links
}

fn respond(status: StatusCode, body: String, policy: &str, asked: &HeaderMap) -> Response {
    let tag = format!("\"{:x}\"", Sha256::digest(&body));
    let is_known = asked
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|one| one.trim().trim_start_matches("W/") == tag);
    let mut response = if is_known && status == StatusCode::OK {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        (status, Html(body)).into_response()
    };
    let values = [
        (header::CACHE_CONTROL, "private, no-cache"),
        (header::VARY, VARY),
        (header::ETAG, &tag),
        (header::CONTENT_SECURITY_POLICY, policy),
        (
            HeaderName::from_static("integrity-policy"),
            INTEGRITY_POLICY,
        ),
    ];
    for (name, value) in values {
        if let Ok(value) = HeaderValue::try_from(value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

fn not_built() -> Response {
    let text = "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Jetbridge</title>\n\
        <h1>The frontends are not in this binary</h1>\n<p>They are built with Node.js: run <code>make frontends</code>, \
        then build and start again. The graph answers at <code>/graphql</code>; on your own machine there is a query \
        console at <a href=\"/console\">/console</a>.</p>\n</html>\n";
    (StatusCode::OK, Html(text)).into_response()
}
