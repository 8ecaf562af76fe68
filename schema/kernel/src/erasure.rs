//! What a domain does when a person asks to be erased: what holds it back, and what it takes away.
//!
//! Each domain says so in a table of its own, [`Plan`], and answers the two events of the profile: `profile.erasure.planned.v1`
//! asks what stands in the way, `profile.erasure.ordered.v1` has it done, in one transaction with the answer. What is done
//! twice is done once: nothing is left to erase the second time. Money, counts and links stay; names and words go.

mod store;

pub(crate) use self::store::values;

use std::collections::BTreeMap;

use entities::id::{CustomerId, DataRequestId};
use futures_util::{FutureExt, future::BoxFuture};
use sea_orm::DatabaseTransaction;
use serde::{Deserialize, Serialize};

use crate::{
    Database, Event, NewEvent, Result, Session,
    dispatcher::Consumer,
    outbox::{self, Domain},
};

/// The event that asks what stands in the way.
pub const PLANNED: &str = "profile.erasure.planned.v1";

/// The event that has it done.
pub const ORDERED: &str = "profile.erasure.ordered.v1";

/// What a text of a person becomes.
pub const ERASED: &str = "(erased)";

/// What a domain holds of a person.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// The type of the event with which the domain answers: `"order.erasure.answered.v1"`.
    pub answer: &'static str,
    /// What stands in the way.
    pub holds: &'static [Hold],
    /// What is taken away, in this order.
    pub wipes: &'static [Wipe],
}

/// Rows of a person that keep everything where it is, as long as there are any.
#[derive(Clone, Copy, Debug)]
pub struct Hold {
    /// Why: `"OPEN_CASE"`.
    pub reason: &'static str,
    /// The table.
    pub table: &'static str,
    /// The column that says whose they are.
    pub customer: &'static str,
    /// Which of them, in SQL that both databases understand: `"is_open"`.
    pub which: &'static str,
    /// The column whose instant lies ahead, where that is what holds.
    pub ahead: Option<&'static str>,
}

/// Rows of a person, and what becomes of them.
#[derive(Clone, Copy, Debug)]
pub struct Wipe {
    /// The table.
    pub table: &'static str,
    /// Which rows.
    pub rows: Whose,
    /// What becomes of them.
    pub act: Act,
}

/// Whose rows.
#[derive(Clone, Copy, Debug)]
pub enum Whose {
    /// Those whose column names the customer.
    Column(&'static str),
    /// Those that do, as far as this holds, in SQL that both databases understand.
    ColumnWhere(&'static str, &'static str),
    /// Those that belong to rows of another table: own column, other table, its key, its column that names the customer.
    Through(&'static str, &'static str, &'static str, &'static str),
}

/// What becomes of rows.
#[derive(Clone, Copy, Debug)]
pub enum Act {
    /// They go.
    Delete,
    /// They stay, with these columns changed.
    Set(&'static [(&'static str, To)]),
}

/// What a column becomes.
#[derive(Clone, Copy, Debug)]
pub enum To {
    /// Nothing.
    Null,
    /// This text.
    Text(&'static str),
    /// The same text for everybody, made different by the row's key in this column: for columns whose values are unique.
    TextWith(&'static str, &'static str),
    /// This JSON.
    Json(&'static str),
    /// No.
    False,
}

/// The facts of [`PLANNED`] and [`ORDERED`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The request.
    pub data_request_id: DataRequestId,
    /// The person.
    pub customer_id: CustomerId,
}

/// What was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Phase {
    /// What stands in the way.
    Planned,
    /// To have it done.
    Ordered,
}

/// A domain's answer: what stands in the way, or else how many rows of each table were erased.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// The request.
    pub data_request_id: DataRequestId,
    /// The person.
    pub customer_id: CustomerId,
    /// What was asked.
    pub phase: Phase,
    /// What stands in the way; nothing was erased then.
    pub holds: Vec<String>,
    /// How many rows of each table were erased, or would be.
    pub rows: BTreeMap<String, u64>,
}

/// Whether an event is for this.
pub fn is_asked(kind: &str) -> bool {
    matches!(kind, PLANNED | ORDERED)
}

/// Does what an event asks, and answers.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when the database fails; the transaction is then lost as a whole.
pub async fn answer(
    transaction: &DatabaseTransaction,
    session: &Session,
    event: &Event,
    domain: Domain,
    plan: &Plan,
) -> Result<Answered> {
    let asked: Asked = event.facts()?;
    let phase = if event.kind == ORDERED {
        Phase::Ordered
    } else {
        Phase::Planned
    };
    let holds = store::holds(transaction, plan, asked.customer_id, session.now()).await?;
    let rows = if phase == Phase::Ordered && holds.is_empty() {
        store::wipe(transaction, plan, asked.customer_id).await?
    } else {
        BTreeMap::new()
    };
    let answered = Answered {
        data_request_id: asked.data_request_id,
        customer_id: asked.customer_id,
        phase,
        holds,
        rows,
    };
    let event = NewEvent {
        kind: plan.answer,
        subject: asked.data_request_id.to_string(),
        customer_id: Some(asked.customer_id),
        time: session.now(),
        data: &answered,
    };
    outbox::append(transaction, domain, session, &[event]).await?;
    Ok(answered)
}

/// A consumer for a domain that listens to nothing else.
#[derive(Clone, Debug)]
pub struct Eraser {
    domain: Domain,
    database: Database,
    plan: &'static Plan,
}

impl Eraser {
    /// For this domain.
    pub fn new(domain: Domain, database: Database, plan: &'static Plan) -> Self {
        Self {
            domain,
            database,
            plan,
        }
    }
}

impl Consumer for Eraser {
    fn domain(&self) -> Domain {
        self.domain
    }

    fn database(&self) -> &Database {
        &self.database
    }

    fn wants(&self, kind: &str) -> bool {
        is_asked(kind)
    }

    fn consume<'a>(
        &'a self,
        transaction: &'a DatabaseTransaction,
        session: &'a Session,
        event: &'a Event,
    ) -> BoxFuture<'a, Result<()>> {
        async move {
            answer(transaction, session, event, self.domain, self.plan)
                .await
                .map(drop)
        }
        .boxed()
    }
}
