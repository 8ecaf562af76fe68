/// Mean radius of the earth (IUGG R1), kilometres: the sphere that distances in claims are measured on.
const EARTH_RADIUS_KM: f64 = 6_371.008_8;

/// The great-circle distance in kilometres between two positions in degrees, by the haversine formula: the "great circle
/// route method" of Regulation (EC) 261/2004, Article 7(4).
pub fn haversine_km(from: (f64, f64), to: (f64, f64)) -> f64 {
    let (from_latitude, to_latitude) = (from.0.to_radians(), to.0.to_radians());
    let half_latitude = ((to_latitude - from_latitude) / 2.0).sin();
    let half_longitude = ((to.1 - from.1).to_radians() / 2.0).sin();
    let chord =
        half_latitude.powi(2) + from_latitude.cos() * to_latitude.cos() * half_longitude.powi(2);
    // Rounding may push antipodes a hair over one, where the arc sine has no value.
    2.0 * EARTH_RADIUS_KM * chord.clamp(0.0, 1.0).sqrt().asin()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FCO: (f64, f64) = (41.8045, 12.2508);
    const HAM: (f64, f64) = (53.6304, 9.98823);

    #[test]
    fn rome_to_hamburg_is_as_far_as_the_court_case_says() {
        assert!((haversine_km(FCO, HAM) - 1_325.7).abs() < 0.05);
    }

    proptest! {
        #[test]
        fn it_is_symmetric_and_never_longer_than_half_the_globe(
            a in (-90.0..90.0_f64, -180.0..180.0_f64),
            b in (-90.0..90.0_f64, -180.0..180.0_f64),
        ) {
            let there = haversine_km(a, b);
            prop_assert!((there - haversine_km(b, a)).abs() < 1e-6);
            prop_assert!((0.0..=EARTH_RADIUS_KM * std::f64::consts::PI + 1e-6).contains(&there));
            prop_assert!(haversine_km(a, a).abs() < 1e-6);
        }
    }
}
