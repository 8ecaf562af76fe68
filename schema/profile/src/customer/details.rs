//! What a customer's fields may hold. Pure functions.

use chrono::NaiveDate;
use entities::profile::customer;

use super::name;
use crate::check::Problems;

/// The rule of names.
pub(super) const NAME_RULE: &str = "name";
/// The rule of names on travel documents.
pub(super) const DOCUMENT_RULE: &str = "ICAO 9303 part 3, section 6";
const BIRTH_RULE: &str = "born between 1900-01-01 and today";

/// A name with both its spellings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct SpelledName {
    pub(super) name: String,
    pub(super) document: String,
}

/// Checks a name; its spelling on travel documents follows from it unless `document` gives one.
pub(super) fn spelled(
    problems: &mut Problems,
    path: &str,
    name: &str,
    document_path: &str,
    document: Option<&str>,
) -> Option<SpelledName> {
    let document = document.map(|document| {
        problems.take(
            document_path,
            DOCUMENT_RULE,
            name::checked_document_name(document),
        )
    });
    let name = problems.take(path, NAME_RULE, name::checked(name))?;
    let document = match document {
        Some(given) => given?,
        None => derived(problems, &name, document_path)?,
    };
    Some(SpelledName { name, document })
}

fn derived(problems: &mut Problems, name: &str, document_path: &str) -> Option<String> {
    let spelled = name::document_name(name).filter(|spelled| !spelled.is_empty());
    if spelled.is_none() {
        problems.refuse(
            document_path,
            "This name is not in Latin or Cyrillic letters: give the spelling of the travel document, in the letters A to Z.",
            DOCUMENT_RULE,
        );
    }
    spelled
}

/// Notes a day of birth that nobody alive can have.
pub(super) fn check_birth_date(
    problems: &mut Problems,
    path: &str,
    born: Option<NaiveDate>,
    today: NaiveDate,
) {
    let earliest = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap_or_default();
    if born.is_some_and(|born| born < earliest || born > today) {
        problems.refuse(
            path,
            "A day of birth lies between 1900-01-01 and today.",
            BIRTH_RULE,
        );
    }
}

/// Puts names into a row, together with what searches compare.
pub(super) fn put_family_name(row: &mut customer::Model, spelled: SpelledName) {
    row.family_search = name::search_key(&spelled.name);
    row.family_name = spelled.name;
    row.document_family_name = spelled.document;
}

/// Puts given names into a row; `None` for people with a single name.
pub(super) fn put_given_name(row: &mut customer::Model, spelled: Option<SpelledName>) {
    row.given_search = spelled
        .as_ref()
        .map(|spelled| name::search_key(&spelled.name))
        .unwrap_or_default();
    row.document_given_name = spelled
        .as_ref()
        .map(|spelled| spelled.document.clone())
        .unwrap_or_default();
    row.given_name = spelled.map(|spelled| spelled.name);
}

/// The fields in which two versions of a record differ, in the words of events.
pub(super) fn changed_fields(
    before: &customer::Model,
    after: &customer::Model,
) -> Vec<&'static str> {
    let fields = [
        ("status", before.status != after.status),
        ("title", before.title != after.title),
        ("given_name", before.given_name != after.given_name),
        ("family_name", before.family_name != after.family_name),
        (
            "travel_document_name",
            before.document_given_name != after.document_given_name
                || before.document_family_name != after.document_family_name,
        ),
        ("gender", before.gender != after.gender),
        ("birth_date", before.birth_date != after.birth_date),
        ("nationality", before.nationality != after.nationality),
        ("language", before.language != after.language),
        (
            "country_of_residence",
            before.country_of_residence != after.country_of_residence,
        ),
        ("home_airport", before.home_airport != after.home_airport),
        ("is_vip", before.is_vip != after.is_vip),
        (
            "needs_assistance",
            before.needs_assistance != after.needs_assistance,
        ),
    ];
    fields
        .into_iter()
        .filter_map(|(name, differs)| differs.then_some(name))
        .collect()
}
