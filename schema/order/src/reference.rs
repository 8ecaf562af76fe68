//! What hardly ever changes: airports, airlines, distances and local time.

mod airport;
mod distance;
mod load;
mod local_time;
mod store;

pub use airport::{Airport, airport_at};
pub use distance::haversine_km;
pub use load::{load_airlines, load_airports};
pub use local_time::{PLAUSIBLE_YEARS, instant_at, local_date};
pub use store::{
    AirlineByDesignator, AirportByCode, airlines_by_designator, airports_by_code, every_airport,
    search_airports,
};
