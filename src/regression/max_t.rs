//! The largest of several correlated t statistics: the single-step adjustment of P values and intervals.
//!
//! m contrasts have statistics T = Z / S, Z normal with correlation R of rank r, νS² chi-square with ν degrees of freedom (S = 1
//! for the normal). With R = LL', Z = ρ L d for a direction d, uniform on the sphere of r dimensions, and ρ² chi-square with r
//! degrees of freedom, so that with M(d) = max |lⱼ'd|
//!
//! P(max |Tⱼ| > c) = E P(F > (c / M)² / r), F with r and ν degrees of freedom.
//!
//! The inner probability is exact and smooth, whatever R (contrasts may depend on each other, as all pairwise differences
//! do), so that the mean over directions alone is numerical: over a fine grid for r = 2 (to 1e-8) and 3 (to 1e-6), over a
//! randomised lattice with a fixed seed beyond (to about 1e-4 of the P value, see the tests). Nothing in it is random: the
//! same contrasts give the same digits.
//!
//! References: Hothorn, Bretz and Westfall (2008), Simultaneous inference in general parametric models,
//! doi:10.1002/bimj.200810425. Genz and Bretz (2009), Computation of multivariate normal and t probabilities,
//! doi:10.1007/978-3-642-01689-9. Deak (1980), doi:10.1093/biomet/67.2.425, for the polar form.

use nalgebra::{DMatrix, SymmetricEigen};

use super::permutation::map;
use crate::stat::{Tail, chi2, f, normal, root};

/// The distribution of the largest |t| of several contrasts.
#[derive(Debug, Clone)]
pub(super) struct MaxT {
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
const POINTS: usize = 20_011;
const SHIFTS: usize = 12;

/// Classes into which M is sorted, each represented by its mean.
const CLASSES: usize = 4096;

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
    let lowest = values.iter().copied().fold(1.0, f64::min);
    let width = (1.0 + f64::EPSILON - lowest) / CLASSES as f64;
    let mut classes = vec![(0.0, 0_usize); CLASSES];
    for value in &values {
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
