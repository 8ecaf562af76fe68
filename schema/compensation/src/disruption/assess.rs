//! "What would be due?": assesses a journey, real or thought up, and writes nothing.

mod circumstances;
mod input;

use async_graphql::{Context, SimpleObject, Union};
use schema_kernel::{ContextExt, Result, problem::InvalidInput};

pub use self::{
    circumstances::{
        AssessedBaggageInput, AssessedBoardingInput, AssessedCabin, AssessedDamageInput,
        AssessedFlightInput, AssessedOperationInput, AssessedPriceInput, AssessedServiceInput,
        AssessedStayInput, AssessedTier, CauseControl, CircumstancesInput, ServiceIssueCode,
    },
    input::{
        AssessDisruptionInput, AssessedAirportInput, AssessedPurchaseInput, RefundPaymentMethod,
    },
};
use crate::{
    assessment::{Assessment, TraceStep},
    engine, rule_pack,
};

/// What became of the question.
#[derive(Union)]
pub enum AssessDisruptionOutcome {
    /// The rules answered.
    DisruptionAssessed(DisruptionAssessed),
    /// The input cannot be right.
    InvalidInput(InvalidInput),
}

/// The answers of the rules. Nothing was written.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "claim:read")]
pub struct DisruptionAssessed {
    /// One answer for each body of law that has a rule for this kind of disruption on that day, whether it grants
    /// something or not.
    pub assessments: Vec<Assessment>,
    /// Every rule that was tried, in order, and why it did or did not apply.
    pub trace: Vec<TraceStep>,
}

pub(crate) async fn assess(
    context: &Context<'_>,
    input: &AssessDisruptionInput,
) -> Result<AssessDisruptionOutcome> {
    let facts = match input.case_facts() {
        Ok(facts) => facts,
        Err(problems) => {
            let problem = InvalidInput::of(problems);
            return Ok(AssessDisruptionOutcome::InvalidInput(problem));
        }
    };
    let book = rule_pack::book(context)?;
    let rules = book.for_reading(context.database()?.reader()).await?;
    let assessments = engine::assess(&facts, &rules)
        .into_iter()
        .map(Assessment::unstored)
        .collect();
    let trace = engine::explain(&facts, &rules)
        .into_iter()
        .map(TraceStep)
        .collect();
    Ok(AssessDisruptionOutcome::DisruptionAssessed(
        DisruptionAssessed { assessments, trace },
    ))
}
