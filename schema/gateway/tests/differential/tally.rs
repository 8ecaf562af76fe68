//! What came of many cases.

use std::collections::BTreeMap;

use crate::{
    cases::{Facts, Outcome, QUERIES, kind_of, operation, report, run, world},
    features,
    log::Log,
    setting,
    toy::Toy,
};

/// Failing cases that are shown in full.
const SHOWN: usize = 3;

/// How often each feature has to occur in a thousand cases.
const LEAST_OF_THOUSAND: u64 = 4;

#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) cases: u64,
    with_data: u64,
    with_errors: u64,
    several_fetches: u64,
    /// Cases that were the same, by what they touch.
    touched: BTreeMap<&'static str, u64>,
    not_composed: BTreeMap<String, u64>,
    not_planned: BTreeMap<String, u64>,
    different: Vec<String>,
}

impl Tally {
    /// Runs all queries of a world.
    pub(crate) async fn world(&mut self, seed: u64, log: &Log) {
        let toy = match world(seed) {
            Ok(toy) => toy,
            Err(reason) => {
                self.cases += QUERIES;
                *self
                    .not_composed
                    .entry(format!("world {seed}: {reason}"))
                    .or_default() += 1;
                return;
            }
        };
        for query in 0..QUERIES {
            self.cases += 1;
            let operation = operation(&toy.world, query);
            match run(&toy, &operation, log).await {
                Outcome::Same(facts) => self.same(&toy, facts, &operation.text()),
                Outcome::NotPlanned(reason) => self.not_planned(&toy, query, &reason, log).await,
                Outcome::Different(_) if self.different.len() < SHOWN => {
                    self.different.push(report(&toy, query, log).await);
                }
                Outcome::Different(text) => {
                    let line = text.lines().take(3).collect::<Vec<_>>().join(" ");
                    self.different
                        .push(format!("world {seed} query {query}: {line}"));
                }
            }
        }
    }

    fn same(&mut self, toy: &Toy, facts: Facts, text: &str) {
        self.with_data += u64::from(facts.has_data);
        self.with_errors += u64::from(facts.has_errors);
        self.several_fetches += u64::from(facts.fetches > 1);
        if facts.has_data {
            for feature in features::touched(&toy.world, text) {
                *self.touched.entry(feature).or_default() += 1;
            }
        }
    }

    async fn not_planned(&mut self, toy: &Toy, query: u64, reason: &str, log: &Log) {
        let kind = kind_of(reason).to_owned();
        let is_new = !self.not_planned.contains_key(&kind);
        *self.not_planned.entry(kind).or_default() += 1;
        if is_new && setting("JETBRIDGE_DIFFERENTIAL_EXPLAIN", 0) > 0 {
            eprintln!("{}", report(toy, query, log).await);
        }
    }

    /// The figures, for people.
    pub(crate) fn summary(&self) -> String {
        format!(
            "{} cases: {} with data, {} with errors, {} by several fetches, {} different\n\
             touched: {:?}\nnot planned: {:#?}",
            self.cases,
            self.with_data,
            self.with_errors,
            self.several_fetches,
            self.different.len(),
            self.touched,
            self.not_planned
        )
    }

    /// Fails where the answers differ, or where the cases prove less than they should.
    pub(crate) fn judge(&self) {
        assert!(
            self.different.is_empty(),
            "{} differences\n{}",
            self.different.len(),
            self.different.join("\n")
        );
        assert!(self.not_composed.is_empty(), "{:#?}", self.not_composed);
        assert!(self.not_planned.is_empty(), "{:#?}", self.not_planned);

        // Fewer cases than usual are somebody's look at one world.
        if self.cases < crate::CASES {
            return;
        }
        for feature in features::ALL {
            let cases = self.touched.get(feature).copied().unwrap_or_default();
            assert!(
                cases * 1_000 >= LEAST_OF_THOUSAND * self.cases,
                "{feature} is in {cases} cases"
            );
        }
        assert!(self.with_errors * 10 > self.cases && self.several_fetches * 2 > self.cases);
    }
}
