//! Asking: the question is weighed, answered from what is published, and noted, all in one transaction.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, TimeDelta, Utc};
use entities::insight::{opening, query, release};
use schema_kernel::{Result, Session, database::take_turns};
use sea_orm::DatabaseTransaction;
use serde_json::Value;

use super::{
    Cohort, Cohorts, CohortsInput, CohortsOutcome, InsightRefusal, InsightRefused,
    budget::{Budget, Spent},
    input::{self, Asked},
    receipt::{self, Subject},
};
use crate::{
    Insight, Month,
    cube::{CohortCube, CohortDimension, CohortMeasure, Question, answer},
    fingerprint::fingerprint,
    log::store,
    publish::{blocks_of, releases},
};

/// The time in which questions are counted.
const DAY: TimeDelta = TimeDelta::days(1);

/// Answers a question, or says why not, and notes which.
pub(super) async fn ask(
    session: &Session,
    insight: &Insight,
    input: CohortsInput,
) -> Result<CohortsOutcome> {
    let asked = match input::read(&input) {
        Ok(asked) => asked,
        Err(invalid) => return Ok(invalid.into()),
    };
    insight
        .database()
        .transaction(async |transaction| {
            // Of a partner's questions one at a time is weighed: two at once would spend the same budget.
            let turn = format!("insight.ask.{}", session.actor.id());
            take_turns(transaction, &turn).await?;
            answered(transaction, session, insight, &asked).await
        })
        .await
}

async fn answered(
    transaction: &DatabaseTransaction,
    session: &Session,
    insight: &Insight,
    asked: &Asked,
) -> Result<CohortsOutcome> {
    let published = releases(transaction).await?;
    let weighed = weigh(transaction, session, insight, asked, &published).await?;
    let (question, fresh) = match weighed {
        Ok(weighed) => weighed,
        Err(refused) => {
            let mut row = row(session, &serde_json::to_value(Plain::of(asked))?)?;
            row.refusal = Some(refused.reason.name().to_owned());
            store::insert(transaction, row).await?;
            return Ok(refused.into());
        }
    };
    let months: Vec<String> = question.months.iter().cloned().collect();
    let blocks = blocks_of(transaction, question.cube, &months).await?;
    let cohorts: Vec<Cohort> = answer(&question, &blocks)
        .into_iter()
        .map(Cohort::of)
        .collect();
    let used: Vec<&release::Model> = published
        .iter()
        .filter(|release| question.months.contains(&release.month))
        .collect();
    let mut row = row(session, &serde_json::to_value(&question)?)?;
    row.cohorts = i32::try_from(cohorts.len()).unwrap_or(i32::MAX);
    row.epsilon = fresh.iter().map(|release| release.epsilon).sum();
    let subject = Subject {
        id: row.id,
        question_hash: &row.question_hash,
        cohorts: &cohorts,
        releases: &used,
        epsilon: row.epsilon,
    };
    let (receipt, signed) = receipt::sign(insight, session, &subject)?;
    row.receipt = Some(receipt.token.clone());
    store::insert(transaction, row).await?;
    store::open(transaction, openings(session, question.cube, &fresh)).await?;
    store::keep_key(transaction, signed, session.now()).await?;
    Ok(Cohorts { cohorts, receipt }.into())
}

/// The question as it can be answered, and the editions that it opens.
type Weighed<'r> = Result<(Question, Vec<&'r release::Model>), InsightRefused>;

async fn weigh<'r>(
    transaction: &DatabaseTransaction,
    session: &Session,
    insight: &Insight,
    asked: &Asked,
    published: &'r [release::Model],
) -> Result<Weighed<'r>> {
    let Some(cube) = CohortCube::of(&asked.named()) else {
        return Ok(Err(not_in_one_cube()));
    };
    let of_period: Vec<&release::Model> = published
        .iter()
        .filter(|release| asked.months.contains(&release.month))
        .collect();
    if of_period.len() < asked.months.len() {
        return Ok(Err(not_published(published)));
    }
    let is_count = asked
        .measures
        .iter()
        .all(|it| *it == CohortMeasure::Persons);
    if !is_count && of_period.iter().any(|release| release.epsilon > 0.0) {
        return Ok(Err(measure_not_published()));
    }
    let partner = session.actor.id();
    let paid = store::opened(transaction, partner, cube).await?;
    let fresh: Vec<&release::Model> = of_period
        .into_iter()
        .filter(|release| release.epsilon > 0.0 && !paid.contains(&release.month))
        .collect();
    let budget = budget(transaction, session, insight).await?;
    let cost = fresh.iter().map(|release| release.epsilon).sum();
    if let Err(spent) = budget.allows(cost) {
        return Ok(Err(refuse(&spent, session.now(), cube, &paid)));
    }
    let question = Question {
        cube,
        dimensions: asked.dimensions.clone(),
        measures: asked.measures.clone(),
        filter: asked.filter.clone(),
        months: asked.months.clone(),
    };
    Ok(Ok((question, fresh)))
}

/// What somebody may spend at this moment.
pub(super) async fn budget(
    connection: &impl sea_orm::ConnectionTrait,
    session: &Session,
    insight: &Insight,
) -> Result<Budget> {
    let (now, partner) = (session.now(), session.actor.id());
    Ok(Budget {
        questions_a_day: insight.options().questions_a_day,
        asked: store::asked_since(connection, partner, now - DAY).await?,
        epsilon_a_year: insight.options().epsilon_a_year,
        spent: store::spent_since(connection, partner, year(now).0).await?,
    })
}

/// When the calendar year begins, and when the next.
pub(super) fn year(now: DateTime<Utc>) -> (DateTime<Utc>, DateTime<Utc>) {
    let december = Month::of(now).before(now.month());
    let mut next = december;
    for _ in 0..12 {
        next = next.next();
    }
    (december.ends_at(), next.ends_at())
}

fn row(session: &Session, question: &Value) -> Result<query::Model> {
    Ok(query::Model {
        id: session.new_id(),
        partner: session.actor.id().to_owned(),
        role: session.actor.role().to_owned(),
        asked_at: session.now(),
        question: question.clone(),
        question_hash: fingerprint(question)?,
        refusal: None,
        cohorts: 0,
        epsilon: 0.0,
        receipt: None,
    })
}

/// A question that no cube answers, as it is noted.
#[derive(serde::Serialize)]
struct Plain<'a> {
    dimensions: &'a BTreeSet<CohortDimension>,
    measures: &'a BTreeSet<CohortMeasure>,
    filter: &'a std::collections::BTreeMap<CohortDimension, String>,
    months: &'a BTreeSet<String>,
}

impl<'a> Plain<'a> {
    fn of(asked: &'a Asked) -> Self {
        Self {
            dimensions: &asked.dimensions,
            measures: &asked.measures,
            filter: &asked.filter,
            months: &asked.months,
        }
    }
}

fn openings(session: &Session, cube: CohortCube, fresh: &[&release::Model]) -> Vec<opening::Model> {
    let opening = |release: &&release::Model| opening::Model {
        partner: session.actor.id().to_owned(),
        cube: cube.name().to_owned(),
        month: release.month.clone(),
        opened_at: session.now(),
        epsilon: release.epsilon,
    };
    fresh.iter().map(opening).collect()
}

fn not_in_one_cube() -> InsightRefused {
    let describe = |cube: CohortCube| {
        let dimensions = cube
            .dimensions()
            .iter()
            .filter_map(|dimension| serde_json::to_value(dimension).ok())
            .filter_map(|name| name.as_str().map(str::to_owned));
        let names: Vec<String> = ["MONTH".to_owned()].into_iter().chain(dimensions).collect();
        format!("{}: {}", cube.name(), names.join(", "))
    };
    InsightRefused {
        message: "These dimensions are not published together: name dimensions of one cube."
            .to_owned(),
        reason: InsightRefusal::NotInOneCube,
        allowed: CohortCube::ALL.into_iter().map(describe).collect(),
        retry_at: None,
    }
}

fn not_published(published: &[release::Model]) -> InsightRefused {
    InsightRefused {
        message: "Not every month of the period is published: ask for months that are.".to_owned(),
        reason: InsightRefusal::NotPublished,
        allowed: published.iter().map(|it| it.month.clone()).collect(),
        retry_at: None,
    }
}

fn measure_not_published() -> InsightRefused {
    InsightRefused {
        message: "These months are published with noise, and then people are all that is counted."
            .to_owned(),
        reason: InsightRefusal::MeasureNotPublished,
        allowed: vec!["PERSONS".to_owned()],
        retry_at: None,
    }
}

fn refuse(
    spent: &Spent,
    now: DateTime<Utc>,
    cube: CohortCube,
    paid: &BTreeSet<String>,
) -> InsightRefused {
    match spent {
        Spent::Questions { limit } => InsightRefused {
            message: format!("In 24 hours {limit} questions may be asked, and they were."),
            reason: InsightRefusal::QuestionsSpent,
            allowed: Vec::new(),
            retry_at: Some(now + DAY),
        },
        Spent::Epsilon { cost, left } => InsightRefused {
            message: format!(
                "This costs {cost} of the year's privacy budget, of which {left} is left."
            ),
            reason: InsightRefusal::EpsilonSpent,
            allowed: paid
                .iter()
                .map(|month| format!("{} {month}", cube.name()))
                .collect(),
            retry_at: Some(year(now).1),
        },
    }
}
