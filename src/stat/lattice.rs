//! A rank-one lattice in the unit cube: points more even than random ones, for integrals in many dimensions.
//!
//! Point k of copy c has the coordinates |2·frac(k·√p_j + s_cj) − 1|, p_j the j-th prime (Richtmyer's lattice) and s_cj a
//! shift drawn by hashing the seed; folding makes the integrand periodic, and weights that fall off at both ends of the
//! sequence (Niederreiter 1973) make the error of a smooth integrand O(N⁻²) in place of O(N⁻¹). Copies differ by their
//! shifts alone, so the spread of their means is an honest estimate of the error. Same seed, same points,
//! on every platform and in any order.
//!
//! References: R. D. Richtmyer, The evaluation of definite integrals, and a quasi-Monte-Carlo method based on the
//! properties of algebraic numbers (LA-1342, 1951); H. Niederreiter, Application of Diophantine approximations to numerical
//! integration, in Diophantine Approximation and Its Applications (1973) 129-199; A. Genz and F. Bretz, Computation of Multivariate Normal and t
//! Probabilities (2009), doi:10.1007/978-3-642-01689-9.

/// One shifted copy of the lattice.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Lattice {
    steps: Vec<f64>,
    shifts: Vec<f64>,
}

impl Lattice {
    /// Copy `copy` of the lattice of a seed in `dimensions` dimensions.
    pub fn new(dimensions: usize, seed: u64, copy: u64) -> Self {
        let steps = primes(dimensions).into_iter().map(|p| (p as f64).sqrt().fract()).collect();
        let shifts = (0..dimensions as u64)
            .map(|j| {
                let mixed = mix(seed ^ mix(copy.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ mix(j)));
                (mixed >> 11) as f64 / (1_u64 << 53) as f64
            })
            .collect();
        Lattice { steps, shifts }
    }

    /// Writes point `k`, whose coordinates lie strictly between 0 and 1.
    pub fn point(&self, k: u64, point: &mut [f64]) {
        for ((x, step), shift) in point.iter_mut().zip(&self.steps).zip(&self.shifts) {
            let place = (k as f64 * step + shift).fract();
            *x = (2.0 * place - 1.0).abs().clamp(1e-15, 1.0 - 1e-15);
        }
    }
}

/// The weight of point `k` of `n`, of mean 1 over the n points to O(n⁻²).
pub(crate) fn weight(k: u64, n: u64) -> f64 {
    let place = (k as f64 + 0.5) / n as f64;
    6.0 * place * (1.0 - place)
}

/// The finalizer of SplitMix64 (Steele, Lea and Flood 2014), a hash of 64 bits.
fn mix(x: u64) -> u64 {
    let x = x.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

/// The first `count` primes.
fn primes(count: usize) -> Vec<u64> {
    let mut found: Vec<u64> = Vec::with_capacity(count);
    let mut candidate = 2;
    while found.len() < count {
        if found.iter().take_while(|p| **p * **p <= candidate).all(|p| candidate % p != 0) {
            found.push(candidate);
        }
        candidate += 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_smooth_integral_is_met_to_six_digits() {
        // ∫ Π (1 + (x_j − ½)²) over [0, 1]⁵ = (13/12)⁵
        let lattice = Lattice::new(5, 1, 0);
        let (mut point, mut sum, mut total) = ([0.0; 5], 0.0, 0.0);
        for k in 0..8192 {
            lattice.point(k, &mut point);
            sum += weight(k, 8192) * point.iter().map(|x| 1.0 + (x - 0.5) * (x - 0.5)).product::<f64>();
            total += weight(k, 8192);
        }
        assert!((sum / total - (13.0_f64 / 12.0).powi(5)).abs() < 1e-6, "{}", sum / total);
        assert_eq!(primes(6), [2, 3, 5, 7, 11, 13]);
    }
}
