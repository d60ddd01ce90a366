//! The largest of several correlated t statistics: the single-step adjustment of P values and intervals.
//!
//! m contrasts have statistics T = Z / S, Z normal with correlation R of rank r, νS² chi-square with ν degrees of freedom (S = 1
//! for the normal). With R = LL', Z = ρ L d for a direction d, uniform on the sphere of r dimensions, and ρ² chi-square with r
//! degrees of freedom, so that with M(d) = max |lⱼ'd|
//!
//! P(max |Tⱼ| > c) = E P(F > (c / M)² / r), F with r and ν degrees of freedom.
//!
//! The inner probability is exact and smooth, whatever R (contrasts may depend on each other, as all pairwise differences
//! do), so that the mean over directions alone is numerical: over a fine grid for r = 2 (to 1e-7 of the P value) and 3 (to
//! 2e-5), over lattices with fixed shifts beyond: there P values are good to 2e-4 absolute, and to about 1e-3 of themselves
//! where they are not small, 3e-3 to 5e-3 in the far tail, where few directions count (see the tests). Nothing in it is random:
//! the same contrasts give the same digits.
//!
//! References: Hothorn, Bretz and Westfall (2008), Simultaneous inference in general parametric models,
//! doi:10.1002/bimj.200810425. Genz and Bretz (2009), Computation of multivariate normal and t probabilities,
//! doi:10.1007/978-3-642-01689-9. Deak (1980), doi:10.1093/biomet/67.2.425, for the polar form.

use nalgebra::{DMatrix, SymmetricEigen};

use crate::stat::{Tail, chi2, f, normal, parallel::map, root};

/// The distribution of the largest |t| of several contrasts.
#[derive(Debug, Clone)]
pub(crate) struct MaxT {
    rank: usize,
    df: Option<f64>,
    /// Values of M and their shares.
    reach: Vec<(f64, f64)>,
    contrasts: usize,
}

/// Angles of the half circle for two dimensions.
const ANGLES: usize = 1 << 15;

/// Steps of latitude of the half sphere for three dimensions, and half as many as of longitude.
const LATITUDES: usize = 512;

/// Points of a lattice, and the number of its shifts.
const POINTS: usize = 40_009;
const SHIFTS: usize = 12;

/// Classes into which M is sorted, each represented by its mean.
const CLASSES: usize = 8192;

impl MaxT {
    /// Of contrasts with this covariance, which needs no inverse; `None` if a variance is not above 0.
    pub fn new(covariance: &DMatrix<f64>, df: Option<f64>) -> Option<Self> {
        let m = covariance.nrows();
        let scale: Vec<f64> = covariance.diagonal().iter().map(|v| v.sqrt()).collect();
        if m == 0 || !scale.iter().all(|s| *s > 0.0 && s.is_finite()) {
            return None;
        }
        let correlation = DMatrix::from_fn(m, m, |i, j| {
            if i == j { 1.0 } else { (covariance[(i, j)] / (scale[i] * scale[j])).clamp(-1.0, 1.0) }
        });
        let eigen = SymmetricEigen::try_new(correlation, f64::EPSILON, 10_000)?;
        let largest = eigen.eigenvalues.max();
        let mut kept: Vec<usize> = (0..m).filter(|&i| eigen.eigenvalues[i] > 1e-9 * largest).collect();
        kept.sort_by(|&a, &b| eigen.eigenvalues[b].total_cmp(&eigen.eigenvalues[a]));
        let rank = kept.len();
        let rows: Vec<Vec<f64>> = (0..m)
            .map(|i| {
                let row: Vec<f64> =
                    kept.iter().map(|&j| eigen.eigenvectors[(i, j)] * eigen.eigenvalues[j].sqrt()).collect();
                let length = row.iter().map(|x| x * x).sum::<f64>().sqrt();
                row.iter().map(|x| x / length).collect()
            })
            .collect();
        Some(MaxT { rank, df, reach: reach(&rows, rank), contrasts: m })
    }

    /// P(max |T| > c).
    pub fn sf(&self, c: f64) -> f64 {
        let r = self.rank as f64;
        let tail = |m: f64| match self.df {
            Some(df) => f::sf((c / m).powi(2) / r, r, df),
            None => chi2::sf((c / m).powi(2), r),
        };
        let p: f64 = self.reach.iter().map(|&(m, share)| share * tail(m)).sum();
        // One test is never less than several, nor several more than their sum.
        let one = match self.df {
            Some(df) => crate::stat::t::two_sided(c, df),
            None => normal::two_sided(c),
        };
        p.clamp(one, (one * self.contrasts as f64).min(1.0))
    }

    /// The c with P(max |T| > c) = alpha.
    pub fn critical_value(&self, alpha: f64) -> Option<f64> {
        let quantile = |alpha: f64| match self.df {
            Some(df) => crate::stat::t::quantile(Tail::Upper(0.5 * alpha), df),
            None => normal::quantile(Tail::Upper(0.5 * alpha)),
        };
        let (low, high) = (quantile(alpha), quantile(alpha / self.contrasts as f64));
        if !(high > low) {
            return Some(low);
        }
        root::find(|c| self.sf(c).ln() - alpha.ln(), low * (1.0 - 1e-12), high * (1.0 + 1e-12))
    }
}

/// The distribution of M(d) over the directions d.
fn reach(rows: &[Vec<f64>], rank: usize) -> Vec<(f64, f64)> {
    let largest = |d: &[f64]| -> f64 {
        rows.iter().map(|row| row.iter().zip(d).map(|(l, d)| l * d).sum::<f64>().abs()).fold(0.0, f64::max)
    };
    let values: Vec<f64> = match rank {
        1 => vec![1.0],
        2 => (0..ANGLES)
            .map(|i| {
                let (sin, cos) = (std::f64::consts::PI * (i as f64 + 0.5) / ANGLES as f64).sin_cos();
                largest(&[cos, sin])
            })
            .collect(),
        // Equal areas: height and longitude are uniform. M is the same at the other end of a diameter.
        3 => map(LATITUDES, |i| {
            let height = (i as f64 + 0.5) / LATITUDES as f64;
            let radius = (1.0 - height * height).sqrt();
            (0..2 * LATITUDES)
                .map(|j| {
                    let (sin, cos) =
                        (std::f64::consts::TAU * (j as f64 + 0.5) / (2 * LATITUDES) as f64).sin_cos();
                    largest(&[radius * cos, radius * sin, height])
                })
                .collect::<Vec<f64>>()
        })
        .concat(),
        _ => {
            let roots = irrational(rank);
            map(SHIFTS, |shift| {
                let mut d = vec![0.0; rank];
                (0..POINTS)
                    .map(|i| {
                        for (j, (d, root)) in d.iter_mut().zip(&roots).enumerate() {
                            // A lattice of Richtmyer's, shifted by a second one, folded so that its edges meet.
                            let at = ((i + 1) as f64 * root).fract();
                            let by =
                                ((shift + 1) as f64 * roots[(j + 1) % rank] * std::f64::consts::E).fract();
                            let x = (at + by).fract();
                            let folded = (2.0 * x - 1.0).abs().clamp(1e-12, 1.0 - 1e-12);
                            *d = normal::quantile(Tail::Lower(folded));
                        }
                        let length = d.iter().map(|x| x * x).sum::<f64>().sqrt();
                        largest(&d) / length
                    })
                    .collect::<Vec<f64>>()
            })
            .concat()
        }
    };
    classes_of(&values)
}

/// The means and shares of classes of equal width.
fn classes_of(values: &[f64]) -> Vec<(f64, f64)> {
    let lowest = values.iter().copied().fold(1.0, f64::min);
    let width = (1.0 + f64::EPSILON - lowest) / CLASSES as f64;
    let mut classes = vec![(0.0, 0_usize); CLASSES];
    for value in values {
        let class = if width > 0.0 { ((value - lowest) / width) as usize } else { 0 };
        if let Some((sum, count)) = classes.get_mut(class.min(CLASSES - 1)) {
            *sum += value;
            *count += 1;
        }
    }
    let n = values.len() as f64;
    let filled = classes.into_iter().filter(|(_, count)| *count > 0);
    filled.map(|(sum, count)| (sum / count as f64, count as f64 / n)).collect()
}

/// The fractions of the square roots of the first primes.
fn irrational(n: usize) -> Vec<f64> {
    let mut primes: Vec<u32> = Vec::new();
    let mut candidate = 2;
    while primes.len() < n {
        if primes.iter().all(|p| candidate % p != 0) {
            primes.push(candidate);
        }
        candidate += 1;
    }
    primes.into_iter().map(|p| f64::from(p).sqrt().fract()).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use approx::assert_relative_eq;

    use super::*;

    /// All differences of m independent means of one variance: rank m - 1.
    fn differences(m: usize) -> DMatrix<f64> {
        let pairs: Vec<(usize, usize)> = (1..m).flat_map(|b| (0..b).map(move |a| (a, b))).collect();
        let l = DMatrix::from_fn(m, pairs.len(), |i, j| {
            f64::from(u8::from(i == pairs[j].1)) - f64::from(u8::from(i == pairs[j].0))
        });
        l.tr_mul(&l)
    }

    fn equal(m: usize, rho: f64) -> DMatrix<f64> {
        DMatrix::from_fn(m, m, |i, j| if i == j { 1.0 } else { rho })
    }

    /// `ptukey(c * sqrt(2), m, df, lower = FALSE)` of R 4.2: the range of m means is the largest difference. Two dimensions by
    /// a fine grid of angles, three by a grid of the sphere, more by a lattice.
    #[test]
    fn all_pairwise_differences_are_tukeys() {
        for (m, c, df, expected, tolerance) in [
            (3, 2.5, Some(10.0), 0.0740391956478, 1e-7),
            (4, 3.0, Some(20.0), 0.0329318285032, 2e-5),
            (5, 3.5, Some(12.0), 0.0293027470441, 1e-3),
            (6, 2.8, None, 0.0574321951621, 1e-3),
            (5, 6.0, Some(30.0), 1.31323853809e-05, 5e-3),
        ] {
            let joint = MaxT::new(&differences(m), df).unwrap();
            assert_eq!(joint.rank, m - 1);
            assert_relative_eq!(joint.sf(c), expected, max_relative = tolerance);
        }
    }

    /// Correlations that are all ½: a double integral by SciPy's adaptive quadrature.
    #[test]
    fn equal_correlations_are_a_double_integral() {
        for (m, df, expected) in [
            (4, None, [0.7106828807608222, 0.05570461256235004, 0.00024784874968664106]),
            (4, Some(9.0), [0.719549183010225, 0.11660541110406408, 0.010091800310002383]),
            (8, Some(12.0), [0.8744852011743831, 0.1603021014844096, 0.010334993688428107]),
            (8, None, [0.8865643255319585, 0.0956028863942886, 0.00048331426254921706]),
        ] {
            let joint = MaxT::new(&equal(m, 0.5), df).unwrap();
            for (c, expected) in [1.0, 2.4, 4.0].into_iter().zip(expected) {
                // The lattice: its error grows in the far tail, where few directions count.
                assert_relative_eq!(joint.sf(c), expected, max_relative = 3e-3);
                assert!((joint.sf(c) - expected).abs() < 2e-4, "{} {expected}", joint.sf(c));
            }
        }
    }

    /// `1 - pmvt(...)` of the R package mvtnorm, exact in two dimensions, to about 1e-8 in three.
    #[test]
    fn two_and_three_dimensions_are_those_of_mvtnorm() {
        let two = MaxT::new(&equal(2, 0.6), Some(9.0)).unwrap();
        let two_normal = MaxT::new(&equal(2, 0.6), None).unwrap();
        for (c, t, z) in [
            (1.0, 0.5124536547, 0.4861315125),
            (2.4, 0.06791174654, 0.02989376882),
            (4.0, 0.005550830132, 0.0001244315912),
        ] {
            assert_relative_eq!(two.sf(c), t, max_relative = 1e-7);
            assert_relative_eq!(two_normal.sf(c), z, max_relative = 1e-7);
        }
        let r = DMatrix::from_row_slice(3, 3, &[1.0, 0.3, -0.5, 0.3, 1.0, 0.4, -0.5, 0.4, 1.0]);
        let three = MaxT::new(&r, Some(9.0)).unwrap();
        for (c, t) in [(1.0, 0.6406217034), (2.4, 0.09756875444), (4.0, 0.008232520024)] {
            assert_relative_eq!(three.sf(c), t, max_relative = 2e-5);
        }
    }

    #[test]
    fn one_contrast_and_equal_contrasts_are_a_single_test() {
        for covariance in [DMatrix::from_element(1, 1, 4.0), DMatrix::from_element(3, 3, 0.1)] {
            let joint = MaxT::new(&covariance, Some(7.0)).unwrap();
            assert_relative_eq!(joint.sf(2.2), crate::stat::t::two_sided(2.2, 7.0), max_relative = 1e-12);
            let c = joint.critical_value(0.05).unwrap();
            assert_relative_eq!(c, 2.364624251592785, max_relative = 1e-9);
        }
        assert!(MaxT::new(&DMatrix::zeros(2, 2), None).is_none());
        let joint = MaxT::new(&differences(4), Some(15.0)).unwrap();
        assert_relative_eq!(joint.sf(joint.critical_value(0.05).unwrap()), 0.05, max_relative = 1e-10);
    }
}
