//! The planner, kept at arm's length: it asserts its invariants, and for some operations it does not come to an end.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
        mpsc::{RecvTimeoutError, sync_channel},
    },
    thread,
    time::Duration,
};

use hive_router_query_planner::{
    ast::normalization::normalize_operation, graph::PlannerOverrideContext,
    planner::plan_nodes::QueryPlan, utils::cancellation::CancellationToken,
    utils::parsing::safe_parse_operation,
};

use super::PlanError;
use crate::supergraph::Supergraph;

/// Planning that takes longer than this is an attack or a defect, not a query.
const TIMEOUT: Duration = Duration::from_secs(1);

/// How long the planner has to notice that it took too long, which not all of its loops do.
const GRACE: Duration = Duration::from_millis(250);

/// Planners that go on without end may be so many. Each takes a core, and nothing can stop it; what is planned already is
/// still answered.
const MOST_ENDLESS: usize = 1;

static ENDLESS: AtomicUsize = AtomicUsize::new(0);

/// Asks for a plan, in a thread of its own: one that never ends is left behind, and the request is answered.
pub(super) fn ask(supergraph: &Arc<Supergraph>, text: &str) -> Result<QueryPlan, PlanError> {
    let query = safe_parse_operation(text).map_err(|error| PlanError::Text(error.to_string()))?;
    if ENDLESS.load(Ordering::Acquire) >= MOST_ENDLESS {
        return Err(PlanError::Held);
    }
    let supergraph = Arc::clone(supergraph);
    within(TIMEOUT + GRACE, &ENDLESS, move || {
        let planner = &supergraph.planner;
        let normalized = normalize_operation(&planner.supergraph, &query, None)
            .map_err(|error| PlanError::Planner(error.to_string()))?;
        planner
            .plan_from_normalized_operation(
                normalized.executable_operation(),
                PlannerOverrideContext::default(),
                &CancellationToken::with_timeout(TIMEOUT),
            )
            .map_err(|error| PlanError::Planner(error.to_string()))
    })
}

fn within<T: Send + 'static>(
    time: Duration,
    endless: &'static AtomicUsize,
    plan: impl FnOnce() -> Result<T, PlanError> + Send + 'static,
) -> Result<T, PlanError> {
    // Without a place in between, what comes too late finds nobody who takes it.
    let (sender, receiver) = sync_channel(0);
    let planning = move || {
        let planned = catch_unwind(AssertUnwindSafe(plan)).unwrap_or(Err(PlanError::Panic));
        if sender.send(planned).is_err() {
            endless.fetch_sub(1, Ordering::AcqRel);
        }
    };
    thread::Builder::new()
        .name("planner".to_owned())
        .spawn(planning)
        .map_err(PlanError::Thread)?;
    match receiver.recv_timeout(time) {
        Ok(planned) => planned,
        Err(RecvTimeoutError::Disconnected) => Err(PlanError::Panic),
        Err(RecvTimeoutError::Timeout) => {
            endless.fetch_add(1, Ordering::AcqRel);
            Err(PlanError::Endless)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    // A busy machine takes its time to begin a thread.
    const PATIENCE: Duration = Duration::from_mins(1);

    #[test]
    fn what_does_not_end_is_left_behind_until_it_does() {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let (end, ending) = mpsc::channel::<()>();
        let endless = within(Duration::from_millis(10), &COUNT, move || {
            let _ = ending.recv();
            Ok(())
        });
        assert!(matches!(endless, Err(PlanError::Endless)));
        assert_eq!(COUNT.load(Ordering::Acquire), 1);
        drop(end);
        while COUNT.load(Ordering::Acquire) > 0 {
            thread::yield_now();
        }
        assert!(matches!(within(PATIENCE, &COUNT, || Ok(7)), Ok(7)));
    }

    #[test]
    fn a_panic_is_an_error() {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let panicked = within::<()>(PATIENCE, &COUNT, || panic!("an invariant does not hold"));
        assert!(matches!(panicked, Err(PlanError::Panic)));
    }
}
