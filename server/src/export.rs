//! A copy of everything that is known of a person: from every domain, by the graph, as the person themselves may see it.
//!
//! What is asked is asked on behalf of the person, so that what is known of others stays out of it.

use axum::{
    Json,
    extract::{Extension, Query, State},
    http::header,
    response::{Html, IntoResponse, Response},
};
use schema_gateway::GraphQlRequest;
use schema_kernel::{
    Actor, ActorKind, Code, Session,
    audit::{AuditKind, Entry, Purpose},
    id::CustomerId,
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    App,
    auth::{Identity, Role},
    graph::Allowance,
    http::{problem::Problem, request_log::RequestId},
};

/// How many entries of a list are read at a time.
const PAGE: u32 = 50;

/// The most pages of one list: more than a life of travel.
const MOST_PAGES: u32 = 400;

/// What stands in the record itself.
const RECORD: &str = "id status title givenName familyName travelDocumentGivenName travelDocumentFamilyName language tier isVip needsAssistance countryOfResidence homeAirport gender birthDate nationality createdAt updatedAt
    contactPoints { kind value label isPrimary verifiedAt }
    loyaltyMemberships { programme number tier validFromOn validToOn qualifyingMiles redeemableMiles }
    preferences { kind value updatedAt }
    travelDocuments { kind issuingCountry maskedNumber expiresOn }
    consents { purpose state isAllowed since textVersion expiresAt }";

/// The lists, and what is read of each entry.
const LISTS: [(&str, &str); 9] = [
    (
        "interactions",
        "occurredAt kind channel direction summary sentiment purpose retention",
    ),
    ("timeline", "occurredAt category kind title"),
    (
        "orders",
        "recordLocator status channel placedAt cancelledAt total { amountMinor currency } paymentMethod tickets { number issuedAt }",
    ),
    (
        "journeys",
        "status scheduledDepartureAt scheduledArrivalAt origin { iataCode } destination { iataCode } segments { seat cabin flight { designator } }",
    ),
    (
        "purchases",
        "purchasedAt channel total { amountMinor currency }",
    ),
    (
        "cases",
        "reference type status subject description openedAt resolvedAt resolutionSummary comments(first: 50) { nodes { at text } }",
    ),
    (
        "claims",
        "status kind regime basis amount { amountMinor currency } dueBy openedAt trace { ruleId ruleVersion why }",
    ),
    (
        "notifications",
        "createdAt kind class deliveries { channel state sentAt }",
    ),
    (
        "accessLog",
        "at kind domain role purpose action fields result",
    ),
];

/// Everything that is known of a customer; `None` when there is none.
///
/// # Errors
/// When a part of it cannot be had: a copy is whole, or is none.
pub async fn copy(
    app: &App,
    session: Session,
    customer: CustomerId,
) -> anyhow::Result<Option<Value>> {
    if let Some(log) = app.audit() {
        let entry = Entry::new(AuditKind::Privacy, "server", "copy")
            .about(customer)
            .purpose(Purpose::PrivacyRequest);
        log.record(&session, entry).await?;
    }
    let person = Session::new(
        person(customer),
        session.request_id.clone(),
        app.clock().clone(),
        app.ids().clone(),
    )
    .used_for(Some(Purpose::PrivacyRequest), None);
    let record = ask(app, &person, customer, RECORD, Value::Null).await?;
    if record.is_null() {
        return Ok(None);
    }
    let mut parts = serde_json::Map::new();
    for (list, entry) in LISTS {
        let entries = pages(app, &person, customer, list, entry).await?;
        parts.insert(list.to_owned(), Value::Array(entries));
    }
    Ok(Some(json!({
        "madeAt": session.now(),
        "basis": "General Data Protection Regulation, articles 15 and 20",
        "sources": "What you gave, what partners and systems of the airline observed, and what was concluded from it.",
        "record": record,
        "lists": parts,
    })))
}

fn person(customer: CustomerId) -> Actor {
    let role = Role::Customer;
    let scopes = role.scopes().iter().map(|&scope| scope.to_owned());
    let kind = ActorKind::Customer(customer);
    Actor::new(customer.to_string(), kind, role.name(), scopes)
}

async fn pages(
    app: &App,
    person: &Session,
    customer: CustomerId,
    list: &str,
    entry: &str,
) -> anyhow::Result<Vec<Value>> {
    let (mut entries, mut after) = (Vec::new(), Value::Null);
    for _ in 0..MOST_PAGES {
        let selection = format!(
            "{list}(first: {PAGE}, after: $after) {{ nodes {{ {entry} }} pageInfo {{ hasNextPage endCursor }} }}"
        );
        let mut page = ask(app, person, customer, &selection, after).await?;
        let page = page[list].take();
        if let Value::Array(nodes) = &page["nodes"] {
            entries.extend(nodes.iter().cloned());
        }
        if page["pageInfo"]["hasNextPage"] != true {
            return Ok(entries);
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
    anyhow::bail!("{list} has no end")
}

async fn ask(
    app: &App,
    person: &Session,
    customer: CustomerId,
    selection: &str,
    after: Value,
) -> anyhow::Result<Value> {
    let declares = if selection.contains("$after") {
        "($id: ID!, $after: String)"
    } else {
        "($id: ID!)"
    };
    let mut request = GraphQlRequest::new(format!(
        "query PersonalCopy{declares} {{ customer(id: $id) {{ {selection} }} }}"
    ));
    request.variables.insert("id".to_owned(), json!(customer));
    if selection.contains("$after") {
        request.variables.insert("after".to_owned(), after);
    }
    let config = &app.config().graphql;
    let allowance = Allowance {
        timeout: config.timeout,
        introspection: false,
        query_plan: false,
        cost: u64::MAX,
    };
    let answer = app
        .graph()
        .execute(request, person.clone(), allowance)
        .await;
    if let Some(error) = answer.errors.first() {
        anyhow::bail!("a part of the copy could not be had: {}", error.message);
    }
    let Some(data) = answer.data else {
        anyhow::bail!("the graph answered nothing");
    };
    let mut data = data.into_json()?;
    Ok(data["customer"].take())
}

/// How somebody wants their copy.
#[derive(Debug, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    format: String,
}

/// `GET /privacy/copy`: customers take their own copy home; `?format=html` for one to read.
///
/// # Errors
/// With a problem, where nobody has signed in as a customer.
pub async fn own(
    State(app): State<App>,
    Extension(identity): Extension<Identity>,
    Extension(RequestId(id)): Extension<RequestId>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    let ActorKind::Customer(customer) = identity.actor.kind() else {
        return Err(Problem::new(
            Code::Forbidden,
            "Customers take their own copy here; the privacy officer uses `jetbridge privacy export`.",
        ));
    };
    let session = Session::new(
        identity.actor.clone(),
        id,
        app.clock().clone(),
        app.ids().clone(),
    );
    let copy = copy(&app, session, customer).await.map_err(|error| {
        tracing::error!(error = format!("{error:#}"), "a copy could not be made");
        Problem::new(
            Code::Internal,
            "The copy could not be made; try again later.",
        )
    })?;
    let Some(copy) = copy else {
        return Err(Problem::new(Code::NotFound, "There is no record of you."));
    };
    if wanted.format == "html" {
        return Ok(Html(page(&copy)).into_response());
    }
    let name = [(
        header::CONTENT_DISPOSITION,
        "attachment; filename=\"my-data.json\"",
    )];
    Ok((name, Json(copy)).into_response())
}

/// The copy as a page to read.
pub fn page(copy: &Value) -> String {
    let mut body = String::new();
    write(&mut body, copy, 2);
    format!(
        "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>What we know of you</title><body><h1>What we know of you</h1>{body}</body></html>"
    )
}

fn write(body: &mut String, value: &Value, level: usize) {
    match value {
        Value::Object(parts) => {
            for (name, part) in parts {
                let name = escaped(&words(name));
                if part.is_object() || part.is_array() {
                    let level = level.min(6);
                    *body += &format!("<h{level}>{name}</h{level}>");
                    write(body, part, level + 1);
                } else {
                    *body += &format!("<p><b>{name}:</b> {}</p>", shown(part));
                }
            }
        }
        Value::Array(entries) if entries.is_empty() => *body += "<p>Nothing.</p>",
        Value::Array(entries) => {
            for entry in entries {
                *body += "<section>";
                write(body, entry, level);
                *body += "</section><hr>";
            }
        }
        plain => *body += &format!("<p>{}</p>", shown(plain)),
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => "not known".to_owned(),
        Value::String(text) => escaped(text),
        other => other.to_string(),
    }
}

/// `"birthDate"` as `"birth date"`.
fn words(name: &str) -> String {
    name.chars().fold(String::new(), |mut words, letter| {
        if letter.is_uppercase() {
            words.push(' ');
        }
        words.extend(letter.to_lowercase());
        words
    })
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_copy_is_markup() {
        let page =
            page(&json!({ "record": { "familyName": "<script>x</script>", "birthDate": null } }));
        assert!(
            page.contains("&lt;script&gt;") && !page.contains("<script>"),
            "{page}"
        );
        assert!(page.contains("birth date:</b> not known"), "{page}");
    }
}
