//! Reading facts anew: of those of whom something was told, or of everybody.

use entities::{id::CustomerId, insight::stale};
use futures_util::future::join_all;
use schema_kernel::{Error, Session};

use super::{CustomerPage, Facts, Source, SourceError, row, store};
use crate::Insight;

/// How many are read at a time.
const AT_ONCE: usize = 4;

/// Why the model could not be brought up to date.
#[derive(Clone, Debug, thiserror::Error)]
pub enum RefreshError {
    /// The graph does not say.
    #[error("the facts of customers cannot be had: {0}")]
    Source(#[from] SourceError),
    /// The database fails.
    #[error("{}", .0.report())]
    Database(Error),
}

impl From<Error> for RefreshError {
    fn from(error: Error) -> Self {
        Self::Database(error)
    }
}

/// Reads the facts of those of whom something changed, `limit` at most, and returns how many they were. What cannot be
/// read stays noted.
///
/// # Errors
/// When the graph or the database fails. Whoever was read stays read.
pub async fn refresh(
    insight: &Insight,
    session: &Session,
    source: &dyn Source,
    limit: u64,
) -> Result<u64, RefreshError> {
    let waiting = store::stale(insight.database().reader(), limit).await?;
    let count = waiting.len() as u64;
    for some in waiting.chunks(AT_ONCE) {
        // All of them before the first is written: what waits half-way would hold connections that writing needs.
        let reads = some
            .iter()
            .map(|mark| facts_of(insight, source, mark.customer_id));
        for (mark, facts) in some.iter().zip(join_all(reads).await) {
            take(insight, session, mark.customer_id, facts?, Some(mark)).await?;
        }
    }
    Ok(count)
}

/// Reads the facts of everybody, and forgets whoever is not found any more. `progress` is told how many were read.
///
/// # Errors
/// As [`refresh`]; the model then holds some facts of now and some of before.
pub async fn rebuild(
    insight: &Insight,
    session: &Session,
    source: &dyn Source,
    mut progress: impl FnMut(u64),
) -> Result<u64, RefreshError> {
    let (began, mut after, mut done) = (session.now(), None, 0);
    loop {
        let CustomerPage { customers, next } = source.page(after).await?;
        for some in customers.chunks(AT_ONCE) {
            let reads = some
                .iter()
                .map(|customer| facts_of(insight, source, *customer));
            for (customer, facts) in some.iter().zip(join_all(reads).await) {
                // Whoever is left out is forgotten in the end.
                if let Some(facts) = facts? {
                    take(insight, session, *customer, Some(facts), None).await?;
                }
                done += 1;
            }
        }
        progress(done);
        after = next;
        if after.is_none() {
            break;
        }
    }
    store::forget_before(insight.database().writer(), began).await?;
    Ok(done)
}

/// The facts of a customer who may be counted; `None` for who is no more, and who never agreed.
async fn facts_of(
    insight: &Insight,
    source: &dyn Source,
    customer: CustomerId,
) -> Result<Option<Facts>, RefreshError> {
    if !source.says_consent() {
        let person = insight.pseudonyms().of_model().name(customer);
        let reader = insight.database().reader();
        if store::consent(reader, &person).await?.is_none() {
            return Ok(None);
        }
    }
    Ok(source.facts(customer).await?)
}

async fn take(
    insight: &Insight,
    session: &Session,
    customer: CustomerId,
    facts: Option<Facts>,
    mark: Option<&stale::Model>,
) -> Result<(), RefreshError> {
    let names = insight.pseudonyms().of_model();
    let person = names.name(customer);
    let now = session.now();
    insight
        .database()
        .transaction(async |transaction| {
            let rows = match &facts {
                Some(facts) => {
                    // What the profile says goes before what was noted here.
                    let noted = store::consent(transaction, &person).await?;
                    let is_granted = facts.is_granted.or(noted).unwrap_or(false);
                    row::rows(&person, facts, is_granted, &names, now)
                }
                None => {
                    store::drop_consent(transaction, &person).await?;
                    Vec::new()
                }
            };
            store::replace(transaction, &person, rows).await?;
            match mark {
                Some(mark) => store::unmark(transaction, mark).await,
                None => Ok(()),
            }
        })
        .await?;
    Ok(())
}
