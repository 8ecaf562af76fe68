use std::{collections::BTreeMap, fs, path::Path};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header, request},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::{Value, json};
use sha2::{Digest, Sha256, Sha384};
use tower::ServiceExt;

use super::{Descriptor, FrontendSet};
use crate::{App, Config, auth::Role, http::router};

const DOCUMENT: &str = "query Who { __typename }";

struct Host {
    app: App,
    router: Router,
    folder: tempfile::TempDir,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Host {
    async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let built = folder.path().join("built");
        build_all(&built);
        let config = format!(
            "data_folder = \"{}\"\ndatabase.url = \"sqlite::memory:\"\nfrontend.folder = \"{}\"",
            folder.path().display(),
            built.display()
        );
        let app = App::start(Config::from_toml(&config).unwrap())
            .await
            .unwrap();
        Self {
            router: router(&app),
            app,
            folder,
        }
    }

    fn built(&self) -> std::path::PathBuf {
        self.folder.path().join("built")
    }

    async fn send(&self, request: request::Builder, body: &str) -> Answer {
        let request = request.body(Body::from(body.to_owned())).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: to_bytes(body, usize::MAX).await.unwrap().to_vec(),
        }
    }

    async fn page(&self, path: &str, role: Option<Role>) -> Answer {
        let request = Request::get(path).header(header::ACCEPT, "text/html");
        let request = match role {
            Some(role) => request.header(header::COOKIE, self.cookie(role)),
            None => request,
        };
        self.send(request, "").await
    }

    fn cookie(&self, role: Role) -> String {
        let token = self.app.development_token(role, None).unwrap();
        format!("jetbridge-development={token}")
    }
}

impl Answer {
    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    fn between(&self, start: &str, end: &str) -> &str {
        let (_, rest) = self.text().split_once(start).unwrap();
        rest.split_once(end).unwrap().0
    }

    fn map(&self) -> &str {
        self.between("<script type=\"importmap\">", "</script>")
    }

    fn boot(&self) -> Value {
        serde_json::from_str(self.between("id=\"app-boot\">", "</script>")).unwrap()
    }
}

fn integrity(text: &str) -> String {
    let digest = BASE64_STANDARD.encode(Sha384::digest(text));
    format!("sha384-{digest}")
}

/// Lays a build of one module into the folder, with what makes it different from others.
fn build(folder: &Path, name: &str, code: &str, rest: &Value) {
    let place = folder.join(name).join("1.0.0");
    fs::create_dir_all(&place).unwrap();
    fs::write(place.join("main.js"), code).unwrap();
    fs::write(place.join("main.js.br"), format!("packed {code}")).unwrap();
    let mut descriptor = json!({
        "contract": 1, "name": name, "version": "1.0.0", "entries": { "main": "main.js" },
        "files": { "main.js": { "integrity": integrity(code), "bytes": code.len(), "br": 7, "external": ["lib"] } },
    });
    for (key, value) in rest.as_object().unwrap() {
        descriptor[key] = value.clone();
    }
    fs::write(place.join("frontend.json"), descriptor.to_string()).unwrap();
}

fn build_all(folder: &Path) {
    let id = format!("sha256:{:x}", Sha256::digest(DOCUMENT));
    let operations: BTreeMap<String, &str> = [(id, DOCUMENT)].into();
    build(
        folder,
        "lib",
        "export default 0",
        &json!({ "kind": "shared", "provides": { "lib": "main" }, "csp": { "styleHashes": ["sha256-abc"] } }),
    );
    build(folder, "shell", "import 'lib'", &json!({ "kind": "shell" }));
    build(
        folder,
        "cases",
        "import 'lib'; 1",
        &json!({
            "kind": "frontend", "route": "/cases", "title": { "en": "</script>" },
            "requires": { "allOf": ["case:read"], "kinds": ["staff"] }, "operations": operations,
        }),
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_gets_the_frontends_they_may_open_and_no_others() {
    let host = Host::open().await;
    let anonymous = host.page("/", None).await;
    assert_eq!(anonymous.status, StatusCode::OK);
    assert!(anonymous.boot()["session"].is_null());
    assert!(!anonymous.text().contains("/_f/cases/"));

    let analyst = host.page("/cases", Some(Role::Analyst)).await;
    assert_eq!(analyst.boot()["frontends"], json!([]));
    assert!(!analyst.text().contains("/_f/cases/"));

    let agent = host.page("/cases/1", Some(Role::ContactCentreAgent)).await;
    assert_eq!(agent.boot()["frontends"][0]["route"], "/cases");
    assert_eq!(
        agent.boot()["session"]["user"]["role"],
        "contact-centre-agent"
    );
    let map: Value = serde_json::from_str(agent.map()).unwrap();
    assert_eq!(map["imports"]["lib"], "/_f/lib/1.0.0/main.js");
    assert_eq!(
        map["integrity"]["/_f/cases/1.0.0/main.js"],
        integrity("import 'lib'; 1")
    );
    assert!(
        agent
            .text()
            .contains("rel=\"modulepreload\" href=\"/_f/cases/1.0.0/main.js\"")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_policy_lets_through_this_map_and_nothing_else() {
    let host = Host::open().await;
    let page = host.page("/", Some(Role::Administrator)).await;
    let policy = page.header("content-security-policy");
    let hash = BASE64_STANDARD.encode(Sha256::digest(page.map()));
    assert!(policy.contains(&format!("script-src 'self' 'sha256-{hash}';")));
    assert!(policy.contains("style-src 'self' 'sha256-abc';"));
    assert!(policy.contains("require-trusted-types-for 'script'"));
    assert!(!policy.contains("unsafe"));
    assert_eq!(
        page.header("integrity-policy"),
        "blocked-destinations=(script)"
    );
    // A title that would end the element it stands in.
    assert_eq!(page.boot()["frontends"][0]["title"]["en"], "</script>");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_is_known_is_not_sent_again() {
    let host = Host::open().await;
    let first = host.page("/", None).await;
    let ask = |language: &str| {
        Request::get("/")
            .header(header::ACCEPT, "text/html")
            .header(header::IF_NONE_MATCH, first.header("etag"))
            .header(header::ACCEPT_LANGUAGE, language)
    };
    let again = host.send(ask("en"), "").await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    assert!(
        again
            .header("content-security-policy")
            .contains("script-src")
    );
    let other = host.send(ask("ar"), "").await;
    assert_eq!(other.status, StatusCode::OK);
    assert!(other.text().contains("<html lang=\"ar\" dir=\"rtl\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn paths_are_pages_for_people_and_problems_for_programs() {
    let host = Host::open().await;
    let lost = host.page("/nowhere", Some(Role::Administrator)).await;
    assert_eq!(lost.status, StatusCode::NOT_FOUND);
    assert!(lost.text().starts_with("<!doctype html>"));
    for path in ["/cases", "/_f/cases/1.0.0/other.js", "/_app/nothing"] {
        let request = Request::get(path).header(header::ACCEPT, "application/json");
        let answer = host.send(request, "").await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(answer.json()["code"], "NOT_FOUND", "{path}");
    }
    let posted = host
        .send(
            Request::post("/nowhere").header(header::ACCEPT, "text/html"),
            "",
        )
        .await;
    assert_eq!(posted.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_kept_for_ever_and_only_those_that_are_listed() {
    let host = Host::open().await;
    let ask = |path: &str, coding: &str| {
        Request::get(format!("/_f/{path}")).header(header::ACCEPT_ENCODING, coding)
    };
    let packed = host.send(ask("cases/1.0.0/main.js", "gzip, br"), "").await;
    assert_eq!(packed.header("content-encoding"), "br");
    assert_eq!(packed.body, b"packed import 'lib'; 1");
    let plain = host
        .send(ask("cases/1.0.0/main.js", "br;q=0, identity"), "")
        .await;
    assert_eq!(plain.body, b"import 'lib'; 1");
    assert_eq!(
        plain.header("cache-control"),
        "public, max-age=31536000, immutable"
    );
    assert_eq!(
        plain.header("content-type"),
        "text/javascript; charset=utf-8"
    );
    for path in [
        "cases/1.0.0/frontend.json",
        "cases/1.0.0/main.js.br",
        "cases/2.0.0/main.js",
        "cases/1.0.0/..%2Fmain.js",
        "cases/1.0.0/../../../development-key.der",
    ] {
        let answer = host.send(ask(path, "identity"), "").await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(
            answer.header("content-type"),
            "application/problem+json",
            "{path}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_built_again_is_there_at_the_next_page() {
    let host = Host::open().await;
    let before = host.page("/", None).await.boot()["revision"].clone();
    build(
        &host.built(),
        "shell",
        "import 'lib'; 2",
        &json!({ "kind": "shell" }),
    );
    let file = host.built().join("shell/1.0.0/frontend.json");
    let later =
        fs::metadata(&file).unwrap().modified().unwrap() + std::time::Duration::from_secs(2);
    let touched = fs::File::options().append(true).open(&file).unwrap();
    touched.set_modified(later).unwrap();
    let after = host.page("/", None).await;
    assert_ne!(after.boot()["revision"], before);
    assert!(after.text().contains(&integrity("import 'lib'; 2")));

    // What cannot be read is not taken up, and what was there goes on.
    fs::write(&file, "{").unwrap();
    assert_eq!(host.page("/", None).await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn documents_of_frontends_are_known_by_id() {
    let host = Host::open().await;
    let id = format!("sha256:{:x}", Sha256::digest(DOCUMENT));
    let request = Request::post("/graphql").header(header::CONTENT_TYPE, "application/json");
    let answer = host
        .send(request, &json!({ "documentId": id }).to_string())
        .await;
    assert_eq!(answer.json()["data"]["__typename"], "Query");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_of_ones_own_machine_becomes_a_session() {
    let host = Host::open().await;
    let sign_in = || {
        Request::post("/_app/development/sign-in").header(header::CONTENT_TYPE, "application/json")
    };
    let refused = host.send(sign_in(), "{\"token\":\"x.y.z\"}").await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    let token = host.app.development_token(Role::Finance, None).unwrap();
    let signed = host
        .send(sign_in(), &json!({ "token": token }).to_string())
        .await;
    assert_eq!(signed.json()["session"]["user"]["role"], "finance");
    let cookie = signed.header("set-cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"));

    let pair = cookie.split(';').next().unwrap();
    let ask = json!({ "query": "{ payouts(first: 1) { nodes { id } } }" }).to_string();
    let request = |builder: request::Builder| {
        builder
            .header(header::COOKIE, pair)
            .header(header::CONTENT_TYPE, "application/json")
    };
    let answer = host.send(request(Request::post("/graphql")), &ask).await;
    assert_eq!(answer.json()["data"]["payouts"]["nodes"], json!([]));
    // A GET, which any page can cause, knows nobody by a cookie.
    let got = "/graphql?query=%7Bpayouts(first:1)%7Bnodes%7Bid%7D%7D%7D";
    let answer = host.send(request(Request::get(got)), "").await;
    assert_eq!(
        answer.json()["errors"][0]["extensions"]["code"],
        "UNAUTHENTICATED"
    );
}

#[test]
fn a_set_is_sound_or_refused() {
    let shell = || {
        json!({ "contract": 1, "kind": "shell", "name": "shell", "version": "1.0.0", "entries": { "main": "a.js" },
            "files": { "a.js": { "integrity": "sha384-x", "bytes": 1 } } })
    };
    let read = |descriptor: &Value| Descriptor::parse(descriptor.to_string().as_bytes());
    assert!(FrontendSet::of(vec![read(&shell()).unwrap()]).is_ok());
    assert!(FrontendSet::of(Vec::new()).is_ok());

    for (path, value, why) in [
        ("/contract", json!(2), "contract"),
        ("/name", json!("../x"), "URL"),
        ("/entries/main", json!("b.js"), "list"),
        ("/files/a.js/integrity", json!("md5-x"), "SHA-384"),
        ("/files/a.js/imports", json!(["c.js"]), "imports c.js"),
        ("/provides", json!({ "x": "y" }), "no entry"),
    ] {
        let mut descriptor = shell();
        match descriptor.pointer_mut(path) {
            Some(place) => *place = value,
            None if path == "/provides" => descriptor["provides"] = value,
            None => descriptor["files"]["a.js"]["imports"] = value,
        }
        let error = read(&descriptor).unwrap_err().to_string();
        assert!(error.contains(why), "{path}: {error}");
    }

    let mut needing = shell();
    needing["files"]["a.js"]["external"] = json!(["react"]);
    let error = FrontendSet::of(vec![read(&needing).unwrap()]).unwrap_err();
    assert!(error.to_string().contains("nobody provides"));
    let twice = vec![read(&shell()).unwrap(), read(&shell()).unwrap()];
    assert!(FrontendSet::of(twice).is_err());
}
