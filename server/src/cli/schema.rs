use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context;
use clap::Args;
use schema_gateway::SubgraphSdl;

use crate::{
    graph::subgraph::{SubgraphName, compose, compose_with, expect_same},
    output::Output,
};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jetbridge schema                             write schema/*/schema.graphql and schema/supergraph.graphql
  jetbridge schema --check                     exit code 1 when one of them is not what the code says
  jetbridge schema --with weather=weather.graphql@http://127.0.0.1:4001/graphql --supergraph mixed.graphql
                                               write our supergraph with somebody else's subgraph in it")]
pub(super) struct Schema {
    /// Write nothing; exit code 1 when a file is not what the code says.
    #[arg(long)]
    check: bool,
    /// The folder that holds the schemas.
    #[arg(long, value_name = "FOLDER", default_value = "schema")]
    folder: PathBuf,
    /// Compose a subgraph of somebody else with ours: its name, its federation schema, and where it answers. May be
    /// repeated.
    #[arg(long, value_name = "NAME=FILE@URL", requires = "supergraph", value_parser = other)]
    with: Vec<Other>,
    /// Write the supergraph of ours and the others here, and nothing else.
    #[arg(long, value_name = "FILE", requires = "with", conflicts_with_all = ["check", "folder"])]
    supergraph: Option<PathBuf>,
}

#[derive(Clone, Debug)]
struct Other {
    name: String,
    file: PathBuf,
    url: String,
}

impl Schema {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        if let Some(file) = &self.supergraph {
            return write_with(&self.with, file);
        }
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

fn write_with(others: &[Other], file: &Path) -> anyhow::Result<ExitCode> {
    let mut subgraphs = Vec::new();
    for other in others {
        let sdl = std::fs::read_to_string(&other.file)
            .with_context(|| other.file.display().to_string())?;
        subgraphs.push(SubgraphSdl {
            name: other.name.clone(),
            url: other.url.clone(),
            sdl,
        });
    }
    let supergraph = compose_with(subgraphs)?;
    // A gateway may be following the file: it is to see the old one or the new one.
    let beside = file.with_extension("new");
    std::fs::write(&beside, supergraph)
        .and_then(|()| std::fs::rename(&beside, file))
        .with_context(|| file.display().to_string())?;
    Output.line(file.display());
    Ok(ExitCode::SUCCESS)
}

fn other(text: &str) -> Result<Other, String> {
    let parts = text.split_once('=').and_then(|(name, rest)| {
        let (file, url) = rest.split_once('@')?;
        let complete = ![name, file, url].contains(&"");
        complete.then(|| Other {
            name: name.to_owned(),
            file: file.into(),
            url: url.to_owned(),
        })
    });
    parts.ok_or_else(|| {
        "write NAME=FILE@URL, like weather=weather.graphql@http://127.0.0.1:4001/graphql".to_owned()
    })
}
