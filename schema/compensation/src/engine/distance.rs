use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Mean radius of the earth (IUGG), in metres.
const EARTH_RADIUS_METRES: f64 = 6_371_008.8;

/// A place on the earth, in degrees; north and east are positive.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Degrees", into = "Degrees")]
pub struct Coordinates {
    latitude: f64,
    longitude: f64,
}

/// A latitude beyond 90 or a longitude beyond 180 degrees, or no number at all.
#[derive(Debug, Clone, Copy, PartialEq, Error)]
#[error(
    "{latitude}, {longitude} is not a place: latitude is -90 to 90 degrees, longitude -180 to 180"
)]
pub struct CoordinatesOutOfRange {
    latitude: f64,
    longitude: f64,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Degrees {
    latitude: f64,
    longitude: f64,
}

impl Coordinates {
    /// Where the equator meets the prime meridian.
    pub(crate) const ORIGIN: Self = Self {
        latitude: 0.0,
        longitude: 0.0,
    };

    /// A place, refused when it is not on the earth.
    pub fn new(latitude: f64, longitude: f64) -> Result<Self, CoordinatesOutOfRange> {
        if latitude.abs() <= 90.0 && longitude.abs() <= 180.0 {
            Ok(Self {
                latitude,
                longitude,
            })
        } else {
            Err(CoordinatesOutOfRange {
                latitude,
                longitude,
            })
        }
    }
}

impl TryFrom<Degrees> for Coordinates {
    type Error = CoordinatesOutOfRange;

    fn try_from(degrees: Degrees) -> Result<Self, Self::Error> {
        Self::new(degrees.latitude, degrees.longitude)
    }
}

impl From<Coordinates> for Degrees {
    fn from(place: Coordinates) -> Self {
        Self {
            latitude: place.latitude,
            longitude: place.longitude,
        }
    }
}

/// Length of the great circle between two places, in whole metres: the distance of Art 7(4) of Regulation 261/2004.
///
/// Haversine on a sphere. Rounding to the metre keeps a decision at a limit the same on every machine, whose last
/// bits of sine and cosine may differ.
pub fn great_circle_metres(from: Coordinates, to: Coordinates) -> u32 {
    let half_latitude = (to.latitude - from.latitude).to_radians() / 2.0;
    let half_longitude = (to.longitude - from.longitude).to_radians() / 2.0;
    let parallels = from.latitude.to_radians().cos() * to.latitude.to_radians().cos();
    let chord = half_latitude.sin().powi(2) + parallels * half_longitude.sin().powi(2);
    let metres = 2.0 * EARTH_RADIUS_METRES * chord.sqrt().min(1.0).asin();

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "half the circumference is about 20,015,000 metres and never negative"
    )]
    let whole = metres.round() as u32;
    whole
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn place(latitude: f64, longitude: f64) -> Coordinates {
        Coordinates::new(latitude, longitude).unwrap()
    }

    #[test]
    fn rome_to_hamburg_is_the_distance_the_court_used() {
        let metres = great_circle_metres(place(41.8045, 12.2508), place(53.6304, 9.98823));
        assert_eq!((metres + 50) / 100, 13_257);
    }

    #[test]
    fn antipodes_are_half_the_circumference_apart() {
        assert_eq!(
            great_circle_metres(place(0.0, 0.0), place(0.0, 180.0)),
            20_015_114
        );
        assert_eq!(
            great_circle_metres(place(90.0, 0.0), place(-90.0, 77.0)),
            20_015_114
        );
    }

    #[test]
    fn what_is_not_on_the_earth_is_refused() {
        for (latitude, longitude) in [
            (90.1, 0.0),
            (0.0, -180.5),
            (f64::NAN, 0.0),
            (0.0, f64::INFINITY),
        ] {
            assert!(Coordinates::new(latitude, longitude).is_err());
        }
        assert!(
            serde_json::from_str::<Coordinates>(r#"{"latitude": 91, "longitude": 0}"#).is_err()
        );
    }

    proptest! {
        #[test]
        fn the_way_back_is_as_long(a in -90.0..=90.0, b in -180.0..=180.0, c in -90.0..=90.0, d in -180.0..=180.0) {
            let (here, there) = (place(a, b), place(c, d));
            prop_assert_eq!(great_circle_metres(here, there), great_circle_metres(there, here));
            prop_assert_eq!(great_circle_metres(here, here), 0);
        }
    }
}
