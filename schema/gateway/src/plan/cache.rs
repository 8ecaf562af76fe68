//! Documents read once, plans made once.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use moka::sync::Cache;

use super::{Plan, PlanError};
use crate::{
    document::{Conditions, Document},
    limit::{Limits, Refusal},
    request::GraphQlRequest,
    supergraph::Supergraph,
};

/// How many outcomes of its conditions one document may keep plans for; more are planned each time.
const MAX_PLANS_OF_DOCUMENT: usize = 64;

/// The longest document that is kept, in bytes. Longer ones are comments and literals, which would fill the memory.
const MAX_KEPT_TEXT: usize = 32 * 1024;

/// Documents by text and operation name, and the plans of each. The text itself is the key, so that no two documents
/// can be taken for each other.
#[derive(Debug)]
pub(crate) struct PlanCache {
    documents: Cache<(String, Option<String>), Arc<PlannedDocument>>,
    limits: Limits,
}

/// A document with the plans made for it so far.
#[derive(Debug)]
pub(crate) struct PlannedDocument {
    pub(crate) document: Arc<Document>,
    plans: RwLock<HashMap<Conditions, Arc<Plan>>>,
}

impl PlanCache {
    /// A cache of at most `capacity` documents, none of them beyond `limits`.
    pub(crate) fn new(capacity: u64, limits: Limits) -> Self {
        Self {
            documents: Cache::new(capacity),
            limits,
        }
    }

    /// The document of a request, read now or earlier. Documents that cannot be read are not kept.
    pub(crate) fn document(
        &self,
        supergraph: &Supergraph,
        request: &mut GraphQlRequest,
    ) -> Result<Arc<PlannedDocument>, Refusal> {
        let key = (
            std::mem::take(&mut request.query),
            request.operation_name.take(),
        );
        if let Some(known) = self.documents.get(&key) {
            return Ok(known);
        }
        let planned = Arc::new(PlannedDocument {
            document: Document::read(supergraph, &self.limits, &key.0, key.1.as_deref())?,
            plans: RwLock::default(),
        });
        if key.0.len() <= MAX_KEPT_TEXT {
            self.documents.insert(key, Arc::clone(&planned));
        }
        Ok(planned)
    }
}

impl PlannedDocument {
    /// The plan for one outcome of the conditions, made now or earlier.
    pub(crate) fn plan(
        &self,
        supergraph: &Arc<Supergraph>,
        conditions: &Conditions,
    ) -> Result<Arc<Plan>, PlanError> {
        // A thread that panicked while it held the lock has left nothing half done: the map is only inserted into.
        let known = self.plans.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(plan) = known.get(conditions) {
            metrics::counter!("jetbridge_gateway_plan_cache_hits_total").increment(1);
            return Ok(Arc::clone(plan));
        }
        drop(known);

        metrics::counter!("jetbridge_gateway_plan_cache_misses_total").increment(1);
        let plan = Arc::new(Plan::make(supergraph, &self.document, conditions)?);
        let mut plans = self.plans.write().unwrap_or_else(PoisonError::into_inner);
        if plans.len() < MAX_PLANS_OF_DOCUMENT {
            plans.insert(conditions.clone(), Arc::clone(&plan));
        }
        Ok(plan)
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::{Value, Variables};

    use super::*;

    const SDL: &str = r#"
        schema @link(url: "https://specs.apollo.dev/join/v0.3", for: EXECUTION) { query: Query }
        enum join__Graph { A @join__graph(name: "a", url: "http://a.example") }
        type Query @join__type(graph: A) { one: Int two: Int }
    "#;

    fn read(cache: &PlanCache, supergraph: &Supergraph, query: &str) -> Arc<PlannedDocument> {
        cache
            .document(supergraph, &mut GraphQlRequest::new(query))
            .unwrap()
    }

    fn conditions(planned: &PlannedDocument, value: bool) -> Conditions {
        let mut variables = Variables::default();
        variables.insert(async_graphql::Name::new("x"), Value::from(value));
        Conditions::of(&planned.document, &variables).unwrap()
    }

    #[test]
    fn a_document_is_read_once_and_a_plan_made_once_for_each_outcome() {
        let supergraph = Arc::new(Supergraph::parse(SDL).unwrap());
        let cache = PlanCache::new(10, Limits::default());
        let query = "query($x: Boolean!) { one two @skip(if: $x) }";
        let first = read(&cache, &supergraph, query);
        assert!(Arc::ptr_eq(&first, &read(&cache, &supergraph, query)));

        let plan = |value| first.plan(&supergraph, &conditions(&first, value)).unwrap();
        assert!(Arc::ptr_eq(&plan(true), &plan(true)));
        assert!(!Arc::ptr_eq(&plan(true), &plan(false)));
        assert_eq!(plan(true).waves[0][0].operation.text, "{one}");
        assert_eq!(plan(false).waves[0][0].operation.text, "{one two}");
    }

    #[test]
    fn the_operation_name_is_part_of_the_key() {
        let supergraph = Supergraph::parse(SDL).unwrap();
        let cache = PlanCache::new(10, Limits::default());
        let document = "query A { one } query B { two }";
        let of = |name: &str| {
            let mut request = GraphQlRequest::new(document).with_operation_name(name);
            cache.document(&supergraph, &mut request).unwrap()
        };
        assert!(!Arc::ptr_eq(&of("A"), &of("B")));
    }

    #[test]
    fn a_document_that_is_mostly_comment_is_not_kept() {
        let supergraph = Supergraph::parse(SDL).unwrap();
        let cache = PlanCache::new(10, Limits::default());
        read(
            &cache,
            &supergraph,
            &format!("{{ one }} #{}", " ".repeat(MAX_KEPT_TEXT)),
        );
        cache.documents.run_pending_tasks();
        assert_eq!(cache.documents.entry_count(), 0);
    }

    #[test]
    fn a_document_that_cannot_be_read_is_not_kept() {
        let supergraph = Supergraph::parse(SDL).unwrap();
        let cache = PlanCache::new(10, Limits::default());
        let mut request = GraphQlRequest::new("{ three }");
        assert!(cache.document(&supergraph, &mut request).is_err());
        cache.documents.run_pending_tasks();
        assert_eq!(cache.documents.entry_count(), 0);
    }
}
