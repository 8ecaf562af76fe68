//! The courier of notifications: who finds people for it, and who takes letters over.

use std::sync::Arc;

use anyhow::Context;
use schema_engagement::{
    courier::{Courier, Directory},
    template::Templates,
};
use schema_kernel::{Actor, Clock, IdSource, Session};

use super::database::Databases;
use crate::{
    auth::{DevelopmentKey, Role},
    config::Config,
    directory::{GraphDirectory, InProcess, Remote, TokenSource},
    graph::{Graph, Shape, subgraph::SubgraphName},
    mail,
};

/// The courier of this process; `None` where it does not know the graph, or does not serve the engagement domain.
pub(super) fn courier(
    config: &Config,
    databases: &Databases,
    graph: &Graph,
    clock: &Clock,
    ids: &IdSource,
) -> anyhow::Result<Option<Courier>> {
    let Ok(database) = databases.get(SubgraphName::Engagement) else {
        return Ok(None);
    };
    let session = Session::new(
        Actor::service("courier"),
        "courier",
        clock.clone(),
        ids.clone(),
    );
    let timeout = config.notification.lookup_timeout;
    let directory: Arc<dyn Directory> = match (graph.shape(), &config.notification.graph_url) {
        (Shape::Supergraph(live), _) => {
            let asked = InProcess::new(live.clone(), session.clone(), timeout)
                .audited_by(graph.audit().cloned());
            Arc::new(GraphDirectory::new(asked))
        }
        (Shape::Subgraph(_), Some(url)) => {
            let asked = Remote::new(url.clone(), token(config, clock.clone())?, timeout)?;
            Arc::new(GraphDirectory::new(asked))
        }
        (Shape::Subgraph(_), None) => return Ok(None),
    };
    Ok(Some(Courier::new(
        database.clone(),
        session,
        directory,
        mail::mailer(config)?,
        Templates::load()?,
        config.notification.options(&config.mail),
    )))
}

fn token(config: &Config, clock: Clock) -> anyhow::Result<TokenSource> {
    if let Some(file) = &config.notification.graph_token_file {
        return Ok(TokenSource::File(file.clone()));
    }
    if config.auth.has_configured_key() {
        anyhow::bail!(
            "notification.graph_token_file: the graph at notification.graph_url is asked with a token, and this process signs none"
        );
    }
    let key = DevelopmentKey::in_folder(&config.data_folder).context("the development key")?;
    let auth = config.auth.clone();
    Ok(TokenSource::Signed(Box::new(move || {
        Ok(key.sign(&auth, &clock, Role::Administrator, None)?)
    })))
}
