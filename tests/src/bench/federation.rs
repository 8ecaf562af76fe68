//! What federation costs: the product's graph in this process, against one hand-merged schema on the same database.

use std::{process, time::Duration};

use anyhow::{Context, ensure};
use async_graphql::{Request, ValidationMode, Variables, parser::types::ExecutableDocument};
use schema_kernel::{Actor, ActorKind, Database, Session, id::EventId, loader};
use server::{
    App, Config, StartOptions,
    auth::Role,
    graph::{Allowance, subgraph::SubgraphName},
};
use tests::Storage;

use super::{
    machine,
    merged::{self, Merged},
    question::{self, Question, Subject},
    report::{Figure, Report, median, quantile},
};

/// Seconds of processor time for one side in one round: many times the hundredth of a second in which processor time is counted.
const BLOCK: f64 = 0.4;

/// Answers that are compared before anything is measured.
const COMPARED: usize = 100;

/// Who answers.
enum Side {
    /// The gateway over four subgraphs.
    Federated,
    /// One schema as `async_graphql` serves it: every request is parsed and validated.
    Merged(Merged),
    /// One schema that is spared both, as the gateway spares its subgraphs.
    Prepared(Merged, Box<ExecutableDocument>),
}

struct Bench {
    app: App,
    actor: Actor,
    database: Database,
    subjects: Vec<Subject>,
}

/// Compares the two for each question.
pub(crate) async fn measure(storage: &Storage, rounds: u32, report: &Report) -> anyhow::Result<()> {
    let bench = Bench::on(storage).await?;
    for question in Question::ALL {
        report.announce(&format!(
            "{} by the gateway and by a merged schema",
            question.name()
        ));
        let prepared = Box::new(async_graphql::parser::parse_query(question.text())?);
        let sides = [
            Side::Federated,
            Side::Merged(merged::schema(&bench.database, ValidationMode::Strict)),
            Side::Prepared(
                merged::schema(&bench.database, ValidationMode::Fast),
                prepared,
            ),
        ];
        bench.compare(question, &sides).await?;
        let statements = bench.statements(question, &sides).await?;
        let rounds = bench.race(question, &sides, rounds).await?;
        report.add(
            format!("{} in process", question.name()),
            figures(question, &rounds, &statements),
        );
    }
    Ok(())
}

fn figures(question: Question, rounds: &[[f64; 3]], statements: &[u64; 3]) -> Vec<Figure> {
    let of = |pick: fn(&[f64; 3]) -> f64| rounds.iter().map(pick).collect::<Vec<f64>>();
    let mut ratios = of(|[federated, merged, _]| federated / merged);
    ratios.sort_by(f64::total_cmp);
    #[expect(clippy::cast_precision_loss, reason = "a handful of statements")]
    let [federated, merged, _] = statements.map(|statements| statements as f64);
    let federated = Figure::of("statements", federated, "");
    vec![
        Figure::of("ratio to merged", quantile(&ratios, 0.5), "").at_most(1.25),
        Figure::of("quartiles", quantile(&ratios, 0.25), ""),
        Figure::of("to", quantile(&ratios, 0.75), ""),
        Figure::of(
            "ratio to merged without parsing and validation",
            median(of(|[federated, _, prepared]| federated / prepared)),
            "",
        ),
        Figure::of(
            "CPU federated",
            median(of(|[federated, ..]| *federated)),
            "µs",
        ),
        Figure::of("merged", median(of(|[_, merged, _]| *merged)), "µs"),
        Figure::of(
            "merged without parsing and validation",
            median(of(|[_, _, prepared]| *prepared)),
            "µs",
        ),
        if question == Question::Page {
            federated.at_most(12.0)
        } else {
            federated
        },
        Figure::of("statements merged", merged, ""),
    ]
}

impl Bench {
    async fn on(storage: &Storage) -> anyhow::Result<Self> {
        let toml = format!(
            "data_folder = \"{}\"\ndatabase.url = \"{}\"",
            storage.folder().display(),
            storage.url()
        );
        let app = App::start_with(Config::from_toml(&toml)?, StartOptions::default()).await?;
        // A person with scopes, as nearly every caller is: services are asked for none.
        let role = Role::ContactCentreAgent;
        let scopes = role.scopes().iter().map(|scope| (*scope).to_owned());
        let actor = Actor::new("bench", ActorKind::Staff, role.name(), scopes);
        let database = app.databases().get(SubgraphName::Profile)?.clone();
        let subjects = question::subjects(&app).await?;
        Ok(Self {
            app,
            actor,
            database,
            subjects,
        })
    }

    fn session(&self) -> Session {
        let request_id = self.app.new_id::<EventId>().to_string();
        Session::new(
            self.actor.clone(),
            request_id,
            self.app.clock().clone(),
            self.app.ids().clone(),
        )
    }

    /// The answer as bytes, from a request as it comes out of its JSON.
    async fn answer(
        &self,
        side: &Side,
        question: Question,
        subject: &Subject,
    ) -> anyhow::Result<Vec<u8>> {
        let session = self.session();
        let merged = async |schema: &Merged, document: Option<&ExecutableDocument>| {
            let variables = Variables::from_json(question.variables(subject).into());
            let loader = loader(&self.database);
            let batches = loader.loader().batches().clone();
            let mut request = Request::new(question.text())
                .variables(variables)
                .data(session.clone())
                .data(loader);
            if let Some(document) = document {
                request.set_parsed_query(document.clone());
            }
            batches.read_for(schema.execute(request)).await
        };
        Ok(match side {
            Side::Federated => {
                let allowance = Allowance {
                    timeout: Duration::from_secs(10),
                    introspection: false,
                    query_plan: false,
                    cost: u64::MAX,
                };
                let request = question.request(subject);
                let mut answer = self.app.graph().execute(request, session, allowance).await;
                // What a request cost is known to the gateway alone; data and errors are compared.
                answer.extensions.clear();
                serde_json::to_vec(&answer)?
            }
            Side::Merged(schema) => serde_json::to_vec(&merged(schema, None).await)?,
            Side::Prepared(schema, document) => {
                serde_json::to_vec(&merged(schema, Some(document)).await)?
            }
        })
    }

    /// Makes sure that all sides give the same data and errors, byte for byte.
    async fn compare(&self, question: Question, sides: &[Side; 3]) -> anyhow::Result<()> {
        for n in 0..COMPARED {
            let subject = question::nth(&self.subjects, n);
            let [first, others @ ..] = sides;
            let expected = self.answer(first, question, subject).await?;
            ensure!(
                question.is_answered_by(subject, &expected),
                "not an answer: {}",
                String::from_utf8_lossy(&expected)
            );
            for other in others {
                let found = self.answer(other, question, subject).await?;
                ensure!(
                    found == expected,
                    "the answers differ:\n{}\n{}",
                    String::from_utf8_lossy(&expected),
                    String::from_utf8_lossy(&found)
                );
            }
        }
        Ok(())
    }

    /// How many statements each side sends for one request.
    async fn statements(&self, question: Question, sides: &[Side; 3]) -> anyhow::Result<[u64; 3]> {
        let mut statements = [0; 3];
        for (count, side) in statements.iter_mut().zip(sides) {
            // The most of some, because what nobody has is not asked further about.
            for n in 0..COMPARED {
                let before = self.database.statement_count();
                self.answer(side, question, question::nth(&self.subjects, n))
                    .await?;
                *count = (self.database.statement_count() - before).max(*count);
            }
        }
        Ok(statements)
    }

    /// Processor time for a request in microseconds, for each round and side. The sides take turns within a round, and
    /// take turns in beginning it, so that what else the machine does falls on all of them.
    async fn race(
        &self,
        question: Question,
        sides: &[Side; 3],
        rounds: u32,
    ) -> anyhow::Result<Vec<[f64; 3]>> {
        let requests = self.requests_in_a_block(question, &sides[0]).await?;
        let mut all = Vec::new();
        for round in 0..rounds as usize {
            let mut times = [0.0; 3];
            for turn in 0..sides.len() {
                let place = (round + turn) % sides.len();
                let begun = machine::cpu_time(process::id())?;
                for n in 0..requests {
                    let subject = question::nth(&self.subjects, round * requests + n);
                    self.answer(&sides[place], question, subject).await?;
                }
                let used = machine::cpu_time(process::id())? - begun;
                times[place] = used * 1e6 / f64::from(u32::try_from(requests)?);
            }
            all.push(times);
        }
        Ok(all)
    }

    async fn requests_in_a_block(&self, question: Question, side: &Side) -> anyhow::Result<usize> {
        let begun = machine::cpu_time(process::id())?;
        let mut requests = 0;
        while machine::cpu_time(process::id())? < begun + BLOCK {
            for _ in 0..10 {
                self.answer(side, question, question::nth(&self.subjects, requests))
                    .await?;
                requests += 1;
            }
        }
        (requests > 0).then_some(requests).context("no time passes")
    }
}
