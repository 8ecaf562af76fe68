//! The query console at `/console`: a page of our own, with nothing from elsewhere. Development only.

use axum::{
    Router,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
    routing::get,
};

const PAGE: &str = include_str!("console/page.html");
const STYLE: &str = include_str!("console/page.css");
const SCRIPT: &str = include_str!("console/page.js");

// Everything from this origin, nothing inline, no markup from text.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/// The page and its two parts.
pub fn router() -> Router {
    Router::new()
        .route("/console", get(|| part("text/html; charset=utf-8", PAGE)))
        .route(
            "/console/page.css",
            get(|| part("text/css; charset=utf-8", STYLE)),
        )
        .route(
            "/console/page.js",
            get(|| part("text/javascript; charset=utf-8", SCRIPT)),
        )
        .route(
            "/favicon.ico",
            get(|| async { axum::http::StatusCode::NO_CONTENT }),
        )
}

async fn part(content_type: &'static str, text: &'static str) -> Response {
    let mut response = text.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(POLICY),
    );
    response
}

#[cfg(test)]
mod tests {
    use schema_gateway::{GraphQlRequest, RefusalReason};

    use super::*;
    use crate::{App, Config, graph::Allowance};

    #[tokio::test(flavor = "multi_thread")]
    async fn its_examples_fit_the_schema() {
        let folder = tempfile::tempdir().unwrap();
        let config = format!(
            "data_folder = \"{}\"\ndatabase.url = \"sqlite::memory:\"",
            folder.path().display()
        );
        let app = App::start(Config::from_toml(&config).unwrap())
            .await
            .unwrap();
        let allowance = Allowance {
            timeout: app.config().graphql.timeout,
            introspection: true,
            query_plan: false,
            cost: app.config().graphql.limits.cost_signed_in,
        };
        let documents = SCRIPT
            .split("query: `")
            .skip(1)
            .filter_map(|rest| rest.split_once('`'))
            .map(|(document, _)| document);
        let mut examples = 0;
        for document in documents {
            let answer = app
                .graph()
                .execute(
                    GraphQlRequest::new(document),
                    app.service_session("test"),
                    allowance,
                )
                .await;
            // Their variables are missing here, which is another matter.
            let unfit = answer.errors.iter().find(|error| {
                error
                    .code()
                    .is_some_and(|code| code.starts_with("GRAPHQL_"))
            });
            assert!(unfit.is_none(), "{document}\n{unfit:?}");
            let is_too_much = answer.refusal.is_some_and(RefusalReason::is_limit);
            assert!(!is_too_much, "{document}\n{:?}", answer.errors);
            examples += 1;
        }
        assert!(examples >= 6);
    }
}
