//! One case: a world, a query, two answers.

use std::fmt::Write;

use crate::{
    compare::difference,
    dice::digest,
    log::Log,
    query::Operation,
    toy::{Answer, Toy},
    world::World,
};

/// Queries of each world.
pub(crate) const QUERIES: u64 = 20;

/// What came of a case.
#[derive(Debug)]
pub(crate) enum Outcome {
    Same(Facts),
    /// What the planner said.
    NotPlanned(String),
    Different(String),
}

/// What makes a case worth something.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Facts {
    pub(crate) has_data: bool,
    pub(crate) has_errors: bool,
    pub(crate) fetches: usize,
}

/// The world of a seed.
pub(crate) fn world(seed: u64) -> Result<Toy, String> {
    Toy::new(World::invent(seed))
}

/// The query of a case over its world.
pub(crate) fn operation(world: &World, query: u64) -> Operation {
    Operation::invent(world, digest(world.seed, &query.to_string()))
}

/// Asks both.
pub(crate) async fn run(toy: &Toy, operation: &Operation, log: &Log) -> Outcome {
    let (text, given) = (operation.text(), operation.given());
    log.clear();
    let before = toy.fetches();
    let ours = toy.ask_gateway(&text, &given).await;
    if ours.data.is_none()
        && let Some(reason) = log.reason()
    {
        return Outcome::NotPlanned(reason);
    }
    let theirs = toy.ask_one_schema(&text, &given);
    match difference(&ours, &theirs) {
        None => Outcome::Same(Facts {
            has_data: theirs
                .data
                .is_some_and(|data| data != async_graphql::Value::Null),
            has_errors: !theirs.errors.is_empty(),
            fetches: toy.fetches() - before,
        }),
        Some(text) => Outcome::Different(text + &refusal(&ours)),
    }
}

fn refusal(answer: &Answer) -> String {
    let messages = answer
        .errors
        .iter()
        .map(|error| format!("\n  {}", error.message));
    match answer.data {
        None => messages.collect(),
        Some(_) => String::new(),
    }
}

impl Outcome {
    /// What is wrong, so far as smaller queries have to have it too.
    pub(crate) fn kind(&self) -> &str {
        match self {
            Self::Same(_) => "",
            Self::NotPlanned(reason) => kind_of(reason),
            Self::Different(_) => "different",
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Same(_) => String::new(),
            Self::NotPlanned(text) | Self::Different(text) => text.clone(),
        }
    }
}

/// An error of the planner without the names and numbers in it.
pub(crate) fn kind_of(reason: &str) -> &str {
    let end = reason.find(['\'', '[']).or_else(|| reason.rfind(": "));
    &reason[..end.unwrap_or(reason.len())]
}

/// Everything one needs to see a case again, with the smallest query that still goes wrong in the same way.
pub(crate) async fn report(toy: &Toy, query: u64, log: &Log) -> String {
    let mut smallest = operation(&toy.world, query);
    let mut outcome = run(toy, &smallest, log).await;
    'again: loop {
        for smaller in smallest.smaller() {
            let next = run(toy, &smaller, log).await;
            if next.kind() == outcome.kind() {
                (smallest, outcome) = (smaller, next);
                continue 'again;
            }
        }
        break;
    }
    let shown = outcome.text();
    let mut report = format!("world {} query {query}\n", toy.world.seed);
    for number in 0..toy.world.subgraphs {
        writeln!(report, "--- s{number}\n{}", toy.world.sdl(number)).unwrap();
    }
    writeln!(report, "--- supergraph\n{}", toy.supergraph).unwrap();
    let fetches = toy.seen(&smallest).await;
    let given = serde_json::to_string(&smallest.given()).unwrap();
    write!(
        report,
        "--- query\n{}\n{given}\n--- fetches\n{fetches}\n--- {shown}\n",
        smallest.text()
    )
    .unwrap();
    report
}
