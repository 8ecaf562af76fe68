//! Events that this domain could not consume, for those who run the platform.

use async_graphql::{Context, Object};
use schema_kernel::{
    ContextExt, PageArguments, Result,
    dead_letter::graph::{
        DeadLetterConnection, ReplayDeadLetterInput, ReplayDeadLetterOutcome, page, replay,
    },
};

use crate::{DOMAIN, consumer};

/// How dead letters are found.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct DeadLetterQuery;

/// What can be done about dead letters.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct DeadLetterMutation;

#[Object]
impl DeadLetterQuery {
    /// The events that the order domain could not consume, latest first. `first` or `last` is needed, at most 100.
    #[graphql(requires_scopes = "event:read")]
    async fn order_dead_letters(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many from the start, or after `after`; 1 to 100.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor after which to begin.")] after: Option<String>,
        #[graphql(desc = "How many from the end, or before `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<DeadLetterConnection> {
        let arguments = PageArguments {
            first,
            after,
            last,
            before,
        };
        page(context, DOMAIN, &arguments).await
    }
}

#[Object]
impl DeadLetterMutation {
    /// Tries an event again that the order domain could not consume, with the others of its aggregate, in order. An event
    /// takes effect once, however often it is replayed.
    #[graphql(requires_scopes = "event:write")]
    async fn replay_order_dead_letter(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which one.")] input: ReplayDeadLetterInput,
    ) -> Result<ReplayDeadLetterOutcome> {
        let consumer = consumer(context.database()?.clone());
        replay(context.session()?, consumer.as_ref(), &input).await
    }
}
