use async_graphql::{Context, Object};
use entities::order::airport;
use schema_kernel::{
    ContextExt, Result,
    scalar::{CountryCode, IataAirport},
};

use super::AirportByCode;

/// An airport: where it lies, and what time it is there.
pub struct Airport(pub(crate) airport::Model);

/// An airport, with the position that distances are measured from and the time zone that local days are counted in.
#[Object(requires_scopes = "public")]
impl Airport {
    /// The IATA location identifier: three letters. Example: `"DXB"`.
    async fn iata_code(&self) -> Result<IataAirport> {
        IataAirport::parse(&self.0.iata).map_err(|reason| {
            schema_kernel::Error::internal(anyhow::anyhow!("a stored airport code: {reason}"))
        })
    }

    /// The name of the airport in English. Example: `"Dubai International Airport"`.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The city it serves; null where the source names none. Example: `"Dubai"`.
    async fn city(&self) -> Option<&str> {
        Some(self.0.city.as_str()).filter(|city| !city.is_empty())
    }

    /// The country in which it lies, ISO 3166-1 alpha-2. Which passenger law reaches it is another question. Example: `"AE"`.
    async fn country(&self) -> Result<CountryCode> {
        CountryCode::parse(&self.0.country).map_err(|reason| {
            schema_kernel::Error::internal(anyhow::anyhow!("a stored country: {reason}"))
        })
    }

    /// The IANA time zone of the airport. Example: `"Asia/Dubai"`.
    async fn time_zone(&self) -> &str {
        &self.0.time_zone
    }

    /// Degrees of latitude, north positive (WGS 84). Example: `25.2528`.
    async fn latitude(&self) -> f64 {
        self.0.latitude
    }

    /// Degrees of longitude, east positive (WGS 84). Example: `55.3644`.
    async fn longitude(&self) -> f64 {
        self.0.longitude
    }
}

/// The airport with this IATA code, through the loader of the request; `None` when we know of none. The outer `Option`
/// is what a nullable field needs: a failure then nulls that field alone.
pub async fn airport_at(context: &Context<'_>, code: &str) -> Option<Result<Airport>> {
    let loaded = async {
        context
            .loader()?
            .load_one(AirportByCode(code.to_owned()))
            .await
    };
    loaded.await.transpose().map(|found| found.map(Airport))
}
