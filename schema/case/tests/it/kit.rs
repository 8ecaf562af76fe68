//! A world with a database, a clock that stands, and actors.

use async_graphql::{Executor, Request, Variables};
use chrono::{DateTime, Duration, Utc};
use entities::{
    case::{agent, agent_queue},
    id::{AgentId, CustomerId},
};
use migrations::{CaseMigrator, MigratorTrait};
use schema_kernel::{Actor, ActorKind, Clock, Database, IdSource, Session, loader};
use sea_orm::{EntityTrait, IntoActiveModel};
use serde_json::{Value, json};
use uuid::Uuid;

pub(crate) struct World {
    pub(crate) database: Database,
    pub(crate) clock: Clock,
    ids: IdSource,
}

pub(crate) fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_132_800, 0).unwrap()
}

pub(crate) fn customer_id(number: u128) -> CustomerId {
    CustomerId(Uuid::from_u128(number))
}

pub(crate) fn customer(number: u128) -> Actor {
    let scopes = ["case:read", "case:write", "order:read", "flight:read"].map(str::to_owned);
    let kind = ActorKind::Customer(customer_id(number));
    Actor::new(format!("customer-{number}"), kind, "customer", scopes)
}

pub(crate) fn staff(name: &str) -> Actor {
    let scopes = ["case:read", "case:write", "case:internal"].map(str::to_owned);
    Actor::new(name, ActorKind::Staff, "contact-centre-agent", scopes)
}

pub(crate) fn supervisor() -> Actor {
    let scopes = ["case:read", "case:write", "case:internal", "case:supervise"].map(str::to_owned);
    Actor::new("supervisor", ActorKind::Staff, "customer-affairs", scopes)
}

impl World {
    pub(crate) async fn new() -> Self {
        let database = Database::connect("sqlite::memory:", 1).await.unwrap();
        CaseMigrator::up(database.writer(), None).await.unwrap();
        Self {
            database,
            clock: Clock::fixed(now()),
            ids: IdSource::random(),
        }
    }

    pub(crate) fn session(&self, actor: Actor) -> Session {
        Session::new(actor, "request", self.clock.clone(), self.ids.clone())
    }

    pub(crate) fn wait(&self, by: Duration) {
        self.clock.advance(by);
    }

    /// The whole answer, errors included.
    pub(crate) async fn ask(&self, actor: &Actor, document: &str, variables: Value) -> Value {
        let schema = schema_case::schema(self.database.clone()).unwrap();
        let request = Request::new(document)
            .variables(Variables::from_json(variables))
            .data(self.session(actor.clone()))
            .data(loader(&self.database));
        serde_json::to_value(schema.execute(request).await).unwrap()
    }

    /// The data of an answer without errors.
    pub(crate) async fn get(&self, actor: &Actor, document: &str, variables: Value) -> Value {
        let mut answer = self.ask(actor, document, variables).await;
        assert!(answer["errors"].is_null(), "{answer}");
        answer["data"].take()
    }

    /// The outcome of a mutation.
    pub(crate) async fn act(&self, actor: &Actor, mutation: &str, input: Value) -> Value {
        let kind = format!("{}{}Input", &mutation[..1].to_uppercase(), &mutation[1..]);
        let document = format!(
            "mutation($input: {kind}!) {{ outcome: {mutation}(input: $input) {{
                __typename
                ... on Problem {{
                    message code rule
                    ... on InvalidInput {{ fields {{ path }} }}
                    ... on TransitionNotAllowed {{ from to allowed }}
                    ... on StaleVersion {{ current }}
                }}
                {} }} }}",
            success(mutation)
        );
        self.get(actor, &document, json!({ "input": input })).await["outcome"].take()
    }

    /// An open case of a customer.
    pub(crate) async fn opened(&self, number: u128, fields: Value) -> Value {
        let mut input = json!({
            "type": "COMPLAINT", "subject": "Late", "description": "Very late.",
            "customerId": customer_id(number).to_string(),
        });
        for (name, value) in fields.as_object().into_iter().flatten() {
            input[name] = value.clone();
        }
        self.act(&staff("clerk"), "openCase", input).await["case"].take()
    }

    /// A case that was brought along these states by staff.
    pub(crate) async fn brought(&self, number: u128, states: &[&str]) -> Value {
        let mut case = self.opened(number, json!({})).await;
        for state in states {
            case = self.go(&staff("clerk"), &case, state).await["case"].take();
        }
        case
    }

    /// A change of state, with an answer where one is needed.
    pub(crate) async fn go(&self, actor: &Actor, case: &Value, to: &str) -> Value {
        let mut input =
            json!({ "caseId": case["id"], "expectedVersion": case["version"], "to": to });
        if to == "RESOLVED" {
            input["resolutionCode"] = json!("INFO_PROVIDED");
            input["resolutionSummary"] = json!("Here is what happened.");
        }
        self.act(actor, "changeCaseState", input).await
    }

    pub(crate) async fn agent(&self, number: u128, queues: &[&str], is_active: bool) -> AgentId {
        let id = AgentId(Uuid::from_u128(number));
        let agent = agent::Model {
            id,
            name: format!("Agent {number}"),
            skills: agent::Codes(vec!["EU261".to_owned()]),
            languages: agent::Codes(vec!["en".to_owned()]),
            is_active,
        };
        let writer = self.database.writer();
        agent::Entity::insert(agent.into_active_model())
            .exec_without_returning(writer)
            .await
            .unwrap();
        for queue in queues {
            let member = agent_queue::Model {
                agent_id: id,
                queue: (*queue).to_owned(),
            };
            agent_queue::Entity::insert(member.into_active_model())
                .exec_without_returning(writer)
                .await
                .unwrap();
        }
        id
    }

    pub(crate) async fn history(&self, case: &Value) -> Vec<String> {
        let document = "query($id: ID!) { case(id: $id) { history(first: 100) { nodes { kind oldValue newValue } } } }";
        let data = self
            .get(&staff("clerk"), document, json!({ "id": case["id"] }))
            .await;
        let nodes = data["case"]["history"]["nodes"].as_array().unwrap().clone();
        let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
        nodes
            .iter()
            .map(|node| {
                [&node["kind"], &node["oldValue"], &node["newValue"]]
                    .map(text)
                    .join(" ")
            })
            .collect()
    }
}

const REPORT: &str = "report { id reference kind state nextStates version arrivedOn atDisposalOn complainedOn complaintDueOn
    isComplaintInTime deemedLostOn actionDueOn isLossAdmitted bags { tag colourType } expenses { kind amount { amountMinor currency } receipt }
    customer { id } case { id type status priority } }";

fn success(mutation: &str) -> String {
    let case = "case { id reference type status priority targetAt version isOpen resolutionCode mergedInto { id } customer { id } }";
    match mutation {
        "openCase" => format!("... on CaseOpened {{ {case} }}"),
        "commentOnCase" => {
            format!("... on CaseCommented {{ comment {{ id text visibility authorKind }} {case} }}")
        }
        "assignCase" => format!("... on CaseAssigned {{ {case} }}"),
        "changeCaseState" => format!("... on CaseStateChanged {{ {case} }}"),
        "changeCasePriority" => format!("... on CasePriorityChanged {{ {case} }}"),
        "reportBaggage" => {
            format!(
                "... on BaggageReported {{ {REPORT} }} ... on BaggageReportStands {{ message {REPORT} }}"
            )
        }
        "changeBaggageState" => format!("... on BaggageStateChanged {{ {REPORT} }}"),
        "addBaggageExpense" => format!("... on BaggageExpenseAdded {{ {REPORT} }}"),
        "linkClaim" => format!("... on ClaimLinked {{ {case} }}"),
        other => panic!("{other} is no mutation"),
    }
}
