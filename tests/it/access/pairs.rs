//! Every actor at every door that takes an id, with what is their own and what is another's: the table of answers is a
//! snapshot. A pair without a decided answer fails: an error that is none of ours, or a door that is not in the list (see
//! `every_door_that_takes_an_id_has_its_case`).

use std::collections::BTreeMap;

use clap::ValueEnum;
use server::auth::Role;
use tests::{Answer, App, Client, Storage};

use super::doors::{Door, Known, doors};

/// What a door answers an actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Decided {
    /// Nobody is known to ask.
    Unknown,
    /// The actor may not ask it.
    Refused,
    /// For the actor there is nothing: what may not be seen does not exist.
    Nothing,
    /// It is answered, or an outcome says why not.
    Answered,
}

impl Decided {
    fn of(door: &Door, answer: &Answer) -> Option<Self> {
        let found = &answer.body["data"][door.field];
        match answer.codes().as_slice() {
            [] if found.is_null() || found["code"] == "NOT_FOUND" => Some(Self::Nothing),
            [] if found["nodes"].as_array().is_some_and(Vec::is_empty) => Some(Self::Nothing),
            [] => Some(Self::Answered),
            codes if codes.iter().all(|code| *code == "UNAUTHENTICATED") => Some(Self::Unknown),
            // Parts of an answer that is there may be refused.
            codes if codes.iter().all(|code| *code == "FORBIDDEN") => Some(if found.is_null() {
                Self::Refused
            } else {
                Self::Answered
            }),
            _ => None,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Refused => "refused",
            Self::Nothing => "nothing",
            Self::Answered => "answered",
        }
    }
}

fn actors(app: &App, known: &Known) -> Vec<(String, Client)> {
    let mut actors = vec![
        ("nobody".to_owned(), app.nobody()),
        (
            "customer, another's".to_owned(),
            app.customer(&known.stranger),
        ),
        ("customer, own".to_owned(), app.customer(&known.customer)),
    ];
    // Who changes least comes first: what one has done is another's state.
    let others = Role::value_variants().iter().rev();
    for role in others.filter(|role| **role != Role::Customer) {
        actors.push((role.name().to_owned(), app.actor(*role)));
    }
    actors
}

#[tokio::test]
async fn every_actor_at_every_door_has_a_decided_answer() {
    let app = App::start(Storage::sqlite()).await;
    let known = Known::new(&app).await;
    let mut table: BTreeMap<&str, BTreeMap<Decided, Vec<String>>> = BTreeMap::new();
    for (name, actor) in actors(&app, &known) {
        for door in doors(&known) {
            let answer = actor.ask_with(&door.document, door.variables.clone()).await;
            let decided = Decided::of(&door, &answer)
                .unwrap_or_else(|| panic!("{name} at {}: {:#}", door.field, answer.body));
            let row = table.entry(door.field).or_default();
            row.entry(decided).or_default().push(name.clone());
        }
    }
    let lines: Vec<String> = table
        .into_iter()
        .map(|(field, row)| {
            let said = |(decided, names): (Decided, Vec<String>)| {
                format!("  {}: {}", decided.word(), names.join("; "))
            };
            let said: Vec<String> = row.into_iter().map(said).collect();
            format!("{field}\n{}", said.join("\n"))
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}
