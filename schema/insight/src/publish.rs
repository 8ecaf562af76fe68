//! Publishing: a month is cut into blocks once, some time after its end, and never again.
//!
//! Were it published anew with every change, whoever compares two editions would see what one person changed. So what is
//! published stays as it is, whoever comes or goes later; it is of nobody in particular.

mod people;
mod store;

use std::collections::BTreeMap;

use aws_lc_rs::rand;
use chrono::{DateTime, Utc};
use entities::insight::{block, release};
use schema_kernel::{Error, Result, Session, database::take_turns};

pub(crate) use self::store::{blocks_of, releases};
use crate::{
    Insight, Month,
    cube::{Block, CohortCube, K, Person, blocks, laplace, noisy_blocks},
    fingerprint::fingerprint,
    model,
};

/// How far back months are published for the first time.
const MONTHS: u32 = 24;

/// A month that was published just now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The month: `"2026-09"`.
    pub month: String,
    /// How many blocks there are, over all cubes; none for a month with too few people.
    pub blocks: usize,
}

/// Publishes every month that is due, and says which they were. Nothing is published while the model waits for facts.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when the database fails. What was published stays published.
pub async fn publish_due(insight: &Insight, session: &Session) -> Result<Vec<Published>> {
    let database = insight.database();
    if model::store::stale_count(database.reader()).await? > 0 {
        return Ok(Vec::new());
    }
    let mut published = Vec::new();
    for month in due(insight, session.now()).await? {
        published.extend(publish(insight, session, &month).await?);
    }
    Ok(published)
}

/// The months that are over for long enough, in which somebody travelled, and that are not published yet.
async fn due(insight: &Insight, now: DateTime<Utc>) -> Result<Vec<String>> {
    let reader = insight.database().reader();
    let mut last = Month::of(now);
    while last.ends_at() + insight.options().settle > now {
        last = last.before(1);
    }
    let (from, to) = (last.before(MONTHS).to_string(), last.to_string());
    let known = releases(reader).await?;
    let is_new = |month: &String| !known.iter().any(|release| release.month == *month);
    let months = model::store::months(reader, &from, &to).await?;
    Ok(months.into_iter().filter(is_new).collect())
}

async fn publish(insight: &Insight, session: &Session, month: &str) -> Result<Option<Published>> {
    let (now, epsilon) = (session.now(), insight.options().epsilon);
    insight
        .database()
        .transaction(async |transaction| {
            take_turns(transaction, "insight.publish").await?;
            if store::is_published(transaction, month).await? {
                return Ok(None);
            }
            let rows = model::store::of_month(transaction, month, now.date_naive()).await?;
            let cubes = cut(&people::people(rows), epsilon)?;
            let release = release::Model {
                month: month.to_owned(),
                published_at: now,
                revision: fingerprint(&(month, &cubes))?,
                k: i32::try_from(K).unwrap_or(i32::MAX),
                epsilon: epsilon.unwrap_or_default(),
            };
            let rows = rows_of(month, &cubes)?;
            let blocks = rows.len();
            store::insert(transaction, release, rows).await?;
            Ok(Some(Published {
                month: month.to_owned(),
                blocks,
            }))
        })
        .await
}

fn cut(people: &[Person], epsilon: Option<f64>) -> Result<BTreeMap<&'static str, Vec<Block>>> {
    let mut failed = false;
    let mut noise = |scale: f64| {
        let mut bytes = [0; 8];
        failed |= rand::fill(&mut bytes).is_err();
        laplace(u64::from_le_bytes(bytes), scale)
    };
    let cubes = CohortCube::ALL
        .into_iter()
        .map(|cube| {
            let blocks = match epsilon {
                Some(epsilon) => noisy_blocks(people, cube, &mut || noise(1.0 / epsilon)),
                None => blocks(people, cube),
            };
            (cube.name(), blocks)
        })
        .collect();
    if failed {
        return Err(Error::internal(anyhow::anyhow!(
            "the machine gives no random bytes"
        )));
    }
    Ok(cubes)
}

fn rows_of(month: &str, cubes: &BTreeMap<&'static str, Vec<Block>>) -> Result<Vec<block::Model>> {
    let mut rows = Vec::new();
    for (cube, blocks) in cubes {
        for (place, block) in (0..).zip(blocks) {
            rows.push(block::Model {
                month: month.to_owned(),
                cube: (*cube).to_owned(),
                place,
                content: serde_json::to_value(block)?,
            });
        }
    }
    Ok(rows)
}
