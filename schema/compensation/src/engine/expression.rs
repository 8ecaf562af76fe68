//! Conditions and amounts of the rule packs: written in CEL, checked once against the vocabulary, and evaluated over
//! slots in three-valued logic.
//!
//! The subset: literals, facts, definitions of the pack, `+ - * / %`, comparison, `&& || !`, `?:`, `in` with a list or a
//! zone, and `math.least` and `math.greatest` of two numbers. There are no loops and no host to ask, so an expression
//! always ends, after as many steps as it has parts. Its text has at most 2,000 characters and its tree at most 40 levels;
//! a pack has at most 48 definitions and 256 KiB.

mod check;
mod evaluate;
mod message;
mod operation;
mod parse;
mod value;

pub(crate) use check::Checker;
pub(crate) use evaluate::{Frame, NodeId, Program};
pub(crate) use parse::ExpressionError;
pub(crate) use value::{FactSet, Value};
