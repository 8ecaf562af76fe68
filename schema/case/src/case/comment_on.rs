use async_graphql::{ID, InputObject, SimpleObject, Union};
use entities::{
    case::comment::{AuthorKind, Model, Visibility},
    id::{CaseId, CommentId},
};
use schema_kernel::{
    Database, Result, Session,
    idempotency::{self, Once},
    problem::{Conflict, FieldProblem, InvalidInput, NotFound},
};
use sea_orm::DatabaseTransaction;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    about::{About, author_kind, reach, standing},
    comment::CaseComment,
    policy,
    revision::Revision,
    state, store,
    view::Case,
};
use crate::{DOMAIN, input::Fields, kind::CaseVisibility, paging::Reach};

/// A comment to write.
#[derive(Clone, Debug, InputObject)]
pub struct CommentOnCaseInput {
    /// Makes repeating safe: the same key writes one comment, however often it comes. A UUID of your choice.
    pub idempotency_key: Option<Uuid>,
    /// The id of the case.
    pub case_id: ID,
    /// What to write, 1 to 10,000 characters. Card numbers are taken out.
    pub text: String,
    /// Who may read it; `PUBLIC` when left out. `INTERNAL` needs the scope `case:internal`.
    pub visibility: Option<CaseVisibility>,
}

/// What became of a comment.
#[derive(Union)]
pub enum CommentOnCaseOutcome {
    /// It is written.
    CaseCommented(CaseCommented),
    /// A value cannot be right.
    InvalidInput(InvalidInput),
    /// There is no such case that you may see.
    NotFound(NotFound),
    /// The idempotency key was used for another comment.
    Conflict(Conflict),
}

/// The comment is written. A customer's reply reopens a case that was resolved within 14 days, and lets go on what waited
/// for the customer.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "case:read")]
pub struct CaseCommented {
    /// The comment.
    pub comment: CaseComment,
    /// The case, as it is now.
    pub case: Case,
}

#[derive(Debug, Serialize)]
struct Remark {
    case_id: CaseId,
    text: String,
    visibility: Visibility,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
enum Written {
    Comment(CommentId),
    NoSuchCase,
}

/// Writes a comment on a case.
pub(crate) async fn comment_on(
    session: &Session,
    database: &Database,
    input: CommentOnCaseInput,
) -> Result<CommentOnCaseOutcome> {
    let remark = match read(session, &input) {
        Ok(remark) => remark,
        Err(invalid) => return Ok(invalid.into()),
    };

    let once = database
        .transaction(async |transaction| {
            let work = async || write(transaction, session, &remark).await;
            idempotency::once(
                transaction,
                DOMAIN,
                session,
                input.idempotency_key,
                &remark,
                work,
            )
            .await
        })
        .await?;

    let written = match once {
        Once::Outcome(Written::Comment(id)) => id,
        Once::Outcome(Written::NoSuchCase) => return Ok(NotFound::of("case").into()),
        Once::OtherInput => {
            return Ok(Conflict::of(
                "This idempotency key was used for another comment; take a new one.",
            )
            .into());
        }
    };
    let rows = session.actor.rows("case:write");
    let comment = store::comment_by_id(database.reader(), written).await?;
    let case = store::by_id(database.reader(), rows, remark.case_id).await?;
    Ok(match comment.zip(case) {
        Some((comment, case)) => CaseCommented {
            comment: CaseComment(comment),
            case: Case::from(case),
        }
        .into(),
        None => NotFound::of("case").into(),
    })
}

async fn write(
    transaction: &DatabaseTransaction,
    session: &Session,
    remark: &Remark,
) -> Result<Written> {
    let rows = session.actor.rows("case:write");
    let Some(case) = store::hold(transaction, rows, remark.case_id).await? else {
        return Ok(Written::NoSuchCase);
    };
    let Some(permit) = session.actor.permit("case:write", About(case.customer_id)) else {
        return Ok(Written::NoSuchCase);
    };

    let comment = Model {
        id: session.new_id(),
        case_id: case.id,
        customer_id: case.customer_id,
        visibility: remark.visibility,
        author: session.actor.id().to_owned(),
        author_kind: author_kind(&session.actor),
        text: remark.text.clone(),
        at: session.now(),
    };
    store::comment(transaction, &permit, session, &case, &comment).await?;

    let is_reply = comment.author_kind == AuthorKind::Customer;
    match state::after_reply(&standing(&case), session.now()).filter(|_| is_reply) {
        Some(next) => {
            let mut revision = Revision::of(case);
            revision.enter(
                next,
                session.actor.id(),
                session.now(),
                Some("The customer replied."),
            );
            store::revise(transaction, &permit, session, revision).await?;
        }
        None => store::touch(transaction, &permit, case.id, session.now()).await?,
    }
    Ok(Written::Comment(comment.id))
}

fn read(session: &Session, input: &CommentOnCaseInput) -> Result<Remark, InvalidInput> {
    let mut fields = Fields::default();
    let case_id = fields.id("input.caseId", &input.case_id);
    let text = fields.text("input.text", &input.text, policy::TEXT);
    let visibility = input.visibility.map_or(Visibility::Public, Into::into);
    if visibility == Visibility::Internal && reach(&session.actor) == Reach::Public {
        fields.extend([FieldProblem::at(
            "input.visibility",
            "Only staff write internal comments; leave it out.",
        )
        .by("case:internal")]);
    }
    let case_id = fields.finish_with(case_id)?;
    Ok(Remark {
        case_id,
        text,
        visibility,
    })
}
