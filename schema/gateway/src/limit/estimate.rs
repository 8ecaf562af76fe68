//! What an operation may cost: counted once for a document, as far as that goes, and finished for each request.

use apollo_compiler::Name;
use async_graphql::{Value, Variables};

use super::{
    Limits, Refusal, RefusalReason,
    compile::Compiler,
    input::OpenInput,
    size::{NotOne, Size},
    weights::Weights,
};
use crate::{
    document::{Conditions, Document},
    error::ErrorCode,
    supergraph::Supergraph,
};

/// What one request may cost at most, and how much it would have been allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cost {
    pub(crate) requested: u64,
    pub(crate) limit: u64,
}

impl Cost {
    /// `extensions.cost` of an answer.
    pub(crate) fn to_value(self) -> Value {
        Value::Object(
            [("requested", self.requested), ("limit", self.limit)]
                .into_iter()
                .map(|(name, number)| (async_graphql::Name::new(name), Value::from(number)))
                .collect(),
        )
    }
}

/// The fields of one operation that cost something, with what is known of each without variables.
#[derive(Debug, Default)]
pub(crate) struct Estimate {
    pub(super) fields: Vec<Node>,
}

/// A field, or a leaf with a weight.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) name: Name,
    /// Once, however many values there are.
    pub(super) base: u64,
    /// For each value.
    pub(super) weight: u64,
    pub(super) size: Size,
    /// Variables that hold input objects with weights of their own.
    pub(super) inputs: Vec<OpenInput>,
    /// All of them have to hold.
    pub(super) conditions: Vec<Condition>,
    pub(super) children: Vec<Self>,
    /// The cost with everything below it, where no variable has a say.
    pub(super) fixed: Option<u64>,
}

/// A variable of [`Conditions`], and what it has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Condition {
    pub(super) position: usize,
    pub(super) wanted: bool,
}

/// What one request brings.
struct Request<'a> {
    weights: &'a Weights,
    variables: &'a Variables,
    conditions: &'a Conditions,
}

/// The field whose own values cost the most.
struct Costliest {
    path: Vec<Name>,
    cost: u64,
}

impl Estimate {
    /// The part that a document says alone.
    pub(crate) fn of(supergraph: &Supergraph, document: &Document, limits: &Limits) -> Self {
        Self {
            fields: Compiler::new(supergraph, document, limits.assumed_list_size).operation(),
        }
    }

    /// What the operation may cost with these variables.
    ///
    /// # Errors
    /// When it is more than `limit`, or a list has no size that needs one.
    pub(crate) fn check(
        &self,
        weights: &Weights,
        variables: &Variables,
        conditions: &Conditions,
        limit: u64,
    ) -> Result<Cost, Refusal> {
        let request = Request {
            weights,
            variables,
            conditions,
        };
        let requested = self.fields.iter().try_fold(0_u64, |sum, field| {
            Ok::<_, Refusal>(sum.saturating_add(field.cost(&request)?))
        })?;
        let cost = Cost { requested, limit };
        if requested <= limit {
            return Ok(cost);
        }
        let mut refusal = Refusal::new(
            RefusalReason::Cost,
            ErrorCode::BadUserInput,
            self.explain(&request, cost),
        );
        refusal.cost = Some(cost);
        Err(refusal)
    }

    fn explain(&self, request: &Request<'_>, cost: Cost) -> String {
        let mut costliest = Costliest {
            path: Vec::new(),
            cost: 0,
        };
        let mut path = Vec::new();
        for field in &self.fields {
            field.find_costliest(request, 1, &mut path, &mut costliest);
        }
        format!(
            "the operation may cost {}, and at most {} is allowed; the most expensive field is `{}` with {}: ask for fewer items there, or in several requests",
            cost.requested,
            cost.limit,
            costliest.path.join("."),
            costliest.cost
        )
    }
}

impl Node {
    fn cost(&self, request: &Request<'_>) -> Result<u64, Refusal> {
        if let Some(fixed) = self.fixed {
            return Ok(fixed);
        }
        if !self.is_included(request) {
            return Ok(0);
        }
        let size = self.size.resolve(request.variables);
        let size = size.map_err(|missing| self.unsized_list(&missing))?;
        let one = self.children.iter().try_fold(self.weight, |sum, child| {
            Ok::<_, Refusal>(sum.saturating_add(child.cost(request)?))
        })?;
        Ok(self.once(request).saturating_add(size.saturating_mul(one)))
    }

    /// The cost with everything below it, if it is the same for every request.
    pub(super) fn settle(&mut self) {
        let Size::Fixed(size) = self.size else {
            return;
        };
        if !self.conditions.is_empty() || !self.inputs.is_empty() {
            return;
        }
        let one = self.children.iter().try_fold(self.weight, |sum, child| {
            Some(sum.saturating_add(child.fixed?))
        });
        self.fixed = one.map(|one| self.base.saturating_add(size.saturating_mul(one)));
    }

    fn once(&self, request: &Request<'_>) -> u64 {
        self.inputs.iter().fold(self.base, |sum, input| {
            sum.saturating_add(input.cost(request.weights, request.variables))
        })
    }

    fn is_included(&self, request: &Request<'_>) -> bool {
        self.conditions
            .iter()
            .all(|condition| request.conditions.at(condition.position) == condition.wanted)
    }

    fn unsized_list(&self, NotOne(arguments): &NotOne) -> Refusal {
        let message = format!(
            "the list `{}` needs exactly one of `{}`",
            self.name,
            arguments.join("`, `")
        );
        Refusal::new(RefusalReason::Input, ErrorCode::BadUserInput, message)
    }

    fn find_costliest<'a>(
        &'a self,
        request: &Request<'_>,
        times: u64,
        path: &mut Vec<&'a Name>,
        costliest: &mut Costliest,
    ) {
        if !self.is_included(request) {
            return;
        }
        let size = self.size.resolve(request.variables).unwrap_or(1);
        let own = self
            .once(request)
            .saturating_add(size.saturating_mul(self.weight))
            .saturating_mul(times);
        path.push(&self.name);
        if own > costliest.cost {
            costliest.cost = own;
            costliest.path = path.iter().map(|name| (*name).clone()).collect();
        }
        for child in &self.children {
            child.find_costliest(request, times.saturating_mul(size), path, costliest);
        }
        path.pop();
    }
}
