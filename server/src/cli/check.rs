use std::process::ExitCode;

use clap::Args;

use crate::{
    App,
    app::database::{Databases, Finding},
    config::Config,
    graph::{
        assembly::examine,
        subgraph::{SUPERGRAPH, compose, expect_same},
    },
    output::Output,
};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jetbridge check
  jetbridge check --json                       the same for programs; exit code 1 when something is not in place")]
pub(super) struct Check {
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

impl Check {
    pub(super) async fn run(self, config: Config) -> anyhow::Result<ExitCode> {
        let mut findings = vec![
            Finding::of(
                "configuration",
                Ok::<_, String>(format!("{:?} profile", config.profile).to_lowercase()),
            ),
            Finding::of(
                "supergraph",
                compose()
                    .and_then(|composed| {
                        expect_same("schema/supergraph.graphql", SUPERGRAPH, &composed)
                    })
                    .map(|()| "is what the code says")
                    .map_err(|error| format!("{error:#}")),
            ),
        ];
        findings.extend(supergraph_file(&config));
        findings.extend(databases(config).await);

        let complete = findings.iter().all(Finding::is_ok);
        if self.json {
            Output.json(&findings);
        } else {
            for finding in &findings {
                let mark = if finding.is_ok() { "ok    " } else { "FAILED" };
                Output.line(format_args!(
                    "{mark}  {:<22}  {}",
                    finding.name, finding.detail
                ));
            }
        }
        Ok(if complete {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }
}

// What `serve` would say of the file before it serves it.
fn supergraph_file(config: &Config) -> Option<Finding> {
    let file = config.graphql.supergraph.clone()?;
    let found = examine(file, &config.graphql)
        .map(|examined| {
            let mut found = format!("serves {}", examined.subgraphs.join(", "));
            if let Some(first) = examined.left_out.first() {
                let fields = examined.left_out.len();
                found = format!("{found}; leaves out what is here: {first}, {fields} in all");
            }
            found
        })
        .map_err(|error| error.to_string());
    Some(Finding::of("graphql.supergraph", found))
}

// A check changes nothing, so the product is only started where its databases are already in place.
async fn databases(config: Config) -> Vec<Finding> {
    let databases = match Databases::open(&config.database, None).await {
        Ok(databases) => databases,
        Err(error) => {
            return vec![Finding::of(
                "databases",
                Err::<String, _>(format!("{error:#}")),
            )];
        }
    };
    let mut findings = databases.examine().await;
    if findings.iter().all(Finding::is_ok) {
        findings.push(
            databases.examine_events().await.unwrap_or_else(|error| {
                Finding::of("events", Err::<String, _>(format!("{error:#}")))
            }),
        );
        findings.push(Finding::of(
            "reference data",
            reference(config)
                .await
                .map_err(|error| format!("{error:#}")),
        ));
    }
    findings
}

async fn reference(config: Config) -> anyhow::Result<&'static str> {
    let app = App::start(config).await?;
    let data = app
        .ask("{ airport(iataCode: \"DXB\") { iataCode } }")
        .await?;
    anyhow::ensure!(
        data.pointer("/airport/iataCode").is_some(),
        "there are no airports"
    );
    Ok("airports are there")
}
