//! Trusted documents: the operations that clients of ours were built with, known by id.
//!
//! A client that may send nothing else cannot be made to ask for anything else, whoever holds its token. The manifest is
//! the one that the build tools of clients write: Apollo's persisted query manifest, or an object of ids and documents as
//! Relay writes it.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fmt::Write,
    path::Path,
    sync::Arc,
};

use anyhow::{Context, bail, ensure};
use async_graphql::parser::parse_query;
use schema_gateway::{ErrorCode, GraphQlRequest, Refusal, RefusalReason};
use schema_kernel::{Actor, ActorKind};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::config::{ClientClass, DocumentConfig, Profile};

/// The documents of a manifest, and who may send nothing else.
#[derive(Clone, Debug, Default)]
pub struct Documents {
    by_id: HashMap<String, Arc<str>>,
    known: BTreeSet<Arc<str>>,
    /// Those that devices may send: of the manifest, and of frontends that are for devices.
    for_devices: BTreeSet<Arc<str>>,
    required_for: Vec<ClientClass>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Manifest {
    Apollo {
        format: String,
        version: u32,
        operations: Vec<Operation>,
    },
    Relay(BTreeMap<String, String>),
}

#[derive(Deserialize)]
struct Operation {
    id: String,
    body: String,
}

impl Documents {
    /// Reads the manifest that the configuration names; nothing where it names none.
    ///
    /// # Errors
    /// When the file cannot be read, is no manifest, or holds a document that is not what its id says.
    pub fn load(config: &DocumentConfig, profile: Profile) -> anyhow::Result<Self> {
        let mut documents = Self {
            required_for: config.bound(profile),
            ..Self::default()
        };
        if let Some(file) = &config.manifest {
            documents
                .read(file)
                .with_context(|| format!("graphql.documents.manifest: {}", file.display()))?;
            documents.for_devices = documents.known.clone();
        }
        Ok(documents)
    }

    /// The same, where everybody may send documents of their own: whoever asks was checked elsewhere.
    #[must_use]
    pub fn unbound(self) -> Self {
        Self {
            required_for: Vec::new(),
            ..self
        }
    }

    /// Adds a document under its id, which devices may send too, or not. The same document may come more than once.
    ///
    /// # Errors
    /// When the id is a SHA-256, and not that of the document.
    pub fn trust(&mut self, id: &str, body: &str, is_for_devices: bool) -> anyhow::Result<()> {
        if is_for_devices {
            self.for_devices.insert(body.into());
        }
        let is_known = self.by_id.get(id).is_some_and(|known| **known == *body);
        if is_known {
            return Ok(());
        }
        self.add(id.to_owned(), body.to_owned())
    }

    fn read(&mut self, file: &Path) -> anyhow::Result<()> {
        let text = std::fs::read_to_string(file).context("it cannot be read")?;
        let manifest = serde_json::from_str(&text).context(
            "it is neither Apollo's persisted query manifest nor an object of ids and documents",
        )?;
        match manifest {
            Manifest::Apollo {
                format,
                version,
                operations,
            } => {
                ensure!(
                    format == "apollo-persisted-query-manifest" && version == 1,
                    "its format is `{format}`, version {version}; `apollo-persisted-query-manifest`, version 1, is known"
                );
                for Operation { id, body } in operations {
                    self.add(id, body)?;
                }
            }
            Manifest::Relay(documents) => {
                for (id, body) in documents {
                    self.add(id, body)?;
                }
            }
        }
        Ok(())
    }

    fn add(&mut self, id: String, body: String) -> anyhow::Result<()> {
        let hash = id.strip_prefix("sha256:").unwrap_or(&id);
        if is_sha256(hash) && !hash.eq_ignore_ascii_case(&sha256(&body)) {
            bail!("the document under {id} has another SHA-256 than that");
        }
        let body: Arc<str> = body.into();
        self.known.insert(Arc::clone(&body));
        if self.by_id.insert(id.clone(), body).is_some() {
            bail!("the id {id} stands there twice");
        }
        Ok(())
    }

    /// The names of all operations in the documents.
    pub fn operation_names(&self) -> BTreeSet<String> {
        let documents = self
            .known
            .iter()
            .filter_map(|body| parse_query(&**body).ok());
        let names = documents.flat_map(|document| {
            let operations = document.operations.iter();
            let names = operations.filter_map(|(name, _)| name.map(ToString::to_string));
            names.collect::<Vec<_>>()
        });
        names.collect()
    }

    /// Puts the document in the request that it names, or says why not.
    ///
    /// # Errors
    /// `PERSISTED_DOCUMENT_NOT_FOUND` for an id that no document has, `BAD_USER_INPUT` where id and document differ,
    /// `FORBIDDEN` for a document of one's own from who may send none.
    pub fn resolve(&self, request: &mut GraphQlRequest, actor: &Actor) -> Result<(), Refusal> {
        let Some(id) = request.document_id() else {
            return self.admit(&request.query, actor);
        };
        let Some(document) = self.by_id.get(id) else {
            return Err(Refusal::new(
                RefusalReason::Document,
                ErrorCode::PersistedDocumentNotFound,
                "There is no document with this id here.",
            ));
        };
        if !request.query.is_empty() && *request.query != **document {
            return Err(Refusal::new(
                RefusalReason::Document,
                ErrorCode::BadUserInput,
                "The document with this id is another one than `query`: send one of the two.",
            ));
        }
        document.as_ref().clone_into(&mut request.query);
        self.admit(&request.query, actor)
    }

    fn admit(&self, query: &str, actor: &Actor) -> Result<(), Refusal> {
        let is_bound = self.required_for.iter().any(|class| is_of(actor, *class));
        let known = match actor.kind() {
            ActorKind::Device => &self.for_devices,
            _ => &self.known,
        };
        if !is_bound || known.contains(query) {
            return Ok(());
        }
        Err(Refusal::new(
            RefusalReason::Document,
            ErrorCode::Forbidden,
            "Clients like this one send documents that are known here: name one by `documentId`.",
        ))
    }
}

fn is_of(actor: &Actor, class: ClientClass) -> bool {
    match class {
        ClientClass::Anonymous => actor.kind() == ActorKind::Anonymous,
        ClientClass::Staff => actor.kind() == ActorKind::Staff,
        ClientClass::Customer => matches!(actor.kind(), ActorKind::Customer(_)),
        ClientClass::Partner => actor.kind() == ActorKind::Partner,
        ClientClass::Device => actor.kind() == ActorKind::Device,
        ClientClass::Browser => actor.sign_in().is_some(),
    }
}

fn is_sha256(id: &str) -> bool {
    id.len() == 64 && id.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn sha256(text: &str) -> String {
    let digest = Sha256::digest(text);
    digest
        .iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = "{ __typename }";

    fn load(manifest: &serde_json::Value) -> anyhow::Result<Documents> {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("manifest.json");
        std::fs::write(&file, manifest.to_string())?;
        let config = DocumentConfig {
            manifest: Some(file),
            required_for: Vec::new(),
            required_for_in_production: Vec::new(),
        };
        Documents::load(&config, Profile::Development)
    }

    fn apollo(id: &str) -> serde_json::Value {
        let operation = serde_json::json!({ "id": id, "body": BODY, "name": "A", "type": "query" });
        serde_json::json!({ "format": "apollo-persisted-query-manifest", "version": 1, "operations": [operation] })
    }

    #[test]
    fn both_kinds_of_manifests_are_read() {
        let id = sha256(BODY);
        for manifest in [apollo(&id), apollo("a"), serde_json::json!({ "a": BODY })] {
            assert_eq!(load(&manifest).unwrap().by_id.len(), 1, "{manifest}");
        }
    }

    #[test]
    fn devices_send_what_is_for_devices() {
        let mut documents = Documents {
            required_for: vec![ClientClass::Device],
            ..Documents::default()
        };
        documents.trust("own", "{ own }", true).unwrap();
        documents.trust("other", "{ other }", false).unwrap();
        let actor = |kind| Actor::new("x", kind, "role", []);
        let sends = |kind, id: &str, query: &str| {
            let mut request = GraphQlRequest::new(query);
            if !id.is_empty() {
                let extension = serde_json::json!({ "documentId": id });
                request = serde_json::from_value(extension).unwrap();
            }
            documents.resolve(&mut request, &actor(kind)).is_ok()
        };
        assert!(sends(ActorKind::Device, "own", "") && sends(ActorKind::Device, "", "{ own }"));
        for (id, query) in [("other", ""), ("", "{ other }"), ("", "{ __typename }")] {
            assert!(!sends(ActorKind::Device, id, query), "{id}{query}");
            assert!(sends(ActorKind::Staff, id, query), "{id}{query}");
        }
    }

    #[test]
    fn their_operations_are_known_by_name() {
        let documents = "query A { a } mutation B { b }";
        let names =
            load(&serde_json::json!({ "1": documents, "2": "{ c }", "3": "query A { d }" }));
        let names = names.unwrap().operation_names();
        assert_eq!(names.into_iter().collect::<Vec<_>>(), ["A", "B"]);
    }

    #[test]
    fn what_is_wrong_is_told_with_the_file() {
        let mut newer = apollo("a");
        newer["version"] = 2.into();
        for (manifest, why) in [
            (apollo(&sha256("{ other }")), "another SHA-256"),
            (newer, "version 2"),
            (serde_json::json!([1]), "neither"),
        ] {
            let error = format!("{:#}", load(&manifest).unwrap_err());
            assert!(
                error.contains(why) && error.contains("manifest.json"),
                "{error}"
            );
        }
    }
}
