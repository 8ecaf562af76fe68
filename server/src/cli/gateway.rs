use std::{path::PathBuf, process::ExitCode};

use clap::Args;

use crate::{
    App, Running,
    config::{Config, Flags},
    lifecycle::StopSignals,
    output::Output,
};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jetbridge gateway --supergraph supergraph.graphql
  jetbridge gateway --supergraph supergraph.graphql --listen 0.0.0.0:8080 --header x-tenant
  jetbridge gateway --supergraph schema/supergraph.graphql --subgraph-url case=http://127.0.0.1:8083/graphql

The supergraph may be composed by anything that speaks Apollo Federation v2. Its subgraphs are asked at the URLs in its
`join__Graph`, in any language. A changed file is taken up without a restart, at once on SIGHUP; one that cannot be served
is refused in the log, with file, line and rule, and the one before goes on.

Tokens: the gateway checks none of its own accord. It passes the header `authorization` on to every subgraph, with
`accept-language`, `x-request-id` and `traceparent`, and each subgraph decides who may do what. Where auth.jwks_file or
auth.public_key_file is configured, a token that does not hold is refused here already; rights remain the subgraphs'.
Cookies and headers of a connection are never passed on.")]
pub(super) struct Gateway {
    /// The composed supergraph.
    #[arg(long, value_name = "FILE")]
    supergraph: PathBuf,
    /// Address and port to listen on; port 0 picks a free one.
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<String>,
    /// Ask this subgraph there, whatever the supergraph says. May be repeated.
    #[arg(long, value_name = "NAME=URL", value_parser = name_and_url)]
    subgraph_url: Vec<(String, String)>,
    /// Pass this header on to subgraphs too. May be repeated.
    #[arg(long, value_name = "NAME")]
    header: Vec<String>,
}

impl Gateway {
    pub(super) fn flags(&self) -> Flags {
        Flags::default().listen(self.listen.clone()).gateway(
            &self.supergraph,
            &self.subgraph_url,
            &self.header,
        )
    }

    pub(super) async fn run(self, config: Config) -> anyhow::Result<ExitCode> {
        let app = App::start_gateway(config)?;
        let mut signals = StopSignals::listen()?;
        let mut running = Running::start(app).await?;
        Output.line(format_args!(
            "The gateway answers at {}/graphql",
            running.url()
        ));
        running.until_asked_to_stop(&mut signals).await?;
        running.stop().await;
        Ok(ExitCode::SUCCESS)
    }
}

fn name_and_url(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, url)) if !name.is_empty() && !url.is_empty() => {
            Ok((name.to_owned(), url.to_owned()))
        }
        _ => Err("write NAME=URL, like case=http://127.0.0.1:8083/graphql".to_owned()),
    }
}
