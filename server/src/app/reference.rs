//! What the product knows about the world from the first start on.

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
