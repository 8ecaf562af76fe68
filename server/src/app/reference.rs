//! What the product knows about the world from the first start on.

use schema_compensation::rule_pack;
use schema_kernel::{Actor, Clock, IdSource, Session};

use super::database::Databases;
use crate::graph::subgraph::SubgraphName;

const AIRPORTS: &str = include_str!("../../data/airports.csv");
const AIRLINES: &str = include_str!("../../data/airlines.csv");

/// Brings airports and airlines up to date, where the order domain is served.
pub(super) async fn load(databases: &Databases) -> anyhow::Result<()> {
    let Ok(database) = databases.get(SubgraphName::Order) else {
        return Ok(());
    };
    let failed = |error: schema_kernel::Error| {
        anyhow::Error::from(error).context("the reference data cannot be loaded")
    };
    let airports = schema_order::reference::load_airports(database, AIRPORTS.as_bytes())
        .await
        .map_err(failed)?;
    let airlines = schema_order::reference::load_airlines(database, AIRLINES.as_bytes())
        .await
        .map_err(failed)?;
    if airports + airlines > 0 {
        tracing::info!(airports, airlines, "reference data is up to date");
    }
    Ok(())
}

/// Takes up the rule packs that a newer program brings, where the compensation domain is served, and says so.
pub(super) async fn take_up_rules(
    databases: &Databases,
    clock: &Clock,
    ids: &IdSource,
) -> anyhow::Result<()> {
    let Ok(database) = databases.get(SubgraphName::Compensation) else {
        return Ok(());
    };
    let actor = Actor::service("rules");
    let session = Session::new(actor, "start", clock.clone(), ids.clone());
    let taken = rule_pack::take_up(database, &session)
        .await
        .map_err(|error| anyhow::Error::from(error).context("the rule packs cannot be read"))?;
    for taken in taken {
        let (pack, version) = (taken.pack, taken.version);
        if taken.is_active {
            tracing::warn!(
                pack,
                version,
                "a newer rule pack came with the program and answers from now on"
            );
        } else {
            tracing::warn!(
                pack,
                version,
                "a newer rule pack came with the program and waits to be activated"
            );
        }
    }
    Ok(())
}
