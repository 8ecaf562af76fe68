use entities::profile::{contact_point, customer, loyalty_membership, tombstone};
use schema_kernel::{Result, Session, id::CustomerId};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
    QuerySelect, sea_query::OnConflict,
};

use crate::office::Privacy;

/// By what a person is known: keyed hashes of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known(Vec<String>);

impl Known {
    /// An e-mail address or a telephone number, as it is stored.
    pub(crate) fn contact(mut self, privacy: &Privacy, value: Option<&str>) -> Self {
        let text = value.map(|value| format!("contact:{}", value.to_lowercase()));
        self.0.extend(text.map(|text| privacy.0.fingerprint(&text)));
        self
    }

    /// A membership of a loyalty programme.
    pub(crate) fn member(mut self, privacy: &Privacy, membership: Option<(&str, &str)>) -> Self {
        let text = membership.map(|(programme, number)| format!("loyalty:{programme}:{number}"));
        self.0.extend(text.map(|text| privacy.0.fingerprint(&text)));
        self
    }

    /// A name with a day of birth; a name alone is shared by many.
    pub(crate) fn born(mut self, privacy: &Privacy, row: &customer::Model) -> Self {
        if let Some(born) = row.birth_date {
            let text = format!(
                "born:{born}:{}:{}",
                row.document_family_name, row.document_given_name
            );
            self.0.push(privacy.0.fingerprint(&text));
        }
        self
    }
}

/// Whether one of these was known of somebody who was erased.
pub(crate) async fn is_buried(connection: &impl ConnectionTrait, known: &Known) -> Result<bool> {
    if known.0.is_empty() {
        return Ok(false);
    }
    let found: Option<String> = tombstone::Entity::find()
        .select_only()
        .column(tombstone::Column::Hash)
        .filter(tombstone::Column::Hash.is_in(&known.0))
        .limit(1)
        .into_tuple()
        .one(connection)
        .await?;
    Ok(found.is_some())
}

/// Notes by what a person would be known again, before they are erased. Says how many marks that are.
pub(crate) async fn bury(
    transaction: &DatabaseTransaction,
    session: &Session,
    privacy: &Privacy,
    customer_id: CustomerId,
) -> Result<usize> {
    let Some(row) = customer::Entity::find_by_id(customer_id)
        .one(transaction)
        .await?
    else {
        return Ok(0);
    };
    let mut known = Known::default().born(privacy, &row);
    let points = contact_point::Entity::find()
        .filter(contact_point::Column::CustomerId.eq(customer_id))
        .all(transaction)
        .await?;
    for point in &points {
        known = known.contact(privacy, Some(&point.value));
    }
    let members = loyalty_membership::Entity::find()
        .filter(loyalty_membership::Column::CustomerId.eq(customer_id))
        .all(transaction)
        .await?;
    for member in &members {
        known = known.member(privacy, Some((&member.programme, &member.number)));
    }
    let marks = known.0.len();
    for hash in known.0 {
        let mark = tombstone::Model {
            hash,
            erased_at: session.now(),
        };
        let again = OnConflict::column(tombstone::Column::Hash)
            .do_nothing()
            .to_owned();
        tombstone::Entity::insert(mark.into_active_model())
            .on_conflict(again)
            .exec_without_returning(transaction)
            .await?;
    }
    Ok(marks)
}
