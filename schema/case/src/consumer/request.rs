use chrono::{DateTime, Utc};
use entities::{
    case::case::{CaseType, Channel, Modifiers},
    id::DataRequestId,
};
use schema_kernel::{Error, Event, Result, Session};
use sea_orm::DatabaseTransaction;
use serde::Deserialize;

use crate::case::{self, About, Draft, policy};

/// What this domain reads of `profile.data_request.opened.v1`.
#[derive(Deserialize)]
struct Opened {
    data_request_id: DataRequestId,
    kind: String,
    due_at: DateTime<Utc>,
}

/// Somebody has asked for what is theirs by law: the privacy officer gets a case, with the legal clock in its words.
pub(super) async fn opened(
    transaction: &DatabaseTransaction,
    session: &Session,
    event: &Event,
) -> Result<()> {
    let opened: Opened = event.facts()?;
    let about = About(event.customer_id);
    let Some(permit) = session.actor.permit("case:write", about) else {
        return Err(Error::internal(anyhow::anyhow!(
            "the dispatcher's actor may not write cases"
        )));
    };
    let (impact, urgency) = policy::usual_weight(CaseType::Privacy);
    let what = opened.kind.to_lowercase();
    let draft = Draft {
        case_type: CaseType::Privacy,
        subject: format!("Data request: {what}, due {}", opened.due_at.date_naive()),
        description: format!(
            "A data subject asks to {what}. By article 12(3) of the General Data Protection Regulation the answer is due on {}; it can be extended by two months with a notice. The request is {}.",
            opened.due_at.date_naive(),
            opened.data_request_id
        ),
        channel: Channel::Web,
        impact,
        urgency,
        modifiers: Modifiers::default(),
        customer_id: event.customer_id,
        order_id: None,
        flight_id: None,
        source_key: Some(format!("data-request:{}", opened.data_request_id)),
    };
    let id = session.new_id();
    let reference = case::take_reference(transaction, id).await?;
    let case = draft.open(id, reference, None, session.now());
    case::insert(transaction, &permit, session, case, &[]).await?;
    Ok(())
}
