//! Dead letters in the graph: the same types in every subgraph, and in each a list and a mutation of its own name.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject, Union, connection::PageInfo};

use super::{DeadLetter, DeadLetterState, Replay, list};
use crate::{
    ContextExt, PageArguments, Result, Session,
    delivery::{Consumer, Delivery},
    id::{show, try_read},
    keyset::{Cursor, SortedBy},
    outbox::Domain,
    permit::Operations,
    problem::NotFound,
    scalar::DateTime,
};

/// An event that a domain could not consume. It is kept until it is replayed or given up.
#[Object(shareable, requires_scopes = "event:read")]
impl DeadLetter {
    /// The id of the event, by which it is replayed.
    async fn event_id(&self) -> ID {
        show(self.event.id)
    }

    /// The type of the event. Example: `"order.flight.delayed.v1"`.
    async fn event_type(&self) -> &str {
        &self.event.kind
    }

    /// The domain that told it. Example: `"order"`.
    async fn source(&self) -> &str {
        &self.event.source
    }

    /// The aggregate it happened to, by id. Later events of the same aggregate are held behind it.
    async fn subject(&self) -> &str {
        &self.event.subject
    }

    /// When it happened.
    async fn occurred_at(&self) -> DateTime {
        self.event.time
    }

    /// Whether it failed, or waits behind one that did.
    async fn state(&self) -> DeadLetterState {
        self.state
    }

    /// Why it could not be consumed. Example: `"INTERNAL_SERVER_ERROR: facts of order.flight.delayed.v1: missing field"`.
    async fn reason(&self) -> &str {
        &self.reason
    }

    /// How often it was tried; 0 for one that waits. Example: `4`.
    async fn attempts(&self) -> i32 {
        self.attempts
    }

    /// When it was set aside, or failed again.
    async fn failed_at(&self) -> DateTime {
        self.failed_at
    }

    /// The whole event as CloudEvents 1.0 in JSON, as text. It holds ids, codes and amounts, and no names.
    async fn event(&self) -> Result<String> {
        Ok(serde_json::to_string(&self.event.cloud_event())?)
    }
}

/// A page of dead letters, latest first.
#[derive(SimpleObject)]
#[graphql(shareable, requires_scopes = "event:read")]
pub struct DeadLetterConnection {
    /// Where the page ends, and whether there are others.
    pub page_info: PageInfo,
    /// The dead letters with their cursors.
    pub edges: Vec<DeadLetterEdge>,
    /// The dead letters.
    pub nodes: Vec<DeadLetter>,
}

/// One dead letter in a page.
#[derive(SimpleObject)]
#[graphql(shareable, requires_scopes = "event:read")]
pub struct DeadLetterEdge {
    /// The place in the list, to be sent back as `after` or `before`.
    pub cursor: String,
    /// The dead letter.
    pub node: DeadLetter,
}

/// Which dead letter is to be tried again.
#[derive(Clone, Debug, InputObject)]
pub struct ReplayDeadLetterInput {
    /// The id of the event that could not be consumed.
    pub event_id: ID,
}

/// What became of a dead letter that was to be replayed.
#[derive(Clone, Debug, Union)]
pub enum ReplayDeadLetterOutcome {
    /// It was tried again.
    Replayed(DeadLetterReplayed),
    /// There is no such dead letter.
    NotFound(NotFound),
}

/// The dead letter was tried again, with those of its aggregate before it, and those held behind it where it succeeded.
#[derive(Clone, Debug)]
pub struct DeadLetterReplayed(Replay);

/// The dead letter was tried again, with those of its aggregate before it, and those held behind it where it succeeded.
#[Object(shareable, requires_scopes = "event:read")]
impl DeadLetterReplayed {
    /// The ids of the events that were consumed now, in order.
    async fn consumed(&self) -> Vec<ID> {
        self.0.consumed.iter().map(|id| show(*id)).collect()
    }

    /// The event that still cannot be consumed, at which it ended; null when all of the aggregate were consumed.
    async fn failed(&self) -> Option<&DeadLetter> {
        self.0.failed.as_ref()
    }
}

/// A page of the domain's dead letters, latest first.
///
/// # Errors
/// `BAD_USER_INPUT` when the arguments of the page cannot be right.
pub async fn page(
    context: &Context<'_>,
    domain: Domain,
    arguments: &PageArguments,
) -> Result<DeadLetterConnection> {
    let page = arguments.page(None)?.sorted_by(SortedBy::Instant)?;
    let letters = list(context.database()?, domain, &page).await?;
    let connection = page.connection(
        letters,
        |letter| Cursor::at(letter.failed_at, letter.event.id),
        |letter| letter,
    );
    let cursor = |edge: &async_graphql::connection::Edge<Cursor, DeadLetter, _>| {
        async_graphql::connection::CursorType::encode_cursor(&edge.cursor)
    };
    let page_info = PageInfo {
        has_previous_page: connection.has_previous_page,
        has_next_page: connection.has_next_page,
        start_cursor: connection.edges.first().map(cursor),
        end_cursor: connection.edges.last().map(cursor),
    };
    let nodes = connection.edges.iter().map(|edge| edge.node.clone());
    Ok(DeadLetterConnection {
        page_info,
        nodes: nodes.collect(),
        edges: connection
            .edges
            .iter()
            .map(|edge| DeadLetterEdge {
                cursor: cursor(edge),
                node: edge.node.clone(),
            })
            .collect(),
    })
}

/// Replays a dead letter of the consumer's domain.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when the database fails.
pub async fn replay(
    session: &Session,
    consumer: &dyn Consumer,
    input: &ReplayDeadLetterInput,
) -> Result<ReplayDeadLetterOutcome> {
    let no_such_letter = || ReplayDeadLetterOutcome::NotFound(NotFound::of("dead letter"));
    let permit = session.actor.permit("event:write", Operations);
    let (Some(_), Some(id)) = (permit, try_read(&input.event_id)) else {
        return Ok(no_such_letter());
    };
    tracing::info!(event.id = %id, actor = session.actor.id(), "a dead letter is replayed");
    // What follows from an event is the consumer's doing, whoever asked for it.
    let session = session.by_service("dispatcher");
    let replayed = Delivery::new(consumer, &session).replay(id).await?;
    Ok(replayed.map_or_else(no_such_letter, |replay| {
        ReplayDeadLetterOutcome::Replayed(DeadLetterReplayed(replay))
    }))
}

/// The list of a domain's dead letters and the mutation that replays one, as `DeadLetterQuery` and `DeadLetterMutation` in
/// the module it is called in. What differs is the domain, its consumer, the two names in the graph and what they say.
///
/// ```ignore
/// schema_kernel::dead_letters! {
///     DOMAIN, consumer;
///     /// The events that the case domain could not consume, latest first.
///     case_dead_letters;
///     /// Tries an event again that the case domain could not consume.
///     replay_case_dead_letter;
/// }
/// ```
#[macro_export]
macro_rules! dead_letters {
    (
        $domain:expr, $consumer:path;
        $(#[doc = $list_text:literal])+ $list:ident;
        $(#[doc = $replay_text:literal])+ $replay:ident;
    ) => {
        /// How dead letters are found.
        #[derive(Clone, Copy, Debug, Default)]
        pub(crate) struct DeadLetterQuery;

        /// What can be done about dead letters.
        #[derive(Clone, Copy, Debug, Default)]
        pub(crate) struct DeadLetterMutation;

        #[async_graphql::Object]
        impl DeadLetterQuery {
            $(#[doc = $list_text])+
            #[graphql(requires_scopes = "event:read")]
            async fn $list(
                &self,
                context: &async_graphql::Context<'_>,
                #[graphql(desc = "How many from the start, or after `after`; 1 to 100.")]
                first: Option<i32>,
                #[graphql(desc = "The cursor after which to begin.")] after: Option<String>,
                #[graphql(desc = "How many from the end, or before `before`; 1 to 100.")]
                last: Option<i32>,
                #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
            ) -> $crate::Result<$crate::dead_letter::graph::DeadLetterConnection> {
                let arguments = $crate::PageArguments {
                    first,
                    after,
                    last,
                    before,
                };
                $crate::dead_letter::graph::page(context, $domain, &arguments).await
            }
        }

        #[async_graphql::Object]
        impl DeadLetterMutation {
            $(#[doc = $replay_text])+
            #[graphql(requires_scopes = "event:write")]
            async fn $replay(
                &self,
                context: &async_graphql::Context<'_>,
                #[graphql(desc = "Which one.")]
                input: $crate::dead_letter::graph::ReplayDeadLetterInput,
            ) -> $crate::Result<$crate::dead_letter::graph::ReplayDeadLetterOutcome> {
                use $crate::ContextExt;
                let consumer = $consumer(context.database()?.clone());
                $crate::dead_letter::graph::replay(context.session()?, consumer.as_ref(), &input)
                    .await
            }
        }
    };
}
