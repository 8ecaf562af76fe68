//! What a version would have decided about disruptions that were reported.

use std::collections::BTreeMap;

use async_graphql::{Context, ID, InputObject, SimpleObject, Union};
use schema_kernel::{
    ContextExt, Money, Result,
    problem::{FieldProblem, InvalidInput, NotFound},
};

use super::{RulePackRefused, store};
use crate::{
    claim::money,
    disruption::{Established, store as disruptions},
    engine::{self, CaseFacts, RuleSet},
};

/// The most disruptions that are simulated at once.
const MOST: i32 = 100_000;

/// How many of them are held in memory.
const BATCH: u64 = 1_000;

/// Which version, and on how much.
#[derive(Clone, Debug, InputObject)]
pub struct SimulateRulePackInput {
    /// The id of the version.
    pub id: ID,
    /// How many of the latest disruptions, 1 to 100000.
    #[graphql(default = 1_000)]
    pub disruptions: i32,
}

/// What became of a simulation.
#[derive(Union)]
pub enum SimulateRulePackOutcome {
    /// Both sums.
    RulePackSimulated(RulePackSimulated),
    /// With it the rules would contradict each other.
    RulePackRefused(RulePackRefused),
    /// There is no such version.
    NotFound(NotFound),
    /// The input cannot be right.
    InvalidInput(InvalidInput),
}

/// What the rules in force decide about the disruptions, and what they would decide with the version. Nothing was written.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "rule:read")]
pub struct RulePackSimulated {
    /// How many disruptions were assessed.
    pub disruptions: i32,
    /// By the rules in force, by rule and currency.
    pub current: Vec<Total>,
    /// With the version in place of every other of its pack, by rule and currency.
    pub simulated: Vec<Total>,
}

/// What one rule grants in one currency.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "rule:read")]
pub struct Total {
    /// The rule. Example: `"EU261-DELAY"`.
    pub rule_id: String,
    /// How many amounts it grants, open questions included.
    pub count: i32,
    /// How many of them wait for facts.
    pub provisional: i32,
    /// The sum of all of them.
    pub amount: Money,
}

#[derive(Default)]
struct Sum {
    count: i32,
    provisional: i32,
    amount_minor: i64,
}

type Sums = BTreeMap<(String, String), Sum>;

/// Assesses the latest disruptions under the rules in force and under the version. It writes nothing.
pub(crate) async fn simulate(
    context: &Context<'_>,
    input: SimulateRulePackInput,
) -> Result<SimulateRulePackOutcome> {
    if !(1..=MOST).contains(&input.disruptions) {
        let problem = FieldProblem::at(
            "input.disruptions",
            "From 1 to 100000 disruptions are simulated at once.",
        );
        return Ok(SimulateRulePackOutcome::InvalidInput(InvalidInput::of(
            vec![problem],
        )));
    }
    let reader = context.database()?.reader();
    let Some(version) = store::find(reader, &input.id).await? else {
        let problem = NotFound::of("rule pack version");
        return Ok(SimulateRulePackOutcome::NotFound(problem));
    };
    let current = super::book(context)?.for_reading(reader).await?;
    let simulated = match store::with(reader, version).await?.read() {
        Ok(rules) => rules,
        Err(problems) => {
            let problems = problems.into_iter().map(Into::into).collect();
            return Ok(SimulateRulePackOutcome::RulePackRefused(RulePackRefused {
                problems,
            }));
        }
    };
    let (mut before, mut after, mut count) = (Sums::new(), Sums::new(), 0);
    let (mut left, mut last) = (u64::from(input.disruptions.unsigned_abs()), None);
    while left > 0 {
        let batch = disruptions::latest(reader, last, left.min(BATCH)).await?;
        let Some(end) = batch.last() else { break };
        last = Some(end.id);
        left -= u64::try_from(batch.len()).unwrap_or(left).min(left);
        for disruption in batch {
            let reported: CaseFacts = serde_json::from_value(disruption.facts)?;
            let established: Established = serde_json::from_value(disruption.established)?;
            let facts = established.over(&reported);
            add(&mut before, &facts, &current);
            add(&mut after, &facts, &simulated);
            count += 1;
        }
        // Others are served meanwhile.
        tokio::task::yield_now().await;
    }
    Ok(SimulateRulePackOutcome::RulePackSimulated(
        RulePackSimulated {
            disruptions: count,
            current: totals(before)?,
            simulated: totals(after)?,
        },
    ))
}

fn add(sums: &mut Sums, facts: &CaseFacts, rules: &RuleSet) {
    for assessment in engine::assess(facts, rules) {
        let payable = assessment
            .entitlements
            .iter()
            .filter(|grant| grant.is_payable());
        for grant in payable {
            let key = (assessment.rule_id.to_string(), grant.currency.to_string());
            let sum = sums.entry(key).or_default();
            sum.count += 1;
            sum.provisional += i32::from(grant.is_provisional);
            sum.amount_minor = sum.amount_minor.saturating_add(grant.amount_minor);
        }
    }
}

fn totals(sums: Sums) -> Result<Vec<Total>> {
    let totals = sums.into_iter().map(|((rule_id, currency), sum)| {
        Ok(Total {
            rule_id,
            count: sum.count,
            provisional: sum.provisional,
            amount: money(sum.amount_minor, &currency)?,
        })
    });
    totals.collect()
}
