use std::process::ExitCode;

use clap::Subcommand;

use crate::{config::Config, mail, output::Output};

#[derive(Debug, Subcommand)]
#[command(after_help = "\
Examples:
  jetbridge mailbox list
  jetbridge mailbox list --json
  jetbridge mailbox show 20261120T080000-01936f5e-7d8a-7c3e-9a52-0f6b1d2c4e5f
  jetbridge mailbox show 0f6b1d2c4e5f --html > mail.html")]
pub(super) enum Mailbox {
    /// List the mails that lie in the folder, the oldest first.
    List {
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Print one mail.
    Show {
        /// Its name, or the beginning or the end of it.
        name: String,
        /// Print the page of HTML in place of the plain text.
        #[arg(long)]
        html: bool,
    },
}

impl Mailbox {
    pub(super) fn run(self, config: &Config) -> anyhow::Result<ExitCode> {
        let folder = mail::mailbox_folder(config);
        match self {
            Self::List { json } => {
                let mails = mail::list(&folder)?;
                if json {
                    Output.json(&mails);
                    return Ok(ExitCode::SUCCESS);
                }
                for found in &mails {
                    Output.line(format_args!(
                        "{}  {}  {}",
                        found.name, found.to, found.subject
                    ));
                }
                if mails.is_empty() {
                    Output.line(format_args!("No mail lies in {}.", folder.display()));
                }
            }
            Self::Show { name, html } => Output.line(mail::show(&folder, &name, html)?),
        }
        Ok(ExitCode::SUCCESS)
    }
}
