use async_graphql::{Context, Object};
use schema_kernel::{ContextExt, Result};

use super::{
    add_expense::{AddBaggageExpenseInput, AddBaggageExpenseOutcome, add_expense},
    change_state::{ChangeBaggageStateInput, ChangeBaggageStateOutcome, change_state},
    report::{ReportBaggageInput, ReportBaggageOutcome, report},
};

/// What can be done about baggage.
#[derive(Default)]
pub struct BaggageMutation;

#[Object]
impl BaggageMutation {
    /// Reports baggage that came late, damaged or not at all, and opens a case for it. A customer reports their own.
    #[graphql(requires_scopes = "case:write")]
    async fn report_baggage(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is wrong with which baggage.")] input: ReportBaggageInput,
    ) -> Result<ReportBaggageOutcome> {
        report(ctx.session()?, ctx.database()?, input).await
    }

    /// Says how far a bag has come. A customer can say that theirs came, and after 21 days that they treat it as lost.
    #[graphql(requires_scopes = "case:write")]
    async fn change_baggage_state(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The report, and the new state.")] input: ChangeBaggageStateInput,
    ) -> Result<ChangeBaggageStateOutcome> {
        change_state(ctx.session()?, ctx.database()?, input).await
    }

    /// Notes what was spent or lost because of a bag. What is owed for it is assessed at once, and a person looks at the
    /// receipts.
    #[graphql(requires_scopes = "case:write")]
    async fn add_baggage_expense(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The report, and the expense.")] input: AddBaggageExpenseInput,
    ) -> Result<AddBaggageExpenseOutcome> {
        add_expense(ctx.session()?, ctx.database()?, input).await
    }
}
