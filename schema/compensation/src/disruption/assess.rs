//! "What would be due?": assesses a journey, real or thought up, and writes nothing.

mod input;

use async_graphql::{SimpleObject, Union};
use schema_kernel::problem::InvalidInput;

pub use self::input::{
    AssessDisruptionInput, AssessedAirportInput, AssessedPurchaseInput, RefundPaymentMethod,
};
use crate::{assessment::Assessment, engine};

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
}

pub(crate) fn assess(input: &AssessDisruptionInput) -> AssessDisruptionOutcome {
    match input.case_facts() {
        Ok(facts) => {
            let assessments = engine::assess(&facts)
                .into_iter()
                .map(Assessment::unstored)
                .collect();
            AssessDisruptionOutcome::DisruptionAssessed(DisruptionAssessed { assessments })
        }
        Err(problems) => AssessDisruptionOutcome::InvalidInput(InvalidInput::of(problems)),
    }
}
