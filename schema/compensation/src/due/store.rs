use chrono::NaiveDate;
use entities::{
    compensation::{
        claim::{self, ClaimStatus, DueNotice},
        payout::{self, PayoutStatus},
    },
    id::CustomerId,
};
use schema_kernel::{Permit, Result};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, Iterable, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, LockBehavior, LockType},
};

use super::{Due, What};
use crate::{claim::state as claims, payout::state as payouts};

/// What is open, has its last day up to `until`, and was not told of by `notice` or a later one; held until the transaction
/// ends. What another transaction holds is passed over, and found the next time.
pub(super) async fn hold_due(
    transaction: &DatabaseTransaction,
    what: What,
    notice: DueNotice,
    until: NaiveDate,
    most: u64,
) -> Result<Vec<Due>> {
    let earlier = match notice {
        DueNotice::Overdue => vec![DueNotice::None, DueNotice::Soon],
        DueNotice::Soon | DueNotice::None => vec![DueNotice::None],
    };
    Ok(match what {
        What::Claim => {
            use claim::{Column, Entity};
            let open = ClaimStatus::iter().filter(|status| claims::is_open(*status));
            let rows = Entity::find()
                .filter(Column::DueNotice.is_in(earlier))
                .filter(Column::Status.is_in(open))
                .filter(Column::DueBy.lte(until))
                .order_by_asc(Column::DueBy)
                .limit(most)
                .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
                .all(transaction)
                .await?;
            rows.into_iter()
                .map(|row| Due {
                    id: row.id.into(),
                    customer: row.customer_id,
                    due_by: row.due_by,
                    status: row.status.as_str(),
                })
                .collect()
        }
        What::Payout => {
            use payout::{Column, Entity};
            let open = PayoutStatus::iter().filter(|status| payouts::is_open(*status));
            let rows = Entity::find()
                .filter(Column::DueNotice.is_in(earlier))
                .filter(Column::Status.is_in(open))
                .filter(Column::DueBy.lte(until))
                .order_by_asc(Column::DueBy)
                .limit(most)
                .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
                .all(transaction)
                .await?;
            rows.into_iter()
                .map(|row| Due {
                    id: row.id.into(),
                    customer: row.customer_id,
                    due_by: row.due_by,
                    status: row.status.as_str(),
                })
                .collect()
        }
    })
}

/// Notes that these were told of. It is no change of the claim or payout, so its version stays.
pub(super) async fn note(
    transaction: &DatabaseTransaction,
    _: &[Permit<CustomerId>],
    what: What,
    notice: DueNotice,
    due: &[Due],
) -> Result<()> {
    let ids = due.iter().map(|due| due.id);
    match what {
        What::Claim => {
            claim::Entity::update_many()
                .col_expr(claim::Column::DueNotice, Expr::value(notice))
                .filter(claim::Column::Id.is_in(ids))
                .exec(transaction)
                .await?
        }
        What::Payout => {
            payout::Entity::update_many()
                .col_expr(payout::Column::DueNotice, Expr::value(notice))
                .filter(payout::Column::Id.is_in(ids))
                .exec(transaction)
                .await?
        }
    };
    Ok(())
}
