use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use entities::{
    compensation::{
        assessment::{self, Regime},
        entitlement,
    },
    id::{AssessmentId, CustomerId, DisruptionId},
};
use schema_kernel::{Error, Page, Permit, Reader, Result, Session, keyset};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, Order,
    QueryFilter,
};

use crate::{
    disruption::{Settlement, weightiest},
    engine,
};

/// An assessment with what it grants.
#[derive(Clone, Debug)]
pub(crate) struct Recorded {
    pub(crate) row: assessment::Model,
    pub(crate) entitlements: Vec<entitlement::Model>,
}

/// The assessment with this id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct AssessmentById(pub(crate) AssessmentId);

/// A page of everything that was decided about a disruption, oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct AssessmentsOf {
    pub(crate) disruption: DisruptionId,
    pub(crate) page: Page,
}

/// Records the assessments of a settlement and returns the ids of the weightiest by regime. One that was made before, by
/// the same rule from the same inputs, is found again.
pub(crate) async fn record(
    transaction: &DatabaseTransaction,
    session: &Session,
    permit: &Permit<CustomerId>,
    disruption: DisruptionId,
    settlement: &Settlement,
) -> Result<HashMap<Regime, AssessmentId>> {
    let mut ids = known(transaction, disruption, &settlement.assessments).await?;
    let inputs = serde_json::to_value(&settlement.facts)?;
    let rules = serde_json::to_value(&settlement.versions)?;
    let (mut rows, mut grants) = (Vec::new(), Vec::new());
    for verdict in &settlement.assessments {
        if ids.contains_key(&verdict.inputs_hash) {
            continue;
        }
        let id = session.new_id();
        ids.insert(verdict.inputs_hash.clone(), id);
        let customer = *permit.subject();
        grants.extend(
            verdict
                .entitlements
                .iter()
                .map(|grant| entitlement_row(session, customer, id, grant))
                .collect::<Result<Vec<_>>>()?,
        );
        rows.push(assessment::Model {
            id,
            customer_id: customer,
            disruption_id: disruption,
            regime: verdict.regime.into(),
            answer: verdict.answer.to_string(),
            rule_id: verdict.rule_id.to_string(),
            rule_version: i32::try_from(verdict.rule_version).map_err(Error::internal)?,
            applies: verdict.applies,
            why: verdict.why.clone(),
            flags: serde_json::to_value(&verdict.flags)?,
            inputs: inputs.clone(),
            inputs_hash: verdict.inputs_hash.clone(),
            distance_metres: verdict
                .distance_metres
                .map(i32::try_from)
                .transpose()
                .map_err(Error::internal)?,
            assessed_at: session.now(),
            rules: Some(rules.clone()),
            result: Some(serde_json::to_string(verdict)?),
        });
    }
    insert(transaction, rows, grants).await?;
    let weightiest = settlement.assessments.iter().filter_map(|verdict| {
        let verdict = weightiest(&settlement.assessments, verdict.regime)?;
        Some((verdict.regime.into(), *ids.get(&verdict.inputs_hash)?))
    });
    Ok(weightiest.collect())
}

async fn known(
    transaction: &DatabaseTransaction,
    disruption: DisruptionId,
    verdicts: &[engine::Assessment],
) -> Result<HashMap<String, AssessmentId>> {
    let hashes = verdicts.iter().map(|verdict| verdict.inputs_hash.as_str());
    // The hash covers rule, version and inputs, so it alone tells assessments of one disruption apart.
    let rows = assessment::Entity::find()
        .filter(assessment::Column::DisruptionId.eq(disruption))
        .filter(assessment::Column::InputsHash.is_in(hashes))
        .all(transaction)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.inputs_hash, row.id))
        .collect())
}

fn entitlement_row(
    session: &Session,
    customer_id: CustomerId,
    assessment_id: AssessmentId,
    grant: &engine::Entitlement,
) -> Result<entitlement::Model> {
    let care = (!grant.care.is_empty()).then(|| serde_json::to_value(&grant.care));
    Ok(entitlement::Model {
        id: session.new_id(),
        customer_id,
        assessment_id,
        kind: grant.kind.into(),
        amount_minor: grant.amount_minor,
        currency: grant.currency.to_string(),
        cash_required: grant.cash_required,
        due_by: grant.due_by,
        basis: grant.basis.to_string(),
        is_provisional: grant.is_provisional,
        care: care.transpose()?,
        is_choice: grant.is_choice,
        satisfied_by: grant.satisfied_by.map(Into::into),
    })
}

async fn insert(
    transaction: &DatabaseTransaction,
    rows: Vec<assessment::Model>,
    grants: Vec<entitlement::Model>,
) -> Result<()> {
    if !rows.is_empty() {
        let rows = rows.into_iter().map(IntoActiveModel::into_active_model);
        assessment::Entity::insert_many(rows)
            .exec_without_returning(transaction)
            .await?;
    }
    if !grants.is_empty() {
        let grants = grants.into_iter().map(IntoActiveModel::into_active_model);
        entitlement::Entity::insert_many(grants)
            .exec_without_returning(transaction)
            .await?;
    }
    Ok(())
}

async fn with_entitlements(
    connection: &impl ConnectionTrait,
    rows: Vec<assessment::Model>,
) -> Result<Vec<Recorded>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids = rows.iter().map(|row| row.id);
    let grants = entitlement::Entity::find()
        .filter(entitlement::Column::AssessmentId.is_in(ids))
        .all(connection)
        .await?;
    let mut by_assessment: HashMap<AssessmentId, Vec<entitlement::Model>> = HashMap::new();
    for grant in grants {
        by_assessment
            .entry(grant.assessment_id)
            .or_default()
            .push(grant);
    }
    let recorded = rows.into_iter().map(|row| {
        let mut entitlements = by_assessment.remove(&row.id).unwrap_or_default();
        entitlements.sort_by_key(|grant| grant.id);
        Recorded { row, entitlements }
    });
    Ok(recorded.collect())
}

impl Loader<AssessmentById> for Reader {
    type Value = Recorded;
    type Error = Error;

    async fn load(&self, keys: &[AssessmentById]) -> Result<HashMap<AssessmentById, Recorded>> {
        let connection = self.database.reader();
        let rows = assessment::Entity::find()
            .filter(assessment::Column::Id.is_in(keys.iter().map(|key| key.0)))
            .all(connection)
            .await?;
        let recorded = with_entitlements(connection, rows).await?;
        Ok(recorded
            .into_iter()
            .map(|recorded| (AssessmentById(recorded.row.id), recorded))
            .collect())
    }
}

impl Loader<AssessmentsOf> for Reader {
    type Value = Vec<Recorded>;
    type Error = Error;

    async fn load(&self, keys: &[AssessmentsOf]) -> Result<HashMap<AssessmentsOf, Vec<Recorded>>> {
        let mut by_page: HashMap<&Page, Vec<DisruptionId>> = HashMap::new();
        for key in keys {
            by_page.entry(&key.page).or_default().push(key.disruption);
        }
        let connection = self.database.reader();
        let mut found: HashMap<AssessmentsOf, Vec<Recorded>> = HashMap::new();
        for (page, disruptions) in by_page {
            let arms = disruptions.into_iter().map(|disruption| {
                let select = assessment::Entity::find()
                    .filter(assessment::Column::DisruptionId.eq(disruption));
                page.apply(
                    select,
                    assessment::Column::AssessedAt,
                    assessment::Column::Id,
                    &Order::Asc,
                )
            });
            let Some(statement) = keyset::union_of(self.database.backend(), arms) else {
                continue;
            };
            let rows = assessment::Entity::find()
                .from_raw_sql(statement)
                .all(connection)
                .await?;
            for recorded in with_entitlements(connection, rows).await? {
                let key = AssessmentsOf {
                    disruption: recorded.row.disruption_id,
                    page: page.clone(),
                };
                found.entry(key).or_default().push(recorded);
            }
        }
        Ok(found)
    }
}
