//! What the language of rules refuses, and where it says that the mistake stands.

#![expect(
    clippy::unwrap_used,
    reason = "a broken file should stop the test where it is broken"
)]

use schema_compensation::engine::{FactType, RuleSet, vocabulary};

fn file(name: &str) -> String {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    std::fs::read_to_string(format!("{root}/schema/compensation/rules/{name}")).unwrap()
}

/// A pack of one rule with this condition on line 14.
fn pack(condition: &str) -> String {
    format!(
        "id = \"TEST\"\ntitle = \"\"\nversion = 1\nregime = \"EU261\"\nstatus = \"enabled\"\nsource = \"\"\n\n[[answer]]\nname = \"compensation\"\nspeaks = \"always\"\n\n[[answer.rule]]\nid = \"TEST-RULE\"\nfits = \"{condition}\"\nversion = 1\neffective_from = 2020-01-01\nsource = \"\"\nwhy = \"\"\n"
    )
}

fn problem(condition: &str) -> String {
    let problems =
        RuleSet::read(&file("jurisdictions.toml"), [pack(condition).as_str()]).unwrap_err();
    problems[0].to_string()
}

#[test]
fn a_right_condition_is_read() {
    for condition in [
        "event.kind == 'DELAY' && event.arrival_delay >= 3 * 60",
        "journey.origin in EU || carrier.licence_country in ['DE', 'FR']",
        "math.least(purchase.fare, 100) % 7 != -(2 / 1)",
        "!(event.airport_changed ? true : passenger.presented)",
    ] {
        let read = RuleSet::read(&file("jurisdictions.toml"), [pack(condition).as_str()]);
        assert!(read.is_ok(), "{condition}: {read:?}");
    }
}

#[test]
fn a_mistake_is_named_with_rule_line_and_column_and_what_would_be_right() {
    for (condition, expected) in [
        (
            "event.arrival_dely >= 180",
            "TEST:14:14 (TEST-RULE): There is no fact `event.arrival_dely`; did you mean `event.arrival_delay`?",
        ),
        (
            "true && event.kind == 'DELAI'",
            "TEST:14:31 (TEST-RULE): \"DELAI\" is none of the words DELAY, CANCELLATION,",
        ),
        (
            "event.arrival_delay",
            "TEST:14:9 (TEST-RULE): A condition is yes or no; this is a number.",
        ),
        (
            "journey.origin in EEU",
            "There is no zone `EEU`; the zones are EU,",
        ),
        (
            "event.arrival_delay > 2.5",
            "Numbers are whole: write amounts in minor units",
        ),
        (
            "event.arrival_delay && true",
            "Here stands a yes or no, and this is a number.",
        ),
        (
            "[1, 2].exists(x, x > 1)",
            "are not part of the language of rules",
        ),
        (
            "size('abc') > 1",
            "`size` is not part of the language of rules.",
        ),
        (
            "event.kind == service.issue",
            "Only values of one sort are compared",
        ),
        ("event.arrival_delay >", "This is no expression of CEL"),
        (
            "carrier.licence_country == 'Germany'",
            "A country is two capital letters",
        ),
    ] {
        let found = problem(condition);
        assert!(found.contains(expected), "{condition}: {found}");
    }
}

#[test]
fn size_and_depth_are_bounded() {
    let long = format!("true{}", " || true".repeat(400));
    assert!(problem(&long).contains("at most 2000 are allowed"));
    let deep = format!("{}true{}", "(".repeat(60), ")".repeat(60));
    assert!(problem(&deep).contains("nested deeper than 40 levels"));
    let tall = format!("{}1 > 0", "1 + ".repeat(60));
    assert!(problem(&tall).contains("deeper than 40 levels"));
}

#[test]
fn an_unknown_key_of_the_file_is_refused_where_it_stands() {
    let text = pack("true").replace("why = \"\"", "why = \"\"\nwhen = \"true\"");
    let problems = RuleSet::read(&file("jurisdictions.toml"), [text.as_str()]).unwrap_err();
    assert_eq!(problems[0].line, 19);
    assert!(
        problems[0].message.contains("unknown field `when`"),
        "{problems:?}"
    );
}

#[test]
fn two_versions_of_a_rule_for_one_day_are_refused_with_both_named() {
    let text = pack("true");
    let second =
        text[text.find("[[answer.rule]]").unwrap()..].replace("version = 1", "version = 2");
    let problems = RuleSet::read(
        &file("jurisdictions.toml"),
        [format!("{text}\n{second}").as_str()],
    );
    assert_eq!(
        problems.unwrap_err()[0].to_string(),
        "TEST (TEST-RULE): Both version 1 (2020-01-01 to open) and version 2 (2020-01-01 to open) decide 2020-01-01; end the first the day before."
    );
}

#[test]
fn every_fact_says_what_it_means_and_every_number_its_unit() {
    for entry in vocabulary() {
        assert!(entry.meaning.ends_with('.'), "{}", entry.name);
        assert_eq!(
            entry.unit.is_empty(),
            entry.kind != FactType::Number,
            "{}",
            entry.name
        );
    }
}
