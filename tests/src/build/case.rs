//! Cases that a test works with.

use entities::{
    case::{
        agent::{self, Codes},
        agent_queue,
    },
    id::AgentId,
};
use sea_orm::{EntityTrait, IntoActiveModel};
use serde_json::{Value, json};
use server::graph::subgraph::SubgraphName;

use super::{Customer, text};
use crate::App;

/// A case that was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// The id.
    pub id: String,
    /// What people call it.
    pub reference: String,
}

/// A case to open.
#[derive(Clone, Debug)]
pub struct NewCase(Value);

impl NewCase {
    /// A case of this type about this customer.
    pub fn of(kind: &str, customer: &Customer) -> Self {
        Self(
            json!({ "type": kind, "subject": "Late again", "description": "The flight was late again.", "customerId": customer.id }),
        )
    }

    /// The same with another field of `OpenCaseInput`.
    #[must_use]
    pub fn with(mut self, field: &str, value: impl Into<Value>) -> Self {
        self.0[field] = value.into();
        self
    }

    /// The input.
    pub fn input(&self) -> Value {
        self.0.clone()
    }

    /// Opens it.
    pub async fn open(self, app: &App) -> Case {
        let outcome = app
            .administrator()
            .must("openCase", "CaseOpened", self.0, "case { id reference }")
            .await;
        Case {
            id: text(&outcome, "/case/id"),
            reference: text(&outcome, "/case/reference"),
        }
    }
}

impl Case {
    /// What is sent to bring the case from its present version to a state; resolving gives an answer.
    pub async fn change(&self, app: &App, to: &str) -> Value {
        let mut input = json!({ "caseId": self.id, "expectedVersion": self.read(app, "version").await["version"], "to": to });
        if to == "RESOLVED" {
            input["resolutionCode"] = "INFO_PROVIDED".into();
            input["resolutionSummary"] = "The flight was late because of fog.".into();
        }
        input
    }

    /// Brings the case along these states.
    pub async fn bring(&self, app: &App, states: &[&str]) {
        for state in states {
            let input = self.change(app, state).await;
            app.administrator()
                .must(
                    "changeCaseState",
                    "CaseStateChanged",
                    input,
                    "case { status }",
                )
                .await;
        }
    }

    /// Reads fields of the case as an administrator.
    pub async fn read(&self, app: &App, selection: &str) -> Value {
        let query = format!("query($id: ID!) {{ case(id: $id) {{ {selection} }} }}");
        app.administrator()
            .ask_with(&query, json!({ "id": self.id }))
            .await
            .at("/case")
            .clone()
    }
}

/// Somebody who works these queues. Agents come from the airline's directory, for which there is no public door.
pub async fn hire(app: &App, queues: &[&str]) -> String {
    let id: AgentId = app.product().new_id();
    let codes = |codes: &[&str]| Codes(codes.iter().map(|code| (*code).to_owned()).collect());
    let agent = agent::Model {
        id,
        name: "Noor Haddad".to_owned(),
        skills: codes(&["EU261"]),
        languages: codes(&["en", "ar"]),
        is_active: true,
    };
    let database = app
        .product()
        .databases()
        .get(SubgraphName::Case)
        .expect("the case domain")
        .writer()
        .clone();
    agent::Entity::insert(agent.into_active_model())
        .exec_without_returning(&database)
        .await
        .expect("an agent");
    for queue in queues {
        let row = agent_queue::Model {
            agent_id: id,
            queue: (*queue).to_owned(),
        };
        agent_queue::Entity::insert(row.into_active_model())
            .exec_without_returning(&database)
            .await
            .expect("a queue");
    }
    id.to_string()
}
