//! What is said about an expression that cannot be.

use crate::engine::vocabulary::{ENTRIES, FactType};

pub(super) fn describe(meaning: FactType) -> &'static str {
    match meaning {
        FactType::Truth => "a yes or no",
        FactType::Number => "a number",
        FactType::Word(_) => "a word",
        FactType::Country => "a country",
        FactType::Place => "an airport",
    }
}

pub(super) fn not_allowed(name: &str) -> String {
    format!(
        "`{}` is not part of the language of rules. It has + - * / %, comparison, && || !, ?:, in, math.least and math.greatest of two numbers.",
        name.trim_matches('_')
    )
}

pub(super) fn unknown<'a>(name: &str, definitions: impl Iterator<Item = &'a str>) -> String {
    let known = ENTRIES.iter().map(|entry| entry.name).chain(definitions);
    match nearest(name, known) {
        Some(near) => format!("There is no fact `{name}`; did you mean `{near}`?"),
        None => format!("There is no fact `{name}`, and no definition above of that name."),
    }
}

pub(super) fn unknown_zone<'a>(name: &str, zones: impl Iterator<Item = &'a str>) -> String {
    let zones: Vec<_> = zones.collect();
    format!(
        "There is no zone `{name}`; the zones are {}. A list is written [a, b].",
        zones.join(", ")
    )
}

/// The name that shares the most letters in order, when it shares most of them.
fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let shared = |candidate: &str| {
        let ahead = name
            .bytes()
            .zip(candidate.bytes())
            .take_while(|(a, b)| a == b)
            .count();
        let behind = name
            .bytes()
            .rev()
            .zip(candidate.bytes().rev())
            .take_while(|(a, b)| a == b)
            .count();
        (ahead + behind).min(candidate.len())
    };
    known
        .map(|candidate| (shared(candidate), candidate))
        .max_by_key(|(shared, _)| *shared)
        .filter(|(shared, candidate)| shared * 2 >= candidate.len())
        .map(|(_, candidate)| candidate)
}
