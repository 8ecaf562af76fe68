"use strict";

const element = (id) => document.getElementById(id);
const [token, who, examples, query, variables, run, status, result, search, types] =
  ["token", "who", "examples", "query", "variables", "run", "status", "result", "search", "types"].map(element);

// The walk-through of the README. TOMORROW and NEW_UUID are filled in when an example is chosen.
const EXAMPLES = [
  {
    title: "Find customers by name",
    query: `query FindCustomers($name: String!) {
  customers(filter: { name: $name }, first: 10) {
    edges { node { id displayName tier countryOfResidence } }
  }
}`,
    variables: {"name": "al"},
  },
  {
    title: "A customer's page, over four subgraphs",
    query: `query CustomerPage($id: ID!) {
  customer(id: $id) {
    displayName tier language isVip
    contactPoints { kind value isPrimary }
    timeline(first: 10) { edges { node { occurredAt category title } } }
    journeys(filter: UPCOMING, first: 5) {
      edges { node {
        id status scheduledDepartureAt origin { iataCode city } destination { iataCode city }
        segments { cabin seat flight { id designator status } }
      } }
    }
    cases(first: 5) { edges { node { reference subject status priority targetAt } } }
    claims(first: 5) { edges { node { regime basis status amount { formatted } dueBy } } }
  }
}`,
    variables: {"id": "put an id here"},
  },
  {
    title: "Flights of a day",
    query: `query FlightsOfADay($filter: FlightFilter!) {
  flights(filter: $filter, sort: SCHEDULED_DEPARTURE, first: 20) {
    edges { node {
      id designator status scheduledDepartureAt origin { iataCode } destination { iataCode city }
    } }
  }
}`,
    variables: {"filter": {"origin": "FRA", "departsOn": "TOMORROW"}},
  },
  {
    title: "Delay a flight",
    query: `mutation DelayFlight($input: RecordFlightEventInput!) {
  recordFlightEvent(input: $input) {
    ... on FlightEventRecorded {
      disruptedJourneys
      flight { designator status arrivalDelayMinutes }
    }
    ... on Problem { code message }
  }
}`,
    variables: {"input": {"flightId": "put an id here", "idempotencyKey": "NEW_UUID", "kind": "DELAY", "delay": {"departureDelayMinutes": 200, "arrivalDelayMinutes": 220, "causeCode": "41"}}},
  },
  {
    title: "What a flight's delay caused",
    query: `query WhatItCaused($id: ID!) {
  flight(id: $id) {
    designator departsOn status arrivalDelayMinutes cause { code meaning }
    incident { title status cases(first: 10) { edges { node { reference subject customer { displayName } } } } }
    exposure { claimCount openAmounts { formatted } }
  }
}`,
    variables: {"id": "put an id here"},
  },
  {
    title: "Open cases, most urgent first",
    query: `query OpenCases {
  cases(filter: { isOpen: true }, sort: PRIORITY, first: 20) {
    edges { node { reference subject status priority targetAt customer { displayName } claims(first: 3) { edges { node { status amount { formatted } } } } } }
  }
}`,
    variables: {},
  },
];

function filled(values) {
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const text = JSON.stringify(values ?? {}, null, 2);
  return text.replace("TOMORROW", tomorrow).replace("NEW_UUID", () => crypto.randomUUID());
}

async function ask(body) {
  const headers = { "content-type": "application/json", accept: "application/graphql-response+json" };
  if (token.value.trim()) headers.authorization = `Bearer ${token.value.trim()}`;
  const response = await fetch("/graphql", { method: "POST", headers, body: JSON.stringify(body) });
  return { response, text: await response.text() };
}

function say(text, bad = false) {
  status.textContent = text;
  status.classList.toggle("bad", bad);
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

async function runQuery() {
  let values;
  try {
    values = JSON.parse(variables.value.trim() || "{}");
  } catch (error) {
    say(`The variables are not JSON: ${error.message}`, true);
    variables.focus();
    return;
  }
  run.disabled = true;
  const started = performance.now();
  try {
    const { response, text } = await ask({ query: query.value, variables: values });
    const errors = (() => { try { return JSON.parse(text).errors?.length ?? 0; } catch { return 1; } })();
    const parts = [`${response.status}`, `${Math.round(performance.now() - started)} ms`, `${text.length} characters`];
    if (errors) parts.push(errors === 1 ? "1 error" : `${errors} errors`);
    say(parts.join(" · "), !response.ok || errors > 0);
    result.textContent = pretty(text);
  } catch (error) {
    say(`There is no answer: ${error.message}`, true);
  } finally {
    run.disabled = false;
  }
}

// Whom the token speaks of. It is read here for the eye alone; the server checks it.
function showWho() {
  const payload = token.value.trim().split(".")[1];
  if (!payload) {
    who.textContent = token.value.trim() ? "this is no token" : "not signed in: only what is public";
    return;
  }
  try {
    const bytes = Uint8Array.from(atob(payload.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
    const claims = JSON.parse(new TextDecoder().decode(bytes));
    const until = new Date(claims.exp * 1000);
    who.textContent = `${claims.role}${until < new Date() ? ", expired" : ` until ${until.toLocaleTimeString([], { timeStyle: "short" })}`}`;
  } catch {
    who.textContent = "this is no token";
  }
}

const INTROSPECTION = `query Schema {
  __schema { types { kind name description
    fields(includeDeprecated: false) { name description args { name type { ...Named } } type { ...Named } }
    inputFields { name description type { ...Named } }
    enumValues(includeDeprecated: false) { name description }
    possibleTypes { name } } }
}
fragment Named on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }`;

function named(type) {
  if (type.kind === "NON_NULL") return `${named(type.ofType)}!`;
  if (type.kind === "LIST") return `[${named(type.ofType)}]`;
  return type.name;
}

function node(tag, text) {
  const made = document.createElement(tag);
  if (text) made.textContent = text;
  return made;
}

function members(type) {
  const fields = (type.fields ?? type.inputFields ?? []).map((field) => {
    const args = field.args?.length ? `(${field.args.map((arg) => `${arg.name}: ${named(arg.type)}`).join(", ")})` : "";
    return [`${field.name}${args}: ${named(field.type)}`, field.description];
  });
  const values = (type.enumValues ?? []).map((value) => [value.name, value.description]);
  const possible = (type.possibleTypes ?? []).map((one) => [one.name, ""]);
  return [...fields, ...values, ...possible];
}

let schema = [];

async function loadSchema() {
  try {
    const { text } = await ask({ query: INTROSPECTION });
    const roots = ["Query", "Mutation", "Subscription"];
    schema = (JSON.parse(text).data?.__schema.types ?? [])
      .filter((type) => !type.name.startsWith("__"))
      .map((type) => ({ ...type, members: members(type) }))
      .sort((a, b) => (roots.indexOf(b.name) >= 0) - (roots.indexOf(a.name) >= 0) || a.name.localeCompare(b.name));
  } catch {
    schema = [];
  }
  showSchema();
}

function showSchema() {
  const wanted = search.value.trim().toLowerCase();
  const shown = schema.flatMap((type) => {
    const whole = type.name.toLowerCase().includes(wanted);
    const found = whole ? type.members : type.members.filter(([line]) => line.split(/[(:]/)[0].toLowerCase().includes(wanted));
    return whole || found.length ? [[type, found]] : [];
  });
  types.replaceChildren(...shown.slice(0, 200).map(([type, found]) => {
    const details = node("details");
    details.open = wanted.length > 1 && shown.length < 12;
    details.append(node("summary", type.name), node("p", type.description));
    const list = node("dl");
    for (const [line, description] of found) list.append(node("dt", line), node("dd", description));
    details.append(list);
    return details;
  }));
  if (!shown.length) types.append(node("p", schema.length ? "Nothing is called that." : "The schema cannot be read with this token."));
}

function remember() {
  // Kept for this tab alone; the token is not kept at all.
  sessionStorage.setItem("console", JSON.stringify({ query: query.value, variables: variables.value }));
}

for (const [index, example] of EXAMPLES.entries()) {
  const option = node("option", example.title);
  option.value = index;
  examples.append(option);
}
examples.addEventListener("change", () => {
  const example = EXAMPLES[examples.value];
  if (!example) return;
  query.value = example.query;
  variables.value = filled(example.variables);
  remember();
});
run.addEventListener("click", runQuery);
search.addEventListener("input", showSchema);
token.addEventListener("input", showWho);
token.addEventListener("change", loadSchema);
for (const area of [query, variables]) area.addEventListener("input", remember);
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
    event.preventDefault();
    runQuery();
  }
});
query.addEventListener("keydown", (event) => {
  // Two spaces instead of a tab; Escape first gives the Tab key back to the page.
  if (event.key === "Escape") query.dataset.leave = "yes";
  else if (event.key === "Tab" && !event.shiftKey && query.dataset.leave !== "yes") {
    event.preventDefault();
    query.setRangeText("  ", query.selectionStart, query.selectionEnd, "end");
  } else delete query.dataset.leave;
});

const kept = JSON.parse(sessionStorage.getItem("console") ?? "null");
query.value = kept?.query ?? EXAMPLES[0].query;
variables.value = kept?.variables ?? filled(EXAMPLES[0].variables);
showWho();
loadSchema();
