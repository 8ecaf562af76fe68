use std::cell::Cell;

use super::operation::{Arithmetic, Comparison};
use super::value::Value;
use crate::engine::jurisdiction::Zones;
use crate::engine::vocabulary::Slots;

/// How many definitions a pack may hold.
pub(crate) const MAX_DEFINITIONS: usize = 48;

/// A part of an expression, by its place in the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NodeId(pub(crate) u32);

/// One operation over slots. Names are gone: a fact is the number of its slot, a zone the number of its table.
#[derive(Debug, Clone)]
pub(crate) enum Node {
    Constant(i64),
    Fact(u16),
    Definition(u16),
    Not(NodeId),
    And(NodeId, NodeId),
    Or(NodeId, NodeId),
    Negative(NodeId),
    Arithmetic(Arithmetic, NodeId, NodeId),
    Comparison(Comparison, NodeId, NodeId),
    Choice(NodeId, NodeId, NodeId),
    OneOf(NodeId, Box<[i64]>),
    PlaceIn(NodeId, u16),
    CountryIn(NodeId, u16),
}

/// Every expression of one pack.
#[derive(Debug, Clone, Default)]
pub(crate) struct Program {
    pub(crate) nodes: Vec<Node>,
    pub(crate) definitions: Vec<NodeId>,
}

/// One evaluation: the facts of one case, and what the pack's definitions came to so far.
pub(crate) struct Frame<'a> {
    program: &'a Program,
    slots: &'a Slots,
    zones: &'a Zones,
    definitions: [Cell<Option<Value>>; MAX_DEFINITIONS],
}

impl<'a> Frame<'a> {
    pub(crate) fn new(program: &'a Program, slots: &'a Slots, zones: &'a Zones) -> Self {
        Self {
            program,
            slots,
            zones,
            definitions: [const { Cell::new(None) }; MAX_DEFINITIONS],
        }
    }

    pub(crate) fn slots(&self) -> &Slots {
        self.slots
    }

    /// What the expression comes to. Depth is bounded when it is checked.
    pub(crate) fn value(&self, id: NodeId) -> Value {
        match &self.program.nodes[id.0 as usize] {
            Node::Constant(number) => Value::known(*number),
            Node::Fact(slot) => self.slots.value(*slot),
            Node::Definition(index) => self.definition(*index),
            Node::Not(inner) => self.not(*inner),
            Node::And(left, right) => self.and(*left, *right),
            Node::Or(left, right) => self.or(*left, *right),
            Node::Negative(inner) => Arithmetic::Subtract.of(Value::known(0), self.value(*inner)),
            Node::Arithmetic(operation, left, right) => {
                operation.of(self.value(*left), self.value(*right))
            }
            Node::Comparison(comparison, left, right) => {
                comparison.of(self.value(*left), self.value(*right))
            }
            Node::Choice(condition, yes, no) => self.choice(*condition, *yes, *no),
            Node::OneOf(inner, list) => one_of(self.value(*inner), list),
            Node::PlaceIn(inner, zone) => self.within(*inner, |place| {
                self.zones.holds_place(*zone, place, self.slots.day())
            }),
            Node::CountryIn(inner, zone) => self.within(*inner, |country| {
                self.zones.holds_country(*zone, country, self.slots.day())
            }),
        }
    }

    fn definition(&self, index: u16) -> Value {
        let index = usize::from(index);
        if let Some(value) = self.definitions[index].get() {
            return value;
        }
        let value = self.value(self.program.definitions[index]);
        self.definitions[index].set(Some(value));
        value
    }

    fn not(&self, inner: NodeId) -> Value {
        let value = self.value(inner);
        Value {
            low: 1 - value.high,
            high: 1 - value.low,
            open: value.open,
        }
    }

    /// No as soon as one side is no, whatever is unknown about the other.
    fn and(&self, left: NodeId, right: NodeId) -> Value {
        let left = self.value(left);
        if left.is_no() {
            return left;
        }
        let right = self.value(right);
        if right.is_no() {
            return right;
        }
        Value::between(
            left.low.min(right.low),
            left.high.min(right.high),
            left.open.with(right.open),
        )
    }

    /// Yes as soon as one side is yes, whatever is unknown about the other.
    fn or(&self, left: NodeId, right: NodeId) -> Value {
        let left = self.value(left);
        if left.is_yes() {
            return left;
        }
        let right = self.value(right);
        if right.is_yes() {
            return right;
        }
        Value::between(
            left.low.max(right.low),
            left.high.max(right.high),
            left.open.with(right.open),
        )
    }

    fn choice(&self, condition: NodeId, yes: NodeId, no: NodeId) -> Value {
        let condition = self.value(condition);
        if condition.is_yes() {
            return self.value(yes);
        }
        if condition.is_no() {
            return self.value(no);
        }
        let (yes, no) = (self.value(yes), self.value(no));
        yes.or(no, condition.open.with(yes.open).with(no.open))
    }

    fn within(&self, inner: NodeId, holds: impl FnOnce(i64) -> bool) -> Value {
        let value = self.value(inner);
        if value.is_known() {
            holds(value.low).into()
        } else {
            Value::undecided(value.open)
        }
    }
}

fn one_of(value: Value, list: &[i64]) -> Value {
    if value.is_known() {
        list.contains(&value.low).into()
    } else if list
        .iter()
        .any(|item| (value.low..=value.high).contains(item))
    {
        Value::undecided(value.open)
    } else {
        Value::NO
    }
}
