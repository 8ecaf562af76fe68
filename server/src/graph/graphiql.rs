//! GraphiQL at `/graphiql`, from files in the binary. Development only.

use axum::{
    Router,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
    routing::get,
};

const HTML: &str = "text/html; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

// Its editor writes styles into elements and brings its fonts and icons as data; scripts come from this origin alone.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; \
    img-src 'self' data:; font-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The page and its parts.
pub fn router() -> Router {
    let file = |content_type, text| get(move || part(content_type, text));
    Router::new()
        .route("/graphiql", file(HTML, include_str!("graphiql/page.html")))
        .route(
            "/graphiql/page.css",
            file(STYLE, include_str!("graphiql/page.css")),
        )
        .route(
            "/graphiql/page.js",
            file(SCRIPT, include_str!("graphiql/page.js")),
        )
        .route(
            "/graphiql/graphiql.min.css",
            file(STYLE, include_str!("graphiql/graphiql.min.css")),
        )
        .route(
            "/graphiql/graphiql.min.js",
            file(SCRIPT, include_str!("graphiql/graphiql.min.js")),
        )
        .route(
            "/graphiql/react.production.min.js",
            file(SCRIPT, include_str!("graphiql/react.production.min.js")),
        )
        .route(
            "/graphiql/react-dom.production.min.js",
            file(SCRIPT, include_str!("graphiql/react-dom.production.min.js")),
        )
}

async fn part(content_type: &'static str, text: &'static str) -> Response {
    let policy = [(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(POLICY),
    )];
    ([(header::CONTENT_TYPE, content_type)], policy, text).into_response()
}
