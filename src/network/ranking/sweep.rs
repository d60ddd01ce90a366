//! Rank probabilities of any number of treatments: Sobol points of directions, along which ranks are integrated exactly.
//!
//! The effects are θ + ρ L u: L from the principal axes of their covariance, u a direction on the unit sphere of its d
//! dimensions, ρ a chi variable with d degrees of freedom. Along a direction the effects are T straight lines in ρ: their
//! order is known at ρ = 0, each crossing swaps two neighbors, and between crossings a treatment holds its rank with
//! probability F(b) − F(a). So every direction gives continuous probabilities in place of one order, and a few thousand
//! even directions, each with its opposite, are good to 1e-3, more where the hierarchy is clear.

use super::{ROUND, WORK, p_score::difference_variance};
use crate::{
    Result,
    linalg::symmetric,
    stat::{Tail, chi2, normal, progress, sobol::Sobol, tabulated::Tabulated},
};

/// Shifted copies of the Sobol points, whose spread estimates the error.
pub(super) const COPIES: u64 = 8;

/// Effects as straight combinations of independent standard normal variables.
pub(super) struct Axes {
    /// The number of treatments.
    pub treatments: usize,
    /// Those of a variance above rounding, the greatest first: column m holds the loadings of z_m.
    pub loadings: Vec<f64>,
}

impl Axes {
    /// The principal axes of the effects about their mean (no rank depends on a common shift).
    pub fn new(covariance: &[f64], t: usize) -> Result<Self> {
        let row: Vec<f64> =
            covariance.chunks_exact(t.max(1)).map(|row| row.iter().sum::<f64>() / t as f64).collect();
        let mean = row.iter().sum::<f64>() / t as f64;
        let mut centered: Vec<f64> =
            (0..t * t).map(|k| covariance[k] - row[k / t] - row[k % t] + mean).collect();
        let (mut values, mut vectors) = (vec![0.0; t], vec![0.0; t * t]);
        symmetric::eigen(&mut centered, t, &mut values, &mut vectors)?;
        let largest = values.last().copied().unwrap_or(0.0);
        let mut loadings = Vec::new();
        for m in (0..t).rev().filter(|m| values[*m] > 1e-13 * largest) {
            let column = &vectors[m * t..(m + 1) * t];
            // A fixed sign makes the axes independent of how the eigenvectors were found.
            let sign = column.iter().find(|x| x.abs() > 1e-9).map_or(1.0, |x| x.signum());
            loadings.extend(column.iter().map(|x| sign * x * values[m].sqrt()));
        }
        Ok(Axes { treatments: t, loadings })
    }

    /// The number of axes.
    pub fn count(&self) -> usize {
        self.loadings.len() / self.treatments.max(1)
    }

    /// Adds the axes, weighted by `z`, to `effects`.
    pub fn add(&self, z: &[f64], effects: &mut [f64]) {
        let columns = self.loadings.chunks_exact(self.treatments.max(1));
        for (column, z) in columns.zip(z) {
            for (effect, loading) in effects.iter_mut().zip(column) {
                *effect += z * loading;
            }
        }
    }
}

/// Turns uniform coordinates into standard normal ones.
pub(super) fn to_normal(point: &mut [f64]) {
    for x in point {
        *x = normal::quantile(Tail::Lower(*x));
    }
}

/// Rank probabilities and the standard error of the least certain of them.
pub(super) struct Swept {
    /// P(rank_i = r), row by row.
    pub probabilities: Vec<f64>,
    /// The largest standard error of a probability.
    pub error: f64,
    /// The number of Sobol points, each a direction and its opposite.
    pub points: u64,
}

/// P(rank_i = r) of treatments whose small values are good, by at most `most` points, fewer when the standard error of all
/// probabilities is below `enough` before.
pub(super) fn rank_probabilities(
    loss: &[f64],
    covariance: &[f64],
    most: u64,
    enough: f64,
    seed: u64,
) -> Result<Swept> {
    let t = loss.len();
    let axes = Axes::new(covariance, t)?;
    let dimensions = axes.count();
    let mut sequences: Vec<Sobol> = (0..COPIES).map(|copy| Sobol::new(dimensions, seed, copy)).collect();
    let mut sweep = Sweep::new(loss, &axes);
    let mut sums = vec![vec![0.0; t * t]; COPIES as usize];
    let most = most.div_ceil(COPIES);
    let (mut done, mut next) = (0, if dimensions < 2 { 1 } else { 64.min(most) });
    loop {
        for (sequence, sum) in sequences.iter_mut().zip(&mut sums) {
            for _ in done..next {
                sweep.point(&axes, sequence, sum);
            }
        }
        done = next;
        let swept = summary(sums.iter().map(|s| &s[..]), done, t);
        let (all, found) = ((most * COPIES) as usize, swept.points as usize);
        let goes_on = || progress::goes_on(WORK, found, all);
        if dimensions < 2 || swept.error <= enough || done >= most || !goes_on() {
            return Ok(share_ties(swept, loss, covariance));
        }
        next = (done + done.min(ROUND)).min(most);
    }
}

/// The means over the copies and the standard error of the least certain of them.
pub(super) fn summary<'a>(sums: impl Iterator<Item = &'a [f64]>, points: u64, t: usize) -> Swept {
    let sums: Vec<&[f64]> = sums.collect();
    let copies = sums.len() as f64;
    let mut probabilities = vec![0.0; t * t];
    let mut error = 0.0_f64;
    for (cell, probability) in probabilities.iter_mut().enumerate() {
        let mean = sums.iter().map(|s| s[cell]).sum::<f64>() / copies;
        let spread: f64 = sums.iter().map(|s| (s[cell] - mean).powi(2)).sum();
        *probability = (mean / points as f64).clamp(0.0, 1.0);
        error = error.max((spread / (copies * (copies - 1.0))).sqrt() / points as f64);
    }
    Swept { probabilities, error, points: points * sums.len() as u64 }
}

/// Treatments whose effects are equal for certain share their ranks.
fn share_ties(mut swept: Swept, loss: &[f64], covariance: &[f64]) -> Swept {
    let t = loss.len();
    let mut seen = vec![false; t];
    for i in 0..t {
        let tied: Vec<usize> = (i..t)
            .filter(|j| !seen[*j] && loss[*j] == loss[i] && difference_variance(covariance, t, i, *j) == 0.0)
            .collect();
        tied.iter().for_each(|j| seen[*j] = true);
        if tied.len() > 1 {
            for r in 0..t {
                let mean =
                    tied.iter().map(|j| swept.probabilities[j * t + r]).sum::<f64>() / tied.len() as f64;
                tied.iter().for_each(|j| swept.probabilities[j * t + r] = mean);
            }
        }
    }
    swept
}

/// The distribution function of the chi distribution, off by less than 1e-9.
fn chi(df: usize) -> Tabulated {
    let d = df as f64;
    Tabulated::new(0.0, d.sqrt() + 9.0, 64.0, |rho| {
        let density = match rho > 0.0 {
            true => 2.0 * rho * chi2::pdf(rho * rho, d),
            false if df == 1 => 2.0 * normal::pdf(0.0),
            false => 0.0,
        };
        [chi2::cdf(rho * rho, d), density]
    })
}

/// The scratch of a sweep along one direction.
struct Sweep {
    chi: Tabulated,
    loss: Vec<f64>,
    /// The crossings of pairs of lines, in the direction and in the opposite one.
    crossings: [Vec<(f64, u32, u32)>; 2],
    z: Vec<f64>,
    slopes: Vec<f64>,
    order: Vec<u32>,
    ranks: Vec<u32>,
    since: Vec<f64>,
}

impl Sweep {
    fn new(loss: &[f64], axes: &Axes) -> Self {
        let t = axes.treatments;
        Sweep {
            chi: chi(axes.count()),
            loss: loss.to_vec(),
            crossings: [Vec::new(), Vec::new()],
            z: vec![0.0; axes.count()],
            slopes: vec![0.0; t],
            order: (0..t as u32).collect(),
            ranks: vec![0; t],
            since: vec![0.0; t],
        }
    }

    /// Adds the probabilities of the next point to `sum`.
    fn point(&mut self, axes: &Axes, sequence: &mut Sobol, sum: &mut [f64]) {
        sequence.next_point(&mut self.z);
        to_normal(&mut self.z);
        let length = self.z.iter().map(|z| z * z).sum::<f64>().sqrt().max(1e-300);
        self.z.iter_mut().for_each(|z| *z /= length);
        self.slopes.fill(0.0);
        axes.add(&self.z, &mut self.slopes);
        self.cross();
        for side in 0..2 {
            self.start(if side == 0 { 1.0 } else { -1.0 });
            self.walk(side, 0.5, sum);
        }
    }

    /// The crossings of the lines, in the direction and in the opposite one.
    fn cross(&mut self) {
        let (loss, slopes) = (&self.loss, &self.slopes);
        self.crossings.iter_mut().for_each(Vec::clear);
        for i in 0..loss.len() {
            for j in i + 1..loss.len() {
                let rho = (loss[j] - loss[i]) / (slopes[i] - slopes[j]);
                if rho > 0.0 {
                    self.crossings[0].push((rho, i as u32, j as u32));
                } else if rho < 0.0 {
                    self.crossings[1].push((-rho, i as u32, j as u32));
                }
            }
        }
        for side in &mut self.crossings {
            side.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        }
    }

    /// The order just beyond ρ = 0: equal effects by their slopes.
    fn start(&mut self, sign: f64) {
        let (loss, slopes) = (&self.loss, &self.slopes);
        self.order.sort_unstable_by(|a, b| {
            let (i, j) = (*a as usize, *b as usize);
            loss[i].total_cmp(&loss[j]).then((sign * slopes[i]).total_cmp(&(sign * slopes[j]))).then(a.cmp(b))
        });
        for (rank, i) in self.order.iter().enumerate() {
            self.ranks[*i as usize] = rank as u32;
        }
        self.since.fill(0.0);
    }

    /// Follows the lines outwards.
    fn walk(&mut self, side: usize, w: f64, sum: &mut [f64]) {
        let t = self.loss.len();
        for (rho, i, j) in &self.crossings[side] {
            let (i, j, p) = (*i as usize, *j as usize, w * self.chi.at(*rho));
            sum[i * t + self.ranks[i] as usize] += p - self.since[i];
            sum[j * t + self.ranks[j] as usize] += p - self.since[j];
            (self.since[i], self.since[j]) = (p, p);
            self.ranks.swap(i, j);
        }
        for i in 0..t {
            sum[i * t + self.ranks[i] as usize] += w - self.since[i];
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::orthant;
    use super::*;

    #[test]
    fn the_sweep_agrees_with_integration() {
        let loss = [0.0, -0.2, 0.1, -0.35];
        let c = [0.0, 0.0, 0.0, 0.0, 0.0, 0.09, 0.03, 0.02, 0.0, 0.03, 0.2, 0.05, 0.0, 0.02, 0.05, 0.12];
        let exact = orthant::rank_probabilities(&loss, &c);
        let swept = rank_probabilities(&loss, &c, 1 << 17, 1e-7, 1).unwrap();
        let worst = exact.iter().zip(&swept.probabilities).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        assert!(worst < 1e-3, "{worst} with an estimated error of {}", swept.error);
    }

    #[test]
    fn rows_and_columns_sum_to_one() {
        let t = 9;
        let c: Vec<f64> = (0..t * t).map(|k| if k % (t + 1) == 0 { 1.0 } else { 0.3 }).collect();
        let loss: Vec<f64> = (0..t).map(|i| 0.3 * i as f64).collect();
        let p = rank_probabilities(&loss, &c, 1 << 12, 1e-5, 7).unwrap().probabilities;
        for i in 0..t {
            assert!((p[i * t..(i + 1) * t].iter().sum::<f64>() - 1.0).abs() < 1e-12);
            assert!(((0..t).map(|j| p[j * t + i]).sum::<f64>() - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn equal_treatments_share_their_ranks() {
        let c = [1.0, 1.0, 0.2, 1.0, 1.0, 0.2, 0.2, 0.2, 0.5];
        let p = rank_probabilities(&[0.1, 0.1, 0.4], &c, 1 << 12, 1e-5, 7).unwrap().probabilities;
        assert_eq!(p[..3], p[3..6]);
    }
}
