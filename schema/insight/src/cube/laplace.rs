/// Noise of the Laplace distribution with this scale, from 64 bits of chance. With sensitivity 1 and scale 1/ε it makes a
/// count ε-differentially private (Dwork, McSherry, Nissim, Smith 2006). What is published is rounded to five afterwards,
/// so that the low bits of floating-point numbers, which give such noise away (Mironov 2012), are never seen.
#[expect(
    clippy::cast_precision_loss,
    reason = "53 bits are what a float holds: 52 and the half"
)]
pub fn laplace(bits: u64, scale: f64) -> f64 {
    // In (-1/2, 1/2), never at its ends.
    let uniform = ((bits >> 12) as f64 + 0.5) / (1u64 << 52) as f64 - 0.5;
    -scale * uniform.signum() * (1.0 - 2.0 * uniform.abs()).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_noise_is_as_wide_as_it_should_be() {
        let mut random = fastrand::Rng::with_seed(7);
        let scale = 2.0;
        let draws: Vec<f64> = (0..200_000)
            .map(|_| laplace(random.u64(..), scale))
            .collect();
        let count = 200_000.0;
        let mean = draws.iter().sum::<f64>() / count;
        let spread = draws.iter().map(|draw| draw.abs()).sum::<f64>() / count;
        assert!(mean.abs() < 0.03, "{mean}");
        assert!(
            (spread - scale).abs() < 0.03,
            "the mean distance is the scale: {spread}"
        );
        assert!(laplace(0, scale).is_finite() && laplace(u64::MAX, scale).is_finite());
    }
}
