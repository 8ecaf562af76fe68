//! What one request may ask for at most: counted before anything takes more time or memory than its text has.
//!
//! The document is counted first (`document`), then, when its variables are known, what it may cost (`estimate`), with
//! the weights that the supergraph declares (`weights`). Only then is anything planned or fetched.

mod compile;
mod document;
mod estimate;
mod input;
mod reason;
mod response;
mod size;
mod weights;

pub(crate) use self::{
    document::parse,
    estimate::{Cost, Estimate},
    weights::{ListSize, Names, Weights, list_size, weight},
};
pub use self::{
    document::refuse_excess,
    reason::{Refusal, RefusalReason},
};

/// What one request may ask for at most. Each limit is on; a host that knows better sets another number.
///
/// Documents are counted with every fragment written out where it is spread, so that a fragment is no way around a
/// limit. [`Limits::default`] holds the numbers in the descriptions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Tokens of a document as the specification counts them, without white space, commas and comments: 2,000. Four times
    /// as many may stand there with those.
    pub tokens: usize,
    /// How deep selections and values may be nested in one another, fragments included: 64. It keeps the stack.
    pub recursion: usize,
    /// How many fields may lie inside one another, the leaf included: 10. What lies inside `__schema` and `__type` is not
    /// counted, because the stock introspection query is deeper; those who may send it are few, and `recursion` holds.
    pub depth: usize,
    /// Aliases of an operation: 15.
    pub aliases: usize,
    /// Fields at the root of an operation: 10.
    pub root_fields: usize,
    /// Directives of an operation: 25.
    pub directives: usize,
    /// Fields of a whole document: 2,000.
    pub fields: usize,
    /// What an operation may cost where [`crate::RequestContext::cost_limit`] says nothing else: 1,000, meant for callers
    /// who have not said who they are.
    pub cost: u64,
    /// How many items a list is taken to have where neither an argument nor `@listSize` says: 10.
    pub assumed_list_size: u64,
    /// Bytes of an answer: 2 MiB. Held by [`crate::GraphQlResponse::to_json`].
    pub response_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            tokens: 2_000,
            recursion: 64,
            depth: 10,
            aliases: 15,
            root_fields: 10,
            directives: 25,
            fields: 2_000,
            cost: 1_000,
            assumed_list_size: 10,
            response_bytes: 2 << 20,
        }
    }
}

impl Limits {
    /// The same limits for a subgraph that a router asks: it writes fragments out, puts `_entities` on top of what the
    /// client asked for, and gives aliases to what would collide. So tokens are what the permitted fields need, depth
    /// has one more level, and there may be four times as many aliases. What it reads besides, such as keys, makes answers
    /// larger than those of its clients, which are for it to bound: so they may have two and a half times as many bytes.
    #[must_use]
    pub fn behind_router(self) -> Self {
        Self {
            tokens: self.tokens.max(self.fields.saturating_mul(5)),
            depth: self.depth.saturating_add(1),
            aliases: self.aliases.saturating_mul(4),
            response_bytes: self.response_bytes.saturating_mul(5) / 2,
            ..self
        }
    }
}
