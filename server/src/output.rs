//! What commands print: sentences for people, or JSON for programs, on standard output.

use std::{
    io::{IsTerminal, Write},
    sync::atomic::{AtomicU64, Ordering},
};

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use serde_json::Value;

/// Standard output and standard error. A reader that has gone away is no error.
#[derive(Clone, Copy, Debug)]
pub struct Output;

impl Output {
    /// One line of text.
    pub fn line(self, text: impl std::fmt::Display) {
        let _ = writeln!(std::io::stdout().lock(), "{text}");
    }

    /// A value as JSON.
    pub fn json(self, value: &impl Serialize) {
        let mut lock = std::io::stdout().lock();
        let _ = serde_json::to_writer_pretty(&mut lock, value);
        let _ = writeln!(lock);
    }

    /// Counts by name, one a line, those of nothing left out.
    pub fn counts(self, counts: &impl Serialize) {
        let Ok(Value::Object(counts)) = serde_json::to_value(counts) else {
            return;
        };
        for (name, count) in counts.iter().filter(|(_, count)| count.as_u64() != Some(0)) {
            self.line(format_args!(
                "  {:>10}  {}",
                count.to_string(),
                name.replace('_', " ")
            ));
        }
    }

    /// One line of complaint, on standard error.
    pub fn complain(self, text: impl std::fmt::Display) {
        let _ = writeln!(std::io::stderr().lock(), "{text}");
    }

    /// How much of `total` is done, counted in `unit`: a bar on a terminal, a line for each tenth elsewhere.
    pub fn progress(self, what: &'static str, total: u64, unit: &'static str) -> Progress {
        if !std::io::stderr().is_terminal() {
            return Progress::Lines {
                what,
                unit,
                total: total.max(1),
                tenths: AtomicU64::new(0),
            };
        }
        let bar = ProgressBar::new(total).with_message(what);
        let template =
            format!("{{msg}} {{wide_bar}} {{human_pos}}/{{human_len}} {unit}, {{eta}} to go");
        // A template that does not fit leaves the standard one.
        Progress::Bar(match ProgressStyle::with_template(&template) {
            Ok(style) => bar.with_style(style),
            Err(_) => bar,
        })
    }
}

/// The progress of something long, on standard error.
#[derive(Debug)]
pub enum Progress {
    /// A bar that moves.
    Bar(ProgressBar),
    /// A line for each tenth.
    Lines {
        /// What is done.
        what: &'static str,
        /// What is counted.
        unit: &'static str,
        /// All of it.
        total: u64,
        /// Tenths that were told.
        tenths: AtomicU64,
    },
}

impl Progress {
    /// So much is done.
    pub fn reached(&self, done: u64) {
        match self {
            Self::Bar(bar) => bar.set_position(done),
            Self::Lines {
                what,
                unit,
                total,
                tenths,
            } => {
                let reached = done.saturating_mul(10) / total;
                if tenths.fetch_max(reached, Ordering::Relaxed) < reached {
                    Output.complain(format_args!("{what}: {done} of {total} {unit}"));
                }
            }
        }
    }

    /// It is over.
    pub fn finish(&self) {
        if let Self::Bar(bar) = self {
            bar.finish_and_clear();
        }
    }
}
