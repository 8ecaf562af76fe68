use std::{path::PathBuf, process::ExitCode};

use anyhow::Context;
use clap::Args;

use crate::{
    graph::subgraph::{SubgraphName, compose, expect_same},
    output::Output,
};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jetbridge schema                             write schema/*/schema.graphql and schema/supergraph.graphql
  jetbridge schema --check                     exit code 1 when one of them is not what the code says")]
pub(super) struct Schema {
    /// Write nothing; exit code 1 when a file is not what the code says.
    #[arg(long)]
    check: bool,
    /// The folder that holds the schemas.
    #[arg(long, value_name = "FOLDER", default_value = "schema")]
    folder: PathBuf,
}

impl Schema {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        let mut files = Vec::new();
        for name in SubgraphName::ALL {
            files.push((
                self.folder.join(name.as_str()).join("schema.graphql"),
                name.sdl()?,
            ));
        }
        files.push((self.folder.join("supergraph.graphql"), compose()?));

        let mut drifted = false;
        for (path, text) in files {
            let name = path.display().to_string();
            if self.check {
                let committed = std::fs::read_to_string(&path).with_context(|| name.clone())?;
                if let Err(difference) = expect_same(&name, &committed, &text) {
                    Output.complain(difference);
                    drifted = true;
                }
            } else {
                std::fs::write(&path, text).with_context(|| name.clone())?;
                Output.line(name);
            }
        }
        Ok(if drifted {
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        })
    }
}
