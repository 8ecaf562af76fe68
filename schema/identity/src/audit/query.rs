use async_graphql::{Context, ID, InputObject, Object};
use schema_kernel::{
    ContextExt, PageArguments, Result, Rows,
    audit::{self, AuditKind, Entry, Purpose, store::Criteria},
    id,
    scalar::DateTime,
};

use super::{
    AuditRecord, READ, list, page, shown,
    view::{Kind, Outcome},
};
use crate::paging::List;

/// Which records. Every part that is given has to fit.
#[derive(Clone, Debug, Default, InputObject)]
pub struct AuditRecordFilter {
    /// Those about this customer.
    pub customer_id: Option<ID>,
    /// Those of this actor, as records name them.
    pub actor: Option<String>,
    /// Those of this kind.
    pub kind: Option<Kind>,
    /// Those that ended like this.
    pub result: Option<Outcome>,
    /// Those for this purpose. Example: `"CUSTOMER_CARE"`.
    pub purpose: Option<Purpose>,
    /// Those from this instant on.
    pub from: Option<DateTime>,
    /// Those before this instant.
    pub to: Option<DateTime>,
}

/// How records are found.
#[derive(Default)]
pub struct AuditQuery;

#[Object]
impl AuditQuery {
    /// What was done with personal data, the newest first: who, in which role, what for, about whom, with which fields.
    #[graphql(requires_scopes = "customer:read audit:read")]
    async fn audit_records(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which records; all when left out. Example: `{ kind: REVEAL }`.")]
        filter: Option<AuditRecordFilter>,
        #[graphql(desc = "How many from the start, 1 to 100. Either this or `last` is needed.")]
        first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<List<AuditRecord>> {
        let arguments = PageArguments {
            first,
            after,
            last,
            before,
        };
        let page = page(&arguments, None)?;
        let session = ctx.session()?;
        if session.actor.rows(READ) != Rows::All {
            return Ok(shown(&page, Vec::new()));
        }
        let criteria = criteria(filter.unwrap_or_default())?;
        // Who watches is watched.
        let mut entry = Entry::new(AuditKind::Audit, "identity", "auditRecords");
        entry = entry.about_all(criteria.customer);
        audit::record(session, entry).await?;
        list(ctx, &criteria, &page).await
    }
}

fn criteria(filter: AuditRecordFilter) -> Result<Criteria> {
    Ok(Criteria {
        customer: filter.customer_id.as_ref().map(id::read).transpose()?,
        actor: filter.actor,
        kind: filter.kind.map(Into::into),
        result: filter.result.map(Into::into),
        purpose: filter.purpose.map(|purpose| purpose.as_str().to_owned()),
        from: filter.from,
        to: filter.to,
    })
}
