//! What was found out: a table for people, JSON for programs.

use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;
use server::output::Output;

use super::{machine, process::Kind};

/// Everything that was measured so far. Cloning is cheap.
#[derive(Clone, Debug)]
pub(crate) struct Report {
    findings: Arc<Mutex<Vec<Finding>>>,
    database: &'static str,
}

/// What was measured of one thing.
#[derive(Clone, Debug, Serialize)]
struct Finding {
    database: &'static str,
    what: String,
    // How busy the machine was just before, as the average number of processes that wanted to run.
    load_average: Option<f64>,
    figures: Vec<Figure>,
}

/// One figure, with the bar it has to hold where there is one.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Figure {
    name: &'static str,
    value: f64,
    unit: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    bar: Option<Bar>,
}

#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
enum Bar {
    AtMost(f64),
    AtLeast(f64),
}

impl Figure {
    /// A figure without a bar.
    pub(crate) fn of(name: &'static str, value: f64, unit: &'static str) -> Self {
        Self {
            name,
            value,
            unit,
            bar: None,
        }
    }

    /// The same, good when it is at most this.
    pub(crate) fn at_most(self, bar: f64) -> Self {
        Self {
            bar: Some(Bar::AtMost(bar)),
            ..self
        }
    }

    /// The same, good when it is at least this.
    pub(crate) fn at_least(self, bar: f64) -> Self {
        Self {
            bar: Some(Bar::AtLeast(bar)),
            ..self
        }
    }

    fn text(&self) -> String {
        let value = number(self.value);
        let separator = if self.unit.is_empty() { "" } else { " " };
        let bar = match self.bar {
            None => String::new(),
            Some(Bar::AtMost(bar)) => {
                format!(" [≤ {}: {}]", number(bar), verdict(self.value <= bar))
            }
            Some(Bar::AtLeast(bar)) => {
                format!(" [≥ {}: {}]", number(bar), verdict(self.value >= bar))
            }
        };
        format!("{} {value}{separator}{}{bar}", self.name, self.unit)
    }
}

impl Report {
    pub(crate) fn new() -> Self {
        Self {
            findings: Arc::default(),
            database: "",
        }
    }

    /// The same report, for what is measured on this database.
    pub(crate) fn on(&self, kind: Kind) -> Self {
        Self {
            findings: self.findings.clone(),
            database: kind.name(),
        }
    }

    /// Says what is measured next.
    pub(crate) fn announce(&self, what: &str) {
        Output.complain(format_args!("{}: {what} …", self.database));
    }

    /// Keeps what was measured.
    pub(crate) fn add(&self, what: impl Into<String>, figures: Vec<Figure>) {
        let finding = Finding {
            database: self.database,
            what: what.into(),
            load_average: machine::load_average(),
            figures,
        };
        Output.complain(format_args!("{}: {}", finding.database, finding.line(0)));
        self.findings
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(finding);
    }

    /// Prints all of it.
    pub(crate) fn print(&self, as_json: bool) {
        let findings = self.findings.lock().unwrap_or_else(PoisonError::into_inner);
        if as_json {
            return Output.json(
                &serde_json::json!({ "machine": machine::description(), "findings": *findings }),
            );
        }
        Output.line(format_args!("\nMeasured on {}.", machine::description()));
        let width = findings
            .iter()
            .map(|finding| finding.what.chars().count())
            .max()
            .unwrap_or_default();
        let mut database = "";
        for finding in findings.iter() {
            if finding.database != database {
                database = finding.database;
                Output.line(format_args!("\n{database}"));
            }
            Output.line(format_args!("  {}", finding.line(width)));
        }
    }
}

impl Finding {
    fn line(&self, width: usize) -> String {
        let figures: Vec<String> = self.figures.iter().map(Figure::text).collect();
        format!("{:width$}  {}", self.what, figures.join(" · "))
    }
}

fn verdict(holds: bool) -> &'static str {
    if holds { "held" } else { "MISSED" }
}

/// Three digits that count, and no more of a fraction than two.
fn number(value: f64) -> String {
    match value.abs() {
        size if size >= 100.0 || value.fract() == 0.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

/// The value below which this share of the sorted values lies.
pub(crate) fn quantile(sorted: &[f64], share: f64) -> f64 {
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a place in a list"
    )]
    let place = (share * sorted.len() as f64).ceil() as usize;
    sorted
        .get(place.clamp(1, sorted.len().max(1)) - 1)
        .copied()
        .unwrap_or(f64::NAN)
}

/// The value in the middle.
pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    quantile(&values, 0.5)
}
